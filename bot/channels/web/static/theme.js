/** Light, dark, or as on the device; remembered in this browser. */

import { el, icon } from "./dom.js";

const ORDER = ["auto", "light", "dark"];
const KEY = "mistok.theme";

/** The button that goes from one to the next. */
export function themeButton(words) {
  const button = el("button", { type: "button", class: "round quiet" });
  let theme = ORDER.includes(localStorage.getItem(KEY)) ? localStorage.getItem(KEY) : "auto";
  const apply = () => {
    document.documentElement.dataset.theme = theme;
    button.replaceChildren(icon(theme));
    button.setAttribute("aria-label", `${words.lightOrDark}: ${words[theme]}`);
    button.title = `${words.lightOrDark}: ${words[theme]}`;
  };
  button.addEventListener("click", () => {
    theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
    localStorage.setItem(KEY, theme);
    apply();
  });
  apply();
  return button;
}
