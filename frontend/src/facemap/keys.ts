// The keyboard: everything that the pointer can do.
import { Editor } from "./editor";
import { Row } from "./rows";

const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const FAR_MM = 5;
const TYPING_MS = 1500;

export function watchKeys(editor: Editor): void {
  let typed = { row: "", at: 0 };
  editor.form.addEventListener("keydown", (event) => {
    const target = event.target as Element;
    if (undoes(editor, event, target)) return event.preventDefault();
    const marker = target.closest<SVGElement>(".fm-point[data-row]");
    const row = marker && editor.rows.shown().find((one) => one.number === marker.dataset.row);
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[0-9.,]$/.test(event.key)) {
      const goesOn = typed.row === row.number && event.timeStamp - typed.at < TYPING_MS;
      typed = { row: row.number, at: event.timeStamp };
      editor.setUnits(row, (goesOn ? row.get("units") : "") + event.key);
      return event.preventDefault();
    }
    typed = { row: "", at: 0 };
    if (pressed(editor, row, event)) event.preventDefault();
  });
}

function pressed(editor: Editor, row: Row, event: KeyboardEvent): boolean {
  const step = STEPS[event.key];
  if (step) {
    const length = event.shiftKey ? FAR_MM : 1;
    editor.nudge(row, step[0] * length, step[1] * length);
    return true;
  }
  switch (event.key) {
    case "Delete":
      editor.remove(row);
      return true;
    case "Backspace":
      editor.setUnits(row, row.get("units").slice(0, -1));
      return true;
    case "m":
      editor.mirror(row);
      return true;
    case "c":
      editor.copy(row);
      return true;
    case "Enter":
    case " ":
      row.units.focus();
      row.units.select();
      return true;
    default:
      return false;
  }
}

/** Undo and redo work everywhere but in a text that is being typed, where the browser's own does. */
function undoes(editor: Editor, event: KeyboardEvent, target: Element): boolean {
  if (!(event.ctrlKey || event.metaKey) || target.matches("input:not([type=checkbox]), textarea")) return false;
  const key = event.key.toLowerCase();
  if (key === "z" && !event.shiftKey) editor.undo();
  else if (key === "y" || (key === "z" && event.shiftKey)) editor.redo();
  else return false;
  return true;
}
