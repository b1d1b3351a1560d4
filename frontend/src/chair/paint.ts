// Fills the places of the chair's page from the state. The server draws the same page without a script.
import { Chair } from "./chair";
import { fillPlaces } from "./places";
import { isComplete, plain, PointState, scaled, unitsGiven } from "./model";

export function paint(chair: Chair): void {
  const states = chair.states();
  const now = chair.now(states);
  const isOver = chair.line.isOver;
  show(chair, "[data-chair-now]", !isOver && now !== undefined);
  show(chair, "[data-chair-end]", !isOver && now === undefined && isComplete(states));
  paintList(chair, states, now);
  if (now) paintNow(chair, now);
  paintMap(chair, states, now);
  paintFar(chair, states);
  paintTorn(chair, states);
}

function paintNow(chair: Chair, now: PointState): void {
  const point = chair.point(now.id);
  const units = now.status === "given" ? now.units : point?.units || now.units;
  const texts: Record<string, string> = {
    status: `${chair.data.marks[now.status] ?? ""} ${chair.data.words[now.status] ?? ""}`,
    name: point?.name ?? now.id,
    where: point?.where ?? "",
    id: now.id,
    units,
    ml: chair.data.ml[units] ?? "",
    way: point?.way ?? "",
  };
  for (const [name, words] of Object.entries(texts)) text(chair.root.querySelector(`[data-now="${name}"]`), words);
  const ml = chair.root.querySelector<HTMLElement>(".c-ml");
  if (ml) ml.hidden = !texts.ml;
  for (const deed of ["given", "change", "skip"]) {
    const button = chair.root.querySelector<HTMLButtonElement>(`[data-chair-do="${deed}"]`);
    if (button) button.value = `${deed}:${now.id}`;
  }
  text(chair.root.querySelector("[data-now-deed]"), point?.units ? "Given as planned" : "Given as noted");
  if (point) fillPlaces(chair, point.group);
  const typed = chair.root.querySelector<HTMLInputElement>("[data-now-value]");
  if (typed && typed.dataset.of !== now.id) {
    typed.dataset.of = now.id;
    typed.value = units;
  }
}

function paintList(chair: Chair, states: PointState[], now: PointState | undefined): void {
  for (const state of states) {
    const item = chair.root.querySelector<HTMLElement>(`[data-chair-point="${state.id}"]`) ?? addItem(chair, state);
    if (!item) continue;
    item.hidden = false;
    item.dataset.status = state.status;
    text(item.querySelector('[data-point="mark"]'), chair.data.marks[state.status] ?? "");
    text(item.querySelector('[data-point="word"]'), chair.data.words[state.status] ?? "");
    text(item.querySelector('[data-point="reason"]'), state.reason ? `: ${state.reason}` : "");
    text(item.querySelector('[data-point="units"]'), scaled(state.units) ? state.units : state.planned);
    const link = item.querySelector("a");
    if (state.id === now?.id) link?.setAttribute("aria-current", "true");
    else link?.removeAttribute("aria-current");
  }
  const known = new Set(states.map((state) => state.id));
  for (const item of chair.root.querySelectorAll<HTMLElement>("[data-chair-point], [data-chair-mark]"))
    if (!known.has(item.dataset.chairPoint ?? item.dataset.chairMark ?? "")) item.remove();
  for (const muscle of chair.root.querySelectorAll<HTMLElement>("[data-chair-muscle]")) {
    const button = muscle.querySelector<HTMLElement>('[data-chair-do="muscle"]');
    if (button) button.hidden = !muscle.querySelector('[data-status="open"]');
  }
}

/** A line for a point that was added: like the others of its muscle. */
function addItem(chair: Chair, state: PointState): HTMLElement | null {
  const point = chair.point(state.id);
  const list = chair.root.querySelector(`[data-chair-muscle="${point?.group ?? ""}"] ul`);
  const like = list?.querySelector<HTMLElement>("li")?.cloneNode(true) as HTMLElement | undefined;
  if (!list || !like) return null;
  like.dataset.chairPoint = state.id;
  like.querySelector("small")?.remove();
  like.querySelector("a")?.setAttribute("href", `?point=${encodeURIComponent(state.id)}`);
  const name = like.querySelector("strong");
  text(name, state.id);
  if (name?.nextSibling) name.nextSibling.textContent = " added";
  list.append(like);
  return like;
}

function paintMap(chair: Chair, states: PointState[], now: PointState | undefined): void {
  for (const state of states) {
    const mark = chair.root.querySelector<SVGElement>(`[data-chair-mark="${state.id}"]`) ?? addMark(chair, state);
    if (!mark) continue;
    mark.dataset.status = state.status;
    text(mark.querySelector(".c-number"), scaled(state.units) ? state.units : state.planned);
  }
  const point = now && chair.point(now.id);
  if (!point) return;
  for (const view of chair.root.querySelectorAll<HTMLElement>("[data-chair-view]")) {
    view.hidden = view.dataset.chairView !== point.view;
    const drawing = view.querySelector("svg");
    const near = chair.data.windows[point.group]?.[point.view];
    if (!view.hidden && drawing && near) drawing.setAttribute("viewBox", near);
    view.querySelector("[data-chair-aim]")?.setAttribute("transform", `translate(${point.x} ${point.y})`);
  }
}

function addMark(chair: Chair, state: PointState): SVGElement | null {
  const point = chair.point(state.id);
  const layer = chair.root.querySelector(`[data-chair-view="${point?.view ?? ""}"] .c-points`);
  const like = layer?.querySelector<SVGElement>(".c-point")?.cloneNode(true) as SVGElement | undefined;
  if (!layer || !like || !point) return null;
  like.dataset.chairMark = state.id;
  like.setAttribute("transform", `translate(${point.x} ${point.y})`);
  layer.append(like);
  return like;
}

function paintFar(chair: Chair, states: PointState[]): void {
  const done = states.filter((state) => state.status === "given" || state.status === "skipped").length;
  const planned = chair.data.points.reduce((sum, point) => sum + scaled(point.units), 0);
  const left = Math.max(planned - unitsGiven(states), 0);
  const ml = leftMl(chair, states);
  text(chair.root.querySelector("[data-chair-done]"), String(done));
  text(chair.root.querySelector("[data-chair-count]"), String(states.length));
  text(chair.root.querySelector("[data-chair-given]"), plain(unitsGiven(states)));
  text(chair.root.querySelector("[data-chair-left]"), plain(left));
  text(chair.root.querySelector("[data-chair-left-ml]"), ml === null ? "" : `, ${ml} mL`);
  const bar = chair.root.querySelector<HTMLProgressElement>("[data-chair-progress]");
  if (bar) [bar.max, bar.value] = [states.length, done];
}

function leftMl(chair: Chair, states: PointState[]): string | null {
  const volume = (units: string) => chair.data.ml[units];
  const planned = chair.data.points.map((point) => volume(point.units));
  const given = states.filter((state) => scaled(state.units)).map((state) => volume(state.units));
  if ([...planned, ...given].some((ml) => ml === undefined)) return null;
  const sum = (all: (string | undefined)[]) => all.reduce((whole, ml) => whole + scaled(ml ?? ""), 0);
  return plain(Math.max(sum(planned) - sum(given), 0));
}

function paintTorn(chair: Chair, states: PointState[]): void {
  const place = chair.root.querySelector<HTMLElement>("[data-chair-torn]");
  const torn = states.filter((state) => state.status === "conflict");
  const mark = torn.map((state) => state.answers.map((tap) => tap.key).join()).join(";");
  if (!place || place.dataset.shown === mark) return;
  place.dataset.shown = mark;
  place.replaceChildren(
    ...torn.map((state) => {
      const box = made("div", "m-finding is-stop");
      const body = made("div", "");
      const words = made("p", "");
      words.append(strong(`${state.id} was noted differently by two people.`), " Which is right?");
      const deeds = made("div", "c-deeds");
      state.answers.forEach((tap, number) => {
        const button = made("button", "btn btn-secondary") as HTMLButtonElement;
        [button.name, button.value] = ["do", `settle:${state.id}:${number}`];
        button.dataset.chairDo = "settle";
        const said = tap.kind === "given" ? `${tap.units} units given` : "not given";
        button.textContent = `${tap.by}: ${said}${tap.reason ? `, ${tap.reason}` : ""}`;
        deeds.append(button);
      });
      body.append(words, deeds);
      box.append(body);
      return box;
    }),
  );
}

function show(chair: Chair, place: string, isShown: boolean): void {
  const element = chair.root.querySelector<HTMLElement>(place);
  if (element) element.hidden = !isShown;
}

export function text(element: Element | null | undefined, words: string): void {
  if (element && element.textContent !== words) element.textContent = words;
}

export function made(tag: string, names: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = names;
  return element;
}

function strong(words: string): HTMLElement {
  const element = made("strong", "");
  element.textContent = words;
  return element;
}
