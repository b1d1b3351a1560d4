// What both ways share: the place under a pointer in map units, and pieces of SVG.
const SVG = "http://www.w3.org/2000/svg";

export interface Place {
  x: number;
  y: number;
}

export function make(name: string, attributes: Record<string, string>, text = ""): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
}

export function drawings(form: HTMLElement): SVGSVGElement[] {
  return [...form.querySelectorAll<SVGSVGElement>("svg.fm")];
}

export function view(svg: SVGSVGElement): string {
  return svg.dataset.view ?? "";
}

export function title(svg: SVGSVGElement): string {
  return svg.closest("figure")?.querySelector("figcaption")?.textContent?.trim() ?? view(svg);
}

/** Where a pointer is on a drawing, kept inside it. */
export function placeAt(svg: SVGSVGElement, event: PointerEvent): Place {
  const matrix = svg.getScreenCTM();
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix?.inverse());
  const { width, height } = svg.viewBox.baseVal;
  const keep = (value: number, most: number) => Math.round(Math.min(most, Math.max(0, value)) * 10) / 10;
  return { x: keep(at.x, width), y: keep(at.y, height) };
}

/** What can be seen over the drawing, under its points. */
export function layer(svg: SVGSVGElement, name: string): SVGElement {
  const found = svg.querySelector<SVGElement>(`g.${name}`);
  if (found) return found;
  const made = make("g", { class: name, "pointer-events": "none" });
  svg.insertBefore(made, svg.querySelector(".fm-points"));
  return made;
}
