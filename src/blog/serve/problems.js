// What is wrong with the site, over the page: errors at length, warnings as a number.

export class Problems {
  constructor(open) {
    this.open = open;
    this.host = document.createElement("blog-live");
    this.root = this.host.attachShadow({ mode: "open" });
    const style = element("link", { rel: "stylesheet", href: "/_blog/live.css" });
    this.panel = element("section", { className: "panel", hidden: true });
    this.panel.setAttribute("role", "alert");
    this.badge = element("button", { className: "badge", hidden: true, type: "button" });
    this.message = element("p", { className: "message", hidden: true });
    this.message.setAttribute("role", "status");
    this.root.append(style, this.panel, this.badge, this.message);
    this.badge.onclick = () => this.toggle(true);
    this.host.onkeydown = (event) => event.key === "Escape" && this.toggle(false);
    this.last = "";
    document.documentElement.append(this.host);
  }

  show(found) {
    const said = JSON.stringify(found);
    if (said === this.last) return;
    this.last = said;
    const errors = found.errors.length;
    const title = errors ? `${counted(errors, "mistake")}; what you see is the last good page` : "Worth a look";
    const close = element("button", { className: "close", type: "button", textContent: "Hide" });
    close.onclick = () => this.toggle(false);
    const items = [...found.errors, ...found.warnings].map((each) => this.item(each));
    this.panel.replaceChildren(close, element("h2", { textContent: title }), ...items);
    this.badge.classList.toggle("bad", errors > 0);
    this.badge.textContent = errors ? counted(errors, "error") : counted(found.count, "warning");
    this.badge.count = found.count;
    this.toggle(errors > 0);
  }

  toggle(shown) {
    this.panel.hidden = !shown;
    this.badge.hidden = shown || !this.badge.count;
  }

  item({ file, line, column, text }) {
    const [place] = text.split(": ", 1);
    const item = element("pre", {});
    const link = element("button", { className: "place", type: "button", textContent: place, title: "Open in your editor" });
    link.onclick = () => this.open({ file, line, column });
    item.append(link, text.slice(place.length));
    return item;
  }

  // What the writer should know of this page, for as long as it is so.
  note(text) {
    clearTimeout(this.timer);
    this.noted = text || "";
    this.message.textContent = this.noted;
    this.message.hidden = !this.noted;
  }

  say(text, seconds = 4) {
    this.message.textContent = text.trim();
    this.message.hidden = false;
    clearTimeout(this.timer);
    if (seconds) this.timer = setTimeout(() => this.note(this.noted), 1000 * seconds);
  }

  connected(isLive) {
    this.host.toggleAttribute("live", isLive);
    if (isLive) this.note(this.noted);
    else this.say("The server has ended. When it is back, so is this page.", 0);
  }

  gone() {
    this.note("This page is no more: its source was deleted, or it is a draft that is not shown.");
  }
}

const element = (name, properties) => Object.assign(document.createElement(name), properties);
const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
