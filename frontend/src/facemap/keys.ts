// The keyboard: everything that the pointer can do.
import { copy, copySide, mirror, nextDepth, nudge, pickMore, remove, setUnits, toNearest } from "./actions";
import { Editor } from "./editor";
import { Row } from "./rows";
import { Tools } from "./tools";
import { Zoom } from "./zoom";

const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const FAR_MM = 5;
const TYPING_MS = 1500;
const TEXT = "input:not([type=checkbox]), textarea, select";

type Doing = (editor: Editor, row: Row, event: KeyboardEvent) => void;

/** What a key does on a marker; letters count the same with Shift, unless told apart here. */
const ON_MARKER: Record<string, Doing> = {
  Delete: (editor, row) => remove(editor, editor.meant(row)),
  Backspace: (editor, row) => setUnits(editor, editor.meant(row), row.get("units").slice(0, -1)),
  m: (editor, row, event) => (event.shiftKey ? copySide(editor, row.get("side")) : mirror(editor, editor.meant(row))),
  c: (editor, row) => copy(editor, editor.meant(row)),
  d: (editor, row) => nextDepth(editor, row),
  s: (editor, row) => toNearest(editor, editor.meant(row)),
  x: (editor, row) => editor.pick([row], !editor.isPicked(row)),
  " ": (editor, row) => editor.pick([row], !editor.isPicked(row)),
  Enter: (_, row) => {
    row.reveal();
    row.units.focus();
    row.units.select();
  },
};

export function watchKeys(editor: Editor, zoom: Zoom, tools: Tools): void {
  let typed = { row: "", at: 0 };
  editor.form.addEventListener("keydown", (event) => {
    const target = event.target as Element;
    if (event.defaultPrevented || target.closest("dialog")) return;
    if (onPage(editor, zoom, event, target)) return event.preventDefault();
    if (target.matches(".fm-dose") && inRow(editor, event, target)) return event.preventDefault();
    if (target.matches(TEXT) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (tools.key(event)) return event.preventDefault();
    const row = editor.rows.numbered(target.closest<SVGElement>(".fm-point[data-row]")?.dataset.row);
    if (!row) return;
    if (/^[0-9.,]$/.test(event.key)) {
      const goesOn = typed.row === row.number && event.timeStamp - typed.at < TYPING_MS;
      typed = { row: row.number, at: event.timeStamp };
      setUnits(editor, editor.meant(row), (goesOn ? row.get("units") : "") + event.key);
      return event.preventDefault();
    }
    typed = { row: "", at: 0 };
    if (onMarker(editor, row, event)) event.preventDefault();
  });
}

function onMarker(editor: Editor, row: Row, event: KeyboardEvent): boolean {
  const step = STEPS[event.key];
  if (step) {
    const length = event.shiftKey ? FAR_MM : 1;
    nudge(editor, row, step[0] * length, step[1] * length);
    return true;
  }
  const doing = ON_MARKER[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  doing?.(editor, row, event);
  return doing !== undefined;
}

/** Undo, redo and choosing all work wherever no text is being typed, where the browser's own do. */
function onPage(editor: Editor, zoom: Zoom, event: KeyboardEvent, target: Element): boolean {
  if (!(event.ctrlKey || event.metaKey) || target.matches(TEXT)) return false;
  const key = event.key.toLowerCase();
  const step = STEPS[event.key];
  if (key === "z" && !event.shiftKey) editor.undo();
  else if (key === "y" || (key === "z" && event.shiftKey)) editor.redo();
  else if (key === "a" && target.closest(".fm-map, [data-facemap-rows]")) pickMore(editor, editor.chosenRow());
  else if (step && target.closest(".fm-map")) zoom.look(step[0], step[1]);
  else return false;
  return true;
}

/** In the list: up and down go from dose to dose, Enter goes back to the map. */
function inRow(editor: Editor, event: KeyboardEvent, target: Element): boolean {
  const number = target.closest<HTMLElement>("tr[data-row]")?.dataset.row;
  const shown = editor.rows.shown();
  const index = shown.findIndex((row) => row.number === number);
  const step = STEPS[event.key];
  if (event.key === "Enter" && number !== undefined) editor.choose(number);
  else if (step && !step[0]) {
    const next = shown[index + step[1]];
    next?.units.focus();
    next?.units.select();
  } else return false;
  return true;
}
