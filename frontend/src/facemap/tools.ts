// The tool bar and the buttons of the list: the same actions as the keys, and the choice of the site to add to.
import { add, copy, copySide, mirror, pickMore, remove, setDepth, setUnits, shift, toStandard } from "./actions";
import { Editor } from "./editor";
import { Row } from "./rows";
import { Zoom } from "./zoom";

const LARGE = "masseter-facemap-large";
const WAYS: Record<string, [number, number]> = { up: [0, -1], down: [0, 1], in: [1, 0], out: [-1, 0] };
const KEYS: Record<string, string> = { "?": "help", "+": "closer", "=": "closer", "-": "further", Home: "whole", Escape: "none", g: "buttons" };

export class Tools {
  private readonly actions: Record<string, () => void>;

  constructor(
    private readonly editor: Editor,
    private readonly zoom: Zoom,
  ) {
    const meant = (act: (rows: Row[]) => void) => () => this.forMeant(act);
    this.actions = {
      place: () => this.placeNext(),
      undo: () => editor.undo(),
      redo: () => editor.redo(),
      closer: () => zoom.closer(),
      further: () => zoom.further(),
      whole: () => zoom.whole(),
      all: () => pickMore(editor, undefined),
      none: () => editor.pickOnly([]),
      help: () => this.help(),
      buttons: () => editor.form.querySelector<HTMLElement>(".m-form-actions button")?.focus(),
      mirror: meant((rows) => mirror(editor, rows)),
      copy: meant((rows) => copy(editor, rows)),
      remove: meant((rows) => remove(editor, rows)),
      "copy-right": () => copySide(editor, "right"),
      "copy-left": () => copySide(editor, "left"),
    };
    const bar = editor.form.querySelector<HTMLElement>("[data-fm-tools]");
    if (bar) this.watchBar(bar);
    this.watchList();
  }

  /** A key that is no point's own; answers whether it did something. */
  key(event: KeyboardEvent): boolean {
    if (!(event.target as Element).closest(".fm-map, [data-facemap-rows]")) return false;
    if (event.key.toLowerCase() === "l") this.toggle("large");
    else if (KEYS[event.key]) this.actions[KEYS[event.key] ?? ""]?.();
    else return false;
    return true;
  }

  private watchBar(bar: HTMLElement): void {
    bar.hidden = false;
    const site = this.select("[data-fm-site]");
    site?.addEventListener("change", () => showSite(this.editor, site.value));
    bar.addEventListener("click", (event) => {
      const target = event.target as Element;
      this.actions[target.closest<HTMLElement>("[data-fm-do]")?.dataset.fmDo ?? ""]?.();
      const named = target.closest<HTMLElement>("[data-fm-toggle]")?.dataset.fmToggle;
      if (named) this.toggle(named);
    });
    if (kept(LARGE) === "yes") this.toggle("large");
    this.editor.onChoice = () => this.count();
    this.editor.onLook = () => this.look();
  }

  /** The list's own buttons change the chosen points here, without sending the form. */
  private watchList(): void {
    const { editor } = this;
    editor.form.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-fm-chosen]");
      if (!button) return;
      event.preventDefault();
      this.forMeant((rows) => this.change(button.dataset.fmChosen ?? "", rows));
    });
    this.field("pick_value")?.addEventListener("keydown", (event) => {
      if ((event as KeyboardEvent).key !== "Enter") return;
      event.preventDefault();
      this.forMeant((rows) => this.change("units", rows));
    });
  }

  private change(what: string, rows: Row[]): void {
    const { editor } = this;
    const way = WAYS[what];
    const step = Number(this.field("pick_mm")?.value ?? 1);
    if (way) shift(editor, rows, way[0] * step, way[1] * step);
    else if (what === "units") setUnits(editor, rows, this.field("pick_value")?.value.trim() ?? "");
    else if (what === "depth") setDepth(editor, rows, this.field("pick_depth_to")?.value ?? "");
    else if (what === "mirror") mirror(editor, rows);
    else if (what === "standard") toStandard(editor, rows);
    else if (what === "remove") remove(editor, rows);
  }

  private forMeant(act: (rows: Row[]) => void): void {
    const rows = this.editor.meant();
    if (rows.length) act(rows);
    else this.editor.say("Choose a point first");
  }

  private toggle(name: string): void {
    const { editor } = this;
    const button = editor.form.querySelector(`[data-fm-toggle="${name}"]`);
    const isOn = button?.getAttribute("aria-pressed") !== "true";
    button?.setAttribute("aria-pressed", String(isOn));
    if (name === "snap") editor.snaps = isOn;
    if (name === "lasso") editor.lassoes = isOn;
    editor.form.classList.toggle(`fm-with-${name}`, isOn);
    if (name !== "large") return;
    editor.markers.isLarge = isOn;
    keep(LARGE, isOn ? "yes" : "");
    for (const view of editor.places.views.keys()) editor.markers.arrange(view);
  }

  private count(): void {
    const place = this.editor.form.querySelector("[data-fm-count]");
    const count = this.editor.pickedCount();
    if (place) place.textContent = count ? `${count} chosen` : "";
  }

  private look(): void {
    const row = this.editor.chosenRow();
    if (row) this.zoom.show(row.get("view"), this.editor.place(row));
  }

  private help(): void {
    const dialog = this.editor.form.querySelector<HTMLDialogElement>("[data-fm-help]");
    dialog?.querySelector("[data-fm-close]")?.addEventListener("click", () => dialog.close(), { once: true });
    dialog?.showModal();
  }

  private field(name: string): HTMLInputElement | HTMLSelectElement | null {
    return this.editor.form.querySelector(`[name="${name}"]`);
  }

  private select(what: string): HTMLSelectElement | null {
    return this.editor.form.querySelector(what);
  }

  /** By keyboard: the next standard point of the chosen site that is still free. */
  private placeNext(): void {
    const { editor } = this;
    const [site, side] = [this.select("[data-fm-site]")?.value ?? "", this.select("[data-fm-side]")?.value ?? ""];
    const known = editor.places.sites[site];
    if (!known) return editor.say("Choose a muscle first");
    const wanted = known.points.filter((point) => !side || point.side === side || point.side === "midline");
    const free = wanted.find((point) => !editor.rows.find(editor.places.id(site, point.side, point.number)));
    const first = free ?? wanted[0];
    if (first) add(editor, site, editor.places.inside(first), first.side, true);
  }
}

/** Show a site's region stronger, and skin areas only while they are chosen or used. */
function showSite(editor: Editor, site: string): void {
  for (const region of editor.form.querySelectorAll<SVGPathElement>(".fm-region")) {
    const isTarget = region.dataset.site === site;
    region.classList.toggle("fm-target", isTarget);
    region.dataset.wasHidden ??= region.getAttribute("display") === "none" ? "yes" : "no";
    if (region.dataset.wasHidden === "yes") {
      if (isTarget) region.removeAttribute("display");
      else region.setAttribute("display", "none");
    }
  }
}

function kept(name: string): string {
  try {
    return window.localStorage.getItem(name) ?? "";
  } catch {
    return ""; // a browser that keeps nothing
  }
}

function keep(name: string, value: string): void {
  try {
    window.localStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing forgets the size of the numbers, and nothing else.
  }
}
