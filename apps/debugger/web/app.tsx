import { useEffect, useSyncExternalStore } from 'react';
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
      <Regions />
      <Notices />
      <Announcer />
      <HelpSheet />
      <FinderSheet />
    </div>
  );
}

/** Where there is no room for panels beside each other: a small window, or one that is zoomed in. */
const SMALL = matchMedia('(max-width: 760px)');

function onSmallChange(listener: () => void): () => void {
  SMALL.addEventListener('change', listener);
  return () => SMALL.removeEventListener('change', listener);
}

function Regions() {
  const isSmall = useSyncExternalStore(onSmallChange, () => SMALL.matches);
  if (isSmall) {
    return (
      <main className="app-main stacked">
        <DrawingArea />
        <SidePanel />
        <BottomStrip />
      </main>
    );
  }
  return (
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
  );
}
