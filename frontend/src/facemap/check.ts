// The live check: asks the server what it finds in the form as it stands.
import { Told } from "./editor";

const PAUSE_MS = 200;
const UNREACHED = "The check could not be reached. It runs again with the next change, and when you save.";
const ORDER = ["note", "caution", "stop"];

export class Check {
  private timer = 0;
  private running: AbortController | null = null;
  private readonly target: HTMLElement | null;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly tell: (told: Map<string, Told>) => void,
  ) {
    this.target = document.getElementById("plan-check");
  }

  soon(): void {
    window.clearTimeout(this.timer);
    if (this.form.dataset.checkUrl && this.target) this.timer = window.setTimeout(() => void this.run(), PAUSE_MS);
  }

  /** Tell what the shown answer says about each point. */
  read(): void {
    const listed = this.target?.querySelector("#plan-points")?.textContent;
    this.tell(listed ? new Map(Object.entries(JSON.parse(listed) as Record<string, Told>)) : this.marked());
  }

  /** From an answer that has no list of its own: the sentences that name a point. */
  private marked(): Map<string, Told> {
    const found = new Map<string, Told>();
    for (const element of this.target?.querySelectorAll<HTMLElement>("[data-point][data-severity]") ?? []) {
      const { point = "", severity = "" } = element.dataset;
      const before = found.get(point) ?? { severity: "", words: "", ml: "" };
      const isWorse = ORDER.indexOf(severity) > ORDER.indexOf(before.severity);
      const words = [before.words, element.textContent?.trim().replace(/\s+/g, " ")].filter(Boolean).join(" ");
      found.set(point, { severity: isWorse ? severity : before.severity, words, ml: "" });
    }
    return found;
  }

  private async run(): Promise<void> {
    this.running?.abort();
    const running = (this.running = new AbortController());
    const target = this.target;
    if (!target) return;
    target.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(this.form.dataset.checkUrl ?? "", {
        method: "POST",
        // As plain pairs: for a form of hundreds of small fields much cheaper to read than parts.
        body: new URLSearchParams(new FormData(this.form) as unknown as Record<string, string>),
        headers: { "X-Facemap": "check" },
        credentials: "same-origin",
        redirect: "error",
        signal: running.signal,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const html = await answer.text();
      if (running !== this.running) return;
      replace(target, html);
      delete target.dataset.stale;
      this.read();
    } catch (error) {
      if (running.signal.aborted) return;
      target.dataset.stale = UNREACHED;
    }
    target.setAttribute("aria-busy", "false");
  }
}

/** Show the new answer; what was typed or opened in the old one since it was asked stays. */
function replace(target: HTMLElement, html: string): void {
  const typed = new Map(Array.from(target.querySelectorAll("textarea"), (field) => [field.name, field.value]));
  const opened = Array.from(target.querySelectorAll("details"), (each) => each.open);
  const active = document.activeElement instanceof HTMLTextAreaElement ? document.activeElement : null;
  const [name, from, to] = [active?.name, active?.selectionStart ?? 0, active?.selectionEnd ?? 0];
  target.innerHTML = html;
  for (const field of target.querySelectorAll("textarea")) {
    field.value = typed.get(field.name) || field.value;
    if (field.name !== name || document.activeElement === field) continue;
    field.focus({ preventScroll: true });
    field.setSelectionRange(from, to);
  }
  target.querySelectorAll("details").forEach((each, index) => {
    each.open = opened[index] ?? each.open;
  });
}
