// Draws one marker, the same as ui/facemap/shapes.py does on the server.
import { Row } from "./rows";

const SVG = "http://www.w3.org/2000/svg";
const mark = "var(--fm-mark)";
const paper = "var(--fm-paper)";
const BADGES: Record<string, [string, string]> = {
  note: ["M14.5 -9A5.5 5.5 0 1 1 3.5 -9A5.5 5.5 0 1 1 14.5 -9Z", "i"],
  caution: ["M9 -16.5L16 -4.5L2 -4.5Z", "!"],
  stop: ["M6.3 -16L11.7 -16L15.5 -12.2L15.5 -6.8L11.7 -3L6.3 -3L2.5 -6.8L2.5 -12.2Z", "×"],
};

function make(name: string, attributes: Record<string, string>, text = ""): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
}

export function drawMarker(row: Row, name: string, severity: string, isGiven: boolean): SVGElement {
  const units = row.get("units");
  const said = `${row.get("id")}, ${name}, ${units ? `${units} units` : "no dose yet"}${severity ? `, has a ${severity}` : ""}`;
  const marker = make("g", {
    class: `fm-point fm-${isGiven ? "given" : "planned"}${severity ? ` fm-${severity}` : ""}`,
    "data-row": row.number,
    "data-point": row.get("id"),
    transform: `translate(${row.get("x")} ${row.get("y")})`,
    role: "button",
    tabindex: "0",
    "aria-label": said,
  });
  const text = units || "?";
  const size = text.length < 3 ? 13 : text.length < 4 ? 10.5 : 8.5;
  marker.append(
    make("title", {}, said),
    make("circle", { class: "fm-reach", r: "16", fill: "transparent" }),
    make("circle", { class: "fm-ring", r: "10.5", fill: isGiven ? mark : paper, stroke: isGiven ? paper : mark, "stroke-width": "2.4" }),
    make(
      "text",
      { y: (size * 0.36).toFixed(2), "text-anchor": "middle", "font-size": String(size), "font-weight": "700", fill: isGiven ? paper : "var(--fm-ink)" },
      text,
    ),
  );
  const badge = BADGES[severity];
  if (badge) {
    marker.append(
      make("path", { d: badge[0], fill: `var(--fm-${severity})` }),
      make(
        "text",
        { x: "9", y: "-5.6", "text-anchor": "middle", "font-size": "9", "font-weight": "800", fill: "var(--fm-paper)" },
        badge[1],
      ),
    );
  }
  return marker;
}
