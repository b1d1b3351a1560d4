// The chair's page with a script: each press is noted here at once, painted, kept sealed, and sent.
import { Line } from "./line";
import { chairState, lastBy, Place, plain, PointState, scaled, Tap } from "./model";
import { keep, tapsOf } from "./store";

export interface Point {
  id: string;
  group: string;
  name: string;
  where: string;
  way: string;
  units: string;
  view: string;
  x: string;
  y: string;
}

export interface Data {
  sitting: number;
  owner: string;
  user: number;
  name: string;
  idle: number;
  begun: string;
  over: boolean;
  points: Point[];
  muscles: [string, string][];
  windows: Record<string, Record<string, string>>;
  places: Record<string, [string, string][]>;
  ml: Record<string, string>;
  marks: Record<string, string>;
  words: Record<string, string>;
  changed: Record<string, string>;
  skipped: Record<string, string>;
  taps: Tap[];
  after: number;
  urls: { line: string; check: string; key: string; worker: string };
}

export interface Kept {
  taps: Tap[];
  waiting: string[];
  line: string;
}

export const ADDED = "Added at the chair";

export class Chair {
  readonly taps = new Map<string, Tap>();
  readonly line: Line;
  readonly plan: string;
  key: CryptoKey | null = null;
  chosen = "";
  /** What became of taps of an earlier beginning that this device still kept. */
  earlier: string[] = [];
  onPaint: () => void = () => undefined;
  onHeard: () => void = () => undefined;
  private keeping: Promise<void> = Promise.resolve();

  constructor(
    readonly root: HTMLElement,
    readonly data: Data,
    kept: Kept | null,
  ) {
    this.plan = root.dataset.chair ?? "";
    for (const tap of [...data.taps, ...(kept?.taps ?? [])]) this.taps.set(tap.key, tap);
    for (const tap of data.taps) this.taps.set(tap.key, tap);
    const there = new Set(data.taps.map((tap) => tap.key));
    const heard = (taps: Tap[]) => this.heard(taps);
    this.line = new Line(data.urls.line, data.owner, data.after, heard, () => this.onPaint());
    this.line.isOver = data.over;
    const waiting = (kept?.waiting ?? []).filter((key) => !there.has(key));
    if (waiting.length) this.line.send(waiting.flatMap((key) => this.taps.get(key) ?? []));
  }

  states(): PointState[] {
    return chairState(this.data.points, [...this.taps.values()]);
  }

  point(id: string): Point | undefined {
    return this.data.points.find((point) => point.id === id) ?? this.added(id);
  }

  /** The points of a muscle in the order of the plan, the added ones last. */
  inOrder(states: PointState[]): PointState[] {
    const group = (state: PointState) => this.point(state.id)?.group ?? "";
    return this.data.muscles.flatMap(([key]) => states.filter((state) => group(state) === key));
  }

  /** The point that is shown large: the one that was chosen, else the first that is still to do. */
  now(states: PointState[]): PointState | undefined {
    const listed = this.inOrder(states);
    return listed.find((state) => state.id === this.chosen) ?? listed.find((state) => state.status === "open");
  }

  given(ids: string[], told: Partial<Tap> = {}): void {
    this.note(ids.map((id) => ({ kind: "given", point: id, units: this.point(id)?.units ?? "", ...told })));
  }

  /** Note a point as planned, an added one as it was noted; false where no units of it are known. */
  asItIs(id: string): boolean {
    const state = this.states().find((each) => each.id === id);
    const planned = this.point(id)?.units;
    if (planned) this.given([id]);
    else if (state && scaled(state.units)) this.given([id], { units: state.units, reason: state.reason || ADDED });
    else return false;
    return true;
  }

  skip(id: string, code: string, reason: string): void {
    this.note([{ kind: "skipped", point: id, units: "", code, reason }]);
  }

  /** Take back what this person tapped last; false where there is nothing. */
  undo(): boolean {
    const undoes = lastBy([...this.taps.values()], this.data.user);
    if (undoes.length) this.note([{ kind: "undone", point: "", units: "", undoes }]);
    return undoes.length > 0;
  }

  note(told: Partial<Tap>[]): void {
    const hand = uuid();
    const made = told.map((each) => this.made(hand, each));
    for (const tap of made) this.taps.set(tap.key, tap);
    this.chosen = "";
    this.line.send(made);
    this.keep();
    this.onPaint();
  }

  keep(): void {
    const key = this.key;
    if (!key) return;
    const waiting = this.line.waiting.map((tap) => tap.key);
    const content: Kept = { taps: [...this.taps.values()], waiting, line: this.data.urls.line };
    const name = tapsOf(this.plan, this.data.sitting);
    this.keeping = this.keeping.then(() => keep(key, name, content, waiting.length)).catch(() => undefined);
  }

  /** When everything that is to be kept on this device stands there. */
  settled(): Promise<void> {
    return this.keeping;
  }

  private made(hand: string, told: Partial<Tap>): Tap {
    const point = told.point ?? "";
    const seen = [...this.taps.values()].filter((tap) => point && tap.point === point).map((tap) => tap.key);
    const words = told.code ? (this.data.changed[told.code] ?? this.data.skipped[told.code] ?? "") : "";
    const typed = (told.reason ?? "").trim().replace(/\s+/g, " ");
    return {
      key: uuid(),
      hand,
      kind: told.kind ?? "given",
      point,
      units: plain(scaled(told.units ?? "")) === "0" ? "" : plain(scaled(told.units ?? "")),
      reason: [words, typed].filter(Boolean).join(": "),
      place: told.place ?? this.place(point),
      seen,
      undoes: told.undoes ?? [],
      by: this.data.name,
      user: this.data.user,
      at: new Date().toISOString(),
    };
  }

  private place(id: string): Place | null {
    const point = this.point(id);
    if (!point) return null;
    const cut = point.group.lastIndexOf(".");
    const [site, side] = [point.group.slice(0, cut), point.group.slice(cut + 1)];
    return { site, side, view: point.view, x: point.x, y: point.y };
  }

  private added(id: string): Point | undefined {
    const tap = [...this.taps.values()].find((each) => each.point === id && each.place);
    if (!tap?.place) return undefined;
    const { site, side, view, x, y } = tap.place;
    const group = `${site}.${side}`;
    const name = this.data.muscles.find(([key]) => key === group)?.[1] ?? site;
    return { id, group, name, where: "added", way: "", units: "", view, x, y };
  }

  private heard(taps: Tap[]): void {
    for (const tap of taps) this.taps.set(tap.key, tap);
    // What the server could not take was not noted: it is shown, and tapped anew.
    for (const [tap] of this.line.wrong) this.taps.delete(tap.key);
    this.keep();
    this.onPaint();
    this.onHeard();
  }
}

/** A random key; `crypto.randomUUID` is not there on every address that a clinic may use. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
