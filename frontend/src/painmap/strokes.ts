/**
 * A pain drawing: every stroke or spot is a row of the form, and only rows are sent.
 *
 *   <input name="strokes-total">  one more than the highest row number
 *   <tbody data-painmap-rows> <tr data-row="0">
 *     hidden  stroke-0-{view,line,radius,qualities}     line: "x,y x,y …" in map units
 *     shown   stroke-0-strength, checkbox stroke-0-remove
 *   <template data-painmap-row> the same row, numbered __N__ </template>
 *   the pen: radios strength and width (data-radius on the form, "small:10 …"), boxes qualities
 */
import { drawings, layer, make, Place, placeAt, title, view } from "./drawing";

const LEAST = 5; // map units between two places of a line
const MOST = 60; // places of a line

class Rows {
  private readonly body: HTMLElement | null;
  private readonly template: HTMLTemplateElement | null;
  private readonly total: HTMLInputElement | null;

  constructor(readonly form: HTMLFormElement) {
    this.body = form.querySelector("[data-painmap-rows]");
    this.template = form.querySelector("[data-painmap-row]");
    this.total = form.querySelector('input[name="strokes-total"]');
  }

  shown(): HTMLElement[] {
    return [...this.form.querySelectorAll<HTMLElement>("[data-painmap-rows] [data-row]")].filter(
      (row) => !this.field(row, "remove")?.checked,
    );
  }

  field(row: HTMLElement, name: string): HTMLInputElement | null {
    return row.querySelector(`[name$="-${name}"]`);
  }

  value(row: HTMLElement, name: string): string {
    return this.field(row, name)?.value ?? "";
  }

  add(values: Record<string, string>, words: string): void {
    if (!this.body || !this.template || !this.total) return;
    const number = this.total.value;
    this.total.value = String(Number(number) + 1);
    const holder = document.createElement("tbody");
    holder.innerHTML = this.template.innerHTML.replaceAll("__N__", number);
    const row = holder.querySelector<HTMLElement>("[data-row]");
    if (!row) return;
    for (const [name, value] of Object.entries(values)) {
      const input = this.field(row, name);
      if (input) input.value = value;
    }
    const place = row.querySelector("[data-words]");
    if (place) place.textContent = words;
    this.body.append(row);
    this.form.querySelector("[data-painmap-list]")?.removeAttribute("hidden");
  }

  undo(): boolean {
    const last = this.shown().pop();
    last?.remove();
    return last !== undefined;
  }
}

export function watchStrokes(form: HTMLFormElement): void {
  const rows = new Rows(form);
  const lines = form.querySelector<HTMLInputElement>("[data-painmap-lines]");
  form.querySelectorAll(".fm-pain").forEach((old) => old.remove());
  const draw = () => {
    for (const svg of drawings(form)) {
      const shapes = rows.shown().filter((row) => rows.value(row, "view") === view(svg));
      layer(svg, "fm-pain").replaceChildren(
        ...shapes.flatMap((row) => shape(read(rows.value(row, "line")), rows.value(row, "radius"), rows.value(row, "strength"))),
      );
    }
  };
  const place = form.querySelector<HTMLElement>("[data-painmap-says]");
  const say = (words: string) => {
    if (place) place.textContent = words;
  };
  const done = (svg: SVGSVGElement, line: Place[]) => {
    const chosen = [...form.querySelectorAll<HTMLInputElement>('input[name="qualities"]:checked')];
    const words = chosen.map((box) => box.closest("label")?.textContent?.trim() ?? box.value);
    const qualities = chosen.map((box) => box.value).join(" ");
    const text = line.map((at) => `${at.x},${at.y}`).join(" ");
    const told = [title(svg), ...words].join(", ");
    rows.add({ view: view(svg), line: text, radius: radius(form), strength: picked(form, "strength"), qualities }, told);
    draw();
    say((place?.dataset.drawn ?? "Drawn on: {place}.").replace("{place}", told));
  };
  for (const svg of drawings(form)) watchPointer(svg, () => lines?.checked ?? false, () => radius(form), done);
  lines?.addEventListener("change", () => form.classList.toggle("pm-lines", lines.checked));
  form.addEventListener("input", (event) => {
    if ((event.target as Element).closest("[data-row]")) draw();
  });
  form.querySelector("[data-painmap-undo]")?.addEventListener("click", () => {
    const { gone = "The last one is gone.", nothing = "Nothing is drawn." } = place?.dataset ?? {};
    say(rows.undo() ? gone : nothing);
    draw();
  });
  draw();
}

/** Follow one pointer from down to up; a finger that scrolls the page ends in `pointercancel` and draws nothing. */
function watchPointer(
  svg: SVGSVGElement,
  drawsLines: () => boolean,
  width: () => string,
  done: (svg: SVGSVGElement, line: Place[]) => void,
): void {
  let line: Place[] = [];
  let pointer = -1;
  const live = () => layer(svg, "pm-live");
  svg.addEventListener("pointerdown", (event) => {
    if (pointer !== -1 || event.button > 0) return;
    pointer = event.pointerId;
    line = [placeAt(svg, event)];
    if (event.pointerType !== "touch" || drawsLines()) svg.setPointerCapture(pointer);
    event.preventDefault();
  });
  svg.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer || (event.pointerType === "touch" && !drawsLines())) return;
    const at = placeAt(svg, event);
    const last = line[line.length - 1];
    if (!last || line.length >= MOST || Math.hypot(at.x - last.x, at.y - last.y) < LEAST) return;
    line.push(at);
    live().replaceChildren(...shape(line, width(), ""));
  });
  const end = (event: PointerEvent, isKept: boolean) => {
    if (event.pointerId !== pointer) return;
    pointer = -1;
    live().replaceChildren();
    if (isKept && line.length) done(svg, line);
    line = [];
  };
  svg.addEventListener("pointerup", (event) => end(event, true));
  svg.addEventListener("pointercancel", (event) => end(event, false));
}

/** The same as ui/facemap/pain.py draws on the server. */
function shape(line: Place[], radius: string, strength: string): SVGElement[] {
  const [first, ...rest] = line;
  if (!first) return [];
  const d = `M${first.x} ${first.y}${rest.map((at) => `L${at.x} ${at.y}`).join("") || "h0.01"}`;
  const middle = line[Math.floor(line.length / 2)] ?? first;
  const look = { d, fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round", stroke: "var(--fm-pain)" };
  const opacity = (0.16 + Number(strength || 5) * 0.04).toFixed(2);
  const number = { x: String(middle.x), y: String(middle.y + 5), class: "pm-number", "text-anchor": "middle" };
  return [
    make("path", { ...look, "stroke-width": String(Number(radius) * 2), "stroke-opacity": opacity }),
    make("path", { ...look, "stroke-width": "1.4", "stroke-dasharray": "1 4" }),
    make("text", number, strength),
  ];
}

function read(text: string): Place[] {
  return text
    .split(" ")
    .filter(Boolean)
    .map((pair) => pair.split(",").map(Number))
    .map(([x = 0, y = 0]) => ({ x, y }));
}

function picked(form: HTMLFormElement, name: string): string {
  return form.querySelector<HTMLInputElement>(`input[name="${name}"]:checked`)?.value ?? "";
}

function radius(form: HTMLFormElement): string {
  const sizes = new Map((form.dataset.radius ?? "").split(" ").map((each) => each.split(":") as [string, string]));
  return sizes.get(picked(form, "width")) ?? "16";
}
