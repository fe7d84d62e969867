/** Where a person writes: Enter sends, Shift+Enter begins a line, "/" opens the commands. */

import { el, icon } from "./dom.js";

const KINDS = { image: "photo", audio: "voice" };

export class Composer {
  #area;
  #send = el("button", { type: "submit", class: "round send" }, icon("send"));
  #slash = el("button", { type: "button", class: "round", "aria-haspopup": "menu" }, icon("slash"));
  #menu;
  #act;
  #words = {};
  #commands = [];

  /** `act(deed)` takes what the person does; `draft` is a storage key for an unfinished text. */
  constructor(phone, menu, act, draft) {
    this.#menu = menu;
    this.#act = act;
    this.#area = el("textarea", { id: `write-${phone}`, rows: "1", maxlength: "4096", enterkeyhint: "send" });
    this.#area.value = sessionStorage.getItem(draft) ?? "";
    this.node = el("form", { class: "composer" }, this.#slash, this.#area, this.#send);
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#area.addEventListener("input", () => {
      sessionStorage.setItem(draft, this.#area.value);
      this.#changed();
    });
    this.#area.addEventListener("keydown", (event) => this.#key(event));
    this.#area.addEventListener("paste", (event) => this.#refuse(event, event.clipboardData));
    this.node.addEventListener("dragover", (event) => event.preventDefault());
    this.node.addEventListener("drop", (event) => this.#refuse(event, event.dataTransfer));
    this.#slash.addEventListener("click", () => this.#toggle());
    this.#changed();
  }

  /** Speak these words and offer these commands. */
  relabel(words, commands) {
    this.#words = words;
    this.#commands = commands;
    this.#area.placeholder = words.placeholder;
    this.#area.setAttribute("aria-label", words.placeholder);
    this.#send.setAttribute("aria-label", words.send);
    this.#slash.setAttribute("aria-label", words.commands);
    this.#slash.hidden = commands.length === 0;
  }

  focus() {
    this.#area.focus();
  }

  #submit() {
    const text = this.#area.value;
    if (!text.trim()) return;
    this.#act({ text });
    this.#area.value = "";
    this.#area.dispatchEvent(new Event("input"));
    this.#area.focus();
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "ArrowDown" && this.#menu.open) {
      event.preventDefault();
      this.#menu.focus();
    } else if (event.key === "Escape") {
      this.#menu.close();
    }
  }

  #changed() {
    this.#send.disabled = !this.#area.value.trim();
    this.#area.style.height = "auto";
    this.#area.style.height = `${Math.min(this.#area.scrollHeight, 160)}px`;
    const typed = /^\/(\w*)$/.exec(this.#area.value);
    if (typed) this.#offer(typed[1].toLowerCase());
    else this.#menu.close();
  }

  #toggle() {
    if (this.#menu.open) this.#menu.close();
    else {
      this.#offer("");
      this.#menu.focus();
    }
  }

  #offer(start) {
    const fitting = this.#commands.filter(([name]) => name.startsWith(start));
    const items = fitting.map(([name, detail]) => ({
      label: `/${name}`,
      detail,
      choose: () => {
        this.#area.value = `/${name}`;
        this.#submit();
      },
    }));
    this.#menu.show(this.#words.commands, items, (byKey) => byKey && this.#area.focus());
  }

  /** A file on a phone of the demo becomes the kind of thing the bot kindly refuses. */
  #refuse(event, data) {
    const [file] = data?.files ?? [];
    if (!file) return;
    event.preventDefault();
    this.#act({ refused: KINDS[file.type.split("/")[0]] ?? "file" });
  }
}
