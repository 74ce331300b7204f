import { type ModelNode, visibleText } from '@holon/viz';
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { useRuns } from '../state/run-store.ts';
import { selectNode } from '../state/view-store.ts';
import { BreakpointGutter, NodeSign, selectsByKey, useNodeLive } from './node-parts.tsx';
import { spokenWords, stateWords } from './node-words.ts';

export type CanvasNode = Node<
  { readonly node: ModelNode; readonly isTabStop: boolean },
  'task' | 'cluster' | 'mark' | 'terminal'
>;

/** A node of the author's: name, kind, policies, state. */
function TaskNode({ data }: NodeProps<CanvasNode>) {
  const { node, isTabStop } = data;
  const live = useNodeLive(node.id);
  const select = (): void => selectNode(node.id);
  const kind = node.kind === node.label || node.kind === node.shape ? undefined : node.kind;
  const details = [kind, ...node.policies, node.folded > 0 ? `${node.folded} inside` : undefined].filter(
    (part) => part !== undefined,
  );
  return (
    <div
      className="node task-node"
      data-state={live.status}
      data-selected={live.isSelected}
      data-many={node.many}
      data-observed={node.observed}
    >
      <Handles />
      <div
        className="node-face"
        role="button"
        tabIndex={isTabStop ? 0 : -1}
        data-node={node.id}
        aria-pressed={live.isSelected}
        aria-label={spokenWords(node.label, node.kind, live.view, live.hasBreakpoint)}
        title={node.id}
        onClick={select}
        onKeyDown={selectsByKey(select)}
      >
        <NodeSign status={live.status} view={live.view} />
        <span className="node-texts">
          <span className="node-label">{visibleText(node.label)}</span>
          <span className="node-details">
            {live.status === 'pending' ? details.join(' · ') : [stateWords(live.view), ...details].join(' · ')}
          </span>
        </span>
      </div>
      <BreakpointGutter id={node.id} label={node.label} />
    </div>
  );
}

/** A composite, with its children drawn inside. */
function ClusterNode({ data }: NodeProps<CanvasNode>) {
  const { node, isTabStop } = data;
  const live = useNodeLive(node.id);
  const select = (): void => selectNode(node.id);
  const details = [node.kind === node.label ? undefined : node.kind, ...node.policies].filter(
    (part) => part !== undefined,
  );
  return (
    <div
      className="node cluster-node"
      data-state={live.status}
      data-selected={live.isSelected}
      data-many={node.many}
      data-observed={node.observed}
    >
      <div
        className="cluster-head"
        role="button"
        tabIndex={isTabStop ? 0 : -1}
        data-node={node.id}
        aria-pressed={live.isSelected}
        aria-label={spokenWords(node.label, node.kind, live.view, live.hasBreakpoint)}
        title={node.id}
        onClick={select}
        onKeyDown={selectsByKey(select)}
      >
        <NodeSign status={live.status} view={live.view} />
        <span className="node-label">{visibleText(node.label)}</span>
        <span className="node-details">
          {(live.view === undefined || live.view.total < 2 ? details : [...details, stateWords(live.view)]).join(' · ')}
        </span>
      </div>
      <BreakpointGutter id={node.id} label={node.label} />
    </div>
  );
}

/** Where a decision is made, or where branches come together. */
function MarkNode({ data }: NodeProps<CanvasNode>) {
  const { node, isTabStop } = data;
  const live = useNodeLive(node.id);
  const isDecided = useRuns(({ view }) => view?.state.choices.has(node.id) ?? false);
  const select = (): void => selectNode(node.id);
  return (
    <div className="node mark-node" data-shape={node.shape} data-taken={isDecided} data-selected={live.isSelected}>
      <Handles />
      {node.shape === 'choice' && (
        <svg className="diamond" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <path d="M50 1 L99 50 L50 99 L1 50 Z" vectorEffect="non-scaling-stroke" />
        </svg>
      )}
      <div
        className="mark-face"
        role="button"
        tabIndex={isTabStop ? 0 : -1}
        data-node={node.id}
        aria-pressed={live.isSelected}
        aria-label={`${node.label}, ${node.shape}`}
        title={node.id}
        onClick={select}
        onKeyDown={selectsByKey(select)}
      >
        {visibleText(node.label)}
      </div>
    </div>
  );
}

/** Where the flow begins and ends, and where several ways meet. */
function TerminalNode({ data }: NodeProps<CanvasNode>) {
  return (
    <div className="terminal-node" data-shape={data.node.shape}>
      <Handles />
    </div>
  );
}

/** React Flow wants ends for its edges; ours are drawn where the layout put them. */
function Handles() {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} className="no-handle" />
      <Handle type="source" position={Position.Bottom} isConnectable={false} className="no-handle" />
    </>
  );
}

export const NODE_TYPES = { task: TaskNode, cluster: ClusterNode, mark: MarkNode, terminal: TerminalNode };
