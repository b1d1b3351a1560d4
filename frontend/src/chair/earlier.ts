// Taps that this device still keeps of an earlier beginning of the treatment: sent there, told here, never mixed in.
import { Chair, Kept } from "./chair";
import { Line } from "./line";
import { fetchKept, forget, keep, keptOf, tapsOf } from "./store";

export async function deliverEarlier(chair: Chair, key: CryptoKey): Promise<void> {
  const own = tapsOf(chair.plan, chair.data.sitting);
  for (const { name, waiting } of await keptOf(chair.plan)) {
    if (name === own) continue;
    const kept = waiting ? await fetchKept<Kept>(key, name) : null;
    if (kept) deliver(chair, key, name, kept);
    else await drop(chair, name, waiting);
  }
}

function deliver(chair: Chair, key: CryptoKey, name: string, kept: Kept): void {
  const waiting = kept.taps.filter((tap) => kept.waiting.includes(tap.key));
  const names = waiting.map((tap) => `${tap.point || "an undoing"} ${tap.units}`.trim()).join(", ");
  const answered = () => {
    const rest = line.waiting.map((tap) => tap.key);
    if (rest.length) return void keep(key, name, { ...kept, waiting: rest } satisfies Kept, rest.length);
    const wrong = line.wrong.map(([tap, why]) => `${tap.point} was not taken: ${why}`).join(" ");
    tell(chair, `This device still kept notes of an earlier beginning: ${names}. They are in no record; they are told on the page of the signature. ${wrong}`.trim());
    void forget(chair.plan, name);
  };
  const line = new Line(kept.line, chair.data.owner, 0, answered, () => undefined, true);
  line.send(waiting);
}

/** Taps that were all delivered; or ones that the end of a session sealed for ever. */
async function drop(chair: Chair, name: string, waiting: number): Promise<void> {
  if (waiting)
    tell(chair, `This device kept ${waiting} not yet saved of an earlier beginning. The sign-in that sealed them is over, so nobody can read them: compare with what was written down.`);
  await forget(chair.plan, name);
}

function tell(chair: Chair, words: string): void {
  chair.earlier.push(words);
  chair.onPaint();
}
