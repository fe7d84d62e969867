/** One phone: who holds it, its conversation, what is unread, where to write. */

import { Composer } from "./composer.js";
import { el, icon } from "./dom.js";
import { Menu } from "./menu.js";
import { Thread } from "./thread.js";
import { clock } from "./time.js";

export class Phone {
  words = null;
  clock = null;
  unread = 0;
  looking = false;
  #early = [];
  #outbox;
  #changed;
  #lookedAt;
  #points = [];
  #readTo = 0;
  #epoch = "";
  #pending = new Map();
  #name = el("span", { class: "name" });
  #status = el("span", { class: "status" });
  #badge = el("span", { class: "badge", hidden: true });
  #empty = el("div", { class: "empty", hidden: true });
  #thread;
  #device;
  #menu;
  #composer;

  /** `changed(phone)` is told of a new count of unread messages, `lookedAt(phone)` when a person turns to it. */
  constructor({ id, title, subtitle, hint }, outbox, changed, lookedAt) {
    this.id = id;
    this.title = title;
    this.#outbox = outbox;
    this.#changed = changed;
    this.#lookedAt = lookedAt;
    this.#thread = new Thread(this);
    const bar = el("div", { class: "bar" }, el("span", { class: "avatar" }, icon("bridge")));
    bar.append(el("span", { class: "names" }, this.#name, this.#status), this.#badge);
    this.#device = el("div", { class: "device" }, bar, this.#thread.node);
    this.#menu = new Menu(this.#device);
    this.#composer = new Composer(id, this.#menu, (deed) => this.act(deed), `mistok.draft.${id}`);
    this.#device.append(this.#composer.node);
    this.#thread.node.append(this.#empty);
    const who = el("header", { class: "who" }, el("h2", { id: `who-${id}` }, title), el("p", {}, subtitle));
    if (hint) who.append(el("p", { class: "hint" }, hint));
    this.node = el("section", { class: "phone", id: `phone-${id}`, "aria-labelledby": `who-${id}` }, who, this.#device);
    for (const event of ["pointerdown", "pointermove", "focusin"]) {
      this.node.addEventListener(event, () => this.look(), { passive: true });
    }
  }

  /** Take over what the server says about this phone; nothing is drawn before its words are known. */
  record(data) {
    if (data.kind === "screen") this.#screen(data);
    else if (!this.words) this.#early.push(data);
    else if (data.kind === "typing") this.#typing(data.on);
    else this.#message(data);
  }

  /** Forget everything but what is still to be sent: the server began anew. */
  reset(epoch) {
    this.#epoch = epoch;
    this.#readTo = Number(localStorage.getItem(this.#mark()) ?? 0);
    this.#early = [];
    this.#thread.aloud(false);
    this.#thread.clear();
    if (this.words) this.#again();
  }

  /** What comes from now on is new. */
  ready() {
    requestAnimationFrame(() => this.#thread.aloud(true));
  }

  /** Do something as this phone's person. */
  act(deed) {
    const item = this.#outbox.add(this.id, deed);
    this.#await(item);
    this.look();
  }

  /** An item of the outbox is through, or refused for good. */
  settled(item, accepted) {
    this.#pending.delete(item.id);
    const { handle, message } = item.deed;
    if (handle) this.#redraw(message);
    else if (!accepted) this.#mine(item, "failed");
  }

  /** The person looks at this phone now. */
  look() {
    if (!this.looking) this.#lookedAt(this);
    this.looking = true;
    if (this.#thread.atEnd) this.end();
  }

  // What the conversation asks of its phone.

  /** The last message is in view. */
  end() {
    if (!this.looking || document.hidden) return;
    const last = this.#thread.lastSeq;
    if (last > this.#readTo) {
      this.#readTo = last;
      localStorage.setItem(this.#mark(), String(last));
    }
    this.#count();
  }

  busy(message) {
    for (const { deed } of this.#pending.values()) if (deed.message === message.id) return deed.handle;
    return "";
  }

  press(message, handle) {
    this.act({ handle, message: message.id });
  }

  places(anchor) {
    const items = this.#points.map(([label, lat, lon]) => ({ label, choose: () => this.act({ location: { lat, lon } }) }));
    this.#menu.show(this.words.shareLocation, items, (byKey) => byKey && anchor.focus());
    this.#menu.focus();
  }

  typingOver() {
    this.#typing(false);
  }

  #screen({ language, zone, words, commands, points }) {
    const first = !this.words;
    this.words = words;
    this.clock = clock(language, zone);
    this.#points = points;
    this.#device.lang = language;
    this.#name.textContent = words.bot;
    this.#status.textContent = words.online;
    const start = el("button", { type: "button", class: "begin", on: { click: () => this.act({ text: "/start" }) } }, words.start);
    this.#empty.replaceChildren(icon("bridge"), el("p", {}, words.empty), start);
    this.#composer.relabel(words, commands);
    this.#thread.relabel();
    if (first) this.#again();
  }

  /** What is still on its way, then what came before there were words. */
  #again() {
    for (const item of this.#outbox.of(this.id)) this.#await(item);
    for (const data of this.#early.splice(0)) this.record(data);
    this.#count();
  }

  #typing(on) {
    this.#thread.typing(on);
    this.#status.textContent = on ? this.words.typing : this.words.online;
    this.#status.classList.toggle("busy", on);
  }

  #message(message) {
    this.#thread.put(message);
    this.#empty.hidden = true;
    if (this.looking && this.#thread.atEnd) this.end();
    this.#count();
  }

  #await(item) {
    this.#pending.set(item.id, item);
    if (item.deed.handle) this.#redraw(item.deed.message);
    else this.#mine(item, "waiting");
  }

  #mine({ id, at, deed }, state) {
    const place = deed.location && [deed.location.lat, deed.location.lon];
    const { text = "", refused = "" } = deed;
    const seq = this.#thread.message(id)?.seq ?? Infinity;
    this.#message({ id, at, seq, phone: this.id, mine: true, text, refused, state, location: place, spans: [], buttons: [] });
  }

  #redraw(id) {
    const message = this.#thread.message(id);
    if (message) this.#thread.put(message);
  }

  #count() {
    this.#empty.hidden = !this.#thread.empty;
    this.node.classList.toggle("begun", !this.#thread.empty);
    const unread = this.#thread.after(this.#readTo);
    if (unread === this.unread && this.#badge.textContent === String(unread)) return;
    this.unread = unread;
    this.#badge.textContent = String(unread);
    this.#badge.hidden = unread === 0;
    this.node.classList.toggle("waiting", unread > 0);
    this.#changed(this);
  }

  #mark() {
    return `mistok.read.${this.#epoch}.${this.id}`;
  }
}
