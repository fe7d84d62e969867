/** The conversation on one phone: rows in order, days between them, scrolling. */

import { bubble } from "./bubble.js";
import { el, icon } from "./dom.js";

const NEAR = 80; // pixels from the end that still count as the end
const RUN = 5 * 60_000; // messages closer than this stand together

export class Thread {
  #rows = new Map();
  #view;
  #log = el("div", { role: "log", "aria-live": "off", class: "log" });
  #typing = el("div", { class: "dots", hidden: true, "aria-hidden": "true" }, el("i"), el("i"), el("i"));
  #scroll = el("div", { class: "scroll", tabindex: "0", role: "region" }, this.#log, this.#typing);
  #pill = el("button", { type: "button", class: "pill", hidden: true });
  #following = true;
  #top = 0;
  #typingOff;

  /** `view` as for a bubble, with `end()`, called when the person is at the last message. */
  constructor(view) {
    this.#view = view;
    this.node = el("div", { class: "thread" }, this.#scroll, this.#pill);
    this.#pill.addEventListener("click", () => {
      this.toEnd();
      this.#scroll.focus();
    });
    this.#scroll.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    const sizes = new ResizeObserver(() => this.#following && this.#jump());
    sizes.observe(this.#scroll);
    sizes.observe(this.#log);
  }

  /** Whether a screen reader reads out what is added: not what was there before. */
  aloud(on) {
    this.#log.setAttribute("aria-live", on ? "polite" : "off");
  }

  get atEnd() {
    return this.#following;
  }

  get empty() {
    return this.#rows.size === 0;
  }

  /** Messages of the bot after this place in the order. */
  after(seq) {
    return [...this.#rows.values()].filter(({ message }) => !message.mine && message.seq > seq).length;
  }

  get lastSeq() {
    const placed = [...this.#rows.values()].map(({ message }) => message.seq).filter(Number.isFinite);
    return Math.max(0, ...placed);
  }

  /** Draw all again, in the view's present words. */
  relabel() {
    this.#scroll.setAttribute("aria-label", this.#view.words.conversation);
    this.#log.setAttribute("aria-label", this.#view.words.conversation);
    this.#pill.replaceChildren(icon("down"), this.#view.words.newMessages);
    const messages = [...this.#rows.values()].map(({ message }) => message);
    const aloud = this.#log.ariaLive === "polite";
    this.aloud(false);
    this.clear();
    for (const message of messages) this.put(message);
    requestAnimationFrame(() => this.aloud(aloud));
  }

  clear() {
    this.#rows.clear();
    this.#log.replaceChildren();
    this.typing(false);
  }

  message(id) {
    return this.#rows.get(id)?.message;
  }

  /** Draw a message, or its newer version in place of the older. */
  put(message) {
    const old = this.#rows.get(message.id);
    const row = bubble(message, this.#view);
    const focused = old?.row.contains(document.activeElement);
    if (old && old.message.seq === message.seq) {
      old.row.replaceWith(row);
    } else {
      old?.row.remove();
      this.#log.insertBefore(row, this.#firstAfter(message.seq));
    }
    this.#rows.set(message.id, { row, message });
    this.#join(row);
    if (row.nextElementSibling) this.#join(row.nextElementSibling);
    if (focused) (row.querySelector("button") ?? this.#scroll).focus({ preventScroll: true });
    if (old ? this.#following : this.#following || message.mine) this.toEnd();
    else if (!old && !message.mine) this.#pill.hidden = false;
  }

  /** Show or hide the typing sign; it goes by itself when nothing comes. */
  typing(on) {
    clearTimeout(this.#typingOff);
    this.#typing.hidden = !on;
    if (on) this.#typingOff = setTimeout(() => this.#view.typingOver(), 8000);
    if (on && this.#following) this.toEnd();
  }

  toEnd() {
    this.#following = true;
    this.#pill.hidden = true;
    this.#jump();
    this.#view.end();
  }

  #jump() {
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
  }

  /** Only going up leaves the end: a picture that loads late moves the end away by itself. */
  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroll;
    const near = scrollHeight - scrollTop - clientHeight < NEAR;
    if (near) {
      this.#following = true;
      this.#pill.hidden = true;
      this.#view.end();
    } else if (scrollTop < this.#top) {
      this.#following = false;
    }
    this.#top = scrollTop;
  }

  #firstAfter(seq) {
    if (seq === Infinity) return null;
    let found = null;
    for (let row = this.#log.lastElementChild; row; row = row.previousElementSibling) {
      if (this.#of(row).seq <= seq) break;
      found = row;
    }
    return found;
  }

  /** Put the day above a row that begins one; let rows of one hand stand close together. */
  #join(row) {
    const { clock } = this.#view;
    const message = this.#of(row);
    const before = row.previousElementSibling && this.#of(row.previousElementSibling);
    const newDay = !before || clock.key(before.at) !== clock.key(message.at);
    row.querySelector(".day")?.remove();
    if (newDay) row.prepend(el("h3", { class: "day" }, clock.day(message.at)));
    const together = !newDay && before.mine === message.mine && message.at - before.at < RUN;
    row.classList.toggle("joined", together);
  }

  #of(row) {
    return this.#rows.get(row.dataset.id).message;
  }
}
