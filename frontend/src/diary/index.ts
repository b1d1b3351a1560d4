// The diary: what is saved is sealed and kept first, so that it is there whatever becomes of the connection.
import { canStore } from "../database";
import { answersOf } from "./answers";
import { before, dayAt, inWords, todayBy } from "./days";
import { dropRow, keepRow, meeting, Meeting, met, rows } from "./kept";
import { seal } from "./letter";
import { deliver, Told } from "./post";

interface Data {
  owner: string;
  box: string;
  purpose: string;
  now: number;
  zone: string;
  backDays: number;
  shellVersion: string;
  most: Record<string, number>;
  urls: Record<"line" | "worker" | "shell" | "diary", string>;
  words: Record<string, string>;
}

const AGAIN_MS = 15_000;

class Diary {
  private touched = false;
  private isBusy = false;
  private isLeaving = false;
  private isAsked = false;
  private sending: Promise<void> | null = null;
  private readonly isShell: boolean;

  constructor(
    private readonly root: HTMLElement,
    private readonly data: Data,
  ) {
    this.isShell = "diaryShell" in root.dataset;
  }

  async begin(): Promise<void> {
    if (!this.isShell) await met(this.data.now);
    const last = await meeting();
    if (this.isShell && !this.open(last)) return;
    await this.forgetRefused();
    for (const form of this.forms()) {
      form.addEventListener("submit", (event) => void this.submit(form, event));
      form.addEventListener("change", () => (this.touched = true));
    }
    window.addEventListener("online", () => void this.send());
    document.addEventListener("visibilitychange", () => !document.hidden && void this.send());
    window.setInterval(() => void this.sendWaiting(), AGAIN_MS);
    await (this.isShell ? this.send() : this.sendWaiting());
    if (!this.isShell) await hire(this.data, last);
  }

  private forms(): HTMLFormElement[] {
    return [...this.root.querySelectorAll<HTMLFormElement>("[data-diary-form]")];
  }

  /** The page that was refused by the server holds what was typed: its letter is not sent beside it. */
  private async forgetRefused(): Promise<void> {
    for (const form of this.forms()) {
      const key = form.querySelector<HTMLInputElement>("[name=form_key]")?.value;
      if (key && document.querySelector("[data-error-summary]")) await dropRow(key);
    }
  }

  private open(last: Meeting | undefined): boolean {
    if (!last) {
      this.say(this.data.words.nothing ?? "");
      return false;
    }
    const today = todayBy(last, this.data.zone);
    const met_on = inWords(dayAt(last.seen, this.data.zone));
    this.say(this.fill(today.isWrong ? "clock" : "since", { day: met_on }));
    this.root.querySelector("[data-diary-body]")?.removeAttribute("hidden");
    for (const choice of this.root.querySelectorAll<HTMLSelectElement>("[data-diary-day]")) {
      const form = choice.closest("form");
      for (let back = 0; back <= this.data.backDays; back++) {
        const day = before(today.day, back);
        const name = [this.data.words.today, this.data.words.yesterday][back];
        choice.add(new Option(name ? `${name}, ${inWords(day)}` : inWords(day), day));
      }
      if (form) form.dataset.day = today.day;
    }
    void this.markKept();
    return true;
  }

  private async submit(form: HTMLFormElement, event: SubmitEvent): Promise<void> {
    if (form.dataset.diarySent) return;
    event.preventDefault();
    if (this.isBusy) return;
    this.isBusy = true;
    await this.save(form, event.submitter);
    this.isBusy = false;
  }

  private async save(form: HTMLFormElement, pressed: HTMLElement | null): Promise<void> {
    const key = await this.keep(form, pressed).catch(() => null);
    if (!this.isShell && (key === null || (await deliver(this.data.urls.line, this.data.owner, key)).isReached)) {
      form.dataset.diarySent = "yes";
      form.dataset.once = "ready";
      form.requestSubmit(pressed);
      return;
    }
    this.ready(form);
    if (key === null) return;
    if (this.isShell) {
      form.reset();
      this.touched = false;
      await this.send();
    }
  }

  /** Seal and keep what stands in the form; null where there is nothing to keep. */
  private async keep(form: HTMLFormElement, pressed: HTMLElement | null): Promise<string | null> {
    const { values, note, wrong } = answersOf(form, pressed, this.data.most);
    if (wrong || !Object.keys(values).length) {
      this.sayAt(form, wrong ? this.fill("number", { most: String(this.data.most[wrong] ?? 0) }) : this.data.words.empty);
      return null;
    }
    const last = await meeting();
    if (!last) return null;
    const own = form.querySelector<HTMLInputElement>("[name=form_key]");
    const key = own?.value || crypto.randomUUID();
    const chosen = form.querySelector<HTMLSelectElement>("[data-diary-day]")?.value;
    const today = todayBy(last, this.data.zone).day;
    const day = chosen ?? (this.isShell ? today : (form.dataset.day ?? today));
    const words = {
      case: Number(form.dataset.case),
      covers: Number(form.dataset.covers),
      day,
      today,
      is_servers_day: !this.isShell,
      made: Date.now(),
      ahead: Math.round(last.ahead),
      seen: last.seen,
      values,
      note,
    };
    try {
      const sealed = await seal(this.data.box, this.data.purpose, key, words);
      await keepRow({ name: key, owner: this.data.owner, case: form.dataset.case ?? "", day, sealed });
    } catch {
      this.sayAt(form, this.data.words.full);
      return null;
    }
    this.sayAt(form, `${inWords(day)}: ${this.data.words.kept ?? ""}`);
    await this.markKept();
    return key;
  }

  private ready(form: HTMLFormElement): void {
    form.dataset.once = "ready";
    form.removeAttribute("aria-busy");
    // What is written next from this page is another entry.
    const own = form.querySelector<HTMLInputElement>("[name=form_key]");
    if (own) own.value = crypto.randomUUID();
  }

  private async sendWaiting(): Promise<void> {
    if ((await rows(this.data.owner)).length) await this.send();
  }

  /** One at a time: a second way back would cut off the page that says what became of the letters. */
  private async send(): Promise<void> {
    if (this.isLeaving) return;
    if (this.sending) this.isAsked = true;
    this.sending ??= this.sendAll().finally(() => (this.sending = null));
    await this.sending;
  }

  /** Who asks while one is under way may know of a line that this one has not found. */
  private async sendAll(): Promise<void> {
    do {
      this.isAsked = false;
      await this.sendNow();
    } while (this.isAsked && !this.isLeaving);
  }

  private async sendNow(): Promise<void> {
    const told: Told = await deliver(this.data.urls.line, this.data.owner);
    if (told.refused.length) this.say(this.fill("refused", { why: told.refused.join(" ") }));
    else if (told.isReached && !told.isIn) this.say(this.data.words.out ?? "");
    else if (told.waiting && !this.isShell) this.say(this.fill("waiting", { count: String(told.waiting) }));
    const isBack = told.isIn && (this.isShell || told.fresh > 0);
    if (isBack && !told.waiting && !told.refused.length && !this.touched) this.leave();
    else if (told.isReached && !told.isIn && this.isShell) this.leave();
  }

  private leave(): void {
    this.isLeaving = true;
    location.replace(this.data.urls.diary);
  }

  /** Which days wait here, told beside their names. */
  private async markKept(): Promise<void> {
    const kept = new Set((await rows(this.data.owner)).map((row) => `${row.case}:${row.day}`));
    for (const option of this.root.querySelectorAll<HTMLOptionElement>("[data-diary-day] option")) {
      const form = option.closest("form");
      const mark = ` (${this.data.words.written ?? ""})`;
      const name = option.text.replace(mark, "");
      option.text = kept.has(`${form?.dataset.case}:${option.value}`) ? name + mark : name;
    }
  }

  private fill(name: string, parts: Record<string, string>): string {
    return Object.entries(parts).reduce((text, [key, value]) => text.replace(`{${key}}`, value), this.data.words[name] ?? "");
  }

  private say(words: string): void {
    const place = this.root.querySelector("[data-diary-says]");
    if (place) place.textContent = words;
  }

  private sayAt(form: HTMLFormElement, words = ""): void {
    const place = form.querySelector("[data-diary-form-says]") ?? this.root.querySelector("[data-diary-says]");
    if (place) place.textContent = words;
  }
}

/** Let the worker open the diary without a connection. The questions are fetched again where they changed. */
async function hire(data: Data, last: Meeting | undefined): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(data.urls.worker);
    const ready = await navigator.serviceWorker.ready;
    const script = document.querySelector<HTMLScriptElement>("script[src*='diary']")?.src ?? "";
    const version = `${data.shellVersion} ${script}`;
    if (last?.shell !== version) {
      const loaded = performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname);
      const channel = new MessageChannel();
      const kept = new Promise<string>((done) => (channel.port1.onmessage = (event) => done(String(event.data))));
      ready.active?.postMessage({ say: "keep", urls: [...new Set(loaded)] }, [channel.port2]);
      if ((await kept) !== "kept") return;
      await met(data.now, version);
    }
    document.documentElement.dataset.diaryReady = "yes";
  } catch {
    // Without a worker the page goes on as long as it stays open.
  }
}

const place = document.querySelector<HTMLElement>("[data-diary]");
const text = document.querySelector("#diary-data")?.textContent;
if (place && text && canStore()) void new Diary(place, JSON.parse(text) as Data).begin().catch(() => undefined);
