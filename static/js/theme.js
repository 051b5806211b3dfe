// Theme switch: system, light, dark. A classic script in <head>, so the stored choice is set before the first paint.
const root = document.documentElement;
const order = ["system", "light", "dark"];
// Other sites on the same host share this storage, so what it holds may mean nothing here.
const known = (theme) => (order.includes(theme) ? theme : "system");
const read = () => { try { return known(localStorage.getItem("theme")); } catch { return "system"; } };

function apply(theme) {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  for (const button of document.querySelectorAll("[data-theme-switch]")) button.ariaLabel = button.title = button.dataset[theme];
}

apply(read());
addEventListener("DOMContentLoaded", () => apply(read()));
addEventListener("storage", () => apply(read()));
addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-theme-switch]")) return;
  const next = order[(order.indexOf(root.dataset.theme ?? "system") + 1) % order.length];
  try { localStorage.setItem("theme", next); } catch { /* private window: the choice lasts for this page */ }
  apply(next);
});
