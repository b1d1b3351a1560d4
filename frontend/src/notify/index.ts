// Turning notifications on in this browser. The browser's own question is asked only after a press.
interface Data {
  key: string;
  worker: string;
  devices: Record<string, number>;
  words: Record<"apple" | "none" | "refused" | "ask" | "on" | "failed" | "waits", string>;
}

const root = document.querySelector<HTMLElement>("[data-notify]");
const text = document.querySelector("#notify-data")?.textContent;
const form = root?.querySelector("form");
const button = root?.querySelector<HTMLButtonElement>("button");
const place = root?.querySelector("[data-notify-says]");

if (root && text && form && button && place) void begin(JSON.parse(text) as Data, form, button, place);

async function begin(data: Data, form: HTMLFormElement, button: HTMLButtonElement, place: Element): Promise<void> {
  const say = (words: string) => (place.textContent = words);
  form.addEventListener("submit", (event) => {
    if (form.dataset.ready) return;
    event.preventDefault();
    say(data.words.waits);
    button.disabled = true;
    void subscribe(data)
      .then((told) => {
        if (typeof told === "string") return say(told);
        fill(form, told);
        form.dataset.ready = "yes";
        form.dataset.once = "ready";
        button.disabled = false;
        form.requestSubmit();
        return undefined;
      })
      .catch(() => say(data.words.failed))
      .finally(() => {
        button.disabled = false;
        form.dataset.once = "ready";
        form.removeAttribute("aria-busy");
      });
  });
  for (const off of document.querySelectorAll<HTMLFormElement>("form[data-notify-off]")) watchOff(off, data);
  const cannot = unable(data);
  if (cannot) return void say(cannot);
  const known = await current();
  const own = known && (await markOf(known.endpoint));
  if (own && own in data.devices && isOurs(known, data.key)) {
    say(data.words.on);
    document.querySelector(`[data-device="${data.devices[own]}"]`)?.removeAttribute("hidden");
    return;
  }
  say(data.words.ask);
  button.hidden = false;
}

/** Why this browser cannot; empty where it can. */
function unable(data: Data): string {
  const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  const isApple = /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Mac/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
  if (!can) return isApple ? data.words.apple : data.words.none;
  return Notification.permission === "denied" ? data.words.refused : "";
}

async function subscribe(data: Data): Promise<PushSubscription | string> {
  const answer = await Notification.requestPermission();
  if (answer !== "granted") return data.words.refused;
  const hired = await navigator.serviceWorker.register(data.worker);
  const before = await hired.pushManager.getSubscription();
  // With other keys of the server it would be of no use.
  if (before && !isOurs(before, data.key)) await before.unsubscribe();
  await active(hired);
  return hired.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(data.key) });
}

async function active(hired: ServiceWorkerRegistration): Promise<void> {
  const worker = hired.active ?? hired.waiting ?? hired.installing;
  if (!worker || worker.state === "activated") return;
  await new Promise<void>((done) => worker.addEventListener("statechange", () => worker.state === "activated" && done()));
}

async function current(): Promise<PushSubscription | null> {
  const hired = await navigator.serviceWorker.getRegistration(location.pathname);
  return hired ? hired.pushManager.getSubscription() : null;
}

/** Turning off on the server, and here where it is this browser. */
function watchOff(off: HTMLFormElement, data: Data): void {
  off.addEventListener("submit", (event) => {
    if (off.dataset.ready) return;
    event.preventDefault();
    void (async () => {
      const known = unable(data) ? null : await current().catch(() => null);
      const own = known && (await markOf(known.endpoint));
      if (known && own && String(data.devices[own]) === off.dataset.notifyOff) await known.unsubscribe().catch(() => false);
      off.dataset.ready = "yes";
      off.dataset.once = "ready";
      off.requestSubmit();
    })();
  });
}

function fill(form: HTMLFormElement, told: PushSubscription): void {
  const { endpoint, keys } = told.toJSON();
  const values = { endpoint, point: keys?.p256dh, secret: keys?.auth };
  for (const [name, value] of Object.entries(values)) {
    const field = form.querySelector<HTMLInputElement>(`[name=${name}]`);
    if (field) field.value = value ?? "";
  }
}

function isOurs(known: PushSubscription, key: string): boolean {
  const given = known.options.applicationServerKey;
  return !given || coded(new Uint8Array(given)) === key;
}

async function markOf(endpoint: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytes(told: string): Uint8Array<ArrayBuffer> {
  const plain = atob(told.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function coded(told: Uint8Array): string {
  return btoa(String.fromCharCode(...told)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
