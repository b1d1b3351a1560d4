// A second click on the same form does nothing; the server is safe against it as well.
export function sendOnce(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[method='post' i]:not([data-repeatable])")) {
    if (form.dataset.once) continue;
    form.dataset.once = "ready";
    form.addEventListener("submit", (event) => {
      if (form.dataset.once === "sent") event.preventDefault();
      form.dataset.once = "sent";
      form.setAttribute("aria-busy", "true");
    });
  }
}

// A page that comes back out of the browser's memory can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-once='sent']")) {
    form.dataset.once = "ready";
    form.removeAttribute("aria-busy");
  }
});
