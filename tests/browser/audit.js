/** Faults that would keep somebody from using the page; an empty list is good. */
() => {
  const faults = [];
  const shown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const label = (node) => `${node.tagName.toLowerCase()}.${node.className.baseVal ?? node.className}`;
  const name = (node) =>
    node.getAttribute("aria-label") ||
    (node.getAttribute("aria-labelledby") && document.getElementById(node.getAttribute("aria-labelledby"))?.textContent) ||
    node.textContent.trim();

  for (const node of document.querySelectorAll("button, a, select, textarea, [role=region], [role=log], [role=menu], [role=group]")) {
    if (shown(node) && !name(node) && !node.querySelector("img[alt]")) faults.push(`no name: ${label(node)}`);
  }
  for (const node of document.querySelectorAll("img")) if (!node.alt) faults.push(`no alternative text: ${label(node)}`);
  for (const node of document.querySelectorAll("[tabindex]")) if (node.tabIndex > 0) faults.push(`tab order: ${label(node)}`);
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  if (new Set(ids).size !== ids.length) faults.push("an id stands twice");
  for (const attribute of ["aria-controls", "aria-labelledby"]) {
    for (const node of document.querySelectorAll(`[${attribute}]`)) {
      if (!document.getElementById(node.getAttribute(attribute))) faults.push(`${attribute} leads nowhere: ${label(node)}`);
    }
  }
  if (document.querySelectorAll("main").length !== 1 || document.querySelectorAll("h1").length !== 1) faults.push("one main, one h1");
  if (document.documentElement.scrollWidth > innerWidth) faults.push("scrolls sideways");
  for (const node of document.querySelectorAll("button, select, textarea")) {
    const { width, height } = node.getBoundingClientRect();
    if (shown(node) && Math.min(width, height) < 24) faults.push(`too small to hit: ${label(node)} ${width}x${height}`);
  }

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (node) => {
    for (let up = node; up; up = up.parentElement) {
      const colour = rgba(getComputedStyle(up).backgroundColor);
      if (colour[3] > 0.99) return colour;
    }
    return [255, 255, 255, 1];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !shown(node) || node.closest(".spoken, :disabled, svg, option")) continue;
    const [one, other] = [light(rgba(getComputedStyle(node).color)), light(behind(node))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) faults.push(`contrast ${ratio.toFixed(2)}: ${label(node)} "${node.textContent.slice(0, 30)}"`);
  }
  return faults;
}
