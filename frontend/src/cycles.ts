// Cycle by cycle: steps and plays through the treatments of a case on one drawing. Without it, each is a page.
const SVG = "http://www.w3.org/2000/svg";
const PAUSE_MS = 1600;
type Point = [id: string, place: string, view: string, x: number, y: number, units: string];
interface Frame {
  cycle: number;
  url: string;
  title: string;
  words: string;
  score: string;
  drawing: string;
  shade: [number, number];
  points: Point[];
}
interface Film {
  places: Record<string, string>;
  frames: Frame[];
}

export function watchCycles(root: ParentNode): void {
  const box = root.querySelector<HTMLElement>("[data-cycles]:not([data-ready])");
  const source = document.getElementById("cycles-data")?.textContent;
  if (!box || !source) return;
  box.dataset.ready = "yes";
  new Player(box, JSON.parse(source) as Film).start();
}

class Player {
  private shown: number;
  private timer = 0;
  private readonly drawing: string;

  constructor(
    private readonly box: HTMLElement,
    private readonly film: Film,
  ) {
    this.shown = Number(box.dataset.shown);
    this.drawing = this.frame().drawing;
  }

  start(): void {
    for (const point of this.box.querySelectorAll<SVGElement>(".fm-point")) place(point);
    this.on("back", () => this.go(this.shown - 1));
    this.on("on", () => this.go(this.shown + 1));
    this.on("play", () => (this.timer ? this.pause() : this.play()));
    // Whoever asked their device for less motion steps by hand.
    const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (this.film.frames.length > 1) {
      this.find("[data-cycles-slider]").hidden = false;
      this.find('[data-cycles-do="play"]').hidden = isStill;
    }
    this.slider().addEventListener("input", () => this.go(Number(this.slider().value) - 1));
    this.box.addEventListener("keydown", (event) => this.key(event));
    const list = document.querySelector("[data-cycles-list]");
    list?.addEventListener("click", (event) => this.picked(event as MouseEvent));
  }

  private frame(): Frame {
    return this.film.frames[this.shown]!;
  }

  private find(selector: string): HTMLElement {
    return this.box.querySelector<HTMLElement>(selector)!;
  }

  private slider(): HTMLInputElement {
    return this.box.querySelector<HTMLInputElement>("input[type=range]")!;
  }

  private on(name: string, act: () => void): void {
    this.find(`[data-cycles-do="${name}"]`).addEventListener("click", (event) => {
      event.preventDefault();
      if (name !== "play") this.pause();
      act();
    });
  }

  private key(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowLeft: this.shown - 1, ArrowRight: this.shown + 1, Home: 0, End: this.film.frames.length - 1 };
    const to = steps[event.key];
    const target = event.target as Element;
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey || target.closest("input, .y-strip-frame")) return;
    event.preventDefault();
    this.pause();
    this.go(to);
  }

  private picked(event: MouseEvent): void {
    const items = [...document.querySelectorAll("[data-cycles-list] > li")];
    const item = (event.target as Element).closest("li");
    if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.pause();
    this.go(items.indexOf(item));
    this.box.scrollIntoView({ block: "start" });
  }

  private play(): void {
    this.find('[data-cycles-do="play"]').setAttribute("aria-pressed", "true");
    // Only what is stepped to is read out; a running film is not.
    this.find("[data-cycles-says]").setAttribute("aria-live", "off");
    if (this.shown === this.film.frames.length - 1) this.go(0);
    this.timer = window.setInterval(() => {
      if (this.shown === this.film.frames.length - 1) this.pause();
      else this.go(this.shown + 1);
    }, PAUSE_MS);
  }

  private pause(): void {
    window.clearInterval(this.timer);
    this.timer = 0;
    this.find('[data-cycles-do="play"]').setAttribute("aria-pressed", "false");
    this.find("[data-cycles-says]").setAttribute("aria-live", "polite");
  }

  private go(to: number): void {
    const next = this.film.frames[to];
    if (!next || to === this.shown) return;
    const hasViews = next.points.every((point) => this.svg(point[2]));
    if (next.drawing !== this.drawing || !hasViews) return window.location.assign(`?cycle=${next.cycle}`);
    this.shown = to;
    this.draw(next);
    this.tell(next);
    history.replaceState(null, "", `?cycle=${next.cycle}`);
  }

  private svg(view: string): SVGSVGElement | null {
    return this.box.querySelector<SVGSVGElement>(`svg[data-view="${view}"]`);
  }

  /** Points keep their element from cycle to cycle, so that one that was moved is seen to move. */
  private draw(frame: Frame): void {
    const old = new Map([...this.box.querySelectorAll<SVGElement>(".fm-point")].map((each) => [key(each), each]));
    for (const point of frame.points) {
      const [id, , view] = point;
      const held = old.get(`${view} ${id}`);
      old.delete(`${view} ${id}`);
      const marker = held ?? this.fresh(point);
      fill(marker, point, this.film.places[point[1]] ?? "");
    }
    for (const gone of old.values()) gone.remove();
    for (const svg of this.box.querySelectorAll<SVGSVGElement>("svg[data-view]")) {
      const names = [...svg.querySelectorAll(".fm-point")].map((each) => each.getAttribute("aria-label"));
      const title = svg.closest("figure")?.querySelector("figcaption")?.textContent ?? "";
      svg.setAttribute("aria-label", names.length ? `${title}. ${names.length} injection points: ${names.join("; ")}.` : `${title}. No injection points.`);
    }
  }

  private fresh([id, , view]: Point): SVGElement {
    const marker = make("g", { class: "fm-point fm-given", role: "img", "data-point": id });
    marker.append(
      make("title", {}),
      make("circle", { class: "fm-ring", r: "10.5", fill: "var(--fm-mark)", stroke: "var(--fm-paper)" }),
      make("text", { class: "fm-units", "text-anchor": "middle", "font-weight": "700", fill: "var(--fm-paper)" }),
    );
    this.svg(view)?.querySelector(".fm-points")?.append(marker);
    return marker;
  }

  private tell(frame: Frame): void {
    this.find("[data-cycles-title]").textContent = frame.title;
    this.find("[data-cycles-words]").textContent = frame.words;
    this.find("[data-cycles-score]").textContent = frame.score;
    this.find("[data-cycles-record]").setAttribute("href", frame.url);
    const shade = this.box.querySelector("[data-strip-shade]");
    shade?.setAttribute("x", String(frame.shade[0]));
    shade?.setAttribute("width", String(frame.shade[1]));
    this.slider().value = String(this.shown + 1);
    this.slider().setAttribute("aria-valuetext", frame.title);
    this.link("back", this.shown - 1);
    this.link("on", this.shown + 1);
    document.querySelectorAll("[data-cycles-list] a").forEach((link, place) => {
      if (place === this.shown) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }

  private link(name: string, to: number): void {
    const link = this.find(`[data-cycles-do="${name}"]`);
    const frame = this.film.frames[to];
    link.setAttribute("href", `?cycle=${(frame ?? this.frame()).cycle}`);
    if (frame) link.removeAttribute("aria-disabled");
    else link.setAttribute("aria-disabled", "true");
  }
}

function key(marker: SVGElement): string {
  return `${marker.closest("svg")?.dataset.view ?? ""} ${marker.dataset.point ?? ""}`;
}

/** The place as a style, which the browser moves smoothly where motion is wanted. */
function place(marker: SVGElement): void {
  const [x = "0", y = "0"] = (marker.getAttribute("transform") ?? "").match(/-?[\d.]+/g) ?? [];
  marker.style.transform = `translate(${x}px, ${y}px)`;
}

function fill(marker: SVGElement, [id, , , x, y, units]: Point, name: string): void {
  const said = `${id}, ${name}, ${units} units, given`;
  marker.setAttribute("aria-label", said);
  marker.setAttribute("transform", `translate(${x} ${y})`);
  place(marker);
  marker.querySelector("title")!.textContent = said;
  const text = marker.querySelector("text")!;
  const size = units.length < 3 ? 13 : units.length < 4 ? 10.5 : 8.5;
  text.textContent = units;
  text.setAttribute("font-size", String(size));
  text.setAttribute("y", (size * 0.36).toFixed(2));
}

function make(name: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [each, value] of Object.entries(attributes)) element.setAttribute(each, value);
  return element;
}
