// The worker of the chair's page alone: opens it again without a line, and holds the session's key in memory.
// It keeps the page without a patient, and styles, scripts and fonts; nothing that was ever filled in.
interface WorkerScope extends EventTarget {
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
}
interface Waits extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Waits {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

const scope = self as unknown as WorkerScope;
const CACHE = "masseter-chair-1";
const SHELL = "/clinic/chair/shell/";
const CHAIR = /^\/clinic\/chair\/\d+\/$/;
let key: CryptoKey | null = null;

scope.addEventListener("install", (event) => (event as Waits).waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => (event as Waits).waitUntil(scope.clients.claim()));

scope.addEventListener("message", (event) => {
  const { data, ports } = event as MessageEvent<{ say: string; key?: CryptoKey; urls?: string[] }>;
  if (data.say === "key") key = data.key ?? null;
  if (data.say === "want") ports[0]?.postMessage(key);
  if (data.say === "keep") (event as unknown as Waits).waitUntil(keepAll(data.urls ?? []));
});

scope.addEventListener("fetch", (event) => {
  const asked = event as Asked;
  const url = new URL(asked.request.url);
  if (url.origin !== location.origin || asked.request.method !== "GET") return;
  if (asked.request.mode === "navigate" && CHAIR.test(url.pathname)) asked.respondWith(orKept(asked.request, SHELL));
  else if (url.pathname.startsWith("/static/")) asked.respondWith(orKept(asked.request, url.pathname));
});

async function orKept(request: Request, kept: string): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const found = await caches.match(kept);
    if (found) return found;
    throw error;
  }
}

async function keepAll(urls: string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  const wanted = [SHELL, ...urls.filter((url) => url.startsWith("/static/"))];
  await Promise.all(
    wanted.map(async (url) => {
      const answer = await fetch(url, { credentials: "same-origin" });
      if (answer.ok && !answer.redirected) await cache.put(url, answer);
    }),
  );
}
