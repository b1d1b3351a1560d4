// The search for a medicine as a combobox: what fits is offered while one types. Without this script the
// same form searches on its own page.
type Found = { name: string; also: string };

const WAIT_MS = 180;
const form = document.querySelector<HTMLFormElement>("form[data-medicines]");
const add = document.querySelector<HTMLFormElement>("form[data-medicine-add]");
if (form && add) combobox(form, add);

function combobox(form: HTMLFormElement, add: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("input[name=q]");
  const list = form.querySelector<HTMLUListElement>("[role=listbox]");
  const said = form.querySelector<HTMLElement>("[data-said]");
  const name = add.querySelector<HTMLInputElement>("input[name=name]");
  if (!input || !list || !said || !name) return;
  let at = -1;
  let timer = 0;
  let asked = 0;
  for (const [key, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
  })) input.setAttribute(key, value);

  const options = () => [...list.querySelectorAll<HTMLElement>("[role=option]")];

  function close(): void {
    list!.hidden = true;
    at = -1;
    input!.setAttribute("aria-expanded", "false");
    input!.removeAttribute("aria-activedescendant");
  }

  function mark(next: number): void {
    const all = options();
    if (!all.length) return;
    at = (next + all.length) % all.length;
    all.forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
    input!.setAttribute("aria-activedescendant", all[at]!.id);
    all[at]!.scrollIntoView({ block: "nearest" });
  }

  function choose(option: HTMLElement): void {
    name!.value = option.dataset.name ?? "";
    close();
    add.requestSubmit();
  }

  function show(found: Found[]): void {
    at = -1;
    input!.removeAttribute("aria-activedescendant");
    list!.replaceChildren(
      ...found.map((one, index) => {
        const item = document.createElement("li");
        item.id = `${list!.id}-${index}`;
        item.dataset.name = one.name;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.dir = "ltr";
        item.textContent = one.also ? `${one.name} (${one.also})` : one.name;
        return item;
      }),
    );
    list!.hidden = !found.length;
    input!.setAttribute("aria-expanded", String(found.length > 0));
    const many = form.dataset.many ?? "";
    said!.textContent = found.length ? many.replace("%(count)s", String(found.length)) : form.dataset.none ?? "";
  }

  async function look(): Promise<void> {
    const typed = input!.value.trim();
    const mine = ++asked;
    if (typed.length < 2) return close();
    try {
      const answer = await fetch(`${form.dataset.medicines}?q=${encodeURIComponent(typed)}`);
      if (answer.ok && mine === asked) show(((await answer.json()) as { hits: Found[] }).hits);
    } catch {
      close(); // without a connection the form itself still searches once there is one
    }
  }

  input.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void look(), WAIT_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && list.hidden) void look();
    else if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp" && !list.hidden) mark(at < 0 ? -1 : at - 1);
    else if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Enter" && at >= 0) choose(options()[at]!);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => window.setTimeout(close, WAIT_MS));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = (event.target as HTMLElement).closest<HTMLElement>("[role=option]");
    if (option) choose(option);
  });
}
