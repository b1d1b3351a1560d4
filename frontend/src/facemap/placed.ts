// Where each point lies, in words: the server's check says it, and the rows show it. A form without a check
// says of a moved point that it is moved, so that no row keeps the words of where it was.
interface Place {
  x: string;
  y: string;
  words: string;
}

/** Answers what is to be done after each change. */
export function watchPlaces(form: HTMLFormElement): () => void {
  const target = document.getElementById("plan-check");
  if (target) new MutationObserver(() => show(form, target)).observe(target, { childList: true });
  return form.dataset.checkUrl ? () => undefined : watchMoves(form);
}

function show(form: HTMLFormElement, target: HTMLElement): void {
  for (const place of target.querySelectorAll<HTMLElement>("[data-place]")) {
    const row = form.querySelector<HTMLElement>(`tr[data-point="${CSS.escape(place.dataset.place ?? "")}"]`);
    const words = wordsOf(row);
    if (!row || !words) continue;
    words.textContent = place.textContent;
    row.dataset.own = place.dataset.own ?? "";
  }
}

function watchMoves(form: HTMLFormElement): () => void {
  const places = new Map<Element, Place>();
  for (const row of form.querySelectorAll<HTMLElement>("tr[data-row]"))
    places.set(row, { ...placeOf(row), words: wordsOf(row)?.textContent ?? "" });
  return () => {
    for (const [row, before] of places) {
      const words = wordsOf(row);
      const { x, y } = placeOf(row);
      const isMoved = Number(x) !== Number(before.x) || Number(y) !== Number(before.y);
      const said = isMoved ? `${before.words.split(":")[0]}: moved` : before.words;
      if (words && words.textContent !== said) words.textContent = said;
    }
  };
}

function placeOf(row: Element): { x: string; y: string } {
  const value = (name: string) => row.querySelector<HTMLInputElement>(`input[name$="-${name}"]`)?.value ?? "";
  return { x: value("x"), y: value("y") };
}

function wordsOf(row: Element | null): HTMLElement | null {
  return row?.querySelector<HTMLElement>('[data-fm="words"]') ?? null;
}
