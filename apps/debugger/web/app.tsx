import { useEffect } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { FinderSheet } from './chrome/finder-sheet.tsx';
import { HelpSheet } from './chrome/help-sheet.tsx';
import { Announcer, Notices } from './chrome/notices.tsx';
import { DrawingArea } from './drawings/drawing-area.tsx';
import { listenForShortcuts } from './keys/shortcuts.ts';
import { BottomStrip } from './panels/bottom-strip.tsx';
import { SidePanel } from './panels/side-panel.tsx';
import { RunBar } from './runs/run-bar.tsx';
import { syncAddress } from './state/address-sync.ts';

/** The whole screen. */
export function App() {
  useEffect(() => listenForShortcuts(), []);
  useEffect(() => syncAddress(), []);
  return (
    <div className="app">
      <RunBar />
      <main className="app-main">
        <Group orientation="horizontal">
          <Panel minSize="360px">
            <Group orientation="vertical">
              <Panel minSize="160px">
                <DrawingArea />
              </Panel>
              <Separator className="resize-handle" aria-label="Height of the list" />
              <Panel defaultSize="168px" minSize="72px" groupResizeBehavior="preserve-pixel-size">
                <BottomStrip />
              </Panel>
            </Group>
          </Panel>
          <Separator className="resize-handle" aria-label="Width of the details" />
          <Panel defaultSize="376px" minSize="280px" maxSize="60%" groupResizeBehavior="preserve-pixel-size">
            <SidePanel />
          </Panel>
        </Group>
      </main>
      <Notices />
      <Announcer />
      <HelpSheet />
      <FinderSheet />
    </div>
  );
}
