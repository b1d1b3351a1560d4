// The drawn markers: only what changed is drawn anew, and numbers keep a size that can be read and hit.
import { drawMarker, Look, RING } from "./marker";
import { Place, Places } from "./places";
import { spread } from "./spread";

const LEAST_PX = 11; // radius of a number on the screen
const MOST_PX = 17;
const LARGE = 1.55;
const REACH_PX = 22; // a gloved finger: 44 px across
const EDGE = 1.25; // the ring's own stroke

interface Drawn {
  element: SVGElement;
  look: string;
  place: Place;
}

export class Markers {
  isLarge = false;
  private readonly drawn = new Map<string, Drawn>();

  constructor(private readonly places: Places) {
    for (const svg of places.views.values()) svg.querySelectorAll(".fm-point:not(.fm-ghost)").forEach((old) => old.remove());
  }

  get(number: string): SVGElement | null {
    return this.drawn.get(number)?.element ?? null;
  }

  /** Make the drawing say what the rows say; `looks` are in the order in which they lie. */
  show(looks: readonly (Look & { place: Place })[]): void {
    const focused = document.activeElement?.closest<SVGElement>(".fm-point")?.dataset.row;
    const kept = new Set(looks.map((look) => look.row));
    for (const [number, { element }] of this.drawn) {
      if (kept.has(number)) continue;
      element.remove();
      this.drawn.delete(number);
    }
    for (const look of looks) this.draw(look);
    for (const [view, svg] of this.places.views) {
      sort(svg, looks.filter((look) => look.place.view === view).map((look) => this.get(look.row)));
      this.arrange(view);
    }
    if (focused !== undefined && document.activeElement !== this.get(focused)) this.get(focused)?.focus({ preventScroll: true });
  }

  /** Put a marker somewhere without drawing it anew; its number keeps its distance. */
  put(number: string, x: number, y: number): void {
    this.drawn.get(number)?.element.setAttribute("transform", `translate(${x} ${y})`);
  }

  /** Size and spread of the numbers on a view, by how near it is looked at. */
  arrange(view: string): void {
    const here = [...this.drawn.values()].filter((each) => each.place.view === view);
    const perUnit = this.places.pixelsPerUnit(view);
    if (!perUnit) return;
    const wanted = Math.min(Math.max(RING * perUnit, LEAST_PX), MOST_PX) * (this.isLarge ? LARGE : 1);
    const scale = wanted / perUnit / RING;
    const shifts = spread(here.map((each) => each.place), 2 * (RING + EDGE) * scale);
    here.forEach((each, index) => {
      const { x, y } = shifts[index] ?? { x: 0, y: 0 };
      size(each.element, x, y, scale, REACH_PX / perUnit);
    });
  }

  /** The marker nearest to a place on the screen, if one is in reach. */
  nearest(view: string, event: PointerEvent): string | undefined {
    const reach = event.pointerType === "mouse" ? REACH_PX * 0.7 : REACH_PX;
    let best: [number, string] | undefined;
    for (const [number, { element, place }] of this.drawn) {
      if (place.view !== view) continue;
      const box = element.querySelector(".fm-ring")?.getBoundingClientRect();
      if (!box) continue;
      const far = Math.hypot(event.clientX - box.x - box.width / 2, event.clientY - box.y - box.height / 2);
      if (far <= Math.max(reach, box.width / 2) && far < (best?.[0] ?? Infinity)) best = [far, number];
    }
    return best?.[1];
  }

  private draw({ place, ...look }: Look & { place: Place }): void {
    const now = JSON.stringify([look, place.view]);
    const before = this.drawn.get(look.row);
    if (before?.look !== now) {
      const element = drawMarker(look);
      const picked = before?.element.getAttribute("aria-pressed");
      if (picked) element.setAttribute("aria-pressed", picked);
      before?.element.remove();
      this.places.svg(place.view).querySelector(".fm-points")?.append(element);
      this.drawn.set(look.row, { element, look: now, place });
    } else before.place = place;
    this.put(look.row, place.x, place.y);
  }
}

/** Later ones lie on top; nothing is touched where the order is right already. */
function sort(svg: SVGSVGElement, wanted: (SVGElement | null)[]): void {
  const now = [...svg.querySelectorAll<SVGElement>(".fm-point:not(.fm-ghost)")];
  if (now.every((element, index) => element === wanted[index])) return;
  const layer = svg.querySelector(".fm-points");
  for (const element of wanted) if (element) layer?.append(element);
}

function size(element: SVGElement, x: number, y: number, scale: number, reach: number): void {
  const [disc, leader, round] = [".fm-disc", ".fm-leader", ".fm-reach"].map((name) => element.querySelector<SVGElement>(name));
  disc?.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${scale.toFixed(3)})`);
  round?.setAttribute("r", reach.toFixed(1));
  round?.setAttribute("cx", x.toFixed(1));
  round?.setAttribute("cy", y.toFixed(1));
  if (!leader) return;
  const isApart = Math.hypot(x, y) > 2.5;
  leader.setAttribute("display", isApart ? "inline" : "none");
  leader.querySelector("path")?.setAttribute("d", isApart ? `M0 0L${x.toFixed(1)} ${y.toFixed(1)}` : "");
}
