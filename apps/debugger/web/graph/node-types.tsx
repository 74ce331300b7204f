import { type ModelNode, visibleText } from '@holon/viz';
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import type { ReactNode } from 'react';
import { useRuns } from '../state/run-store.ts';
import { selectNode } from '../state/view-store.ts';
import { BreakpointGutter, type NodeLive, NodeSign, useNodeLive } from './node-parts.tsx';
import { shortStateWords, stateWords } from './node-words.ts';

export type CanvasNode = Node<
  { readonly node: ModelNode; readonly isTabStop: boolean },
  'task' | 'cluster' | 'mark' | 'terminal'
>;

/** A node of the author's: its name, and its state once it has one, before that its kind and what else is known. */
function TaskNode({ data }: NodeProps<CanvasNode>) {
  const { node, isTabStop } = data;
  const live = useNodeLive(node.id);
  const inside = node.folded > 0 ? `${node.folded} inside` : '';
  const details =
    live.view === undefined
      ? [kindOf(node), ...node.says, ...node.policies, inside]
      : [shortStateWords(live.view), inside];
  const spoken = stateWords(live.view);
  return (
    <div className="node task-node" {...dataOf(node, live)}>
      <Handles />
      <NodeFace
        className="node-face"
        node={node}
        live={live}
        isTabStop={isTabStop}
        unseen={details.includes(spoken) ? '' : spoken}
      >
        <span className="node-texts">
          <NodeLabel node={node} />
          <span className="node-details">{joined(details)}</span>
        </span>
      </NodeFace>
      <BreakpointGutter id={node.id} label={node.label} />
    </div>
  );
}

/** A composite, with its children drawn inside. */
function ClusterNode({ data }: NodeProps<CanvasNode>) {
  const { node, isTabStop } = data;
  const live = useNodeLive(node.id);
  const ranOften = live.view !== undefined && live.view.total > 1;
  const details = [kindOf(node), ...node.policies, ranOften ? shortStateWords(live.view) : ''];
  const spoken = stateWords(live.view);
  return (
    <div className="node cluster-node" {...dataOf(node, live)}>
      <NodeFace
        className="cluster-head"
        node={node}
        live={live}
        isTabStop={isTabStop}
        unseen={details.includes(spoken) ? '' : spoken}
      >
        <NodeLabel node={node} />
        <span className="node-details">{joined(details)}</span>
      </NodeFace>
      <BreakpointGutter id={node.id} label={node.label} />
    </div>
  );
}

interface NodeFaceProps {
  readonly className: string;
  readonly node: ModelNode;
  readonly live: NodeLive;
  readonly isTabStop: boolean;
  /** What is to be heard but has no room to be seen. */
  readonly unseen: string;
  readonly children: ReactNode;
}

/** The part of a node that a click selects. Its texts are its accessible name. */
function NodeFace({ className, node, live, isTabStop, unseen, children }: NodeFaceProps) {
  const heard = [unseen, live.hasBreakpoint ? 'breakpoint' : ''].filter((part) => part !== '');
  return (
    <button
      type="button"
      className={className}
      tabIndex={isTabStop ? 0 : -1}
      data-node={node.id}
      aria-pressed={live.isSelected}
      title={node.id}
      onClick={() => selectNode(node.id)}
    >
      <NodeSign status={live.status} view={live.view} />
      {children}
      {heard.length > 0 && <span className="visually-hidden">, {heard.join(', ')}</span>}
    </button>
  );
}

function NodeLabel({ node }: { readonly node: ModelNode }) {
  return (
    <span className="node-label">
      {visibleText(node.label)}
      <span className="visually-hidden">,</span>
    </span>
  );
}

/** Where a decision is made, or where branches come together. */
function MarkNode({ data }: NodeProps<CanvasNode>) {
  const { node, isTabStop } = data;
  const { isSelected } = useNodeLive(node.id);
  const isDecided = useRuns(({ view }) => view?.state.choices.has(node.id) ?? false);
  return (
    <div className="node mark-node" data-shape={node.shape} data-taken={isDecided} data-selected={isSelected}>
      <Handles />
      {node.shape === 'choice' && (
        <svg className="diamond" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <path d="M50 1 L99 50 L50 99 L1 50 Z" vectorEffect="non-scaling-stroke" />
        </svg>
      )}
      <button
        type="button"
        className="mark-face"
        tabIndex={isTabStop ? 0 : -1}
        data-node={node.id}
        aria-pressed={isSelected}
        title={node.id}
        onClick={() => selectNode(node.id)}
      >
        <span>
          {visibleText(node.label)}
          <span className="visually-hidden">, {node.shape}</span>
        </span>
      </button>
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

function dataOf(node: ModelNode, live: NodeLive): Readonly<Record<`data-${string}`, string | boolean>> {
  return {
    'data-state': live.status,
    'data-selected': live.isSelected,
    'data-many': node.many,
    'data-observed': node.observed,
  };
}

/** What kind of composite it is, where that says more than its name. */
function kindOf({ kind, label }: ModelNode): string {
  return kind === label || kind === 'task' ? '' : kind;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}

export const NODE_TYPES = { task: TaskNode, cluster: ClusterNode, mark: MarkNode, terminal: TerminalNode };
