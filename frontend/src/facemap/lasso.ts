// Drawing around points chooses them; with Shift they come to those that are chosen already.
import { Editor } from "./editor";
import { make } from "./marker";
import { Gesture } from "./pointer";

export function drawLasso(editor: Editor, view: string, start: PointerEvent): Gesture {
  const svg = editor.places.svg(view);
  const path = make("path", { class: "fm-lasso" }) as SVGPathElement;
  const corners: string[] = [];
  let frame = 0;
  const reach = (event: PointerEvent) => {
    const { x, y } = editor.places.at(view, event);
    corners.push(`${x} ${y}`);
  };
  reach(start);
  svg.append(path);
  return {
    move: (event) => {
      reach(event);
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        path.setAttribute("d", `M${corners.join("L")}Z`);
      });
    },
    stop: (event, isKept) => {
      cancelAnimationFrame(frame);
      path.setAttribute("d", `M${corners.join("L")}Z`);
      const inside = editor.rows.shown().filter((row) => {
        const { x, y } = editor.place(row);
        return row.get("view") === view && path.isPointInFill(new DOMPoint(x, y));
      });
      path.remove();
      if (!isKept) return;
      if (event.shiftKey) editor.pick(inside, true);
      else editor.pickOnly(inside);
      const [first] = inside;
      if (first) editor.choose(first.number);
    },
  };
}
