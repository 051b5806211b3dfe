// Keeps this page as its sources are. Only `blog serve` adds it to a page.

import { Morph, parsed } from "/_blog/morph.js";
import { Problems } from "/_blog/problems.js";

const EVENTS = "/_blog/events";
const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, pre, figure, table, blockquote, dt, dd, details, img, hr";
const TEXT = ".e-content, article, main";

const page = decoded(location.pathname);
const problems = new Problems(openSource);
let { version } = document.querySelector('script[src="/_blog/live.js"]').dataset;
let latest = version;

// The page as it was sent: scripts of the site may have changed it since.
const morph = fetch(location.pathname, { cache: "no-cache" })
  .then((answer) => answer.text())
  .then((html) => html.includes(`data-version="${version}"`) && new Morph(document, parsed(html)))
  .catch(() => null); // The server has gone; when it is back, it says what is new.

async function update(event) {
  const known = await morph;
  if (event.version !== latest || event.version === version) return; // another one comes
  const next = parsed(event.html);
  if (!known || known.needsReload(next)) return location.reload();
  version = event.version;
  hub.postMessage({ page, version });
  follow(known.to(next));
}

// Brings the first block that has changed into view, and marks it for a moment.
function follow(changed) {
  const texts = TEXT.split(", ").map((selector) => document.querySelector(selector));
  const inside = (area) => changed.filter((element) => area && area !== element && area.contains(element));
  const found = texts.map(inside).find((elements) => elements.length) ?? [];
  found.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1));
  const block = found[0]?.closest(BLOCKS) ?? found[0];
  if (!block) return;
  const card = block.closest(".h-entry:not(article)") ?? block;
  const { top, bottom } = card.getBoundingClientRect();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (top < 0 || bottom > innerHeight) {
    card.scrollIntoView({ block: top < 0 || bottom - top > innerHeight ? "start" : "center", behavior: calm ? "auto" : "smooth" });
  }
  const colour = "color-mix(in srgb, Highlight 25%, transparent)";
  const mark = { boxShadow: `0 0 0 0.4em ${colour}`, backgroundColor: colour };
  const end = { boxShadow: "0 0 0 0.4em transparent", backgroundColor: "transparent" };
  card.animate([mark, mark, end], { duration: 1600 });
}

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function renew(addresses) {
  for (const image of document.images) {
    const address = new URL(image.currentSrc || image.src, location);
    if (!addresses.includes(address.pathname)) continue;
    address.searchParams.set("now", performance.now());
    image.removeAttribute("srcset");
    image.src = address;
  }
}

function heard(event) {
  if ("isLive" in event) morph.then(() => problems.connected(event.isLive));
  if (event.problems) problems.show(event.problems);
  if (event.files) renew(event.files);
  if (!event.version) return;
  problems.note(event.note);
  latest = event.version;
  if (event.to) location.replace(event.to);
  else if (event.to === "") problems.gone();
  else if (event.html) update(event).catch(() => location.reload());
}

// One connection serves all tabs of a browser, which allows only six to a server.
function connected() {
  if (window.SharedWorker) return new SharedWorker("/_blog/hub.js").port;
  const { port1, port2 } = new MessageChannel();
  import("/_blog/hub.js").then(() => self.joinHub(port2));
  return port1;
}

async function openSource(place) {
  const body = JSON.stringify(place);
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch("/_blog/open", { method: "POST", headers, body });
  problems.say(answer.ok ? `opened ${await answer.text()}` : await answer.text());
}

// Alt-click: the line in the source that made this block.
addEventListener("click", (event) => {
  const block = event.altKey && event.target.closest?.(BLOCKS);
  if (!block) return;
  event.preventDefault();
  event.stopPropagation();
  const text = block.textContent.trim() || (block.querySelector("img") ?? block).alt || "";
  const alike = [...document.querySelectorAll(BLOCKS)].filter((other) => other.textContent.trim() === text);
  const link = block.closest(".h-entry:not(article)")?.querySelector("a[href]")?.href;
  openSource({ page, text: text.slice(0, 400), nth: Math.max(alike.indexOf(block), 0), link });
}, true);

const hub = connected();
hub.onmessage = ({ data }) => heard(data);
const join = () => hub.postMessage({ events: EVENTS, page, version });
addEventListener("pagehide", () => hub.postMessage({ page, left: true }));
addEventListener("pageshow", (event) => event.persisted && join());
join();
