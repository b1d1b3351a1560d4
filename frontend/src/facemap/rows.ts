// The rows of the form: the one place where the points live.
export const FIELDS = ["id", "site", "side", "view", "x", "y", "depth", "route", "units"] as const;
export type Field = (typeof FIELDS)[number];
export type Values = Record<Field, string> & { removed: boolean };
type Input = HTMLInputElement | HTMLSelectElement;

export class Row {
  private readonly inputs = new Map<string, Input>();

  constructor(readonly element: HTMLTableRowElement, readonly number: string) {}

  private input(field: string): Input {
    const known = this.inputs.get(field) ?? this.element.querySelector<Input>(`[name="point-${this.number}-${field}"]`);
    if (!known) throw new Error(`The row ${this.number} has no field ${field}.`);
    this.inputs.set(field, known);
    return known;
  }

  get(field: Field): string {
    return this.input(field).value.trim();
  }

  set(field: Field, value: string): void {
    const input = this.input(field);
    if (input.value !== value) input.value = value;
  }

  get units(): HTMLInputElement {
    return this.input("units") as HTMLInputElement;
  }

  /** The depths that can be chosen here; none where depth is not typed. */
  get depths(): string[] {
    const input = this.input("depth");
    return input instanceof HTMLSelectElement ? Array.from(input.options, (option) => option.value) : [];
  }

  get isRemoved(): boolean {
    return (this.input("remove") as HTMLInputElement).checked;
  }

  set isRemoved(value: boolean) {
    (this.input("remove") as HTMLInputElement).checked = value;
    this.showRemoved();
  }

  showRemoved(): void {
    this.element.classList.toggle("fm-removed", this.isRemoved);
  }

  /** Open the fold in which the row lies, if it lies in one. */
  reveal(): void {
    this.element.closest("details")?.setAttribute("open", "");
  }

  /** Show whether the point is chosen; the box of the row says it too, where it has one. */
  showPicked(isPicked: boolean): void {
    this.element.classList.toggle("fm-picked", isPicked);
    const box = this.element.querySelector<HTMLInputElement>(`[name="point-${this.number}-pick"]`);
    if (box) box.checked = isPicked;
  }

  values(): Values {
    const read = Object.fromEntries(FIELDS.map((field) => [field, this.get(field)])) as Record<Field, string>;
    return { ...read, removed: this.isRemoved };
  }

  write(values: Values): void {
    for (const field of FIELDS) this.set(field, values[field]);
    this.isRemoved = values.removed;
    this.element.dataset.point = values.id;
    this.say("id", values.id);
    this.units.setAttribute("aria-label", `${values.id}: units`);
    this.element.querySelector('[name$="-pick"]')?.setAttribute("aria-label", `Choose ${values.id}`);
    this.element.querySelector(".fm-depth")?.setAttribute("aria-label", `${values.id}: depth`);
  }

  say(part: "id" | "words" | "outside" | "finding" | "ml", text: string): void {
    const place = this.element.querySelector(`[data-fm="${part}"]`);
    if (place && place.textContent !== text) place.textContent = text;
  }

  told(part: "words" | "finding" | "ml"): string {
    return this.element.querySelector(`[data-fm="${part}"]`)?.textContent?.trim() ?? "";
  }
}

export class Rows {
  private readonly body: HTMLElement;
  private readonly total: HTMLInputElement;
  private readonly pattern: HTMLTemplateElement;
  private readonly known = new Map<Element, Row>();

  constructor(form: HTMLFormElement) {
    const body = form.querySelector<HTMLElement>("[data-facemap-rows]");
    const total = form.querySelector<HTMLInputElement>('[name="points-total"]');
    const pattern = form.querySelector<HTMLTemplateElement>("template[data-facemap-row]");
    if (!body || !total || !pattern) throw new Error("The face map's form lacks its rows, total or template.");
    [this.body, this.total, this.pattern] = [body, total, pattern];
  }

  all(): Row[] {
    return Array.from(this.body.querySelectorAll<HTMLTableRowElement>("tr[data-row]"), (element) => this.of(element));
  }

  of(element: HTMLTableRowElement): Row {
    const row = this.known.get(element) ?? new Row(element, element.dataset.row ?? "");
    this.known.set(element, row);
    return row;
  }

  shown(): Row[] {
    return this.all().filter((row) => !row.isRemoved && row.get("site"));
  }

  numbered(number: string | undefined): Row | undefined {
    return this.shown().find((row) => row.number === number);
  }

  find(id: string): Row | undefined {
    return this.all().find((row) => row.get("id") === id && !row.isRemoved);
  }

  /** Bring a removed row with this id back, or make a new row. */
  add(values: Values, words: string): Row {
    const before = this.all().find((row) => row.get("id") === values.id);
    const row = before ?? this.make();
    row.element.hidden = false;
    row.write({ ...values, removed: false });
    if (words && !before) row.say("words", words);
    return row;
  }

  private make(): Row {
    const number = this.total.value;
    const holder = document.createElement("template");
    holder.innerHTML = this.pattern.innerHTML.replaceAll("__N__", number);
    const element = holder.content.querySelector("tr");
    if (!element) throw new Error("The template of a row holds no row.");
    this.body.append(element);
    this.total.value = String(Number(number) + 1);
    return this.of(element);
  }
}
