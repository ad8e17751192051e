// A small menu beside the button that opened it; the browser closes it on Escape or a press elsewhere.

import { el } from "../dom.js";
import { icon } from "../icons.js";

const MARGIN = 8;

/**
 * @param {HTMLElement} opener
 * @param {Array<{sign: string, words: string, testid: string, act: () => void}>} choices
 */
export function openMenu(opener, choices) {
  const menu = el("div", { class: "menu", role: "menu", popover: "auto", onkeydown: walk });
  for (const { sign, words, testid, act } of choices) {
    const choose = () => {
      menu.hidePopover();
      act();
    };
    menu.append(el("button", { type: "button", role: "menuitem", testid, onclick: choose }, icon(sign), words));
  }
  menu.addEventListener("toggle", (event) => event.newState === "closed" && menu.remove());
  document.body.append(menu);
  menu.showPopover();
  place(menu, opener.getBoundingClientRect());
  menu.firstElementChild.focus();
}

/** Puts it below the opener, or above where there is no room. */
export function place(menu, beside) {
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.min(beside.left, innerWidth - width - MARGIN);
  const below = beside.bottom + MARGIN;
  const top = below + height > innerHeight ? beside.top - height - MARGIN : below;
  menu.style.left = `${Math.max(MARGIN, left)}px`;
  menu.style.top = `${Math.max(MARGIN, top)}px`;
}

function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...event.currentTarget.children];
  const next = items.indexOf(document.activeElement) + step;
  items[(next + items.length) % items.length].focus();
}
