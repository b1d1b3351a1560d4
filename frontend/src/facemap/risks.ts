// Structures at risk: those that the chosen point comes near light up at once, in line, label and words.
// The same reckoning as `near` in ui/facemap/risks.py, on the very lines that it draws.
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

/** Follow the chosen points of every drawing, however they are moved. */
export function watchRisks(form: HTMLFormElement): void {
  const words = form.querySelector<HTMLElement>("[data-fm-near]");
  const drawings = Array.from(form.querySelectorAll<SVGSVGElement>("svg.fm"), (svg) => ({ svg, courses: coursesOf(svg) }));
  let frame = 0;
  const show = () => {
    frame = 0;
    const told = drawings.flatMap(({ svg, courses }) => light(svg, courses));
    const text = told.slice(0, 4).join(" ");
    if (words && words.textContent !== text) words.textContent = text;
  };
  const watch = new MutationObserver(() => {
    frame ||= requestAnimationFrame(show);
  });
  for (const { svg } of drawings)
    for (const points of svg.querySelectorAll(".fm-points"))
      watch.observe(points, { subtree: true, childList: true, attributes: true, attributeFilter: ["transform", "class"] });
  show();
}

function light(svg: SVGSVGElement, courses: Course[]): string[] {
  const mmPerUnit = Number(svg.dataset.mm ?? 1);
  const lit = new Set<SVGGElement>();
  const told: string[] = [];
  for (const point of svg.querySelectorAll<SVGGElement>(".fm-point.fm-chosen")) {
    const [x = 0, y = 0] = (point.getAttribute("transform")?.match(/-?[\d.]+/g) ?? []).map(Number);
    for (const { course, mm } of closest(courses, x, y, mmPerUnit)) {
      lit.add(course.group);
      const { name = "", harm = "" } = course.group.dataset;
      const far = Math.round(mm) ? `${Math.round(mm)} mm from` : "on";
      told.push(`${point.dataset.point} lies ${far}: ${name} (${harm}).`);
    }
  }
  for (const { group } of courses) group.classList.toggle("fm-lit", lit.has(group));
  return told;
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
