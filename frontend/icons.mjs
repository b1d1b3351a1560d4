// Writes the sprite of the icons named in icons.txt; ui/templatetags/ui.py puts them inline.
import { readFileSync, writeFileSync } from "node:fs";

const names = readFileSync("icons.txt", "utf8").split("\n").filter(Boolean);
const symbols = names.map((name) => {
  const svg = readFileSync(`node_modules/@tabler/icons/icons/outline/${name}.svg`, "utf8");
  const paths = [...svg.matchAll(/<path d="([^"]+)"/g)].map(([, d]) => `<path d="${d}"/>`).join("");
  return `<symbol id="${name}" viewBox="0 0 24 24">${paths}</symbol>`;
});
const head = "<!-- Tabler Icons, MIT licence, copyright Pawel Kuna. Written by frontend/icons.mjs. -->";
const sprite = `${head}\n<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
writeFileSync("../src/masseter/ui/icons.svg", sprite);
