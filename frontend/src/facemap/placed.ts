// The server's check says where each point lies; the rows show it in its words.
export function watchPlaces(form: HTMLFormElement): void {
  const target = document.getElementById("plan-check");
  if (!target) return;
  new MutationObserver(() => show(form, target)).observe(target, { childList: true });
}

function show(form: HTMLFormElement, target: HTMLElement): void {
  for (const place of target.querySelectorAll<HTMLElement>("[data-place]")) {
    const row = form.querySelector<HTMLElement>(`tr[data-point="${CSS.escape(place.dataset.place ?? "")}"]`);
    const words = row?.querySelector<HTMLElement>('[data-fm="words"]');
    if (!row || !words) continue;
    words.textContent = place.textContent;
    row.dataset.own = place.dataset.own ?? "";
  }
}
