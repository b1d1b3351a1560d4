// The device's camera: opened with a clear word where it can't be, and always let go of again.

/** Why there is no picture, in words for the person who asked for one. */
export class NoCamera extends Error {}

const REFUSED = "The camera is not allowed on this page. Allow it in the browser’s settings for this site.";
const WHY: Record<string, string> = {
  NotAllowedError: REFUSED,
  SecurityError: REFUSED,
  NotFoundError: "No camera was found on this device.",
  OverconstrainedError: "No camera was found on this device.",
  NotReadableError: "Another program is using the camera. Close it and try again.",
};

const asked = new WeakMap<HTMLVideoElement, Promise<MediaStream>>();

/**
 * Show the camera in `video`: the one that looks away from the screen, where there are two.
 * Who asks again while the browser still asks for leave gets the same picture, not a second one.
 */
export function openCamera(video: HTMLVideoElement): Promise<MediaStream> {
  const running = asked.get(video);
  if (running) return running;
  const picture = ask(video).finally(() => asked.delete(video));
  asked.set(video, picture);
  return picture;
}

async function ask(video: HTMLVideoElement): Promise<MediaStream> {
  // A browser gives no camera to a page that came over an open line.
  if (!navigator.mediaDevices) throw new NoCamera("This browser gives this page no camera.");
  const wanted = { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1080 } };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: wanted });
    video.srcObject = stream;
    await video.play();
    return stream;
  } catch (error) {
    closeCamera(video);
    const name = error instanceof DOMException ? error.name : "";
    throw new NoCamera(WHY[name] ?? "The camera could not be started.");
  }
}

export function closeCamera(video: HTMLVideoElement): void {
  const stream = video.srcObject as MediaStream | null;
  for (const track of stream?.getTracks() ?? []) track.stop();
  video.srcObject = null;
}

/** The lamp beside the camera, where the device has one: a switch, else null. */
export function lampOf(stream: MediaStream): ((on: boolean) => Promise<void>) | null {
  const [track] = stream.getVideoTracks();
  // Browsers know `torch`, TypeScript's list of capabilities does not yet.
  const able = track?.getCapabilities?.() as { torch?: boolean } | undefined;
  if (!track || !able?.torch) return null;
  return (on) => track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
}
