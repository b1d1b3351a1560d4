// Where things are: views, regions, standard points, map units and millimetres.
export interface Standard {
  number: string;
  side: string;
  view: string;
  x: number;
  y: number;
  words: string;
}

export interface SiteData {
  abbreviation: string;
  name: string;
  route: string;
  points: Standard[];
}

export interface Place {
  view: string;
  x: number;
  y: number;
}

const LETTERS: Record<string, string> = { left: "L", right: "R", midline: "M" };
const OPPOSITE: Record<string, string> = { left: "right", right: "left" };
const SNAP_MM = 3;

export class Places {
  readonly sites: Record<string, SiteData>;
  readonly views = new Map<string, SVGSVGElement>();
  private readonly scales = new Map<string, { width: number; height: number; perMm: number }>();

  constructor(form: HTMLFormElement) {
    this.sites = JSON.parse(form.querySelector("#facemap-data")?.textContent ?? "{}");
    for (const svg of form.querySelectorAll<SVGSVGElement>("svg.fm")) this.watch(svg);
  }

  svg(view: string): SVGSVGElement {
    const found = this.views.get(view);
    if (!found) throw new Error(`The face map has no view ${view}.`);
    return found;
  }

  size(view: string): { width: number; height: number } {
    return this.scale(view);
  }

  unitsPerMm(view: string): number {
    return this.scale(view).perMm;
  }

  private scale(view: string): { width: number; height: number; perMm: number } {
    const found = this.scales.get(view);
    if (!found) throw new Error(`The face map has no view ${view}.`);
    return found;
  }

  private watch(svg: SVGSVGElement): void {
    const { view = "", size = "480 660", mm = "1" } = svg.dataset;
    const [width = 480, height = 660] = size.split(" ").map(Number);
    this.views.set(view, svg);
    this.scales.set(view, { width, height, perMm: 1 / Number(mm) });
  }

  /** Pixels on the screen for one unit of the drawing; 0 while it is not shown. */
  pixelsPerUnit(view: string): number {
    const svg = this.svg(view);
    return svg.clientWidth / (svg.viewBox.baseVal.width || 1);
  }

  /** Which way the midline lies, or on a profile the front: 1 to the viewer's right, -1 to the left. */
  inward(view: string, side: string): number {
    if (view === "left" || view === "right") return view === "right" ? 1 : -1;
    if (side === "midline") return 0;
    return (side === "right") === (view !== "back") ? 1 : -1;
  }

  /** The pointer's place in map units, whatever the zoom. */
  at(view: string, event: { clientX: number; clientY: number }): Place {
    const svg = this.svg(view);
    const matrix = svg.getScreenCTM();
    if (!matrix) return { view, x: 0, y: 0 };
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    return this.inside({ view, x: point.x, y: point.y });
  }

  inside(place: Place): Place {
    const { width, height } = this.size(place.view);
    const clamp = (value: number, most: number) => Math.round(Math.min(Math.max(value, 0), most) * 10) / 10;
    return { view: place.view, x: clamp(place.x, width), y: clamp(place.y, height) };
  }

  mirrored(place: Place): Place {
    const view = OPPOSITE[place.view] ?? place.view;
    return this.inside({ view, x: this.size(place.view).width - place.x, y: place.y });
  }

  id(site: string, side: string, number: string): string {
    return `${this.sites[site]?.abbreviation ?? site}-${LETTERS[side] ?? "M"}-${number}`;
  }

  /** The side on which a place of a site lies; sites of the midline have no other. */
  side(site: string, place: Place): string {
    if (this.sites[site]?.points.every((point) => point.side === "midline")) return "midline";
    if (place.view === "left" || place.view === "right") return place.view;
    const isViewersLeft = place.x < this.size(place.view).width / 2;
    return isViewersLeft === (place.view === "back") ? "left" : "right";
  }

  /** The standard points of a site and side on a view. */
  standards(site: string, side: string, view: string): Standard[] {
    return this.sites[site]?.points.filter((point) => point.side === side && point.view === view) ?? [];
  }

  /** The standard point of a site nearest to a place, within so many millimetres. */
  near(site: string, side: string, place: Place, within = SNAP_MM): Standard | undefined {
    const far = (point: Standard) => Math.hypot(point.x - place.x, point.y - place.y);
    const [best] = this.standards(site, side, place.view).sort((one, other) => far(one) - far(other));
    return best && far(best) <= within * this.unitsPerMm(place.view) ? best : undefined;
  }

  /** Whether a place lies in the drawn region; true where the site is not drawn on that view. */
  isInRegion(site: string, side: string, place: Place): boolean {
    const svg = this.svg(place.view);
    const region = svg.querySelector<SVGPathElement>(`.fm-region[data-site="${site}"][data-side="${side}"]`);
    return !region || region.isPointInFill(new DOMPoint(place.x, place.y));
  }
}

export function opposite(side: string): string | undefined {
  return OPPOSITE[side];
}
