/**
 * The editor of the face map. It improves a form that works without it:
 *
 *   <form data-facemap data-check-url="…" data-default-units="5" data-state="planned">    or "given"
 *     <input type="hidden" name="points-total" value="3">      one more than the highest row number
 *     <c-facemap :markers="…" editable />                      the drawings and the tool bar
 *     <tbody data-facemap-rows> <tr data-row="0" data-point="MASS-L-1"> …  (c-facemap.row)
 *       hidden  point-0-{id,site,side,view,x,y,depth,route}
 *       shown   point-0-units, checkbox point-0-remove; where they are wanted a choice of point-0-depth and
 *               a checkbox point-0-pick, which chooses the point
 *     <template data-facemap-row> the same row, numbered __N__ </template>
 *     <div id="plan-check" aria-live="polite"> what the server found </div>
 *
 * Fields inside an element with `data-rechecks` (vial size, diluent) have the form checked as well.
 * The rows are the truth: the drawing is redrawn from them, and only they are sent. A removed point
 * is a ticked `remove`. After a change the form is posted to `data-check-url` (header `X-Facemap: check`)
 * and the answer replaces the inside of `#plan-check`; its list `#plan-points`, or its elements with
 * `data-point` and `data-severity`, say what is shown beside each point and its row, and those with
 * `data-place` where a point lies. Buttons with `data-fm-chosen` change the chosen points; without the script
 * they send the form. The browser judges nothing but whether a point lies in its region.
 */
import { Callout } from "./callout";
import { Check } from "./check";
import { Editor } from "./editor";
import { watchKeys } from "./keys";
import { watchPlaces } from "./placed";
import { watchPointers } from "./pointer";
import { Risks } from "./risks";
import { Tools } from "./tools";
import { Zoom } from "./zoom";

function begin(form: HTMLFormElement): void {
  const editor = new Editor(form);
  const check = new Check(form, (told) => editor.tell(told));
  const zoom = new Zoom(editor);
  const tools = new Tools(editor, zoom);
  const callout = new Callout(editor);
  const risks = new Risks(editor);
  const sayMoved = watchPlaces(form);
  const { onChoice } = editor;
  editor.onChoice = () => {
    onChoice();
    callout.show();
    risks.show(editor.chosenRow());
  };
  editor.onDrag = (row) => risks.show(row);
  editor.onChange = () => {
    sayMoved();
    check.soon();
  };
  form.addEventListener("input", (event) => {
    if ((event.target as Element).closest("[data-rechecks]")) check.soon();
  });
  watchPointers(editor, zoom);
  watchKeys(editor, zoom, tools);
  form.classList.add("fm-editing");
  check.read();
}

document.querySelectorAll<HTMLFormElement>("form[data-facemap]").forEach(begin);
