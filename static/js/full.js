// Search in whole texts by Pagefind, fetched on first use. Keys: /, Ctrl+K, up, down.
const dialog = document.querySelector("#search");
const [field, status, list] = dialog.querySelectorAll("input, output, nav");
const choices = [...dialog.querySelectorAll("select")];
const { index, found } = dialog.dataset;
let engine, running, turn = 0;

async function load() {
  // A module that did not come is never asked for again, unless by another address.
  const made = await import(`${index}pagefind.js?${turn}`);
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
  engine ??= load().catch(() => { engine = null; });
  const made = await engine;
  if (!made || mine !== turn) return;
  const filters = Object.fromEntries(choices.filter(({ value }) => value).map(({ name, value }) => [name, value]));
  // One search at a time, and of those that wait only the last: keys come faster than slow machines answer.
  while (running) await running;
  if (mine !== turn) return;
  // Without a word it would fetch all of its index.
  running = field.value.trim() ? made.search(field.value, { filters }).finally(() => { running = null; }) : null;
  const { results } = await running ?? { results: [] };
  if (mine !== turn) return;
  status.textContent = field.value.trim() ? found.replace("{n}", results.length) : "";
  if (!results.length) list.replaceChildren();
  // Each is shown as soon as its text is there, in their order.
  const pages = results.slice(0, 8).map((result) => result.data());
  for (const [place, page] of pages.entries()) {
    const link = linked(await page);
    if (mine !== turn) return;
    if (place) list.append(link);
    else list.replaceChildren(link);
  }
}

function linked({ meta, excerpt }) {
  const link = Object.assign(document.createElement("a"), { href: meta.address, textContent: meta.title });
  link.append(Object.assign(document.createElement("small"), { innerHTML: excerpt }));
  return link;
}

dialog.oninput = show;
for (const button of document.querySelectorAll("[data-search]")) button.onclick = open;
addEventListener("keydown", (event) => {
  const { key, target } = event;
  const stops = [field, ...list.children];
  const step = dialog.open && { ArrowDown: 1, ArrowUp: -1 }[key];
  if (event.isComposing) return;
  if (step && !target.matches("select")) stops[stops.indexOf(target) + step]?.focus();
  else if (key === "Enter" && target === field) stops[1]?.click();
  else if (key === "k" ? event.ctrlKey || event.metaKey : key === "/" && !target.matches("input, textarea, select")) open();
  else return;
  event.preventDefault();
});
