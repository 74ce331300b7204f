import { viewOf, viewText } from '@holon/engine/events';
import { type FlowPicture, type PictureNode, definitionOf, describe } from '@holon/flow';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { hasInput } from '../input/choose-input.ts';
import { type LoadedFlow, loadFlow } from '../load/load-flow.ts';
import { shownPath } from '../output/excerpt.ts';
import { labelOf } from '../output/label.ts';
import { count, safe, widest } from '../output/style.ts';
import type { Channel, Terminal } from '../output/terminal.ts';

export interface InspectOptions {
  readonly json?: boolean;
}

/** `holon inspect`: what a flow is, without running it. */
export async function inspectCommand(
  target: string,
  options: InspectOptions,
  { result, notes }: Terminal,
): Promise<ExitCode> {
  const loaded = await loadFlow(target, notes);
  const picture = describe(loaded.flow);
  if (options.json === true) result.line(JSON.stringify(inspectData(loaded, picture), undefined, 2));
  else for (const line of inspectLines(loaded, picture, result)) result.line(line);
  return EXIT.done;
}

/** What `--json` prints. `version` changes when its shape does. */
function inspectData(loaded: LoadedFlow, picture: FlowPicture): object {
  const { kind, arity, params, input, output, asynchronous } = definitionOf(loaded.flow)!;
  return {
    version: 1,
    file: loaded.target.file,
    export: loaded.exportName,
    label: labelOf(loaded),
    kind,
    arity,
    params: params ?? null,
    asynchronous,
    schemas: { input: input?.['~standard'].vendor ?? null, output: output?.['~standard'].vendor ?? null },
    hasDefaultInput: hasInput(loaded.exports),
    picture,
  };
}

function inspectLines(loaded: LoadedFlow, picture: FlowPicture, channel: Channel): string[] {
  const { colors } = channel;
  const [root, ...others] = picture.nodes;
  const facts = factsOf(loaded, root!);
  const width = widest(facts.map(([name]) => name));
  return [
    `${colors.bold(safe(labelOf(loaded)))}  ${colors.cyan(root!.kind)}`,
    ...facts.map(([name, text]) => `  ${colors.dim(name.padEnd(width))}  ${safe(text)}`),
    ...(others.length === 0 ? [] : ['', ...treeLines(picture, root!, channel)]),
  ];
}

function factsOf(loaded: LoadedFlow, root: PictureNode): [string, string][] {
  const { arity, params, input, output, asynchronous, isTask } = definitionOf(loaded.flow)!;
  const facts: [string, string][] = [['address', `${shownPath(loaded.target.file)}#${loaded.exportName}`]];
  if (root.origin !== undefined) facts.push(['written', `${shownPath(root.origin.file)}:${root.origin.line}`]);
  facts.push(['id', root.id]);
  const checked = input === undefined ? '' : `, checked by a ${input['~standard'].vendor} schema`;
  facts.push([
    'takes',
    `${arity < 2 ? 'one input' : `${count(arity, 'argument')}${params === undefined ? '' : ` (${params.join(', ')})`}`}${checked}`,
  ]);
  const gives = asynchronous
    ? 'a promise'
    : isTask
      ? 'whatever its function gives'
      : 'a promise only when a child does';
  facts.push(['gives', `${gives}${output === undefined ? '' : `, checked by a ${output['~standard'].vendor} schema`}`]);
  if (root.policies.length > 0) facts.push(['policies', root.policies.join(' · ')]);
  if (hasInput(loaded.exports))
    facts.push([
      'input',
      `${viewText(viewOf(loaded.exports['input']), { depth: 3, chars: 100 })} (exported as "input")`,
    ]);
  return facts;
}

/** A longer name pushes the columns of its own line only. */
const MAX_NAME_COLUMN = 48;

/** Children below their parents, what is known of each in columns. */
function treeLines(picture: FlowPicture, root: PictureNode, { colors }: Channel): string[] {
  const rows = treeRows(picture, root);
  const nameWidth = Math.min(MAX_NAME_COLUMN, widest(rows.map(({ branch, name }) => branch + name)));
  const kindWidth = widest(rows.map(({ node }) => node.kind));
  const placeWidth = widest(rows.map(({ place }) => place));
  return rows.map(({ branch, name, node, place }) => {
    const isMark = node.shape === 'choice' || node.shape === 'join';
    const columns = [
      colors.dim(branch) +
        (isMark ? colors.dim(name) : name) +
        ' '.repeat(Math.max(0, nameWidth - branch.length - name.length)),
      colors.cyan(node.kind.padEnd(kindWidth)),
      colors.dim(place.padEnd(placeWidth)),
      colors.yellow(node.policies.join(' · ')),
    ];
    return columns.join('  ').trimEnd();
  });
}

interface TreeRow {
  readonly branch: string;
  readonly name: string;
  readonly place: string;
  readonly node: PictureNode;
}

function treeRows(picture: FlowPicture, root: PictureNode): TreeRow[] {
  const inside = new Map<string, PictureNode[]>();
  for (const node of picture.nodes) {
    if (node.parent === undefined) continue;
    const siblings = inside.get(node.parent);
    if (siblings === undefined) inside.set(node.parent, [node]);
    else siblings.push(node);
  }
  const rows: TreeRow[] = [];
  const pending: { node: PictureNode; indent: string; last: boolean }[] = [];
  const push = (parent: string, indent: string): void => {
    const children = inside.get(parent) ?? [];
    for (let i = children.length - 1; i >= 0; i--)
      pending.push({ node: children[i]!, indent, last: i === children.length - 1 });
  };
  push(root.id, '  ');
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const { node, indent, last } = at;
    rows.push({ branch: `${indent}${last ? '└─ ' : '├─ '}`, name: safe(nameOf(node)), place: placeOf(node), node });
    push(node.id, `${indent}${last ? '   ' : '│  '}`);
  }
  return rows;
}

function placeOf({ origin }: PictureNode): string {
  return origin === undefined ? '' : safe(`${shownPath(origin.file)}:${origin.line}`);
}

/** The label, and the part of the id where that is another: what `#` and breakpoints take. */
function nameOf({ id, label, shape, many }: PictureNode): string {
  const segment = id.slice(id.lastIndexOf('/') + 1);
  const own = shape === 'choice' || shape === 'join' || segment === label ? label : `${label} (${segment})`;
  return many ? `${own} × n` : own;
}
