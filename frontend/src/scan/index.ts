/**
 * Reading codes with the camera into a field that a scanner or a keyboard fills as well; see c-scan.
 * The text goes into the field as a hand scanner types it: kind, data and separators, one code a line.
 */
import { closeCamera, lampOf, NoCamera, openCamera } from "../camera";
import { Reader } from "./reader";
import { said } from "./said";

const PAUSE = 120;
const SOUND = "masseter-scan-sound";
const OTHERWISE = "Type the code, or use a hand scanner.";

class Scan {
  private readonly field: HTMLInputElement | HTMLTextAreaElement;
  private readonly dialog = this.part<HTMLDialogElement>("dialog");
  private readonly video = this.part<HTMLVideoElement>("video");
  private readonly lamp = this.part<HTMLButtonElement>("[data-scan-lamp]");
  private readonly sound = this.part<HTMLButtonElement>("[data-scan-sound]");
  private reader: Reader | null = null;
  private ear: AudioContext | null = null;
  private last = "";

  constructor(private readonly root: HTMLElement) {
    this.field = document.getElementById(root.dataset.scan ?? "") as HTMLInputElement | HTMLTextAreaElement;
    this.part("[data-scan-open]").addEventListener("click", () => void this.open());
    this.part("[data-scan-close]").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => closeCamera(this.video));
    this.press(this.sound, localStorage.getItem(SOUND) === "on");
    this.sound.addEventListener("click", () => {
      const on = this.press(this.sound, this.sound.getAttribute("aria-pressed") !== "true");
      localStorage.setItem(SOUND, on ? "on" : "off");
      if (on) this.beep();
    });
  }

  private part<T extends HTMLElement>(selector: string): T {
    return this.root.querySelector(selector) as T;
  }

  private press(button: HTMLElement, on: boolean): boolean {
    button.setAttribute("aria-pressed", String(on));
    return on;
  }

  /** Told inside the window while it is open, and beside the field after that. */
  private tell(words: string): void {
    for (const place of this.root.querySelectorAll("[data-scan-said]")) place.textContent = words;
  }

  private async open(): Promise<void> {
    this.tell("");
    this.last = "";
    this.reader ??= new Reader(this.root.dataset.wasm ?? "", this.root.dataset.square === "1");
    try {
      const stream = await openCamera(this.video);
      if (this.dialog.open) return; // clicked twice
      this.dialog.showModal();
      this.offerLamp(stream);
    } catch (error) {
      this.tell(`${error instanceof NoCamera ? error.message : "The camera could not be started."} ${OTHERWISE}`);
      return;
    }
    this.tell("Looking for a code.");
    await this.look(this.reader);
  }

  private offerLamp(stream: MediaStream): void {
    const shine = lampOf(stream);
    this.lamp.hidden = !shine;
    this.press(this.lamp, false);
    this.lamp.onclick = () => void shine?.(this.press(this.lamp, this.lamp.getAttribute("aria-pressed") !== "true"));
  }

  private async look(reader: Reader): Promise<void> {
    try {
      while (this.dialog.open) {
        const text = await reader.read(this.video);
        if (text && text !== this.last && this.dialog.open) this.take(text);
        await new Promise((done) => setTimeout(done, PAUSE));
      }
    } catch {
      this.dialog.close();
      this.tell(`The reader of codes could not be loaded. ${OTHERWISE}`);
    }
  }

  private take(text: string): void {
    this.last = text;
    // A field of one line takes the newest code; a longer one takes each once.
    const isLong = this.field instanceof HTMLTextAreaElement;
    const lines = isLong ? this.field.value.split("\n").filter((line) => line.trim()) : [];
    if (lines.includes(text)) return this.tell(`Read already: ${said(text)}.`);
    this.field.value = [...lines, text].join("\n");
    for (const kind of ["input", "change"]) this.field.dispatchEvent(new Event(kind, { bubbles: true }));
    navigator.vibrate?.(60);
    if (this.sound.getAttribute("aria-pressed") === "true") this.beep();
    if (this.root.dataset.once) this.dialog.close();
    this.tell(`Code read: ${said(text)}.`);
  }

  private beep(): void {
    this.ear ??= new AudioContext();
    const tone = this.ear.createOscillator();
    tone.frequency.value = 1400;
    tone.connect(this.ear.destination);
    tone.start();
    tone.stop(this.ear.currentTime + 0.08);
  }
}

/** A hand scanner ends its code with Enter: that leads to the next thing, and sends no form half filled in. */
function goOn(event: KeyboardEvent, fields: (HTMLElement | null)[], at: number): void {
  const field = fields[at];
  if (event.key !== "Enter" || !(field instanceof HTMLInputElement)) return;
  event.preventDefault();
  const next = fields[at + 1] ?? field.form?.querySelector<HTMLElement>("[type=submit], button:not([type])");
  next?.focus();
}

const roots = [...document.querySelectorAll<HTMLElement>("[data-scan]")];
const fields = roots.map((root) => document.getElementById(root.dataset.scan ?? ""));
for (const root of roots) new Scan(root);
fields.forEach((field, at) => field?.addEventListener("keydown", (event) => goOn(event, fields, at)));
