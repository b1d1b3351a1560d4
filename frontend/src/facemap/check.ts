// The live check: asks the server what it finds in the form as it stands.
const PAUSE_MS = 250;
const UNREACHED = "The check could not be reached. It runs again with the next change, and when you save.";

export class Check {
  private timer = 0;
  private running: AbortController | null = null;
  private readonly target: HTMLElement | null;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly marked: (severities: Map<string, string>) => void,
  ) {
    this.target = document.getElementById("plan-check");
  }

  soon(): void {
    window.clearTimeout(this.timer);
    if (this.form.dataset.checkUrl && this.target) this.timer = window.setTimeout(() => void this.run(), PAUSE_MS);
  }

  /** Tell which points the shown findings are about, the worst of each. */
  read(): void {
    const order = ["note", "caution", "stop"];
    const found = new Map<string, string>();
    for (const element of this.target?.querySelectorAll<HTMLElement>("[data-point][data-severity]") ?? []) {
      const { point = "", severity = "" } = element.dataset;
      if (order.indexOf(severity) > order.indexOf(found.get(point) ?? "")) found.set(point, severity);
    }
    this.marked(found);
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
        body: new FormData(this.form),
        headers: { "X-Facemap": "check" },
        credentials: "same-origin",
        redirect: "error",
        signal: running.signal,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const html = await answer.text();
      if (running !== this.running) return;
      target.innerHTML = html;
      delete target.dataset.stale;
      this.read();
    } catch (error) {
      if (running.signal.aborted) return;
      target.dataset.stale = UNREACHED;
    }
    target.setAttribute("aria-busy", "false");
  }
}
