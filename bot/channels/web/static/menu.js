/** A small menu of choices above or below what opens it, usable with the arrow keys. */

import { el } from "./dom.js";

export class Menu {
  #node = el("div", { class: "menu", role: "menu", hidden: true });
  #closed;

  /** Stands inside `host`; one for each phone. */
  constructor(host) {
    host.append(this.#node);
    this.#node.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("pointerdown", (event) => {
      if (this.open && !this.#node.contains(event.target)) this.close();
    });
    this.#node.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.#node.contains(event.relatedTarget)) this.close();
    });
  }

  get open() {
    return !this.#node.hidden;
  }

  /** Show `items`, each `{label, detail, choose}`; `closed(byKey)` is called when it goes. */
  show(label, items, closed = () => {}) {
    this.#closed = closed;
    this.#node.setAttribute("aria-label", label);
    this.#node.replaceChildren(
      ...items.map((item) =>
        el(
          "button",
          {
            type: "button",
            role: "menuitem",
            tabindex: "-1",
            on: {
              click: () => {
                this.close(true);
                item.choose();
              },
            },
          },
          el("strong", {}, item.label),
          item.detail ? el("span", {}, item.detail) : null,
        ),
      ),
    );
    this.#node.hidden = items.length === 0;
  }

  focus() {
    this.#node.querySelector("button")?.focus();
  }

  close(byKey = false) {
    if (!this.open) return;
    this.#node.hidden = true;
    this.#closed(byKey);
  }

  #key(event) {
    const items = [...this.#node.children];
    const here = items.indexOf(document.activeElement);
    const goal = { ArrowDown: here + 1, ArrowUp: here - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (goal !== undefined) items[goal % items.length].focus();
    else if (event.key === "Escape") this.close(true);
    else return;
    event.preventDefault();
  }
}
