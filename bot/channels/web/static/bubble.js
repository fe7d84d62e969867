/** One message as it looks on a phone. */

import { el, fill, icon, spoken } from "./dom.js";
import { richText } from "./text.js";

const PICTURES = ["image/png", "image/jpeg"];

/**
 * The row of a message. `view` gives `words`, `clock`, `busy(message)` (handle being pressed now),
 * `press(message, handle)` and `places(anchor)` (opens the choice of a location).
 */
export function bubble(message, view) {
  const { words } = view;
  const who = message.mine ? words.you : words.bot;
  const body = el(
    "div",
    { class: "bubble" },
    spoken(`${who}: `),
    message.file ? attachment(message, words) : null,
    content(message, words),
    footer(message, view),
  );
  const row = el("article", { class: message.mine ? "row mine" : "row", dataset: { id: message.id } }, body);
  if (message.buttons.length || message.locationAsked) row.append(choices(message, view));
  return row;
}

function content(message, words) {
  const box = el("div", { class: "text" });
  if (message.location) {
    const [lat, lon] = message.location.map((degrees) => degrees.toFixed(3));
    box.append(icon("pin"), fill(words.location, { lat, lon }));
  } else if (message.refused) {
    box.append(icon("clip"), words[message.refused]);
  } else {
    box.append(richText(message.text, message.spans, words));
  }
  return box;
}

function footer(message, { words, clock }) {
  const time = el("time", { datetime: new Date(message.at).toISOString() }, clock.time(message.at));
  const foot = el("div", { class: "foot" }, time);
  if (message.edited) time.title = words.edited;
  if (message.mine) {
    const ticks = el("span", { class: `ticks ${message.state}`, title: words[message.state] });
    ticks.append(icon(message.state === "sent" ? "tick" : TICKS[message.state] ?? "ticks"), spoken(words[message.state]));
    foot.append(ticks);
  }
  return foot;
}

const TICKS = { waiting: "clock", failed: "failed" };

function attachment(message, words) {
  const [name, type] = message.file;
  const href = `/api/phones/${encodeURIComponent(message.phone)}/messages/${encodeURIComponent(message.id)}/file`;
  if (PICTURES.includes(type)) {
    const image = el("img", { src: href, alt: fill(words.picture, { name }) });
    return el("a", { class: "picture", href, target: "_blank", rel: "noopener" }, image, spoken(`(${words.newTab})`));
  }
  const label = el("span", {}, el("strong", {}, name), el("small", {}, fill(words.download, { name: kind(name) })));
  return el("a", { class: "chip", href, download: name }, icon("file"), label);
}

function kind(name) {
  return name.includes(".") ? name.split(".").at(-1).toUpperCase() : "";
}

function choices(message, view) {
  const busy = view.busy(message);
  const list = el("div", { class: "choices", role: "group", "aria-label": view.words.choices });
  for (const [label, handle] of message.buttons) {
    const pressed = handle === (busy || message.pressed);
    const button = el(
      "button",
      {
        type: "button",
        class: pressed ? "choice pressed" : "choice",
        "aria-busy": busy === handle,
        "aria-disabled": busy ? "true" : false,
        on: { click: () => busy || view.press(message, handle) },
      },
      label,
    );
    if (pressed) button.append(icon("tick"), spoken(` (${view.words.chosen})`));
    list.append(button);
  }
  if (message.locationAsked) {
    const share = el("button", { type: "button", class: "choice", "aria-haspopup": "menu" }, icon("pin"), view.words.shareLocation);
    share.addEventListener("click", () => view.places(share));
    list.append(share);
  }
  return list;
}
