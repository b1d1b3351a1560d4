// What stands in a form of the diary, as the server reads it.
export type Value = boolean | number | string | null;

export interface Answers {
  values: Record<string, Value>;
  note: string;
  /** The field whose answer cannot be, if any. */
  wrong: string;
}

// One press says headache and migraine at once, as on the page itself.
const QUICK: Record<string, Record<string, Value>> = {
  none: { headache: false, migraine: false },
  headache: { headache: true, migraine: false },
  migraine: { headache: true, migraine: true },
};
const ABOUT = new Set(["csrfmiddlewaretoken", "form_key", "form_version", "form_owner", "every", "note", "quick"]);

export function answersOf(form: HTMLFormElement, pressed: HTMLElement | null, most: Record<string, number>): Answers {
  const found: Answers = { values: {}, note: "", wrong: "" };
  for (const [name, raw] of new FormData(form)) {
    const text = String(raw).trim();
    if (name === "note") found.note = text;
    if (ABOUT.has(name) || text === "") continue;
    const value = text === "yes" ? true : text === "no" ? false : Number(text);
    const isNumber = typeof value === "number";
    if (isNumber && (!/^\d+$/.test(text) || value > (most[name] ?? Infinity))) found.wrong = name;
    found.values[name] = value;
  }
  if (pressed instanceof HTMLButtonElement && pressed.name === "quick") Object.assign(found.values, QUICK[pressed.value]);
  return found;
}
