// Inline buttons under a bubble, with the turning sign of a press that waits for its answer.

import { pressKey } from "../actions.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";

/**
 * @param {object} message
 * @param {{chat: number, pending: Set<string>}} state
 * @param {{press: (message: object, button: object) => void}} actions
 * @returns {HTMLElement | null}
 */
export function keyboard(message, state, actions) {
  if (message.buttons.length === 0) return null;
  const rows = message.buttons.map((row) =>
    el("div", { class: "keyboard-row" }, row.map((button) => buttonNode(message, button, state, actions))));
  return el("div", { class: "keyboard" }, rows);
}

/** The presses of this message that still wait; part of what makes its node stale. */
export const waitingPresses = (message, state) =>
  message.buttons.flat().map((button) => state.pending.has(pressKey(state.chat, message.id, button)));

function buttonNode(message, button, state, actions) {
  const waiting = state.pending.has(pressKey(state.chat, message.id, button));
  const words = el("span", { class: "keyboard-words", dir: "auto" }, button.text);
  return el("button", {
    class: "keyboard-button",
    type: "button",
    testid: "button",
    title: button.url ?? button.text,
    "data-focus": button.data ?? button.url ?? button.text,
    "aria-busy": waiting ? "true" : null,
    onclick: () => actions.press(message, button),
  }, words, button.url !== undefined && icon("link"));
}
