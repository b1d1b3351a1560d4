// Dragging points: only the dragged markers are moved, once a frame; the rows are written when they are let go.
import { moved } from "./actions";
import { Cues } from "./cues";
import { Editor } from "./editor";
import { Place } from "./places";
import { Gesture } from "./pointer";
import { Row } from "./rows";

export function dragPoints(editor: Editor, view: string, row: Row, start: PointerEvent): Gesture {
  editor.choose(row.number);
  const rows = editor.meant(row);
  const from = editor.places.at(view, start);
  const origin = editor.place(row);
  const perMm = editor.places.unitsPerMm(view);
  const cues = new Cues(editor, row);
  let places = new Map<Row, Place>();
  let frame = 0;

  const follow = (event: PointerEvent) => {
    const to = editor.places.at(view, event);
    let [right, down] = [to.x - from.x, to.y - from.y];
    if (rows.length === 1) {
      const snapped = cues.near({ view, x: origin.x + right, y: origin.y + down }, editor.snaps && !event.altKey);
      if (snapped) [right, down] = [snapped.x - origin.x, snapped.y - origin.y];
    }
    places = moved(editor, row, rows, right / perMm, down / perMm);
    editor.drag(places, row);
  };
  return {
    move: (event) => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => follow(event));
    },
    stop: (event, isKept) => {
      cancelAnimationFrame(frame);
      if (isKept) follow(event);
      const words = cues.end();
      editor.letGo();
      if (!isKept) return editor.draw();
      for (const [each, place] of places) editor.move(each, place);
      const named = rows.length === 1 ? row.get("id") : `${rows.length} points`;
      editor.done(words ? `${named} at the standard point: ${words}` : `${named} moved`);
    },
  };
}
