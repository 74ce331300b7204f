import { visibleText } from '@holon/viz';
import { ConnectionChip } from '../chrome/connection-chip.tsx';
import { Icon } from '../chrome/icon.tsx';
import { ThemeButton } from '../chrome/theme-button.tsx';
import { ariaKeys, withKeys } from '../keys/shortcuts.ts';
import { useFlow } from '../state/flow-store.ts';
import { useView } from '../state/view-store.ts';
import { RunControls } from './run-controls.tsx';
import { RunInput } from './run-input.tsx';
import { RunPicker } from './run-picker.tsx';

/** The top of the screen: which flow, which run, what to do with it. */
export function RunBar() {
  const graph = useFlow((store) => store.graph);
  const root = graph?.picture.nodes.find((node) => node.id === graph.picture.root);
  return (
    <header className="app-header">
      <div className="app-title-row">
        <div className="brand">
          <Logo />
          <h1>{root === undefined ? 'Holon' : visibleText(root.label)}</h1>
          {graph?.file !== undefined && (
            <span className="file" title={graph.file}>
              <bdi>{graph.file}</bdi>
            </span>
          )}
        </div>
        <span className="spacer" />
        <ConnectionChip />
        <button
          type="button"
          className="button quiet icon"
          title={withKeys('Find a node or a command', 'commands')}
          aria-label="Find a node or a command"
          aria-keyshortcuts={ariaKeys('commands')}
          onClick={() => useView.setState({ sheet: 'finder' })}
        >
          <Icon name="search" />
        </button>
        <ThemeButton />
        <button
          type="button"
          className="button quiet icon"
          title={withKeys('Help and keys', 'help')}
          aria-label="Help and keys"
          aria-keyshortcuts={ariaKeys('help')}
          onClick={() => useView.setState({ sheet: 'help' })}
        >
          <Icon name="help" />
        </button>
      </div>
      <div className="app-tool-row">
        <RunPicker />
        <RunControls />
        <span className="tool-divider" />
        <RunInput />
      </div>
    </header>
  );
}

/** A whole that is a part: three circles in one. */
function Logo() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden="true">
      <circle cx="12" cy="12" r="10" />
      <circle cx="12" cy="7.4" r="2.7" fill="currentColor" stroke="none" />
      <circle cx="7.6" cy="14.8" r="2.7" />
      <circle cx="16.4" cy="14.8" r="2.7" />
    </svg>
  );
}
