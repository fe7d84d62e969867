/** Text with spans, drawn as elements. Offsets count code points, as the server does. */

import { el, spoken } from "./dom.js";

const TAGS = { bold: "strong", italic: "em" };

/** Nodes for `text`; `spans` are `[start, length, style, url]`, by start, nested but never crossing. */
export function richText(text, spans, words) {
  const points = Array.from(text);
  const root = document.createDocumentFragment();
  const open = [{ node: root, end: points.length }];
  let at = 0;

  const write = (end) => {
    if (end > at) open.at(-1).node.append(points.slice(at, end).join(""));
    at = Math.max(at, end);
  };
  const closeUntil = (position) => {
    while (open.length > 1 && open.at(-1).end <= position) {
      const { node, end } = open.at(-1);
      write(end);
      if (node.tagName === "A") node.append(spoken(` (${words.newTab})`));
      open.pop();
    }
  };

  for (const [start, length, style, url] of spans) {
    closeUntil(start);
    write(start);
    const node = element(style, url);
    open.at(-1).node.append(node);
    open.push({ node, end: Math.min(start + length, open.at(-1).end) });
  }
  closeUntil(points.length);
  write(points.length);
  return root;
}

function element(style, url) {
  if (style === "link" && isWeb(url)) {
    return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" });
  }
  return el(TAGS[style] ?? "span");
}

function isWeb(url) {
  try {
    return ["https:", "http:"].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}
