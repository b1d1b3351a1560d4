// Fingers, pens and mice on a drawing: one gesture at a time, two fingers pinch.
import { add } from "./actions";
import { dragPoints } from "./drag";
import { Editor } from "./editor";
import { drawLasso } from "./lasso";
import { Zoom } from "./zoom";

const SLACK_PX = 4;

/** What a pressed pointer does until it is let go; `isKept` is false where it was broken off. */
export interface Gesture {
  move(event: PointerEvent): void;
  stop(event: PointerEvent, isKept: boolean): void;
}

export function watchPointers(editor: Editor, zoom: Zoom): void {
  for (const [view, svg] of editor.places.views) new Watch(editor, zoom, view, svg);
}

class Watch {
  private readonly fingers = new Map<number, PointerEvent>();
  private gesture: Gesture | null = null;
  private begun: PointerEvent | null = null;
  private hasMoved = false;

  constructor(
    private readonly editor: Editor,
    private readonly zoom: Zoom,
    private readonly view: string,
    private readonly svg: SVGSVGElement,
  ) {
    svg.addEventListener("pointerdown", (event) => this.down(event));
    svg.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"] as const) svg.addEventListener(end, (event) => this.up(event));
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.fingers.set(event.pointerId, event);
    this.zoom.last = this.view;
    if (this.fingers.size === 2) return this.pinch(event);
    if (this.fingers.size > 2) return;
    [this.begun, this.hasMoved] = [event, false];
    const number = this.editor.markers.nearest(this.view, event);
    if (number !== undefined) event.preventDefault();
    this.gesture = this.begin(event, number);
  }

  private begin(event: PointerEvent, number: string | undefined): Gesture | null {
    const { editor, view, svg } = this;
    const row = editor.rows.numbered(number);
    const lassoes = event.shiftKey || editor.lassoes;
    if (row && lassoes) {
      editor.choose(row.number);
      editor.pick([row], !editor.isPicked(row));
      return nothing;
    }
    if (row) return dragPoints(editor, view, row, event);
    if (lassoes) return drawLasso(editor, view, event);
    return svg.classList.contains("fm-near") ? this.zoom.pan(view, event) : null;
  }

  private move(event: PointerEvent): void {
    if (!this.begun || !this.fingers.has(event.pointerId)) return;
    this.fingers.set(event.pointerId, event);
    if (!this.hasMoved && this.fingers.size === 1) {
      const far = Math.hypot(event.clientX - this.begun.clientX, event.clientY - this.begun.clientY);
      if (far <= SLACK_PX) return;
      this.hasMoved = true;
      if (this.gesture) this.svg.setPointerCapture(event.pointerId);
    }
    this.gesture?.move(event);
  }

  private up(event: PointerEvent): void {
    if (!this.fingers.delete(event.pointerId)) return;
    const isKept = event.type === "pointerup";
    this.gesture?.stop(event, isKept && this.hasMoved);
    if (isKept && !this.hasMoved && this.begun && this.fingers.size === 0) this.tap(this.begun);
    this.gesture = null;
    if (this.fingers.size === 0) this.begun = null;
    else this.hasMoved = true;
  }

  private pinch(event: PointerEvent): void {
    this.gesture?.stop(event, false);
    const [first] = this.fingers.values();
    this.hasMoved = true;
    this.svg.setPointerCapture(event.pointerId);
    this.gesture = first ? this.zoom.pinch(this.view, first, event, () => [...this.fingers.values()]) : null;
  }

  /** A click or tap: on a marker it chooses, on a muscle it adds a point. */
  private tap(event: PointerEvent): void {
    const { editor, view } = this;
    if (editor.markers.nearest(view, event) !== undefined || event.shiftKey || editor.lassoes) return;
    const region = (event.target as Element).closest<SVGPathElement>(".fm-region");
    const wanted = editor.form.querySelector<HTMLSelectElement>("[data-fm-site]")?.value ?? "";
    const site = wanted || region?.dataset.site;
    if (!site) return;
    const side = region?.dataset.site === site ? (region.dataset.side ?? "") : "";
    add(editor, site, editor.places.at(view, event), side, editor.snaps && !event.altKey);
  }
}

const nothing: Gesture = { move: () => undefined, stop: () => undefined };
