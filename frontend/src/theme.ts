// The theme button: light or dark, kept in a cookie that the server reads, so that no page flashes.
const YEAR_S = 31_536_000;

function current(): "light" | "dark" {
  const chosen = document.documentElement.dataset.bsTheme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function watchTheme(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-theme-toggle]")) {
    const say = () => button.setAttribute("aria-pressed", String(current() === "dark"));
    say();
    button.addEventListener("click", () => {
      const next = current() === "dark" ? "light" : "dark";
      document.documentElement.dataset.bsTheme = next;
      document.cookie = `theme=${next}; path=/; max-age=${YEAR_S}; samesite=lax`;
      say();
    });
  }
}
