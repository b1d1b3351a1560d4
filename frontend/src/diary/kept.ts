// What this device keeps of the diary: sealed letters, and when it last met the server. No answer can be read here.
import { Store } from "../database";
import { Sealed } from "./letter";

/** One letter. In the clear: whose it is, and the day, so that the page can say that something waits. */
export interface Row {
  name: string;
  owner: string;
  case: string;
  day: string;
  sealed: Sealed;
}

/** The last meeting with the server: its time, and by how much this clock was ahead of it. */
export interface Meeting {
  name: "meeting";
  seen: number;
  ahead: number;
  shell: string;
}

const store = new Store("masseter-diary", "kept", "name");

export const keepRow = (row: Row): Promise<void> => store.act("readwrite", (kept) => kept.put(row));

export const dropRow = (name: string): Promise<void> => store.act("readwrite", (kept) => kept.delete(name));

export async function rows(owner: string): Promise<Row[]> {
  const all = await store.act<(Row | Meeting)[]>("readonly", (kept) => kept.getAll());
  return all.filter((row): row is Row => "sealed" in row && (!owner || row.owner === owner));
}

export const meeting = (): Promise<Meeting | undefined> => store.act("readonly", (kept) => kept.get("meeting"));

export async function met(now: number, shell?: string): Promise<void> {
  const before = await meeting();
  const row: Meeting = { name: "meeting", seen: now, ahead: Date.now() - now, shell: shell ?? before?.shell ?? "" };
  await store.act("readwrite", (kept) => kept.put(row));
}
