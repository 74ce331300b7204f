import { visibleText } from '@holon/viz';
import { Command } from 'cmdk';
import { SHORTCUTS, type Shortcut } from '../keys/shortcuts.ts';
import { useModel } from '../state/model.ts';
import { useRuns } from '../state/run-store.ts';
import { selectNode } from '../state/view-store.ts';
import { Sheet, closeSheet } from './sheet.tsx';
import { StatusIcon } from './status-icon.tsx';

/** More than this are not listed; what is typed is then looked for among these. */
const MOST_LISTED = 1_000;

const COMMANDS: readonly Shortcut[] = (SHORTCUTS as readonly Shortcut[]).filter(
  ({ id, outsideText }) => outsideText !== true && id !== 'commands',
);

/** Finds a node by its name or path, and any command by its words. */
export function FinderSheet() {
  return (
    <Sheet id="finder" label="Find a node or a command">
      <Finder />
    </Sheet>
  );
}

function Finder() {
  const model = useModel();
  const view = useRuns((store) => store.view);
  const nodes = [...(model?.nodes.values() ?? [])].filter(({ shape }) => shape === 'task' || shape === 'composite');
  const pick = (act: () => void): void => {
    closeSheet();
    act();
  };
  return (
    <Command label="Find a node or a command" loop>
      <Command.Input placeholder="A node or a command" />
      <Command.List label="Found">
        <Command.Empty>Nothing has that name.</Command.Empty>
        <Command.Group heading="Nodes">
          {nodes.slice(0, MOST_LISTED).map((node) => (
            <Command.Item
              key={node.id}
              value={node.id}
              keywords={[node.label, node.kind]}
              onSelect={() => pick(() => selectNode(node.id))}
            >
              <StatusIcon status={view?.viewOf(node.id)?.status ?? 'pending'} />
              <span className="node-label">{visibleText(node.label)}</span>
              <span className="mono soft finder-id">{visibleText(node.id)}</span>
            </Command.Item>
          ))}
        </Command.Group>
        <Command.Group heading="Commands">
          {COMMANDS.map(({ id, title, keys, act }) => (
            <Command.Item key={id} value={title} onSelect={() => pick(act)}>
              <span>{title}</span>
              <span className="spacer" />
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </Command.Item>
          ))}
        </Command.Group>
      </Command.List>
      {nodes.length > MOST_LISTED && (
        <p className="list-more">
          {MOST_LISTED.toLocaleString()} of {nodes.length.toLocaleString()} nodes
        </p>
      )}
    </Command>
  );
}
