// Closer and further: each view has its own window on the drawing; the wheel with Ctrl does it too.
import { Editor } from "./editor";

const STEP = 1.5;
const MOST = 5;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export function watchZoom(editor: Editor): void {
  let last = "front";
  const zoom = (view: string, factor: number, at?: { x: number; y: number }) => {
    const svg = editor.places.svg(view);
    const size = editor.places.size(view);
    const now = box(svg);
    const width = Math.min(size.width, Math.max(size.width / MOST, now.width / factor));
    const height = (width * size.height) / size.width;
    const middle = at ?? { x: now.x + now.width / 2, y: now.y + now.height / 2 };
    const share = { x: (middle.x - now.x) / now.width, y: (middle.y - now.y) / now.height };
    setBox(editor, view, { x: middle.x - share.x * width, y: middle.y - share.y * height, width, height });
  };
  const both = (factor: number) => {
    const row = editor.chosenRow();
    const view = row ? row.get("view") : last;
    zoom(view, factor, row ? editor.place(row) : undefined);
  };
  editor.form.querySelector('[data-fm-do="closer"]')?.addEventListener("click", () => both(STEP));
  editor.form.querySelector('[data-fm-do="further"]')?.addEventListener("click", () => both(1 / STEP));
  for (const [view, svg] of editor.places.views) {
    svg.addEventListener("pointerdown", (event) => {
      last = view;
      if (!(event.target as Element).closest(".fm-point")) pan(editor, view, svg, event);
    });
    svg.addEventListener("keydown", (event) => {
      if (event.key === "+" || event.key === "=") zoom(view, STEP, chosenPlace(editor, view));
      if (event.key === "-") zoom(view, 1 / STEP, chosenPlace(editor, view));
    });
    svg.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey) return;
        event.preventDefault();
        zoom(view, event.deltaY < 0 ? 1.2 : 1 / 1.2, editor.places.at(view, event));
      },
      { passive: false },
    );
  }
}

function chosenPlace(editor: Editor, view: string): { x: number; y: number } | undefined {
  const row = editor.chosenRow();
  return row && row.get("view") === view ? editor.place(row) : undefined;
}

function box(svg: SVGSVGElement): Box {
  const { x, y, width, height } = svg.viewBox.baseVal;
  return { x, y, width, height };
}

function setBox(editor: Editor, view: string, wanted: Box): void {
  const svg = editor.places.svg(view);
  const size = editor.places.size(view);
  const x = Math.min(Math.max(wanted.x, 0), size.width - wanted.width);
  const y = Math.min(Math.max(wanted.y, 0), size.height - wanted.height);
  svg.setAttribute("viewBox", [x, y, wanted.width, wanted.height].map((value) => value.toFixed(2)).join(" "));
  svg.classList.toggle("fm-near", wanted.width < size.width - 0.5);
}

/** Drag the drawing about when it is near; a drag is not a click. */
function pan(editor: Editor, view: string, svg: SVGSVGElement, start: PointerEvent): void {
  delete svg.dataset.panned;
  if (!svg.classList.contains("fm-near")) return;
  const from = box(svg);
  const perPixel = from.width / svg.clientWidth;
  const move = (event: PointerEvent) => {
    const [right, down] = [event.clientX - start.clientX, event.clientY - start.clientY];
    if (Math.hypot(right, down) > 4) svg.dataset.panned = "yes";
    setBox(editor, view, { ...from, x: from.x - right * perPixel, y: from.y - down * perPixel });
  };
  const stop = () => {
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", stop);
    window.removeEventListener("pointercancel", stop);
  };
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", stop);
  window.addEventListener("pointercancel", stop);
}
