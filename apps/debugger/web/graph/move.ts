/** A place to go to: where it stands and how large it is. */
export interface Spot {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Heading = 'left' | 'right' | 'up' | 'down';

/** How much worse it is to be off to the side than to be further away. */
const ASIDE = 2;

/** Where an arrow key leads from `from`: the nearest that lies that way; undefined at the rim. */
export function neighbourOf(from: Spot, spots: Iterable<Spot>, heading: Heading): Spot | undefined {
  let best: Spot | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  const [fromX, fromY] = centreOf(from);
  for (const spot of spots) {
    if (spot.id === from.id) continue;
    const [x, y] = centreOf(spot);
    const [ahead, aside] =
      heading === 'right'
        ? [x - fromX, y - fromY]
        : heading === 'left'
          ? [fromX - x, y - fromY]
          : heading === 'down'
            ? [y - fromY, x - fromX]
            : [fromY - y, x - fromX];
    if (ahead <= 1) continue;
    const cost = ahead + ASIDE * Math.abs(aside);
    if (cost < bestCost) {
      best = spot;
      bestCost = cost;
    }
  }
  return best;
}

export function headingOf(key: string): Heading | undefined {
  switch (key) {
    case 'ArrowLeft':
      return 'left';
    case 'ArrowRight':
      return 'right';
    case 'ArrowUp':
      return 'up';
    case 'ArrowDown':
      return 'down';
    default:
      return undefined;
  }
}

function centreOf(spot: Spot): readonly [number, number] {
  return [spot.x + spot.width / 2, spot.y + spot.height / 2];
}
