import type { PictureNode } from '@holon/flow';
import { visibleText } from '@holon/viz';
import { BreakpointToggle } from '../chrome/breakpoint-toggle.tsx';
import { StatusText } from '../chrome/status-icon.tsx';
import { pickInstance } from '../state/pick-instance.ts';
import { useRunView } from '../state/run-store.ts';
import { STATUS_WORDS } from '../state/display-status.ts';
import { usePictureNode } from '../state/whole-picture.ts';
import { useView } from '../state/view-store.ts';
import { InstanceFacts } from './instance-facts.tsx';
import { InstanceList } from './instance-list.tsx';
import { ValueSection } from './value-section.tsx';

/** Everything about the selected node. */
export function SidePanel() {
  const selected = useView((view) => view.node);
  const node = usePictureNode(selected);
  return (
    <section className="region side-panel" aria-label="Selected node">
      {node === undefined ? <NothingSelected /> : <NodeDetails key={node.id} node={node} />}
    </section>
  );
}

function NothingSelected() {
  return (
    <div className="empty">
      <strong>Nothing selected</strong>
      <p>
        Click a node to see its state, its input and its output. A click on the dot at its left edge sets a breakpoint.
      </p>
    </div>
  );
}

function NodeDetails({ node }: { readonly node: PictureNode }) {
  const view = useRunView();
  const chosen = useView((store) => store.path);
  const instances = view?.instancesOf(node.id) ?? [];
  const isMark = node.shape === 'choice' || node.shape === 'join';
  const instance =
    view === undefined
      ? undefined
      : (instances.find((each) => each.path === chosen) ?? pickInstance(instances, (each) => view.statusOf(each)));
  return (
    <>
      <header className="side-head">
        <div className="side-title">
          <h2>{visibleText(node.label)}</h2>
          <span className="tag">{node.kind}</span>
          {!isMark && (
            <StatusText
              status={view !== undefined && instance !== undefined ? view.statusOf(instance) : 'pending'}
              words={view === undefined ? 'no run' : instance === undefined ? STATUS_WORDS.pending : undefined}
            />
          )}
        </div>
        <p className="mono soft side-id">{visibleText(instance?.path ?? node.id)}</p>
        {!isMark && (
          <div className="side-breakpoints" role="group" aria-label="Breakpoint">
            <span className="soft">Breakpoint</span>
            <BreakpointToggle node={node.id} phase="entry" label="before it" />
            <BreakpointToggle node={node.id} phase="exit" label="after it" />
          </div>
        )}
      </header>
      <div className="region-body">
        {view !== undefined && instances.length > 1 && (
          <InstanceList view={view} instances={instances} shown={instance?.path} />
        )}
        <InstanceFacts node={node} view={view} instance={instance} />
        {view !== undefined && instance !== undefined && (
          <>
            <ValueSection key={`${instance.path} input`} view={view} instance={instance} side="input" />
            <ValueSection key={`${instance.path} output`} view={view} instance={instance} side="output" />
          </>
        )}
      </div>
    </>
  );
}
