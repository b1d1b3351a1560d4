// The signs of the page: whether all is saved, how long it takes, the curtain, and what the check says.
import { Chair } from "./chair";
import { cookie, LineState } from "./line";
import { made, text } from "./paint";

const WORDS: Record<LineState, (count: number) => string> = {
  saved: () => "All saved",
  waiting: (count) => `Not yet saved (${count}): sending`,
  down: (count) => (count ? `No connection. Not yet saved (${count})` : "No connection. Go on: it is kept here"),
  out: (count) => (count ? `Signed out. Not yet saved (${count})` : "Signed out"),
  other: (count) => (count ? `Somebody else is signed in. Not yet saved (${count})` : "Somebody else is signed in"),
};
const SIGNS: Record<LineState, string> = { saved: "✓", waiting: "…", down: "!", out: "!", other: "!" };
const CHECK_MS = 400;

export function paintLine(chair: Chair): void {
  const place = chair.root.querySelector<HTMLElement>("[data-chair-line]");
  const { state, waiting } = chair.line;
  if (place) {
    place.dataset.line = state;
    text(place, `${SIGNS[state]} ${WORDS[state](waiting.length)}`);
  }
  paintLate(chair);
}

function paintLate(chair: Chair): void {
  const place = chair.root.querySelector<HTMLElement>("[data-chair-late]");
  const lines = chair.line.wrong.map(([tap, why]) => `${tap.point} was not noted: ${why} Note it again.`);
  lines.push(...chair.earlier);
  if (chair.line.late.length) {
    const names = chair.line.late.map((tap) => `${tap.point || "an undoing"} ${tap.units}`.trim()).join(", ");
    lines.push(`The treatment was signed or set aside without this: ${names}. It is in no record; it is told on the page of the signature.`);
  } else if (chair.line.isOver && !chair.data.over) lines.push("The treatment was signed or set aside elsewhere.");
  if (!place || place.dataset.shown === lines.join()) return;
  place.dataset.shown = lines.join();
  place.replaceChildren(
    ...lines.map((words) => {
      const line = made("p", "m-finding is-caution");
      line.setAttribute("role", "alert");
      line.textContent = `Caution: ${words}`;
      return line;
    }),
  );
}

/** Hide the patient while nobody is known to be here; what waits stays in memory and is sent later. */
export class Curtain {
  private last = Date.now();

  constructor(private readonly chair: Chair) {
    for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => this.seen());
  }

  draw(): void {
    const { state, waiting } = this.chair.line;
    const isLeft = Date.now() - this.last > this.chair.data.idle * 1000 && state !== "saved";
    const isDrawn = state === "out" || state === "other" || isLeft;
    const parts = this.chair.root.querySelectorAll<HTMLElement>(":scope > header, :scope > main:not(.c-curtain)");
    for (const part of parts) part.hidden = isDrawn;
    const old = this.chair.root.querySelector(":scope > .c-curtain");
    if (!isDrawn) {
      if (old) this.last = Date.now();
      return old?.remove();
    }
    const curtain = old ?? this.chair.root.appendChild(made("main", "c-curtain"));
    const count = waiting.length ? `${waiting.length} not yet saved. Leave this page open. ` : "";
    const words = state === "other" ? "Somebody else is signed in." : isLeft && state === "down" ? "Locked." : "Signed out.";
    if (curtain.textContent?.includes(words + " " + count)) return;
    const heading = made("h2", "");
    heading.textContent = words;
    const line = made("p", "");
    line.textContent = `${words} ${count}Sign in again as the person who began here, and this page goes on.`;
    const link = made("a", "btn btn-primary c-mid") as HTMLAnchorElement;
    [link.href, link.target, link.textContent] = ["/account/login/?next=/clinic/", "_blank", "Sign in in another tab"];
    link.rel = "noopener";
    curtain.replaceChildren(heading, line, link);
  }

  private seen(): void {
    if (!this.chair.root.querySelector(":scope > .c-curtain")) this.last = Date.now();
  }
}

export function watchTimer(chair: Chair): void {
  const place = chair.root.querySelector("[data-chair-timer]");
  const begun = Date.parse(chair.data.begun);
  const tick = () => {
    const seconds = Math.max(Math.floor((Date.now() - begun) / 1000), 0);
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    if (!parts[0]) parts.shift();
    text(place, parts.map((part, number) => (number ? String(part).padStart(2, "0") : String(part))).join(":"));
  };
  if (!chair.data.over) window.setInterval(tick, 1000);
}

export class Check {
  private timer = 0;

  constructor(private readonly chair: Chair) {}

  soon(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.run(), CHECK_MS);
  }

  private async run(): Promise<void> {
    const place = this.chair.root.querySelector<HTMLElement>("[data-chair-found]");
    if (!place) return;
    try {
      const headers = { "X-CSRFToken": cookie("csrftoken") };
      const answer = await fetch(this.chair.data.urls.check, { method: "POST", headers, redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      place.innerHTML = await answer.text();
      delete place.dataset.stale;
    } catch {
      place.dataset.stale = "The check cannot be reached now. It runs again when the connection is back.";
    }
  }
}
