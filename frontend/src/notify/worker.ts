// The worker of notifications alone: shows what comes, and opens the page that it is about. It keeps nothing.
interface Told {
  title: string;
  body: string;
  url: string;
  tag: string;
  lang: string;
  dir: NotificationDirection;
}
interface Waits extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Pushed extends Waits {
  data: { json(): Told } | null;
}
interface Pressed extends Waits {
  notification: Notification;
}
interface Page {
  url: string;
  focus(): Promise<Page>;
  navigate(url: string): Promise<Page | null>;
}
interface WorkerScope extends EventTarget {
  clients: {
    claim(): Promise<void>;
    matchAll(which: { type: "window"; includeUncontrolled: boolean }): Promise<Page[]>;
    openWindow(url: string): Promise<Page | null>;
  };
  registration: ServiceWorkerRegistration;
  skipWaiting(): Promise<void>;
}

const scope = self as unknown as WorkerScope;
const ICON = "/static/brand/icon-192.png";

scope.addEventListener("install", (event) => (event as Waits).waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => (event as Waits).waitUntil(scope.clients.claim()));

scope.addEventListener("push", (event) => {
  const told = (event as Pushed).data?.json();
  if (!told) return;
  // One mark for all repeats of a message: the second takes the place of the first, and makes no sound.
  const { title, body, tag, lang, dir } = told;
  const shown = scope.registration.showNotification(title, { body, tag, lang, dir, icon: ICON, data: { url: told.url } });
  (event as Pushed).waitUntil(shown);
});

scope.addEventListener("notificationclick", (event) => {
  const { notification } = event as Pressed;
  notification.close();
  const url = new URL(String((notification.data as { url?: string } | null)?.url ?? "/start/"), location.origin);
  // It leads to a page of ours, whatever it says.
  if (url.origin === location.origin) (event as Pressed).waitUntil(open(url.href));
});

async function open(url: string): Promise<void> {
  // A page in which somebody may be typing is left alone.
  const pages = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  const same = pages.find((page) => page.url === url);
  await (same ? same.focus() : scope.clients.openWindow(url));
}
