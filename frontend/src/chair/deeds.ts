// What is pressed, by finger or by key, becomes a tap.
import { ADDED, Chair } from "./chair";
import { plain, scaled } from "./model";
import { unmark } from "./places";

const UNITS = /^\d{1,5}([.,]\d{1,4})?$/;
const TENTHS = 10;

export function watchDeeds(chair: Chair, paint: () => void, say: (words: string) => void): void {
  const { root } = chair;
  root.addEventListener("click", (event) => {
    const target = event.target as Element;
    const button = target.closest<HTMLButtonElement>("[data-chair-do], [data-chair-step]");
    const link = target.closest<HTMLAnchorElement>("[data-chair-point] a");
    const sign = target.closest<HTMLAnchorElement>("[data-chair-sign]");
    if (button) {
      event.preventDefault();
      if (button.dataset.chairStep) step(chair, Number(button.dataset.chairStep));
      else act(chair, button.dataset.chairDo ?? "", button.value, say);
    } else if (link) {
      event.preventDefault();
      choose(chair, link.closest<HTMLElement>("[data-chair-point]")?.dataset.chairPoint ?? "", paint);
    } else if (sign) {
      event.preventDefault();
      const count = chair.line.waiting.length;
      if (count) say(`${count} not yet saved. Sign when the connection is back.`);
      else void chair.settled().then(() => location.assign(sign.href));
    }
  });
  root.addEventListener("keydown", (event) => {
    const inNow = (event.target as Element).closest("[data-chair-now]");
    if (!inNow || event.ctrlKey || event.metaKey || event.altKey) return;
    const isInput = (event.target as Element).matches("input, select, textarea");
    if (isInput ? enter(event) : key(chair, event, paint, say)) event.preventDefault();
  });
}

function act(chair: Chair, deed: string, value: string, say: (words: string) => void): void {
  const states = chair.states();
  const open = states.filter((state) => state.status === "open").map((state) => state.id);
  const name = value.slice(value.indexOf(":") + 1);
  if (deed === "given" && !chair.asItIs(name)) {
    unfold(chair, "change");
    return say("No units of it are known: type the units given.");
  }
  if (deed === "all") chair.given(open);
  else if (deed === "muscle") chair.given(open.filter((id) => chair.point(id)?.group === name));
  else if (deed === "undo") say(chair.undo() ? "Undone." : "There is nothing of yours to undo.");
  else if (deed === "change") change(chair, name, say);
  else if (deed === "skip") skip(chair, name, say);
  else if (deed === "add") add(chair, say);
  else if (deed === "settle") settle(chair, name);
  if (["given", "muscle", "all"].includes(deed)) say("Noted.");
  chair.root.querySelector<HTMLElement>('[data-chair-do="given"]')?.focus({ preventScroll: true });
}

function change(chair: Chair, id: string, say: (words: string) => void): void {
  const units = field(chair, "units").replace(",", ".");
  const { code, reason } = why(chair, "changed");
  if (!UNITS.test(units) || !scaled(units)) return wrong(chair, "units", "Type the units given, such as 2.5.", say);
  const isOther = scaled(units) !== scaled(chair.point(id)?.units ?? "");
  if (isOther && !code && !reason) return wrong(chair, "changed_code", "Say why it is otherwise than planned.", say);
  chair.given([id], { units, code, reason });
  done(chair, "change", say);
}

function skip(chair: Chair, id: string, say: (words: string) => void): void {
  const { code, reason } = why(chair, "skipped");
  if (!code && !reason) return wrong(chair, "skipped_code", "Say why it is not given.", say);
  chair.skip(id, code, reason);
  done(chair, "skip", say);
}

function add(chair: Chair, say: (words: string) => void): void {
  const units = field(chair, "added_units").replace(",", ".");
  const [site = "", side = "", view = "", x = "", y = ""] = field(chair, "where").split("|");
  if (!UNITS.test(units) || !scaled(units)) return wrong(chair, "added_units", "Type the units given, such as 2.5.", say);
  const like = chair.data.points.find((point) => point.group === `${site}.${side}`);
  if (!like) return wrong(chair, "where", "Choose where it was given.", say);
  const number = 1000 + (crypto.getRandomValues(new Uint16Array(1))[0] ?? 0) % 9000;
  const id = `${like.id.slice(0, like.id.lastIndexOf("-"))}-x${number}`;
  const place = { site, side, view, x: plain(scaled(x)), y: plain(scaled(y)) };
  chair.note([{ kind: "given", point: id, units, place, reason: why(chair, "changed").reason || ADDED }]);
  unmark(chair);
  done(chair, "add", say);
}

function settle(chair: Chair, value: string): void {
  const cut = value.lastIndexOf(":");
  const state = chair.states().find((each) => each.id === value.slice(0, cut));
  const answer = state?.answers[Number(value.slice(cut + 1))];
  if (!state || !answer) return;
  const reason = `Settled at the chair: noted by ${answer.by}`;
  chair.note([{ kind: answer.kind, point: state.id, units: answer.units, place: answer.place, reason }]);
}

function done(chair: Chair, panel: string, say: (words: string) => void): void {
  const details = chair.root.querySelector<HTMLDetailsElement>(`[data-chair-panel="${panel}"]`);
  if (details) details.open = false;
  for (const input of details?.querySelectorAll<HTMLInputElement>("input") ?? []) {
    if (input.type === "radio") input.checked = false;
    else input.value = "";
  }
  delete chair.root.querySelector<HTMLInputElement>("[data-now-value]")?.dataset.of;
  chair.onPaint();
  say("Noted.");
}

function wrong(chair: Chair, name: string, words: string, say: (words: string) => void): void {
  say(words);
  chair.root.querySelector<HTMLElement>(`[name="${name}"]`)?.focus();
}

function why(chair: Chair, kind: string): { code: string; reason: string } {
  const code = chair.root.querySelector<HTMLInputElement>(`[name="${kind}_code"]:checked`)?.value ?? "";
  return { code, reason: field(chair, `${kind}_text`).trim() };
}

function field(chair: Chair, name: string): string {
  return chair.root.querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`)?.value.trim() ?? "";
}

/** The next tenth of the planned dose, up or down. */
function step(chair: Chair, way: number): void {
  const now = chair.now(chair.states());
  const typed = chair.root.querySelector<HTMLInputElement>("[data-now-value]");
  const tenth = scaled((now && chair.point(now.id)?.units) || now?.units || "") / TENTHS;
  if (!typed || !tenth) return;
  const at = scaled(typed.value.replace(",", ".")) / tenth;
  const to = way > 0 ? Math.floor(at + 1e-6) + 1 : Math.ceil(at - 1e-6) - 1;
  typed.value = plain(Math.round(Math.min(Math.max(to, 1), 2 * TENTHS) * tenth));
  typed.dispatchEvent(new Event("input", { bubbles: true }));
}

function enter(event: KeyboardEvent): boolean {
  if (event.key !== "Enter") return false;
  const panel = (event.target as Element).closest("details");
  panel?.querySelector<HTMLButtonElement>("[data-chair-do]")?.click();
  return true;
}

function key(chair: Chair, event: KeyboardEvent, paint: () => void, say: (words: string) => void): boolean {
  const listed = chair.inOrder(chair.states());
  const at = listed.findIndex((state) => state.id === chair.now(listed)?.id);
  const to = (number: number) => choose(chair, listed[number]?.id ?? chair.chosen, paint);
  const group = (number: number) => chair.point(listed[number]?.id ?? "")?.group;
  if (event.key === "ArrowDown") to(at + 1);
  else if (event.key === "ArrowUp") to(at - 1);
  else if (event.key === "ArrowRight") to(listed.findIndex((_, number) => number > at && group(number) !== group(at)));
  else if (event.key === "ArrowLeft") to(listed.findIndex((_, number) => group(number) === group(Math.max(starts(listed.map((_, each) => group(each) ?? ""), at) - 1, 0))));
  else if (/^[0-9]$/.test(event.key)) unfold(chair, "change", event.key);
  else if (event.key === "+" || event.key === "-") (unfold(chair, "change"), step(chair, event.key === "+" ? 1 : -1));
  else if (event.key.toLowerCase() === "s") unfold(chair, "skip");
  else if (event.key.toLowerCase() === "u") act(chair, "undo", "", say);
  else return false;
  return true;
}

/** Where the muscle of a point begins in the list. */
const starts = (groups: string[], at: number): number => groups.indexOf(groups[at] ?? "");

function unfold(chair: Chair, panel: string, typed?: string): void {
  const details = chair.root.querySelector<HTMLDetailsElement>(`[data-chair-panel="${panel}"]`);
  if (!details) return;
  details.open = true;
  const units = details.querySelector<HTMLInputElement>("[data-now-value]");
  if (units && typed) units.value = typed;
  (units ?? details.querySelector<HTMLInputElement>("input"))?.focus();
}

function choose(chair: Chair, id: string, paint: () => void): void {
  chair.chosen = id;
  paint();
  chair.root.querySelector<HTMLElement>('[data-chair-do="given"]')?.focus({ preventScroll: true });
  chair.root.querySelector("[data-chair-now]")?.scrollIntoView({ block: "nearest" });
}
