// Sends what waits, again and again until it is answered; the server takes each letter once.
import { cookie } from "../chair/line";
import { dropRow, met, rows } from "./kept";

export interface Told {
  /** The server was reached, and this person is signed in. */
  isIn: boolean;
  isReached: boolean;
  /** So many were not known to the server before. */
  fresh: number;
  refused: string[];
  waiting: number;
}

interface Answer {
  now: number;
  saved: string[];
  fresh: number;
  wrong: Record<string, string>;
}

const PATIENCE_MS = 8000;
const MOST = 30;

/** `but`: a letter that stays, because the page sends the same entry itself. */
export async function deliver(url: string, owner: string, but = ""): Promise<Told> {
  const told: Told = { isIn: false, isReached: false, fresh: 0, refused: [], waiting: 0 };
  const sent = (await rows(owner)).filter((row) => row.name !== but).slice(0, MOST);
  try {
    const answer = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") },
      body: JSON.stringify({ sent: Date.now(), letters: sent.map((row) => row.sealed) }),
    });
    told.isReached = true;
    told.isIn = answer.ok;
    if (answer.ok) await take((await answer.json()) as Answer, told);
  } catch {
    told.isIn = false;
  }
  told.waiting = (await rows(owner)).length;
  return told;
}

async function take(answer: Answer, told: Told): Promise<void> {
  await met(answer.now);
  for (const key of answer.saved) await dropRow(key);
  for (const [key, why] of Object.entries(answer.wrong)) {
    told.refused.push(why);
    await dropRow(key);
  }
  told.fresh = answer.fresh;
}
