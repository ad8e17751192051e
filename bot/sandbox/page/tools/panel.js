// A panel of choices beside the button that opened it; the browser closes it on Escape or a press elsewhere.

import { el } from "../dom.js";
import { place } from "../render/menu.js";

/**
 * @param {HTMLElement} opener
 * @param {string} title
 * @param {Array<Node | false>} parts
 * @returns {HTMLElement}
 */
export function openPanel(opener, title, parts) {
  const panel = el("div", { class: "panel", role: "dialog", popover: "auto", "aria-label": title, testid: "panel" },
    el("h2", {}, title), parts);
  panel.addEventListener("toggle", (event) => event.newState === "closed" && panel.remove());
  document.body.append(panel);
  panel.showPopover();
  place(panel, opener.getBoundingClientRect());
  panel.querySelector("button, input")?.focus();
  return panel;
}
