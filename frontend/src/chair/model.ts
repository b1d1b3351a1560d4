// The state at the chair from its taps: the same rule as masseter.core.inject.chair, for when the line is down.
// tests/clinic/inject/test_chair_model.py holds both against each other.
export interface Place {
  site: string;
  side: string;
  view: string;
  x: string;
  y: string;
}

export interface Tap {
  key: string;
  hand: string;
  kind: "given" | "skipped" | "undone";
  point: string;
  units: string;
  reason: string;
  place: Place | null;
  seen: string[];
  undoes: string[];
  by: string;
  user: number;
  code?: string;
  at?: string;
}

export interface Planned {
  id: string;
  units: string;
}

export type Status = "open" | "given" | "skipped" | "conflict";

export interface PointState {
  id: string;
  planned: string;
  status: Status;
  units: string;
  reason: string;
  answers: Tap[];
}

const SCALE = 10_000;

/** Units as whole ten-thousandths, so that sums are exact. */
export const scaled = (units: string): number => Math.round(Number(units || "0") * SCALE);

export const plain = (whole: number): string => String(whole / SCALE);

export function chairState(planned: Planned[], taps: Tap[]): PointState[] {
  const known = new Map(taps.map((tap) => [tap.key, tap]));
  const undone = new Set([...known.values()].filter((tap) => tap.kind === "undone").flatMap((tap) => tap.undoes));
  const standing = new Map<string, Tap[]>();
  for (const tap of known.values()) {
    if (tap.kind === "undone" || undone.has(tap.key)) continue;
    standing.set(tap.point, [...(standing.get(tap.point) ?? []), tap]);
  }
  const units = new Map(planned.map((point) => [point.id, point.units]));
  const added = [...standing.keys()].filter((name) => !units.has(name)).sort(byText);
  return [...units.keys(), ...added].map((id) => pointState(id, units.get(id) ?? "", standing.get(id) ?? []));
}

export function isComplete(states: PointState[]): boolean {
  return states.every((state) => state.status === "given" || state.status === "skipped");
}

export function unitsGiven(states: PointState[]): number {
  return states.reduce((sum, state) => sum + scaled(state.units), 0);
}

/** The keys of what a person tapped last and nobody has undone. */
export function lastBy(taps: Tap[], user: number): string[] {
  const undone = new Set(taps.flatMap((tap) => tap.undoes));
  const mine = taps.filter((tap) => tap.user === user && tap.kind !== "undone" && !undone.has(tap.key));
  const last = mine[mine.length - 1];
  return mine.filter((tap) => tap.hand === last?.hand).map((tap) => tap.key);
}

function pointState(id: string, planned: string, standing: Tap[]): PointState {
  const answers = answersOf(standing);
  const units = Math.max(0, ...answers.map((tap) => scaled(tap.units)));
  const only = answers.length === 1 ? answers[0] : undefined;
  const status = answers.length > 1 ? "conflict" : !only ? "open" : only.kind === "given" ? "given" : "skipped";
  return { id, planned, status, units: plain(units), reason: only?.reason ?? "", answers };
}

function answersOf(standing: Tap[]): Tap[] {
  const replaced = new Set(standing.flatMap((tap) => tap.seen.filter((key) => key !== tap.key)));
  const last = standing.filter((tap) => !replaced.has(tap.key));
  const found = new Map<string, Tap>();
  const sorted = [...(last.length ? last : standing)].sort(
    (one, other) => Number(!one.reason) - Number(!other.reason) || byText(one.key, other.key),
  );
  for (const tap of sorted) if (!found.has(answer(tap))) found.set(answer(tap), tap);
  return [...found.values()].sort((one, other) => byText(one.key, other.key));
}

function answer(tap: Tap): string {
  const place = tap.place;
  const where = place ? [place.site, place.side, place.view, place.x, place.y].join("|") : "";
  return [tap.kind, tap.kind === "given" ? scaled(tap.units) : "", where].join("|");
}

function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
