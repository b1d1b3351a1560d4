// The editor: what can be done to the points, whether by pointer, by key or by tool.
import { History } from "./history";
import { drawMarker } from "./marker";
import { opposite, Place, Places } from "./places";
import { Row, Rows, Values } from "./rows";

const COPY_MM = 5;
const SEVERITIES = ["", "note", "caution", "stop"];

export class Editor {
  readonly rows: Rows;
  readonly places: Places;
  onChange: () => void = () => undefined;
  chosen = "";
  private readonly history: History;
  private severities = new Map<string, string>();

  constructor(readonly form: HTMLFormElement) {
    this.rows = new Rows(form);
    this.places = new Places(form);
    this.history = new History(this.rows);
    form.addEventListener("input", (event) => this.typed(event.target as Element));
    form.addEventListener("focusin", (event) => this.followFocus(event.target as Element));
  }

  /** Redraw every marker from the rows; the focus stays on the marker that had it. */
  draw(): void {
    const focused = document.activeElement?.closest<SVGElement>(".fm-point")?.dataset.row;
    for (const svg of this.places.views.values()) svg.querySelectorAll(".fm-point:not(.fm-ghost)").forEach((old) => old.remove());
    const isGiven = this.form.dataset.state === "given";
    for (const row of this.bySeverity()) {
      const place = this.place(row);
      const layer = this.places.svg(place.view).querySelector(".fm-points");
      layer?.append(drawMarker(row, this.name(row), this.severity(row), isGiven));
      const isInside = this.places.isInRegion(row.get("site"), row.get("side"), place);
      row.say("outside", isInside ? "" : "outside the drawn muscle");
    }
    this.showChosen();
    if (focused !== undefined) this.marker(focused)?.focus();
  }

  mark(severities: Map<string, string>): void {
    this.severities = severities;
    for (const row of this.rows.all()) row.element.dataset.severity = severities.get(row.get("id")) ?? "";
    this.draw();
  }

  /** Keep what was done as one step, redraw, and have it checked. */
  done(words: string): void {
    if (!this.history.keep()) return;
    this.draw();
    this.say(words);
    this.onChange();
  }

  choose(number: string, focuses = true): void {
    this.chosen = number;
    this.showChosen();
    if (focuses) this.marker(number)?.focus();
  }

  chosenRow(): Row | undefined {
    return this.rows.shown().find((row) => row.number === this.chosen);
  }

  marker(number: string): SVGElement | null {
    return this.form.querySelector<SVGElement>(`.fm-point[data-row="${number}"]`);
  }

  place(row: Row): Place {
    return { view: row.get("view"), x: Number(row.get("x")), y: Number(row.get("y")) };
  }

  move(row: Row, place: Place): void {
    row.set("x", String(place.x));
    row.set("y", String(place.y));
  }

  nudge(row: Row, right: number, down: number): void {
    const { view, x, y } = this.place(row);
    const perMm = this.places.unitsPerMm(view);
    this.move(row, this.places.inside({ view, x: x + right * perMm, y: y + down * perMm }));
    this.done(`${row.get("id")} moved`);
  }

  /** A point of a site at a place: the standard point when one is near and free, else an added one. */
  add(site: string, place: Place, fixedSide = ""): void {
    const side = fixedSide || this.places.side(site, place);
    const standard = this.places.near(site, side, place);
    const standardId = standard ? this.places.id(site, side, standard.number) : "";
    const isFree = standard !== undefined && !this.rows.find(standardId);
    const id = isFree ? standardId : this.freeId(site, side);
    const spot = isFree ? this.places.inside(standard) : place;
    const values = { id, site, side, depth: "", route: this.places.sites[site]?.route ?? "", units: this.form.dataset.defaultUnits ?? "" };
    this.insert({ ...values, view: spot.view, x: String(spot.x), y: String(spot.y), removed: false }, isFree ? standard.words : "added");
  }

  mirror(row: Row): void {
    const values = row.values();
    const side = opposite(values.side);
    if (!side) return this.say(`${values.id} lies in the midline and has no other side`);
    const number = values.id.split("-").pop() ?? "";
    const id = this.places.id(values.site, side, number);
    const place = this.places.mirrored(this.place(row));
    this.insert({ ...values, id, side, view: place.view, x: String(place.x), y: String(place.y) }, this.words(values.site, side, number));
  }

  copy(row: Row): void {
    const values = row.values();
    const { view, x, y } = this.place(row);
    const place = this.places.inside({ view, x, y: y + COPY_MM * this.places.unitsPerMm(view) });
    this.insert({ ...values, id: this.freeId(values.site, values.side), x: String(place.x), y: String(place.y) }, "added");
  }

  remove(row: Row): void {
    const shown = this.rows.shown();
    const next = shown[shown.findIndex((other) => other.number === row.number) + 1] ?? shown[0];
    row.isRemoved = true;
    this.done(`${row.get("id")} removed`);
    if (next && next.number !== row.number) this.choose(next.number);
  }

  setUnits(row: Row, units: string): void {
    row.set("units", units);
    this.done(`${row.get("id")}: ${units || "no"} units`);
  }

  undo(): void {
    this.stepped(this.history.undo(), "Undone", "Nothing to undo");
  }

  redo(): void {
    this.stepped(this.history.redo(), "Done again", "Nothing to do again");
  }

  say(words: string): void {
    const place = this.form.querySelector("[data-fm-says]");
    if (place) place.textContent = words;
  }

  words(site: string, side: string, number: string): string {
    const known = this.places.sites[site]?.points.find((point) => point.side === side && point.number === number);
    return known?.words ?? "added";
  }

  private insert(values: Values, words: string): void {
    const known = this.places.sites[values.site];
    const where = values.side === "midline" ? "" : `, ${values.side}`;
    const row = this.rows.add(values, `${known?.name ?? values.site}${where}: ${words}`);
    this.done(`${values.id} placed`);
    this.choose(row.number);
  }

  private freeId(site: string, side: string): string {
    const taken = new Set(this.rows.all().map((row) => row.get("id")));
    let count = 1;
    while (taken.has(this.places.id(site, side, `x${count}`))) count += 1;
    return this.places.id(site, side, `x${count}`);
  }

  private severity(row: Row): string {
    return this.severities.get(row.get("id")) ?? "";
  }

  /** Points with a finding come last and lie on top. */
  private bySeverity(): Row[] {
    const rank = (row: Row) => SEVERITIES.indexOf(this.severity(row));
    return this.rows.shown().sort((one, other) => rank(one) - rank(other));
  }

  private name(row: Row): string {
    return `${this.places.sites[row.get("site")]?.name ?? row.get("site")}, ${row.get("side")}`;
  }

  private stepped(hasChanged: boolean, changed: string, unchanged: string): void {
    if (hasChanged) {
      this.draw();
      this.onChange();
    }
    this.say(hasChanged ? changed : unchanged);
  }

  private typed(target: Element): void {
    const element = target.closest<HTMLTableRowElement>("tr[data-row]");
    if (!element) return;
    const row = new Row(element, element.dataset.row ?? "");
    row.showRemoved();
    this.done("");
  }

  private followFocus(target: Element): void {
    const number = target.closest<HTMLElement | SVGElement>("[data-row]")?.dataset.row;
    if (number !== undefined) this.choose(number, false);
  }

  private showChosen(): void {
    for (const element of this.form.querySelectorAll<HTMLElement | SVGElement>("[data-row]"))
      element.classList.toggle("fm-chosen", element.dataset.row === this.chosen);
  }
}
