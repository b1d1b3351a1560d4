// Errors found by the server: the summary takes the focus, its links go into the fields.
export function focusErrors(): void {
  const summary = document.querySelector<HTMLElement>("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = (event.target as HTMLElement).closest<HTMLAnchorElement>("a[href^='#']");
    const field = link && document.querySelector<HTMLElement>(link.hash);
    if (!field) return;
    event.preventDefault();
    const control = field.matches("input, select, textarea")
      ? field
      : (field.querySelector<HTMLElement>("input, select, textarea, button") ?? field);
    control.closest(".m-field")?.scrollIntoView({ block: "start" });
    control.focus({ preventScroll: true });
  });
}
