// One place: a tap on a drawing fills view, x and y; choosing a name in the list empties them again.
import { drawings, layer, make, placeAt, title, view } from "./drawing";

export function watchTaps(form: HTMLFormElement): void {
  const field = (name: string) => form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  const list = form.querySelector<HTMLSelectElement>('select[name="area"]');
  const place = form.querySelector<HTMLElement>("[data-painmap-says]");
  const say = (words: string) => {
    if (place) place.textContent = words;
  };
  const put = (where: string, x: string, y: string) => {
    for (const [name, value] of Object.entries({ view: where, x, y })) {
      const input = field(name);
      if (input) input.value = value;
    }
    for (const svg of drawings(form)) {
      const marks = layer(svg, "pm-marks");
      marks.replaceChildren();
      if (view(svg) !== where) continue;
      marks.append(
        make("circle", { class: "pm-here", cx: x, cy: y, r: "13" }),
        make("path", { class: "pm-here", d: `M${x} ${y}m-20 0h14m12 0h14m-20 -20v14m0 12v14` }),
      );
    }
  };
  for (const svg of drawings(form))
    svg.addEventListener("click", (event) => {
      const { x, y } = placeAt(svg, event as PointerEvent);
      put(view(svg), String(x), String(y));
      if (list) list.value = "";
      say((place?.dataset.marked ?? "Marked on: {place}. Tap elsewhere to move it.").replace("{place}", title(svg)));
    });
  list?.addEventListener("change", () => {
    put("", "", "");
    say("");
  });
  // What was tapped before a form came back with an error.
  put(field("view")?.value ?? "", field("x")?.value ?? "", field("y")?.value ?? "");
}
