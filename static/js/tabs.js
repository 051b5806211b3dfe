// Tabs keep what a reader chose, here and on other pages: a set with the same label shows the same variant.
// It runs before the first paint, so that nothing moves.
const sets = [...document.querySelectorAll(".tabs")].map((set) => [...set.querySelectorAll(":scope > input")]);
const label = (input) => input.labels[0].textContent.trim();

function read() {
  try { return [].concat(JSON.parse(localStorage.getItem("tabs")) ?? []); } catch { return []; }
}

// `chosen` has the latest choice first.
function show(chosen) {
  for (const inputs of sets) {
    const known = chosen.find((name) => inputs.some((input) => label(input) === name));
    for (const input of inputs) if (label(input) === known) input.checked = true;
  }
}

addEventListener("change", ({ target }) => {
  if (!target.matches(".tabs > input")) return;
  const before = target.getBoundingClientRect().top;
  const chosen = [...new Set([label(target), ...read()])].slice(0, 20);
  try { localStorage.setItem("tabs", JSON.stringify(chosen)); } catch { /* it lasts for this page */ }
  show(chosen);
  scrollBy(0, target.getBoundingClientRect().top - before);
});
show(read());
