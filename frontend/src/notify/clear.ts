// Signing out clears this device. A browser that unregisters its workers ends its notifications as well, so where
// they are on, everything else is cleared here, and the server is told that it need not.
export async function clearButNotifications(): Promise<boolean> {
  try {
    if (!("Notification" in window) || Notification.permission !== "granted") return false;
    const hired = await navigator.serviceWorker.getRegistration("/my/messages/");
    if (!(await hired?.pushManager.getSubscription())) return false;
    localStorage.clear();
    sessionStorage.clear();
    for (const name of await caches.keys()) await caches.delete(name);
    for (const { name } of await indexedDB.databases()) if (name) await drop(name);
    return true;
  } catch {
    // Whatever is left here, the server's answer clears.
    return false;
  }
}

function drop(name: string): Promise<void> {
  return new Promise((done, failed) => {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = () => done();
    asked.onerror = asked.onblocked = () => failed(new Error("still there"));
  });
}
