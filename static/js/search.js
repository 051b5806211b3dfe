// Search in a dialog. Keys: /, Ctrl+K, up, down.
const dialog = document.querySelector("#search");
const [field, status, list] = dialog.querySelectorAll("input, output, nav");
const { index, found, latest } = dialog.dataset;
let posts;

function open() {
  if (!dialog.open) dialog.showModal();
  field.focus();
  field.select();
  show();
}

async function show() {
  posts ??= fetch(index).then((got) => got.json()).catch(() => { posts = null; });
  const known = await posts ?? [];
  const words = field.value.normalize("NFKD").replace(/[\p{M}'"‘’“”]/gu, "").toLowerCase().trim().split(/\s+/);
  const place = ({ text }) => text.indexOf(words[0]);
  const hits = known.filter(({ text }) => words.every((word) => text.includes(word)));
  list.replaceChildren(...hits.sort((a, b) => place(a) - place(b)).slice(0, 8).map(({ url, title }) =>
    Object.assign(document.createElement("a"), { href: url, textContent: title })));
  status.textContent = field.value ? found.replace("{n}", hits.length) : latest;
}

field.oninput = show;
for (const button of document.querySelectorAll("[data-search]")) button.onclick = open;
onkeydown = (event) => {
  const { key, target } = event;
  const stops = [field, ...list.children];
  const step = dialog.open && { ArrowDown: 1, ArrowUp: -1 }[key];
  if (event.isComposing) return;
  if (step) stops[stops.indexOf(target) + step]?.focus();
  else if (key === "Enter" && target === field) stops[1]?.click();
  else if (key === "k" ? event.ctrlKey || event.metaKey : key === "/" && !target.matches("input, textarea")) open();
  else return;
  event.preventDefault();
};
