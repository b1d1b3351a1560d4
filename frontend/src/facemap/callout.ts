// What is known of the chosen point, in words under its drawing; the strip is always there, so nothing jumps.
import { Editor } from "./editor";
import { Row } from "./rows";

const NOTHING = "Choose a point to read about it.";

export class Callout {
  private readonly strips = new Map<string, HTMLElement>();

  constructor(private readonly editor: Editor) {
    for (const [view, svg] of editor.places.views) {
      const strip = document.createElement("p");
      strip.className = "fm-callout";
      strip.textContent = NOTHING;
      strip.setAttribute("aria-hidden", "true"); // the marker's own name says all of it
      svg.closest(".fm-frame")?.after(strip);
      this.strips.set(view, strip);
    }
  }

  show(): void {
    const row = this.editor.chosenRow();
    for (const [view, strip] of this.strips) {
      const isHere = row?.get("view") === view;
      strip.dataset.severity = isHere ? this.editor.toldOf(row).severity : "";
      if (isHere) strip.replaceChildren(strong(row.get("id")), ` ${this.words(row)}`);
      else strip.textContent = NOTHING;
    }
  }

  private words(row: Row): string {
    const { words, ml, severity } = this.editor.toldOf(row);
    const units = row.get("units") ? `${row.get("units")} units` : "no dose yet";
    const depth = row.depths.includes(row.get("depth")) ? row.get("depth") : "";
    const found = severity && words ? ` ${severity[0]?.toUpperCase()}${severity.slice(1)}: ${words}` : "";
    return `${[units, ml, depth].filter(Boolean).join(", ")}.${found} ${row.told("words")}`;
  }
}

function strong(text: string): HTMLElement {
  const element = document.createElement("strong");
  element.textContent = text;
  return element;
}
