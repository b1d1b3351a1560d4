// Two pictures laid over each other; a slider, moved by hand or by arrow keys, wipes from one to the other.
function watch(root: HTMLElement): void {
  const over = root.querySelector<HTMLButtonElement>("[data-wipe-over]");
  const slider = root.querySelector<HTMLElement>("[data-wipe-slider]");
  const range = slider?.querySelector<HTMLInputElement>("input");
  if (!over || !slider || !range) return;
  const move = () => {
    root.style.setProperty("--at", `${range.value}%`);
    range.setAttribute("aria-valuetext", `${range.value} percent of the left picture`);
  };
  over.addEventListener("click", () => {
    const on = root.classList.toggle("is-over");
    over.setAttribute("aria-pressed", String(on));
    slider.hidden = !on;
    if (on) range.focus();
  });
  range.addEventListener("input", move);
  move();
}

export function watchWipes(): void {
  document.querySelectorAll<HTMLElement>("[data-wipe]").forEach(watch);
}
