// While a point is dragged its standard points are shown, and the one at which it catches says so.
import { Editor } from "./editor";
import { make } from "./marker";
import { Place, Standard } from "./places";
import { Row } from "./rows";

export class Cues {
  private readonly group: SVGElement;
  private readonly marks = new Map<Standard, SVGElement>();
  private caught: Standard | undefined;

  constructor(
    private readonly editor: Editor,
    private readonly row: Row,
  ) {
    const view = row.get("view");
    this.group = make("g", { class: "fm-cues", "aria-hidden": "true" });
    for (const point of editor.places.standards(row.get("site"), row.get("side"), view)) {
      const cue = make("g", { class: "fm-cue", transform: `translate(${point.x} ${point.y})` });
      cue.append(make("path", { d: "M-9 0H-3M3 0H9M0 -9V-3M0 3V9" }), make("circle", { r: "19" }));
      this.marks.set(point, cue);
      this.group.append(cue);
    }
    editor.places.svg(view).querySelector(".fm-points")?.before(this.group);
  }

  /** The standard point at which the dragged one catches. */
  near(place: Place, snaps: boolean): Standard | undefined {
    const found = snaps ? this.editor.places.near(this.row.get("site"), this.row.get("side"), place) : undefined;
    if (found === this.caught) return found;
    if (this.caught) this.marks.get(this.caught)?.classList.remove("fm-caught");
    if (found) this.marks.get(found)?.classList.add("fm-caught");
    this.caught = found;
    return found;
  }

  /** Take the cues away; answers the words of the standard point at which the drag ended. */
  end(): string {
    this.group.remove();
    return this.caught?.words ?? "";
  }
}
