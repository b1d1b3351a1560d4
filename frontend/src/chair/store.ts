// What this device keeps: sealed with a key of the session that is in memory alone. The database holds ciphertext.
import { canStore, Store } from "../database";

const kept = new Store("masseter-chair", "kept", "name");

interface Row {
  name: string;
  iv: Uint8Array;
  sealed: ArrayBuffer;
  waiting: number;
}

export const canKeep = canStore;

/** Import the key of the session; it cannot be read out of the browser again. */
export async function asKey(text: string): Promise<CryptoKey> {
  const raw = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  raw.fill(0);
  return key;
}

export async function keep(key: CryptoKey, name: string, content: unknown, waiting = 0): Promise<void> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(content));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: label(name) }, key, text);
  await kept.act("readwrite", (store) => store.put({ name, iv, sealed, waiting } satisfies Row));
}

/** What was kept under a name; null where there is nothing that this session can read. */
export async function fetchKept<T>(key: CryptoKey, name: string): Promise<T | null> {
  const row = await kept.act<Row | undefined>("readonly", (store) => store.get(name));
  if (!row) return null;
  try {
    const options = { name: "AES-GCM", iv: row.iv as BufferSource, additionalData: label(name) };
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(options, key, row.sealed))) as T;
  } catch {
    return null; // sealed by a session that is over
  }
}

/** Under which name the taps of one beginning of a plan are kept; those of another never take their place. */
export const tapsOf = (plan: string, sitting: number): string => `${plan}:${sitting}:taps`;

/** What is kept of the taps of a plan: names, and how many wait, which alone stands beside the ciphertext. */
export async function keptOf(plan: string): Promise<{ name: string; waiting: number }[]> {
  const rows = await kept.act<Row[]>("readonly", (store) => store.getAll(ofPlan(plan)));
  return rows.filter((row) => row.name.endsWith(":taps")).map(({ name, waiting }) => ({ name, waiting }));
}

/** How many taps of a plan wait on this device. */
export async function waitingFor(plan: string): Promise<number> {
  return (await keptOf(plan)).reduce((sum, row) => sum + row.waiting, 0);
}

/** Drop one name, or everything that is kept of a plan. */
export async function forget(plan: string, name?: string): Promise<void> {
  await kept.act("readwrite", (store) => store.delete(name ?? ofPlan(plan)));
}

const ofPlan = (plan: string): IDBKeyRange => IDBKeyRange.bound(`${plan}:`, `${plan};`, false, true);

const label = (name: string): BufferSource => new TextEncoder().encode(name);
