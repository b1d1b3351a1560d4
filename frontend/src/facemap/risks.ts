// Structures at risk: those that the chosen point comes near light up at once, in line, label and words.
// Measured on the very lines that ui/facemap/risks.py draws.
import { Editor } from "./editor";
import { Place } from "./places";
import { Row } from "./rows";

const MOST_TOLD = 4;

interface Piece {
  ax: number;
  ay: number;
  bx: number;
  by: number;
}

interface Course {
  group: SVGGElement;
  pieces: Piece[];
  near: number;
}

interface Close {
  course: Course;
  mm: number;
}

export class Risks {
  private readonly courses = new Map<string, Course[]>();
  private readonly words = document.createTextNode("");
  private lit = new Set<SVGGElement>();

  constructor(private readonly editor: Editor) {
    // The text is changed in place: a new one would have the styles of the whole page reckoned anew in each frame.
    editor.form.querySelector("[data-fm-near]")?.replaceChildren(this.words);
  }

  /** Light up what a point comes near, where it lies or where it is being dragged; without a point, nothing. */
  show(row: Row | undefined): void {
    const close = row ? this.near(this.editor.shown(row)) : [];
    this.light(new Set(close.map(({ course }) => course.group)));
    const told = close.slice(0, MOST_TOLD).map((each) => words(row?.get("id") ?? "", each)).join(" ");
    if (this.words.data !== told) this.words.data = told;
  }

  private near({ view, x, y }: Place): Close[] {
    const mmPerUnit = 1 / this.editor.places.unitsPerMm(view);
    return closest(this.on(view), x, y, mmPerUnit);
  }

  private light(groups: Set<SVGGElement>): void {
    for (const group of this.lit) if (!groups.has(group)) group.classList.remove("fm-lit");
    for (const group of groups) if (!this.lit.has(group)) group.classList.add("fm-lit");
    this.lit = groups;
  }

  private on(view: string): Course[] {
    const known = this.courses.get(view) ?? coursesOf(this.editor.places.svg(view));
    this.courses.set(view, known);
    return known;
  }
}

function words(id: string, { course, mm }: Close): string {
  const { name = "", harm = "" } = course.group.dataset;
  return `${id} lies ${Math.round(mm) ? `${Math.round(mm)} mm from` : "on"}: ${name} (${harm}).`;
}

function closest(courses: Course[], x: number, y: number, mmPerUnit: number): Close[] {
  return courses
    .map((course) => ({ course, mm: distance(course.pieces, x, y) * mmPerUnit }))
    .filter(({ course, mm }) => mm <= course.near)
    .sort((one, other) => one.mm - other.mm);
}

function distance(pieces: Piece[], x: number, y: number): number {
  let least = Infinity;
  for (const { ax, ay, bx, by } of pieces) {
    const [dx, dy] = [bx - ax, by - ay];
    const length = dx * dx + dy * dy;
    const share = length ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
    least = Math.min(least, Math.hypot(x - ax - share * dx, y - ay - share * dy));
  }
  return least;
}

function coursesOf(svg: SVGSVGElement): Course[] {
  return Array.from(svg.querySelectorAll<SVGGElement>(".fm-risk"), (group) => ({
    group,
    pieces: piecesOf(group.querySelector("path")?.getAttribute("d") ?? ""),
    near: Number(group.dataset.near ?? 0),
  }));
}

/** The straight pieces of a path of M and L. */
function piecesOf(path: string): Piece[] {
  const pieces: Piece[] = [];
  for (const part of path.split("M").slice(1)) {
    const numbers = (part.match(/-?[\d.]+/g) ?? []).map(Number);
    for (let at = 0; at + 3 < numbers.length; at += 2) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = numbers.slice(at, at + 4);
      pieces.push({ ax, ay, bx, by });
    }
  }
  return pieces;
}
