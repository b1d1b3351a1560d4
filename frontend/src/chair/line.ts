// The line to the server: taps go out in order, again and again until they are answered; others' taps come in.
import { Tap } from "./model";

export type LineState = "saved" | "waiting" | "down" | "out" | "other";

interface Answered {
  answers: Record<string, string>;
  wrong: Record<string, string>;
  taps: Tap[];
  after: number;
  over: boolean;
}

const EVERY_MS = 1000;
const SLOWEST_MS = 8000;
const PATIENCE_MS = 10_000;
const MOST = 100;

export class Line {
  waiting: Tap[] = [];
  state: LineState = "saved";
  isOver = false;
  late: Tap[] = [];
  wrong: [Tap, string][] = [];
  private failures = 0;
  private timer = 0;
  private running = false;

  constructor(
    private readonly url: string,
    private readonly owner: string,
    public after: number,
    private readonly heard: (taps: Tap[]) => void,
    private readonly changed: () => void,
    /** It delivers what waits and then asks no more. */
    private readonly isBrief = false,
  ) {
    window.addEventListener("online", () => this.soon(0));
    document.addEventListener("visibilitychange", () => !document.hidden && this.soon(0));
  }

  send(taps: Tap[]): void {
    this.waiting.push(...taps);
    this.tell(this.state === "saved" ? "waiting" : this.state);
    this.soon(0);
  }

  soon(ms: number): void {
    if (this.isBrief && !this.waiting.length) return;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.exchange(), ms);
  }

  private async exchange(): Promise<void> {
    if (this.running) return this.soon(50);
    this.running = true;
    const sent = this.waiting.slice(0, MOST);
    try {
      const answer = await fetch(this.url, {
        method: "POST",
        credentials: "same-origin",
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE_MS),
        headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") },
        body: JSON.stringify({ owner: this.owner, after: this.after, taps: sent }),
      });
      if (answer.type === "opaqueredirect" || answer.status === 403) this.tell("out");
      else if (answer.status === 409) this.tell("other");
      else if (!answer.ok) throw new Error(String(answer.status));
      else this.take(sent, (await answer.json()) as Answered);
      this.failures = 0;
    } catch {
      this.failures += 1;
      this.tell("down");
    }
    this.running = false;
    const pause = this.state === "saved" || this.state === "waiting" ? EVERY_MS : EVERY_MS * 2 ** Math.min(this.failures, 3);
    const isIdle = document.hidden && this.waiting.length === 0;
    if (!isIdle) this.soon(this.waiting.length && this.state === "waiting" ? 0 : Math.min(pause, SLOWEST_MS));
  }

  private take(sent: Tap[], answer: Answered): void {
    const isDone = (tap: Tap) => tap.key in answer.answers || tap.key in answer.wrong;
    for (const tap of sent) {
      if (answer.answers[tap.key] === "late") this.late.push(tap);
      const why = answer.wrong[tap.key];
      if (why) this.wrong.push([tap, why]);
    }
    this.waiting = this.waiting.filter((tap) => !isDone(tap));
    this.after = answer.after;
    this.isOver = answer.over;
    if (answer.taps.length || sent.length) this.heard(answer.taps);
    this.tell(this.waiting.length ? "waiting" : "saved");
  }

  private tell(state: LineState): void {
    this.state = state;
    this.changed();
  }
}

export function cookie(name: string): string {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return decodeURIComponent(found?.slice(name.length + 1) ?? "");
}
