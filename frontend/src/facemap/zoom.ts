// Closer and further: each view has its own window on the drawing, by buttons, keys, wheel and two fingers.
import { Editor } from "./editor";
import { Gesture } from "./pointer";

const STEP = 1.5;
const WHEEL = 1.2;
const MOST = 5;
const LOOK_PX = 60;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
interface Spot {
  x: number;
  y: number;
}

export class Zoom {
  last = "front";

  constructor(private readonly editor: Editor) {
    for (const [view, svg] of editor.places.views) {
      svg.addEventListener("wheel", (event) => this.wheel(view, event), { passive: false });
      new ResizeObserver(() => editor.markers.arrange(view)).observe(svg);
    }
  }

  closer(): void {
    this.at(STEP);
  }

  further(): void {
    this.at(1 / STEP);
  }

  whole(): void {
    const view = this.view();
    const { width, height } = this.editor.places.size(view);
    this.set(view, { x: 0, y: 0, width, height });
  }

  /** Look around by so many steps. */
  look(right: number, down: number): void {
    const view = this.view();
    const [now, step] = [this.box(view), LOOK_PX / (this.editor.places.pixelsPerUnit(view) || 1)];
    this.set(view, { ...now, x: now.x + right * step, y: now.y + down * step });
  }

  /** Bring a point into the window when it lies outside. */
  show(view: string, spot: Spot): void {
    const now = this.box(view);
    const isIn = spot.x >= now.x && spot.y >= now.y && spot.x <= now.x + now.width && spot.y <= now.y + now.height;
    if (!isIn) this.set(view, { ...now, x: spot.x - now.width / 2, y: spot.y - now.height / 2 });
  }

  /** Drag the drawing about when it is near. */
  pan(view: string, start: PointerEvent): Gesture {
    const from = this.box(view);
    const perPixel = 1 / (this.editor.places.pixelsPerUnit(view) || 1);
    const follow = (event: PointerEvent) => {
      const [right, down] = [event.clientX - start.clientX, event.clientY - start.clientY];
      this.set(view, { ...from, x: from.x - right * perPixel, y: from.y - down * perPixel });
    };
    return oncePerFrame(follow);
  }

  /** Two fingers: as far apart as they are, and about the spot between them. */
  pinch(view: string, one: PointerEvent, other: PointerEvent, fingers: () => PointerEvent[]): Gesture {
    const from = this.box(view);
    const [far, middle] = [apart(one, other), this.spot(view, between(one, other))];
    return oncePerFrame(() => {
      const [first, second] = fingers();
      if (!first || !second || !far) return;
      const size = this.editor.places.size(view);
      const width = Math.min(size.width, Math.max(size.width / MOST, (from.width * far) / apart(first, second)));
      const box = this.editor.places.svg(view).getBoundingClientRect();
      const hand = between(first, second);
      const share = { x: (hand.clientX - box.left) / box.width, y: (hand.clientY - box.top) / box.height };
      const height = (width * size.height) / size.width;
      this.set(view, { x: middle.x - share.x * width, y: middle.y - share.y * height, width, height });
    });
  }

  private view(): string {
    return this.editor.chosenRow()?.get("view") ?? this.last;
  }

  private at(factor: number): void {
    const row = this.editor.chosenRow();
    this.zoom(this.view(), factor, row && this.editor.place(row));
  }

  private wheel(view: string, event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoom(view, event.deltaY < 0 ? WHEEL : 1 / WHEEL, this.spot(view, event));
  }

  private zoom(view: string, factor: number, about?: Spot): void {
    const size = this.editor.places.size(view);
    const now = this.box(view);
    const width = Math.min(size.width, Math.max(size.width / MOST, now.width / factor));
    const height = (width * size.height) / size.width;
    const middle = about ?? { x: now.x + now.width / 2, y: now.y + now.height / 2 };
    const share = { x: (middle.x - now.x) / now.width, y: (middle.y - now.y) / now.height };
    this.set(view, { x: middle.x - share.x * width, y: middle.y - share.y * height, width, height });
  }

  private spot(view: string, event: { clientX: number; clientY: number }): Spot {
    return this.editor.places.at(view, event);
  }

  private box(view: string): Box {
    const { x, y, width, height } = this.editor.places.svg(view).viewBox.baseVal;
    return { x, y, width, height };
  }

  private set(view: string, wanted: Box): void {
    const svg = this.editor.places.svg(view);
    const size = this.editor.places.size(view);
    const x = Math.min(Math.max(wanted.x, 0), size.width - wanted.width);
    const y = Math.min(Math.max(wanted.y, 0), size.height - wanted.height);
    const isAsNear = Math.abs(svg.viewBox.baseVal.width - wanted.width) < 0.01;
    svg.setAttribute("viewBox", [x, y, wanted.width, wanted.height].map((value) => value.toFixed(2)).join(" "));
    svg.classList.toggle("fm-near", wanted.width < size.width - 0.5);
    if (!isAsNear) this.editor.markers.arrange(view);
  }
}

function apart(one: PointerEvent, other: PointerEvent): number {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
}

function between(one: PointerEvent, other: PointerEvent): { clientX: number; clientY: number } {
  return { clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 };
}

function oncePerFrame(follow: (event: PointerEvent) => void): Gesture {
  let frame = 0;
  return {
    move: (event) => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => follow(event));
    },
    stop: (event, isKept) => {
      cancelAnimationFrame(frame);
      if (isKept) follow(event);
    },
  };
}
