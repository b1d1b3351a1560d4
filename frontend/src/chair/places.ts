// Where an added point was given: a list by muscle, or a tap on the drawing.
import { Chair } from "./chair";

const SVG = "http://www.w3.org/2000/svg";
const SIZE = 9;

/** The places of a muscle in the list; what was chosen stays while the muscle does. */
export function fillPlaces(chair: Chair, group: string): void {
  const select = listOf(chair);
  if (!select || select.dataset.of === group) return;
  select.dataset.of = group;
  select.replaceChildren(...(chair.data.places[group] ?? []).map(([value, words]) => new Option(words, value)));
  unmark(chair);
}

/** While the panel is open, a tap on the drawing is a place too. */
export function watchMap(chair: Chair, say: (words: string) => void): void {
  chair.root.querySelector(".c-map")?.addEventListener("click", (event) => {
    const drawing = (event.target as Element).closest<SVGSVGElement>("[data-chair-view] svg");
    const view = drawing?.closest<HTMLElement>("[data-chair-view]")?.dataset.chairView;
    const panel = chair.root.querySelector<HTMLDetailsElement>('[data-chair-panel="add"]');
    const [select, matrix] = [listOf(chair), drawing?.getScreenCTM()];
    if (!drawing || !view || !select?.dataset.of || !panel?.open || !matrix) return;
    const { clientX, clientY } = event as MouseEvent;
    const at = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse());
    const [x, y] = [at.x.toFixed(1), at.y.toFixed(1)];
    unmark(chair);
    const cut = select.dataset.of.lastIndexOf(".");
    const option = new Option("where you tapped", [select.dataset.of.slice(0, cut), select.dataset.of.slice(cut + 1), view, x, y].join("|"));
    option.dataset.tapped = "";
    select.append(option);
    select.value = option.value;
    drawing.append(mark(x, y));
    say("The place is where you tapped.");
  });
  listOf(chair)?.addEventListener("change", () => unmark(chair, true));
}

/** Take the tapped place away; or only its mark, where another of the list is chosen. */
export function unmark(chair: Chair, isMarkOnly = false): void {
  for (const old of chair.root.querySelectorAll(".c-here")) old.remove();
  if (!isMarkOnly) listOf(chair)?.querySelector("option[data-tapped]")?.remove();
}

function mark(x: string, y: string): SVGElement {
  const ring = document.createElementNS(SVG, "circle");
  ring.setAttribute("class", "c-here");
  for (const [name, value] of [["cx", x], ["cy", y], ["r", String(SIZE)]] as const) ring.setAttribute(name, value);
  return ring;
}

const listOf = (chair: Chair): HTMLSelectElement | null => chair.root.querySelector("[data-chair-places]");
