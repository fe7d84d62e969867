/** Puts the desk together and keeps it up to date. */

import { el, icon } from "./dom.js";
import { Outbox } from "./outbox.js";
import { Phone } from "./phone.js";
import { listen } from "./stream.js";
import { Tabs } from "./tabs.js";
import { themeButton } from "./theme.js";

const LANGUAGES = { uk: "Українська", pl: "Polski", en: "English" };
const LANGUAGE = "mistok.language";

async function start() {
  const chosen = localStorage.getItem(LANGUAGE);
  const response = await fetch(chosen ? `/api/desk?language=${encodeURIComponent(chosen)}` : "/api/desk");
  const { language, words, phones: described } = await response.json();
  document.documentElement.lang = language;
  document.title = words.title;

  const phones = new Map();
  const outbox = new Outbox((item, accepted) => phones.get(item.phone)?.settled(item, accepted));
  const lookedAt = (phone) => {
    for (const other of phones.values()) if (other !== phone) other.looking = false;
  };
  let tabs;
  const counted = (phone) => {
    tabs?.count(phone);
    const unread = [...phones.values()].reduce((sum, { unread }) => sum + unread, 0);
    document.title = unread ? `(${unread}) ${words.title}` : words.title;
  };
  for (const description of described) {
    phones.set(description.id, new Phone(description, outbox, counted, lookedAt));
  }
  tabs = new Tabs([...phones.values()], words);
  const banner = el("div", { class: "banner", role: "status" });
  const row = el("main", { class: "phones" }, ...[...phones.values()].map((phone) => phone.node));
  document.body.prepend(header(words, language), banner, tabs.node, row);
  document.addEventListener("visibilitychange", () => {
    for (const phone of phones.values()) if (phone.looking) phone.look();
  });

  const say = connection(banner, words);
  listen({
    record: (data) => phones.get(data.phone)?.record(data),
    reset: (epoch) => {
      forgetMarks(epoch);
      phones.forEach((phone) => phone.reset(epoch));
    },
    ready: () => {
      phones.forEach((phone) => phone.ready());
      say.up();
      outbox.retry();
    },
    lost: say.down,
  });
}

function header(words, language) {
  const select = el("select", { "aria-label": words.language });
  for (const [code, name] of Object.entries(LANGUAGES)) {
    select.append(el("option", { value: code, lang: code, selected: code === language }, name));
  }
  select.addEventListener("change", () => {
    localStorage.setItem(LANGUAGE, select.value);
    location.reload();
  });
  const brand = el("div", { class: "brand" }, icon("bridge"), el("div", {}, el("h1", {}, words.name), el("p", {}, words.tagline)));
  return el("header", { class: "top" }, brand, el("p", { class: "explanation" }, words.explanation), el("div", { class: "tools" }, select, themeButton(words)));
}

/** The line about the connection: said when it breaks for longer than a blink, and when it is back. */
function connection(banner, words) {
  let late;
  let hide;
  return {
    down: () => {
      clearTimeout(hide);
      late ??= setTimeout(() => {
        banner.textContent = words.offline;
        banner.className = "banner down";
      }, 700);
    },
    up: () => {
      clearTimeout(late);
      late = undefined;
      if (!banner.classList.contains("down")) return;
      banner.textContent = words.back;
      banner.className = "banner up";
      hide = setTimeout(() => banner.replaceChildren(), 3000);
    },
  };
}

/** Drop what was read on a desk that is no more. */
function forgetMarks(epoch) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("mistok.read.") && !key.startsWith(`mistok.read.${epoch}.`)) localStorage.removeItem(key);
  }
}

start();
