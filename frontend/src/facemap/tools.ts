// The tool bar: the same actions as buttons, and the choice of the site to add to.
import { Editor } from "./editor";

export function watchTools(editor: Editor): void {
  const bar = editor.form.querySelector<HTMLElement>("[data-fm-tools]");
  if (!bar) return;
  bar.hidden = false;
  const site = bar.querySelector<HTMLSelectElement>("[data-fm-site]");
  const side = bar.querySelector<HTMLSelectElement>("[data-fm-side]");
  site?.addEventListener("change", () => showSite(editor, site.value));
  bar.addEventListener("click", (event) => {
    const action = (event.target as Element).closest<HTMLElement>("[data-fm-do]")?.dataset.fmDo;
    if (action === "place") placeNext(editor, site?.value ?? "", side?.value ?? "");
    else if (action === "undo") editor.undo();
    else if (action === "redo") editor.redo();
    else if (action) onChosen(editor, action);
  });
}

function onChosen(editor: Editor, action: string): void {
  if (!["mirror", "copy", "remove"].includes(action)) return;
  const row = editor.chosenRow();
  if (!row) return editor.say("Choose a point first");
  if (action === "mirror") editor.mirror(row);
  else if (action === "copy") editor.copy(row);
  else editor.remove(row);
}

/** Show a site's region stronger, and skin areas only while they are chosen or used. */
function showSite(editor: Editor, site: string): void {
  for (const region of editor.form.querySelectorAll<SVGPathElement>(".fm-region")) {
    const isTarget = region.dataset.site === site;
    region.classList.toggle("fm-target", isTarget);
    region.dataset.wasHidden ??= region.getAttribute("display") === "none" ? "yes" : "no";
    if (region.dataset.wasHidden === "yes") {
      if (isTarget) region.removeAttribute("display");
      else region.setAttribute("display", "none");
    }
  }
}

/** By keyboard: the next standard point of the chosen site that is still free. */
function placeNext(editor: Editor, site: string, side: string): void {
  const known = editor.places.sites[site];
  if (!known) return editor.say("Choose a muscle first");
  const wanted = known.points.filter((point) => !side || point.side === side || point.side === "midline");
  const free = wanted.find((point) => !editor.rows.find(editor.places.id(site, point.side, point.number)));
  const first = free ?? wanted[0];
  if (first) editor.add(site, editor.places.inside(first), first.side);
}
