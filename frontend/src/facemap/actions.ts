// What can be done to points: each for one or for all that are chosen, as one step that can be undone.
import { Editor } from "./editor";
import { opposite, Place } from "./places";
import { Row, Values } from "./rows";

const COPY_MM = 5;
const FAR_MM = 1000;

/** Move points as one of them is moved: both sides alike, a point of the midline along it. */
export function moved(editor: Editor, led: Row, rows: readonly Row[], rightMm: number, downMm: number): Map<Row, Place> {
  const way = editor.places.inward(led.get("view"), led.get("side"));
  return new Map(
    rows.map((row) => {
      const { view, x, y } = editor.place(row);
      const own = editor.places.inward(view, row.get("side"));
      const right = row === led || !way ? rightMm : rightMm * way * own;
      const perMm = editor.places.unitsPerMm(view);
      return [row, editor.places.inside({ view, x: x + right * perMm, y: y + downMm * perMm })];
    }),
  );
}

export function nudge(editor: Editor, led: Row, rightMm: number, downMm: number): void {
  const rows = editor.meant(led);
  for (const [row, place] of moved(editor, led, rows, rightMm, downMm)) editor.move(row, place);
  editor.done(`${named(rows)} moved`);
}

/** Towards the midline or the front (positive) or away from it, and down: what the buttons of the list do. */
export function shift(editor: Editor, rows: readonly Row[], inMm: number, downMm: number): void {
  for (const row of rows) {
    const { view, x, y } = editor.place(row);
    const perMm = editor.places.unitsPerMm(view);
    const right = inMm * editor.places.inward(view, row.get("side"));
    editor.move(row, editor.places.inside({ view, x: x + right * perMm, y: y + downMm * perMm }));
  }
  editor.done(`${named(rows)} moved`);
}

/** A point of a site at a place: the standard point when one is near and free, else an added one. */
export function add(editor: Editor, site: string, place: Place, fixedSide = "", snaps = editor.snaps): void {
  const { places, rows } = editor;
  const side = fixedSide || places.side(site, place);
  const standard = snaps ? places.near(site, side, place) : undefined;
  const standardId = standard ? places.id(site, side, standard.number) : "";
  const isFree = standard !== undefined && !rows.find(standardId);
  const id = isFree ? standardId : freeId(editor, site, side);
  const spot = isFree ? places.inside(standard) : place;
  const values = { id, site, side, depth: "", route: places.sites[site]?.route ?? "", units: editor.form.dataset.defaultUnits ?? "" };
  const row = insert(editor, { ...values, view: spot.view, x: String(spot.x), y: String(spot.y), removed: false }, isFree ? standard.words : "added");
  editor.done(`${id} placed`);
  editor.choose(row.number);
}

/** The mirror images of points, in place of what the other side had there; a pair that is chosen is left alone. */
export function mirror(editor: Editor, rows: readonly Row[]): void {
  const names = new Set(rows.map((row) => row.get("id")));
  const sided = rows.filter((row) => opposite(row.get("side")));
  const made = sided.filter((row) => !names.has(imageId(editor, row))).map((row) => mirrorOne(editor, row));
  if (!sided.length && rows.length) return editor.say(`${named(rows)} lies in the midline and has no other side`);
  if (!made.length) return editor.say("Both sides are chosen. Choose the one that is to be copied.");
  editor.done(`${named(made)} placed`);
  if (rows.length === 1 && made[0]) editor.choose(made[0].number);
}

/** One side as it is, and its mirror image in place of the other side. */
export function copySide(editor: Editor, from: string): void {
  const to = opposite(from);
  if (!to) return editor.say("The midline has no other side");
  for (const row of editor.rows.shown()) if (row.get("side") === to) row.isRemoved = true;
  const rows = editor.rows.shown().filter((row) => row.get("side") === from);
  rows.forEach((row) => mirrorOne(editor, row));
  editor.done(`${rows.length} points copied from the ${from} to the ${to} side`);
}

export function copy(editor: Editor, rows: readonly Row[]): void {
  const made = rows.map((row) => {
    const values = row.values();
    const { view, x, y } = editor.place(row);
    const place = editor.places.inside({ view, x, y: y + COPY_MM * editor.places.unitsPerMm(view) });
    return insert(editor, { ...values, id: freeId(editor, values.site, values.side), x: String(place.x), y: String(place.y) }, "added");
  });
  editor.done(`${named(made)} placed`);
  if (made.length > 1) editor.pickOnly(made);
  const last = made[made.length - 1];
  if (last) editor.choose(last.number);
}

export function remove(editor: Editor, rows: readonly Row[]): void {
  const shown = editor.rows.shown();
  const last = rows[rows.length - 1];
  const next = shown.slice(last ? shown.indexOf(last) + 1 : 0).find((row) => !rows.includes(row));
  for (const row of rows) row.isRemoved = true;
  editor.done(`${named(rows)} removed`);
  const left = next ?? editor.rows.shown()[0];
  if (left) editor.choose(left.number);
}

export function setUnits(editor: Editor, rows: readonly Row[], units: string): void {
  for (const row of rows) row.set("units", units);
  editor.done(`${named(rows)}: ${units || "no"} units`);
}

export function setDepth(editor: Editor, rows: readonly Row[], depth: string): void {
  if (!rows.some((row) => row.depths.length)) return editor.say("The depth is not changed here");
  for (const row of rows) row.set("depth", depth);
  editor.done(`${named(rows)}: ${depth || "depth as the scheme"}`);
}

export function nextDepth(editor: Editor, led: Row): void {
  const { depths } = led;
  setDepth(editor, editor.meant(led), depths[(depths.indexOf(led.get("depth")) + 1) % depths.length] ?? "");
}

/** Each point to the standard place of its own number; an added one has none and stays. */
export function toStandard(editor: Editor, rows: readonly Row[]): void {
  const known = rows.filter((row) => editor.standard(row));
  for (const row of known) editor.move(row, editor.standard(row) ?? editor.place(row));
  if (!known.length) return editor.say(`${named(rows)} has no standard place`);
  editor.done(`${named(known)} at the standard place`);
}

/** Each point to the standard place of its own number, else to the nearest of its site. */
export function toNearest(editor: Editor, rows: readonly Row[]): void {
  for (const row of rows) {
    const spot = editor.standard(row) ?? editor.places.near(row.get("site"), row.get("side"), editor.place(row), FAR_MM);
    if (spot) editor.move(row, editor.places.inside(spot));
  }
  editor.done(`${named(rows)} at the standard place`);
}

/** All of the muscle and side; when these are chosen, both sides; when these are, every point. */
export function pickMore(editor: Editor, led: Row | undefined): void {
  const shown = editor.rows.shown();
  const muscle = shown.filter((row) => row.get("site") === led?.get("site"));
  const circles = led ? [muscle.filter((row) => row.get("side") === led.get("side")), muscle, shown] : [shown];
  const isWhole = (rows: Row[]) => rows.every((row) => editor.isPicked(row)) && editor.pickedCount() >= rows.length;
  editor.pickOnly(circles.find((rows) => !isWhole(rows)) ?? shown);
}

/** The name of the mirror image of a point. */
function imageId(editor: Editor, row: Row): string {
  const side = opposite(row.get("side")) ?? row.get("side");
  return editor.places.id(row.get("site"), side, row.get("id").split("-").pop() ?? "");
}

function mirrorOne(editor: Editor, row: Row): Row {
  const values = row.values();
  const side = opposite(values.side) ?? values.side;
  const number = values.id.split("-").pop() ?? "";
  const id = imageId(editor, row);
  const place = editor.places.mirrored(editor.place(row));
  const words = editor.words(values.site, side, number);
  return insert(editor, { ...values, id, side, view: place.view, x: String(place.x), y: String(place.y) }, words);
}

function insert(editor: Editor, values: Values, words: string): Row {
  const known = editor.places.sites[values.site];
  const where = values.side === "midline" ? "" : `, ${values.side}`;
  return editor.rows.add(values, `${known?.name ?? values.site}${where}: ${words}`);
}

function freeId(editor: Editor, site: string, side: string): string {
  const taken = new Set(editor.rows.all().map((row) => row.get("id")));
  let count = 1;
  while (taken.has(editor.places.id(site, side, `x${count}`))) count += 1;
  return editor.places.id(site, side, `x${count}`);
}

function named(rows: readonly Row[]): string {
  return rows.length === 1 ? (rows[0]?.get("id") ?? "") : `${rows.length} points`;
}
