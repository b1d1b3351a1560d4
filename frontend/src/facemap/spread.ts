// Numbers that would cover each other are drawn a little apart, each with a line to its spot.
export interface Spot {
  x: number;
  y: number;
}

const ROUNDS = 24;
const FURTHEST = 3; // times the distance that keeps two numbers apart

/** How far each number is drawn from its spot, so that no two are nearer than `apart`. */
export function spread(spots: readonly Spot[], apart: number): Spot[] {
  const places = spots.map(({ x, y }) => ({ x, y }));
  for (let round = 0; round < ROUNDS; round += 1) if (!push(places, apart)) break;
  return places.map((place, index) => {
    const spot = spots[index] ?? place;
    const [x, y] = [place.x - spot.x, place.y - spot.y];
    const long = Math.hypot(x, y);
    const share = long > FURTHEST * apart ? (FURTHEST * apart) / long : 1;
    return { x: x * share, y: y * share };
  });
}

/** One round of pushing near pairs apart; answers whether anything moved. */
function push(places: Spot[], apart: number): boolean {
  let hasMoved = false;
  for (let first = 0; first < places.length; first += 1) {
    for (let second = first + 1; second < places.length; second += 1) {
      const [one, other] = [places[first], places[second]];
      if (!one || !other) continue;
      const [x, y] = [other.x - one.x, other.y - one.y];
      const distance = Math.hypot(x, y);
      if (distance >= apart - 0.01) continue;
      const half = (apart - distance) / 2;
      // On one and the same spot any way will do, as long as it is always the same.
      const way = distance < 0.01 ? { x: Math.cos(second), y: Math.sin(second) } : { x: x / distance, y: y / distance };
      one.x -= way.x * half;
      one.y -= way.y * half;
      other.x += way.x * half;
      other.y += way.y * half;
      hasMoved = true;
    }
  }
  return hasMoved;
}
