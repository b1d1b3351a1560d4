// Draws one marker, as ui/facemap/shapes.py does on the server; the editor can move its number off its spot.
const SVG = "http://www.w3.org/2000/svg";
const mark = "var(--fm-mark)";
const paper = "var(--fm-paper)";
export const RING = 10.5;
const BADGES: Record<string, [string, string]> = {
  note: ["M14.5 -9A5.5 5.5 0 1 1 3.5 -9A5.5 5.5 0 1 1 14.5 -9Z", "i"],
  caution: ["M9 -16.5L16 -4.5L2 -4.5Z", "!"],
  stop: ["M6.3 -16L11.7 -16L15.5 -12.2L15.5 -6.8L11.7 -3L6.3 -3L2.5 -6.8L2.5 -12.2Z", "×"],
};

export interface Look {
  row: string;
  id: string;
  units: string;
  said: string;
  severity: string;
  isGiven: boolean;
}

export function make(name: string, attributes: Record<string, string>, text = ""): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
}

export function drawMarker(look: Look): SVGElement {
  const marker = make("g", {
    class: `fm-point fm-${look.isGiven ? "given" : "planned"}${look.severity ? ` fm-${look.severity}` : ""}`,
    "data-row": look.row,
    "data-point": look.id,
    role: "button",
    tabindex: "0",
    "aria-label": look.said,
  });
  const leader = make("g", { class: "fm-leader", display: "none" });
  leader.append(make("path", { fill: "none" }), make("circle", { class: "fm-spot", r: "2.4" }));
  marker.append(make("title", {}, look.said), make("circle", { class: "fm-reach", r: "16", fill: "transparent" }), leader, disc(look));
  return marker;
}

function disc(look: Look): SVGElement {
  const { isGiven } = look;
  const text = look.units || "?";
  const size = text.length < 3 ? 13 : text.length < 4 ? 10.5 : 8.5;
  const group = make("g", { class: "fm-disc" });
  group.append(
    make("circle", { class: "fm-picked-ring", r: "15" }),
    make("circle", { class: "fm-ring", r: String(RING), fill: isGiven ? mark : paper, stroke: isGiven ? paper : mark, "stroke-width": "2.4" }),
    make(
      "text",
      { y: (size * 0.36).toFixed(2), "text-anchor": "middle", "font-size": String(size), "font-weight": "700", fill: isGiven ? paper : "var(--fm-ink)" },
      text,
    ),
  );
  const badge = BADGES[look.severity];
  if (badge)
    group.append(
      make("path", { d: badge[0], fill: `var(--fm-${look.severity})` }),
      make("text", { x: "9", y: "-5.6", "text-anchor": "middle", "font-size": "9", "font-weight": "800", fill: paper }, badge[1]),
    );
  const tick = make("g", { class: "fm-tick" });
  tick.append(make("circle", { cx: "-10", cy: "-9", r: "6", fill: "var(--fm-ink)" }), make("path", { d: "M-13 -9l2.2 2.3l4 -4.4", fill: "none", stroke: paper, "stroke-width": "1.8" }));
  group.append(tick);
  return group;
}
