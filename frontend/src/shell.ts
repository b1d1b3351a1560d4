// What the workers of single pages share: a page opens from the network, or as it was kept; nothing else is kept.
export interface WorkerScope extends EventTarget {
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

const PATIENCE_MS = 10_000;

/** Serve `shell` where `page` cannot be reached, and the static files that were kept with it. */
export function serveShell(scope: WorkerScope, cache: string, shell: string, page: RegExp): void {
  scope.addEventListener("install", (event) => (event as Waits).waitUntil(scope.skipWaiting()));
  scope.addEventListener("activate", (event) => (event as Waits).waitUntil(scope.clients.claim()));
  scope.addEventListener("message", (event) => {
    const { data, ports } = event as MessageEvent<{ say: string; urls?: string[] }>;
    if (data.say !== "keep") return;
    const kept = keepAll(cache, shell, data.urls ?? []).then(
      () => ports[0]?.postMessage("kept"),
      () => ports[0]?.postMessage("not kept"),
    );
    (event as unknown as Waits).waitUntil(kept);
  });
  scope.addEventListener("fetch", (event) => {
    const asked = event as Asked;
    const url = new URL(asked.request.url);
    if (url.origin !== location.origin || asked.request.method !== "GET") return;
    if (asked.request.mode === "navigate" && page.test(url.pathname)) asked.respondWith(orKept(asked.request, shell));
    else if (url.pathname.startsWith("/static/")) asked.respondWith(orKept(asked.request, url.pathname));
  });
}

async function orKept(request: Request, kept: string): Promise<Response> {
  try {
    // A line that is there and carries nothing is none. Where nothing is kept there is no hurry.
    const found = request.mode === "navigate" && (await caches.match(kept));
    return await (found ? fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) }) : fetch(request));
  } catch (error) {
    const found = await caches.match(kept);
    if (found) return found;
    throw error;
  }
}

async function keepAll(name: string, shell: string, urls: string[]): Promise<void> {
  const cache = await caches.open(name);
  const wanted = [shell, ...urls.filter((url) => url.startsWith("/static/"))];
  await Promise.all(
    wanted.map(async (url) => {
      const answer = await fetch(url, { credentials: "same-origin" });
      if (answer.ok && !answer.redirected) await cache.put(url, answer);
    }),
  );
  const old = (await cache.keys()).filter((one) => !wanted.includes(new URL(one.url).pathname));
  await Promise.all(old.map((one) => cache.delete(one)));
}
