// Pointer work: drag a marker, click a region to add a point there.
import { Editor } from "./editor";
import { Place } from "./places";

const SLACK_PX = 4;

export function watchDrags(editor: Editor): void {
  for (const [view, svg] of editor.places.views) {
    svg.addEventListener("pointerdown", (event) => {
      const marker = (event.target as Element).closest<SVGElement>(".fm-point[data-row]");
      if (marker && event.button === 0) drag(editor, view, marker, event);
    });
    svg.addEventListener("click", (event) => {
      if (svg.dataset.panned) return;
      const region = (event.target as Element).closest<SVGPathElement>(".fm-region");
      if ((event.target as Element).closest(".fm-point")) return;
      const wanted = editor.form.querySelector<HTMLSelectElement>("[data-fm-site]")?.value ?? "";
      const site = wanted || region?.dataset.site;
      if (!site) return;
      const side = region?.dataset.site === site ? (region.dataset.side ?? "") : "";
      editor.add(site, editor.places.at(view, event), side);
    });
  }
}

function drag(editor: Editor, view: string, marker: SVGElement, start: PointerEvent): void {
  const row = editor.rows.shown().find((one) => one.number === marker.dataset.row);
  if (!row) return;
  editor.choose(row.number);
  const from = editor.places.at(view, start);
  const origin = editor.place(row);
  let place: Place = origin;
  let frame = 0;
  let isMoving = false;
  const target = editor.marker(row.number) ?? marker;
  target.setPointerCapture(start.pointerId);

  const move = (event: PointerEvent) => {
    isMoving ||= Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > SLACK_PX;
    if (!isMoving) return;
    const to = editor.places.at(view, event);
    place = editor.places.inside({ view, x: origin.x + to.x - from.x, y: origin.y + to.y - from.y });
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      target.setAttribute("transform", `translate(${place.x} ${place.y})`);
    });
  };
  const stop = (event: PointerEvent) => {
    target.removeEventListener("pointermove", move);
    target.removeEventListener("pointerup", stop);
    target.removeEventListener("pointercancel", stop);
    if (!isMoving) return;
    if (event.type === "pointerup") editor.move(row, place);
    editor.done(`${row.get("id")} moved`);
    editor.draw();
  };
  target.addEventListener("pointermove", move);
  target.addEventListener("pointerup", stop);
  target.addEventListener("pointercancel", stop);
}
