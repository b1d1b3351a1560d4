// Signing out clears this device. What waits is sent first; what cannot be sent is said before it is lost.
import { canStore } from "../database";
import { clearButNotifications } from "../notify/clear";
import { rows } from "./kept";
import { deliver } from "./post";

export function watchLeaving(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-diary-leave]");
  if (!form || !canStore()) return;
  form.addEventListener("submit", (event) => {
    if (form.dataset.diarySent) return;
    event.preventDefault();
    void leave(form);
  });
}

async function leave(form: HTMLFormElement): Promise<void> {
  const waits = async () => (await rows("").catch(() => [])).length;
  if (await waits()) await deliver(form.dataset.diaryLine ?? "", "").catch(() => undefined);
  const count = await waits();
  form.dataset.once = "ready";
  if (count && !window.confirm((form.dataset.diaryLeave ?? "").replace("{count}", String(count)))) return;
  form.dataset.diarySent = "yes";
  if (await clearButNotifications()) {
    const kept = Object.assign(document.createElement("input"), { type: "hidden", name: "keeps", value: "notifications" });
    form.append(kept);
  }
  form.requestSubmit();
}
