// Small comforts of every page. Each page works without this file.
import htmx from "htmx.org";
import { watchCycles } from "./cycles";
import { watchChair } from "./chair/elsewhere";
import { watchLeaving } from "./diary/leave";
import { watchLayers } from "./facemap/layers";
import { focusErrors } from "./errors";
import { watchLanguage } from "./language";
import { watchSignatures } from "./signature";
import { sendOnce } from "./submit";
import { watchTheme } from "./theme";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;

function begin(root: ParentNode): void {
  watchSignatures(root);
  sendOnce(root);
  watchLayers(root);
  watchCycles(root);
}

// A list to bring along, on paper.
document.addEventListener("click", (event) => {
  if ((event.target as Element).closest("[data-print]")) window.print();
});

watchTheme();
watchLanguage();
begin(document);
focusErrors();
watchChair();
watchLeaving();
document.addEventListener("htmx:load", (event) => begin(event.target as HTMLElement));
