// Search in whole texts by Pagefind, fetched on first use. Keys: /, Ctrl+K, up, down.
const dialog = document.querySelector("#search");
const [field, status, list] = dialog.querySelectorAll("input, output, nav");
const choices = [...dialog.querySelectorAll("select")];
const { index, found } = dialog.dataset;
let engine, turn = 0;

async function load() {
  const made = await import(`${index}pagefind.js`);
  const known = await made.filters();
  for (const choice of choices) {
    const values = Object.keys(known[choice.name] ?? {});
    if (choice.name === "year") values.reverse();
    choice.append(...values.map((value) => new Option(value)));
    choice.parentNode.hidden = !values.length;
  }
  return made;
}

function open() {
  if (!dialog.open) dialog.showModal();
  field.focus();
  field.select();
  show();
}

async function show() {
  const mine = ++turn;
  const { search } = await (engine ??= load());
  const filters = Object.fromEntries(choices.filter(({ value }) => value).map(({ name, value }) => [name, value]));
  // Without a word it would fetch all of its index.
  const { results } = field.value.trim() ? await search(field.value, { filters }) : { results: [] };
  const pages = await Promise.all(results.slice(0, 8).map((result) => result.data()));
  if (mine !== turn) return;
  list.replaceChildren(...pages.map(({ meta, excerpt }) => {
    const link = Object.assign(document.createElement("a"), { href: meta.address, textContent: meta.title });
    link.append(Object.assign(document.createElement("small"), { innerHTML: excerpt }));
    return link;
  }));
  status.textContent = field.value ? found.replace("{n}", results.length) : "";
}

dialog.oninput = show;
for (const button of document.querySelectorAll("[data-search]")) button.onclick = open;
addEventListener("keydown", (event) => {
  const { key, target } = event;
  const stops = [field, ...list.children];
  const step = dialog.open && { ArrowDown: 1, ArrowUp: -1 }[key];
  if (step && !target.matches("select")) stops[stops.indexOf(target) + step]?.focus();
  else if (key === "Enter" && target === field) stops[1]?.click();
  else if (key === "k" ? event.ctrlKey || event.metaKey : key === "/" && !target.matches("input, textarea, select")) open();
  else return;
  event.preventDefault();
});
