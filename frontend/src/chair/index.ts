// Injection mode. Opened with a line, or by the worker without one: then from what this device keeps.
import { Chair, Data, Kept } from "./chair";
import { watchDeeds } from "./deeds";
import { deliverEarlier } from "./earlier";
import { cookie } from "./line";
import { paint, text } from "./paint";
import { watchMap } from "./places";
import { Check, Curtain, paintLine, watchTimer } from "./signs";
import { asKey, canKeep, fetchKept, keep, tapsOf, waitingFor } from "./store";

interface KeptPage {
  html: string;
}

const AGAIN_MS = 3000;
const BEAT_MS = 10_000;

async function begin(): Promise<void> {
  const shell = document.querySelector<HTMLElement>("[data-chair-shell]");
  const root = document.querySelector<HTMLElement>("[data-chair]");
  if (root) await withLine(root);
  else if (shell) await withoutLine(shell);
}

async function withLine(root: HTMLElement): Promise<void> {
  const plan = root.dataset.chair ?? "";
  const html = root.outerHTML;
  const data = dataOf(root);
  const key = canKeep() ? await keyOf(data.urls.key) : null;
  const kept = key ? await fetchKept<Kept>(key, tapsOf(plan, data.sitting)).catch(() => null) : null;
  const chair = start(root, data, kept, key);
  if (!key) return;
  await keep(key, `${plan}:page`, { html } satisfies KeptPage).catch(() => undefined);
  chair.keep();
  await deliverEarlier(chair, key).catch(() => undefined);
  await hire(data, key);
}

async function withoutLine(shell: HTMLElement): Promise<void> {
  const plan = location.pathname.split("/").filter(Boolean).pop() ?? "";
  const again = () => window.setTimeout(() => void fetch(location.href).then(() => location.reload(), again), AGAIN_MS);
  const key = canKeep() && /^\d+$/.test(plan) ? await keyOfWorker() : null;
  const page = key ? await fetchKept<KeptPage>(key, `${plan}:page`).catch(() => null) : null;
  if (!key || !page) {
    const count = canKeep() ? await waitingFor(plan).catch(() => 0) : 0;
    if (count)
      text(
        shell.querySelector("[data-chair-shell-words]"),
        `This device keeps ${count} not yet saved. They are sealed until the connection is back and you are still signed in. Until then write on paper what you give.`,
      );
    if (/^\d+$/.test(plan)) again();
    return;
  }
  shell.outerHTML = page.html;
  const root = document.querySelector<HTMLElement>("[data-chair]");
  if (!root) return;
  const data = dataOf(root);
  start(root, data, await fetchKept<Kept>(key, tapsOf(plan, data.sitting)), key);
  window.setInterval(() => tellWorker({ say: "key", key }), BEAT_MS);
}

function start(root: HTMLElement, data: Data, kept: Kept | null, key: CryptoKey | null): Chair {
  const chair = new Chair(root, data, kept);
  chair.key = key;
  const check = new Check(chair);
  const curtain = new Curtain(chair);
  chair.onPaint = () => {
    paint(chair);
    paintLine(chair);
    curtain.draw();
  };
  chair.onHeard = () => check.soon();
  watchDeeds(chair, () => paint(chair), (words) => say(root, words));
  watchMap(chair, (words) => say(root, words));
  watchTimer(chair);
  window.setInterval(() => curtain.draw(), 1000);
  if (!key) window.addEventListener("beforeunload", (event) => chair.line.waiting.length && event.preventDefault());
  chair.onPaint();
  chair.line.soon(0);
  root.querySelector<HTMLElement>('[data-chair-do="given"]')?.focus({ preventScroll: true });
  return chair;
}

function say(root: HTMLElement, words: string): void {
  text(root.querySelector("[data-chair-says]"), words);
}

function dataOf(root: HTMLElement): Data {
  return JSON.parse(root.querySelector("#chair-data")?.textContent ?? "{}") as Data;
}

async function keyOf(url: string): Promise<CryptoKey | null> {
  try {
    const answer = await fetch(url, { method: "POST", headers: { "X-CSRFToken": cookie("csrftoken") }, redirect: "error" });
    return answer.ok ? await asKey(((await answer.json()) as { key: string }).key) : null;
  } catch {
    return null;
  }
}

/** Let the worker open this page again without a line; it holds the key in memory and nowhere else. */
async function hire(data: Data, key: CryptoKey): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(data.urls.worker, { scope: "/clinic/chair/" });
    const ready = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname);
    ready.active?.postMessage({ say: "keep", urls: [...new Set(loaded)] });
    const beat = () => ready.active?.postMessage({ say: "key", key });
    beat();
    window.setInterval(beat, BEAT_MS);
    document.documentElement.dataset.chairReady = "yes";
  } catch {
    // Without a worker the page goes on as long as it stays open.
  }
}

function tellWorker(message: { say: string; key?: CryptoKey }, ports: MessagePort[] = []): void {
  navigator.serviceWorker?.controller?.postMessage(message, ports);
}

function keyOfWorker(): Promise<CryptoKey | null> {
  return new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = (event: MessageEvent<CryptoKey | null>) => done(event.data);
    window.setTimeout(() => done(null), AGAIN_MS);
    tellWorker({ say: "want" }, [channel.port2]);
  });
}

void begin();
