// Turns a page that is open into another one, touching only what differs between both.
//
// What was sent is compared with what is sent now; the page on the screen is changed
// where these differ, and nowhere else. So what the reader has opened, typed, selected
// or started stays as it is, and so does what scripts have added.

export const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

const SCRIPTS = "script:not([type='application/ld+json'], [type='speculationrules'], [src='/_blog/live.js'])";
const POLICY = "meta[http-equiv='Content-Security-Policy' i]";

export class Morph {
  // `sent` is the document as it came; `screen` the one it has become.
  constructor(screen, sent) {
    this.twins = new WeakMap(); // of a node as it was sent: that on the screen
    this.sent = sent;
    this.changed = [];
    this.recognise(sent.documentElement, screen.documentElement);
  }

  // Scripts do not run twice, and a policy holds for as long as a page is open.
  needsReload(next) {
    const facts = (page) => [...page.querySelectorAll(`${SCRIPTS}, ${POLICY}`)].map((each) => each.outerHTML).join();
    return facts(this.sent) !== facts(next);
  }

  // Changes the page on the screen; the elements on it that have changed.
  to(next) {
    this.changed = [];
    this.turn(this.sent.documentElement, next.documentElement);
    this.sent = next;
    return this.changed.filter((element) => element.isConnected);
  }

  // Finds the nodes on the screen that came of those that were sent.
  recognise(sent, live) {
    this.twins.set(sent, live);
    let from = live.firstChild;
    for (const child of sent.childNodes) {
      let found = from;
      while (found && !isAlike(child, found)) found = found.nextSibling;
      if (!found) continue; // a script took it away
      this.recognise(child, found);
      from = found.nextSibling;
    }
  }

  turn(old, next) {
    const live = this.twins.get(old);
    if (!live) return;
    if (old.isEqualNode(next)) return next.replaceWith(old); // with all its twins
    this.twins.set(next, live);
    if (next.nodeType !== Node.ELEMENT_NODE) return this.write(next, live);
    if (isStyle(next)) return this.restyle(next, live);
    this.describe(old, next, live);
    this.nest(old, next, live);
  }

  // Only the part of a text that differs: a selection in the rest of it stays.
  write({ data }, live) {
    const was = live.data;
    const most = Math.min(data.length, was.length);
    let start = 0;
    while (start < most && data[start] === was[start]) start += 1;
    let end = 0;
    while (end < most - start && data.at(-1 - end) === was.at(-1 - end)) end += 1;
    live.replaceData(start, was.length - start - end, data.slice(start, data.length - end));
    this.note(live.parentElement);
  }

  // The old style stays until the new one is there, or the page would flash.
  restyle(next, live) {
    const fresh = document.importNode(next);
    this.twins.set(next, fresh);
    fresh.onload = fresh.onerror = () => live.remove();
    live.after(fresh);
  }

  describe(old, next, live) {
    for (const { name } of old.attributes) if (!next.hasAttribute(name)) live.removeAttribute(name);
    for (const { name, value } of next.attributes) {
      if (old.getAttribute(name) === value) continue;
      live.setAttribute(name, value);
      this.note(live);
    }
  }

  nest(old, next, live) {
    const children = [...next.childNodes].filter(isShown);
    const before = [...old.childNodes].filter(isShown);
    const pairs = paired([...before], [...children]);
    const kept = new Set(pairs.values());
    for (const child of before) {
      if (kept.has(child)) continue;
      const gone = this.twins.get(child);
      if (child.nodeType === Node.ELEMENT_NODE || child.data.trim()) this.note(gone?.nextElementSibling ?? live);
      gone?.remove();
    }
    let place = null;
    for (const child of children) {
      if (pairs.has(child)) {
        place = this.twins.get(pairs.get(child)) ?? place;
        this.turn(pairs.get(child), child);
        continue;
      }
      const fresh = document.importNode(child, true);
      if (place) place.after(fresh);
      else live.prepend(fresh);
      this.recognise(child, fresh);
      this.note(fresh.nodeType === Node.ELEMENT_NODE ? fresh : null);
      place = fresh;
    }
  }

  note(element) {
    if (element) this.changed.push(element);
  }
}

const isShown = (node) => node.localName !== "script"; // one that has run has run
const isStyle = (node) => node.localName === "link" && node.rel === "stylesheet";

function isAlike(one, other) {
  if (one.nodeName !== other.nodeName || (one.id ?? "") !== (other.id ?? "")) return false;
  return one.nodeType === Node.ELEMENT_NODE || one.data === other.data || !one.data.trim() === !other.data.trim();
}

// What a node is known by: its id, or else all of it, which is its digest.
const keyOf = (node) => (node.id ? `#${node.id}` : node.outerHTML ?? node.data);
const kindOf = (node) => [node.nodeName, node.id, node.rel, node.name, node.getAttribute?.("property")].join();

// Which old child each new one continues: never crosswise, so that none has to move.
function paired(olds, nexts) {
  const pairs = new Map();
  // Mostly one child differs; nobody asks then what it is known by.
  while (olds[0]?.isEqualNode(nexts[0] ?? null)) pairs.set(nexts.shift(), olds.shift());
  while (olds.at(-1)?.isEqualNode(nexts.at(-1) ?? null)) pairs.set(nexts.pop(), olds.pop());
  const keys = olds.length * nexts.length > 1 ? olds.map(keyOf) : [];
  let from = 0; // old children before it are taken, or passed by
  let open = []; // new children since the last pair, without one
  const close = (until) => {
    for (const node of open) {
      const at = olds.findIndex((old, n) => n >= from && n < until && kindOf(old) === kindOf(node));
      if (at < 0) continue;
      pairs.set(node, olds[at]);
      from = at + 1;
    }
    open = [];
  };
  for (const node of nexts) {
    const at = keys.length ? keys.indexOf(keyOf(node), from) : -1;
    if (at < 0) open.push(node);
    else {
      close(at);
      pairs.set(node, olds[at]);
      from = at + 1;
    }
  }
  close(olds.length);
  return pairs;
}
