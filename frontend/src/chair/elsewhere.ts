// On the pages around the chair: what this device still keeps of it is told before a signature, and goes after it.
import { canKeep, forget, waitingFor } from "./store";

export function watchChair(): void {
  if (!canKeep()) return;
  const before = document.querySelector<HTMLElement>("[data-chair-waiting]");
  const over = document.querySelector<HTMLElement>("[data-chair-over]");
  if (before) void warn(before);
  else if (over) void clear(over.dataset.chairOver ?? "");
}

async function warn(place: HTMLElement): Promise<void> {
  const plan = place.dataset.chairWaiting ?? "";
  const words = place.querySelector("[data-chair-waiting-words]");
  let count = await waitingFor(plan);
  if (!count || !words) return;
  words.className = "c-warn";
  const tell = () => {
    words.textContent = count ? `${count} on this device not yet saved: go on at the chair until all is saved, then sign.` : "";
  };
  tell();
  window.setInterval(() => void waitingFor(plan).then((now) => ((count = now), tell())), 1000);
  document.querySelector<HTMLFormElement>("form[data-facemap]")?.addEventListener("submit", (event) => {
    if (!count) return;
    event.preventDefault();
    place.scrollIntoView({ block: "center" });
    place.querySelector("a")?.focus();
  });
}

async function clear(plan: string): Promise<void> {
  if (plan && !(await waitingFor(plan))) await forget(plan);
}
