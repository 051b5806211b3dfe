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

async function load() {
  try { return await (await fetch(index)).json(); } catch (error) { posts = null; throw error; }
}

// As the index has it: without accents, case and the quotes of print.
function typed(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[‘’]/g, "'").replace(/[“”]/g, '"');
}

async function show() {
  const known = await (posts ??= load());
  const words = typed(field.value).trim().split(/\s+/);
  const place = (post) => post.text.indexOf(words[0]);
  const hits = known.filter((post) => words.every((word) => post.text.includes(word)));
  list.replaceChildren(...hits.sort((a, b) => place(a) - place(b)).slice(0, 8).map((post) =>
    Object.assign(document.createElement("a"), { href: post.url, textContent: post.title })));
  status.textContent = field.value ? found.replace("{n}", hits.length) : latest;
}

field.oninput = show;
for (const button of document.querySelectorAll("[data-search]")) button.onclick = open;
onkeydown = (event) => {
  const { key, target, isComposing } = event;
  if (isComposing) return;
  const stops = [field, ...list.children];
  const step = dialog.open && { ArrowDown: 1, ArrowUp: -1 }[key];
  if (step) stops[stops.indexOf(target) + step]?.focus();
  else if (key === "Enter" && target === field) stops[1]?.click();
  else if (key === "k" ? event.ctrlKey || event.metaKey : key === "/" && !target.matches("input, textarea")) open();
  else return;
  event.preventDefault();
};
