import { type Edge, type Mark, type Picture, type Slot, isFlow } from '../definition.ts';
import { HolonError, textOf } from '../errors.ts';
import type { Problems } from '../problems.ts';
import { suggestion } from '../suggest.ts';

const SHAPES: readonly unknown[] = ['choice', 'join'];

/** Everything wrong with a picture, in time linear in its size. */
export function checkPicture(picture: unknown, problems: Problems): void {
  if (!isRecord(picture)) {
    problems.add(() => `picture: ${textOf(picture)} is no picture: give { slots, marks, edges }.`);
    return;
  }
  const given = picture as Readonly<Record<string, unknown>>;
  const slots = listOf(given, 'slots', problems) as readonly Slot[];
  const marks = listOf(given, 'marks', problems) as readonly Mark[];
  const edges = listOf(given, 'edges', problems) as readonly Edge[];

  const places = new Set<unknown>();
  for (const [i, slot] of slots.entries()) {
    if (!isRecord(slot) || !isFlow(slot.flow))
      problems.add(() => `picture.slots[${i}] is no slot: make it with slot(flow).`);
    else if (places.has(slot))
      problems.add(() => `picture.slots[${i}] stands there twice: each place has a slot of its own.`);
    places.add(slot);
  }
  const ids = new Set<string>();
  for (const [i, mark] of marks.entries()) {
    checkMarkShape(mark, i, problems);
    if (!isRecord(mark)) continue;
    if (ids.has(mark.id))
      problems.add(() => `picture.marks[${i}]: there is a mark with the id ${textOf(mark.id)} already.`);
    ids.add(mark.id);
    places.add(mark);
  }
  for (const [i, edge] of edges.entries()) {
    if (!isRecord(edge)) {
      problems.add(() => `picture.edges[${i}]: ${textOf(edge)} is no edge: give { from, to }.`);
      continue;
    }
    checkEnd(edge, 'from', i, places, ids, problems);
    checkEnd(edge, 'to', i, places, ids, problems);
  }
}

/** @throws HolonError `invalid-flow` when the procedure of `where` decides at what is no mark of its picture */
export function checkMark(picture: Picture, mark: string, where: string): void {
  if (picture.marks.some(({ id }) => id === mark)) return;
  const known = picture.marks.map(({ id }) => id);
  throw new HolonError(
    'invalid-flow',
    `${where} decided at ${textOf(mark)}, a mark that its picture doesn't have: list every mark in picture.marks.${suggestion(String(mark), known)}`,
  );
}

const slotsOf = new WeakMap<Picture, ReadonlySet<Slot>>();

/** @throws HolonError `invalid-flow` when the procedure of `where` calls what is no slot of its picture */
export function checkSlot(picture: Picture, slot: Slot, where: string): void {
  let known = slotsOf.get(picture);
  if (known === undefined) {
    known = new Set(picture.slots);
    slotsOf.set(picture, known);
  }
  if (known.has(slot)) return;
  throw new HolonError(
    'invalid-flow',
    `${where} called a slot that its picture doesn't have: list every slot in picture.slots.`,
  );
}

function checkMarkShape(mark: Mark, index: number, problems: Problems): void {
  const good =
    isRecord(mark) &&
    typeof mark.id === 'string' &&
    mark.id !== '' &&
    typeof mark.label === 'string' &&
    SHAPES.includes(mark.shape);
  if (!good) {
    problems.add(
      () =>
        `picture.marks[${index}]: ${textOf(mark)} is no mark: give an id, a label and the shape "choice" or "join".`,
    );
  }
}

function checkEnd(
  edge: Edge,
  side: 'from' | 'to',
  index: number,
  places: ReadonlySet<unknown>,
  ids: ReadonlySet<string>,
  problems: Problems,
): void {
  const end: unknown = edge[side];
  if (end === (side === 'from' ? 'in' : 'out') || places.has(end)) return;
  problems.add(() => {
    const where = `picture.edges[${index}].${side}`;
    if (typeof end === 'string' && ids.has(end))
      return `${where} is the id of a mark (${textOf(end)}): give the mark itself.`;
    if (isFlow(end)) return `${where} is a flow: give its slot.`;
    if (isRecord(end) && isFlow((end as Partial<Slot>).flow))
      return `${where} is a slot (of "${(end as Slot).flow.name}") that picture.slots doesn't have.`;
    if (isRecord(end) && SHAPES.includes((end as Partial<Mark>).shape))
      return `${where} is a mark (${textOf((end as Mark).id)}) that picture.marks doesn't have.`;
    return `${where}: ${textOf(end)} is no place: give a slot, a mark or "${side === 'from' ? 'in' : 'out'}".`;
  });
}

function listOf(picture: Readonly<Record<string, unknown>>, key: string, problems: Problems): readonly unknown[] {
  const list = picture[key];
  if (Array.isArray(list)) return list;
  problems.add(() => `picture.${key}: ${textOf(list)} is not a list.`);
  return [];
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
