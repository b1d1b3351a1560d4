/**
 * Marking places on the drawings of the face map, for patients and at the visit. It improves a form that
 * works without it, where a place is chosen by name:
 *
 *   <form data-painmap="one">      one place: a tap fills the hidden fields view, x and y
 *   <form data-painmap="strokes">  many: each stroke or spot becomes a row (see strokes.ts)
 *
 * Mouse, pen and finger draw alike. A finger that moves scrolls the page, unless lines are switched on.
 */
import { watchStrokes } from "./strokes";
import { watchTaps } from "./taps";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-painmap]")) {
  form.classList.add("pm-on");
  if (form.dataset.painmap === "one") watchTaps(form);
  else watchStrokes(form);
}
