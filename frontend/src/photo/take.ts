// The camera in the page: a guide over it, the last picture as a ghost, and the still put into the file field.
import { closeCamera, NoCamera, openCamera } from "../camera";

const [WIDE, HIGH] = [3, 4];
const TALLEST = 2048;
const QUALITY = 0.92;

class Taking {
  private readonly video = this.part<HTMLVideoElement>("video");
  private readonly still = this.part<HTMLCanvasElement>("canvas");
  private readonly open = this.part<HTMLButtonElement>("[data-photo-open]");
  private readonly take = this.part<HTMLButtonElement>("[data-photo-take]");
  private readonly over = this.form.querySelector<HTMLButtonElement>("[data-photo-over]");
  private readonly ghost = this.form.querySelector<HTMLImageElement>("[data-photo-ghost]");

  constructor(private readonly form: HTMLFormElement) {
    this.open.addEventListener("click", () => void this.start());
    this.take.addEventListener("click", () => void this.shoot());
    this.over?.addEventListener("click", () => this.overlay());
    this.input.addEventListener("change", () => this.leave());
    window.addEventListener("pagehide", () => closeCamera(this.video));
  }

  private part<T extends HTMLElement>(selector: string): T {
    return this.form.querySelector(selector) as T;
  }

  private get input(): HTMLInputElement {
    return this.part<HTMLInputElement>("input[type='file']");
  }

  private tell(words: string): void {
    this.part("[data-photo-said]").textContent = words;
  }

  private async start(): Promise<void> {
    try {
      await openCamera(this.video);
    } catch (error) {
      this.tell(`${error instanceof NoCamera ? error.message : "The camera could not be started."} Choose a file instead.`);
      return;
    }
    this.show(true);
    this.tell("The camera is on. Bring the face into the oval.");
    this.take.focus();
  }

  /** The live picture, or the still. */
  private show(live: boolean): void {
    this.part("[data-photo-view]").hidden = false;
    this.video.hidden = !live;
    this.still.hidden = live;
    this.take.hidden = !live;
    this.open.hidden = live;
    if (this.over) this.over.hidden = !live;
    if (this.ghost && !live) this.ghost.hidden = true;
    this.over?.setAttribute("aria-pressed", "false");
  }

  private overlay(): void {
    if (!this.ghost || !this.over) return;
    // Fetched only now: each look at a picture is logged.
    if (!this.ghost.src) this.ghost.src = this.ghost.dataset.photoGhost ?? "";
    this.ghost.hidden = !this.ghost.hidden;
    this.over.setAttribute("aria-pressed", String(!this.ghost.hidden));
  }

  /** What the frame shows, and no more: the upright middle of the camera's picture. */
  private draw(): void {
    const { videoWidth, videoHeight } = this.video;
    const width = Math.min(videoWidth, (videoHeight * WIDE) / HIGH);
    const height = (width * HIGH) / WIDE;
    const scale = Math.min(1, TALLEST / height);
    [this.still.width, this.still.height] = [Math.round(width * scale), Math.round(height * scale)];
    const [left, top] = [(videoWidth - width) / 2, (videoHeight - height) / 2];
    this.still.getContext("2d")?.drawImage(this.video, left, top, width, height, 0, 0, this.still.width, this.still.height);
  }

  private async shoot(): Promise<void> {
    this.draw();
    const blob = await new Promise<Blob | null>((done) => this.still.toBlob(done, "image/jpeg", QUALITY));
    if (!blob) return this.tell("The picture could not be taken. Choose a file instead.");
    const files = new DataTransfer();
    files.items.add(new File([blob], "camera.jpg", { type: blob.type }));
    this.input.files = files.files;
    closeCamera(this.video);
    this.show(false);
    this.open.lastChild!.textContent = "Take it again";
    this.tell("Picture taken. Look at it, then keep it or take it again.");
    this.part<HTMLButtonElement>(".m-form-actions .btn-primary").focus();
  }

  /** A file was chosen by hand: the camera's picture no longer counts. */
  private leave(): void {
    closeCamera(this.video);
    this.part("[data-photo-view]").hidden = true;
    this.take.hidden = true;
    this.open.hidden = false;
    if (this.over) this.over.hidden = true;
    this.tell("");
  }
}

export function watchTaking(): void {
  document.querySelectorAll<HTMLFormElement>("form[data-photo]").forEach((form) => {
    if (form.querySelector("[data-photo-box]")) new Taking(form);
  });
}
