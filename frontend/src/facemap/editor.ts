// The editor's state: rows, drawing, what is chosen, and the steps that can be undone.
import { History } from "./history";
import { Look } from "./marker";
import { Markers } from "./markers";
import { Place, Places } from "./places";
import { Row, Rows } from "./rows";

const SEVERITIES = ["", "note", "caution", "stop"];

/** What the server said about a point. */
export interface Told {
  severity: string;
  words: string;
  ml: string;
}

export class Editor {
  readonly rows: Rows;
  readonly places: Places;
  readonly markers: Markers;
  onChange: () => void = () => undefined;
  onChoice: () => void = () => undefined;
  /** The chosen point is looked at; a new answer of the check is no such occasion. */
  onLook: () => void = () => undefined;
  /** The point by which others are led is dragged over a place; its row is written when it is let go. */
  onDrag: (row: Row) => void = () => undefined;
  chosen = "";
  snaps = true;
  lassoes = false;
  private readonly picked = new Set<string>();
  private readonly history: History;
  private told = new Map<string, Told>();
  private dragged = new Map<Row, Place>();
  private isDrawing = false;

  constructor(readonly form: HTMLFormElement) {
    this.rows = new Rows(form);
    this.places = new Places(form);
    this.markers = new Markers(this.places);
    this.history = new History(this.rows);
    for (const row of this.rows.all()) if (row.element.querySelector<HTMLInputElement>('[name$="-pick"]')?.checked) this.picked.add(row.number);
    form.addEventListener("input", (event) => this.typed(event.target as Element));
    form.addEventListener("focusin", (event) => this.followFocus(event.target as Element));
  }

  /** Make every marker say what its row says. */
  draw(): void {
    const isGiven = this.form.dataset.state === "given";
    const looks = this.bySeverity().map((row) => ({ ...this.look(row, isGiven), place: this.shown(row) }));
    this.isDrawing = true; // a marker that is drawn anew gets the focus again, and nobody has moved it there
    this.markers.show(looks);
    this.isDrawing = false;
    for (const row of this.rows.shown()) {
      const isInside = this.places.isInRegion(row.get("site"), row.get("side"), this.shown(row));
      row.say("outside", isInside ? "" : "outside the drawn muscle");
    }
    for (const number of this.picked) if (!this.rows.numbered(number)) this.picked.delete(number);
    this.showChoice();
  }

  /** Put what the server found beside each point, in its row and at its marker. */
  tell(told: Map<string, Told>): void {
    this.told = told;
    for (const row of this.rows.all()) {
      const said = told.get(row.get("id"));
      row.element.dataset.severity = said?.severity ?? "";
      row.say("finding", said?.words ?? "");
      row.say("ml", said?.ml ?? "");
    }
    this.draw();
  }

  toldOf(row: Row): Told {
    return this.told.get(row.get("id")) ?? { severity: "", words: "", ml: "" };
  }

  /** Keep what was done as one step, redraw, and have it checked. */
  done(words: string): void {
    if (!this.history.keep()) return;
    this.chosenRow()?.reveal();
    this.draw();
    this.onLook();
    this.say(words);
    this.onChange();
  }

  choose(number: string, focuses = true): void {
    this.chosen = number;
    this.showChoice();
    this.onLook();
    if (focuses) this.markers.get(number)?.focus();
  }

  chosenRow(): Row | undefined {
    return this.rows.numbered(this.chosen);
  }

  /** The rows that an action is for: all that are picked, when this one is among them or none is named. */
  meant(row = this.chosenRow()): Row[] {
    if (this.picked.size && (!row || this.picked.has(row.number)))
      return this.rows.shown().filter((each) => this.picked.has(each.number));
    return row ? [row] : [];
  }

  isPicked(row: Row): boolean {
    return this.picked.has(row.number);
  }

  pickedCount(): number {
    return this.picked.size;
  }

  pick(rows: readonly Row[], isPicked: boolean): void {
    for (const row of rows) {
      if (isPicked) this.picked.add(row.number);
      else this.picked.delete(row.number);
    }
    this.showChoice();
    this.say(this.picked.size ? `${this.picked.size} chosen` : "None chosen");
  }

  pickOnly(rows: readonly Row[]): void {
    this.picked.clear();
    this.pick(rows, true);
  }

  place(row: Row): Place {
    return { view: row.get("view"), x: Number(row.get("x")), y: Number(row.get("y")) };
  }

  /** Where a point is shown: while it is dragged not where its row still says, whatever is drawn meanwhile. */
  shown(row: Row): Place {
    return this.dragged.get(row) ?? this.place(row);
  }

  /** Points are dragged over these places, led by one of them; their rows are written when they are let go. */
  drag(places: Map<Row, Place>, led: Row): void {
    this.dragged = places;
    for (const [row, place] of places) this.markers.put(row.number, place.x, place.y);
    if (places.has(led)) this.onDrag(led);
  }

  letGo(): void {
    this.dragged = new Map();
  }

  /** The standard place of a point's own number, whatever view it lies on; an added point has none. */
  standard(row: Row): Place | undefined {
    const [side, number] = [row.get("side"), row.get("id").split("-").pop()];
    const found = this.places.sites[row.get("site")]?.points.find((point) => point.side === side && point.number === number);
    return found && this.places.inside(found);
  }

  move(row: Row, place: Place): void {
    row.set("view", place.view);
    row.set("x", String(place.x));
    row.set("y", String(place.y));
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

  private look(row: Row, isGiven: boolean): Look {
    const [id, units, said] = [row.get("id"), row.get("units"), this.toldOf(row)];
    const name = `${this.places.sites[row.get("site")]?.name ?? row.get("site")}, ${row.get("side")}`;
    const found = said.severity ? `, has a ${said.severity}: ${said.words}` : "";
    const drawn = said.ml ? `, ${said.ml}` : "";
    return { row: row.number, id, units, severity: said.severity, isGiven, said: `${id}, ${name}, ${units ? `${units} units` : "no dose yet"}${drawn}${found}` };
  }

  /** Points with a finding come last and lie on top. */
  private bySeverity(): Row[] {
    const rank = (row: Row) => SEVERITIES.indexOf(this.toldOf(row).severity);
    return this.rows.shown().sort((one, other) => rank(one) - rank(other));
  }

  private stepped(hasChanged: boolean, changed: string, unchanged: string): void {
    if (hasChanged) {
      this.draw();
      this.onLook();
      this.onChange();
    }
    this.say(hasChanged ? changed : unchanged);
  }

  private typed(target: Element): void {
    const element = target.closest<HTMLTableRowElement>("tr[data-row]");
    if (!element) return;
    const row = this.rows.of(element);
    if (target.matches('[name$="-pick"]')) return this.pick([row], (target as HTMLInputElement).checked);
    row.showRemoved();
    this.done("");
  }

  private followFocus(target: Element): void {
    const number = target.closest<HTMLElement | SVGElement>("[data-row]")?.dataset.row;
    if (number !== undefined && !this.isDrawing) this.choose(number, false);
  }

  private showChoice(): void {
    for (const row of this.rows.all()) {
      const isPicked = this.picked.has(row.number);
      row.element.classList.toggle("fm-chosen", row.number === this.chosen);
      row.showPicked(isPicked);
      const marker = this.markers.get(row.number);
      marker?.classList.toggle("fm-chosen", row.number === this.chosen);
      marker?.classList.toggle("fm-picked", isPicked);
      marker?.setAttribute("aria-pressed", String(isPicked));
    }
    this.onChoice();
  }
}
