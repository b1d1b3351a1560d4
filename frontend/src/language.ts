// Another language loads the page anew: what was typed, or answered on this page alone, would be gone. So it asks.
export function watchLanguage(): void {
  const choice = document.querySelector<HTMLFormElement>("form[data-language]");
  if (!choice) return;
  let isTyped = choice.dataset.language === "answered";
  document.addEventListener("input", (event) => {
    if (!choice.contains(event.target as Node)) isTyped = true;
  });
  choice.addEventListener("submit", (event) => {
    if (isTyped && !confirm(choice.dataset.question ?? "")) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  });
}
