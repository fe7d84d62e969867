/** On a narrow screen one phone at a time, chosen by tabs; on a wide one all stand side by side. */

import { el, fill, spoken } from "./dom.js";

const NARROW = matchMedia("(max-width: 700px)");

export class Tabs {
  #phones;
  #words;
  #tabs = new Map();
  #selected;

  constructor(phones, words) {
    this.#phones = phones;
    this.#words = words;
    this.node = el("div", { class: "tabs", role: "tablist", "aria-label": words.phones });
    for (const phone of phones) this.node.append(this.#tab(phone));
    this.node.addEventListener("keydown", (event) => this.#key(event));
    this.#selected = phones[0];
    NARROW.addEventListener("change", () => this.#arrange());
    this.#arrange();
  }

  /** Show how many messages of this phone are unread. */
  count(phone) {
    const mark = this.#tabs.get(phone).querySelector(".mark");
    mark.hidden = phone.unread === 0;
    mark.replaceChildren(
      el("span", { "aria-hidden": "true" }, String(phone.unread)),
      spoken(fill(this.#words.unread, { count: phone.unread })),
    );
  }

  #tab(phone) {
    const tab = el(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${phone.id}`,
        "aria-controls": phone.node.id,
        on: { click: () => this.#select(phone) },
      },
      el("span", { class: "label" }, phone.title),
      el("span", { class: "badge mark", hidden: true }),
    );
    this.#tabs.set(phone, tab);
    return tab;
  }

  #select(phone) {
    this.#selected = phone;
    this.#arrange();
  }

  #arrange() {
    for (const phone of this.#phones) {
      const selected = phone === this.#selected;
      const tab = this.#tabs.get(phone);
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
      phone.node.hidden = NARROW.matches && !selected;
      if (NARROW.matches) {
        phone.node.setAttribute("role", "tabpanel");
        if (selected) phone.look();
      } else {
        phone.node.removeAttribute("role");
      }
    }
  }

  #key(event) {
    const here = this.#phones.indexOf(this.#selected);
    const count = this.#phones.length;
    const goal = { ArrowRight: here + 1, ArrowLeft: here - 1 + count, Home: 0, End: count - 1 }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    const phone = this.#phones[goal % count];
    this.#select(phone);
    this.#tabs.get(phone).focus();
  }
}
