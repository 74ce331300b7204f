import type { Point } from '@holon/viz';

const CORNER_PX = 8;

/** A line through all points, its corners rounded where there is room. */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let path = `M${first.x} ${first.y}`;
  rest.forEach((corner, index) => {
    const next = rest[index + 1];
    const before = index === 0 ? first : (rest[index - 1] as Point);
    if (next === undefined) {
      path += ` L${corner.x} ${corner.y}`;
      return;
    }
    const enter = towards(corner, before);
    const leave = towards(corner, next);
    path += ` L${enter.x} ${enter.y} Q${corner.x} ${corner.y} ${leave.x} ${leave.y}`;
  });
  return path;
}

/** From `from` a corner's radius towards `to`, but no further than half the way. */
function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return from;
  const part = Math.min(CORNER_PX, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}
