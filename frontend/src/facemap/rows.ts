// The rows of the form: the one place where the points live.
export const FIELDS = ["id", "site", "side", "view", "x", "y", "depth", "route", "units"] as const;
export type Field = (typeof FIELDS)[number];
export type Values = Record<Field, string> & { removed: boolean };

export class Row {
  constructor(readonly element: HTMLTableRowElement, readonly number: string) {}

  private input(field: string): HTMLInputElement {
    const found = this.element.querySelector<HTMLInputElement>(`[name="point-${this.number}-${field}"]`);
    if (!found) throw new Error(`The row ${this.number} has no field ${field}.`);
    return found;
  }

  get(field: Field): string {
    return this.input(field).value.trim();
  }

  set(field: Field, value: string): void {
    const input = this.input(field);
    if (input.value !== value) input.value = value;
  }

  get units(): HTMLInputElement {
    return this.input("units");
  }

  get isRemoved(): boolean {
    return this.input("remove").checked;
  }

  set isRemoved(value: boolean) {
    this.input("remove").checked = value;
    this.showRemoved();
  }

  showRemoved(): void {
    this.element.classList.toggle("fm-removed", this.isRemoved);
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
  }

  say(part: "id" | "words" | "outside", text: string): void {
    const place = this.element.querySelector(`[data-fm="${part}"]`);
    if (place && place.textContent !== text) place.textContent = text;
  }
}

export class Rows {
  private readonly body: HTMLElement;
  private readonly total: HTMLInputElement;
  private readonly pattern: HTMLTemplateElement;

  constructor(form: HTMLFormElement) {
    const body = form.querySelector<HTMLElement>("[data-facemap-rows]");
    const total = form.querySelector<HTMLInputElement>('[name="points-total"]');
    const pattern = form.querySelector<HTMLTemplateElement>("template[data-facemap-row]");
    if (!body || !total || !pattern) throw new Error("The face map's form lacks its rows, total or template.");
    [this.body, this.total, this.pattern] = [body, total, pattern];
  }

  all(): Row[] {
    const found = this.body.querySelectorAll<HTMLTableRowElement>("tr[data-row]");
    return Array.from(found, (element) => new Row(element, element.dataset.row ?? ""));
  }

  shown(): Row[] {
    return this.all().filter((row) => !row.isRemoved && row.get("site"));
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
    return new Row(element, number);
  }
}
