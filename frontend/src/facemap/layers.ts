// Which layers of the face map are shown: the tick boxes and the styles do it, this remembers the choice.
const KEY = "facemap-layers";
const BOXES = "input[data-fm-layer]";

function kept(): Record<string, boolean> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return found && typeof found === "object" ? (found as Record<string, boolean>) : {};
  } catch {
    return {};
  }
}

function keep(layers: Record<string, boolean>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(layers));
  } catch {
    // A browser that keeps nothing still shows and hides.
  }
}

/** Every map below shows the layers that were chosen last, and all maps of the page follow one choice. */
export function watchLayers(root: ParentNode): void {
  const layers = kept();
  for (const box of root.querySelectorAll<HTMLInputElement>(`${BOXES}:not([data-ready])`)) {
    box.dataset.ready = "yes";
    const name = box.dataset.fmLayer ?? "";
    box.checked = layers[name] ?? box.checked;
    box.addEventListener("change", () => {
      keep({ ...kept(), [name]: box.checked });
      for (const other of document.querySelectorAll<HTMLInputElement>(`${BOXES.slice(0, -1)}="${name}"]`))
        other.checked = box.checked;
    });
  }
}
