// The signature pad: strokes become an SVG path of whole numbers on a 600 by 200 field.
const WIDTH = 600;
const HEIGHT = 200;

function at(canvas: HTMLCanvasElement, event: PointerEvent): [number, number] {
  const box = canvas.getBoundingClientRect();
  const x = Math.round(((event.clientX - box.left) / box.width) * WIDTH);
  const y = Math.round(((event.clientY - box.top) / box.height) * HEIGHT);
  return [Math.min(WIDTH, Math.max(0, x)), Math.min(HEIGHT, Math.max(0, y))];
}

function draw(canvas: HTMLCanvasElement, path: string): void {
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.clearRect(0, 0, WIDTH, HEIGHT);
  pen.lineWidth = 3;
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = "#15292c";
  pen.stroke(new Path2D(path));
}

function watch(pad: HTMLElement): void {
  const canvas = pad.querySelector("canvas");
  const kept = pad.querySelector<HTMLInputElement>("input[type='hidden']");
  if (!canvas || !kept) return;
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  let drawing = false;
  const add = (letter: "M" | "L", event: PointerEvent) => {
    kept.value += `${letter}${at(canvas, event).join(" ")}`;
    draw(canvas, kept.value);
  };
  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    add("M", event);
    add("L", event);
  });
  canvas.addEventListener("pointermove", (event) => drawing && add("L", event));
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (drawing = false));
  pad.querySelector("[data-clear]")?.addEventListener("click", () => {
    kept.value = "";
    draw(canvas, "");
  });
  draw(canvas, kept.value);
}

export function watchSignatures(root: ParentNode): void {
  for (const pad of root.querySelectorAll<HTMLElement>("[data-signature]:not([data-ready])")) {
    pad.dataset.ready = "yes";
    watch(pad);
  }
}
