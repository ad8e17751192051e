// Short notices over the page: a toast that goes by itself, an alert that waits for a hand.

import { el } from "./dom.js";

const TOAST_MS = 5000;

/**
 * @param {HTMLElement} place a live region for toasts
 */
export function createNotices(place) {
  return {
    /** @param {string} text */
    toast(text) {
      const node = el("p", { class: "toast", testid: "toast", dir: "auto" }, text);
      place.replaceChildren(node);
      raise(place);
      setTimeout(() => node.remove(), TOAST_MS);
    },

    /** @param {string} text */
    alert(text) {
      const words = el("p", { class: "dialog-text", dir: "auto", id: "alert-text" }, text);
      const naming = { testid: "alert", role: "alertdialog", "aria-labelledby": "alert-text" };
      open(el("dialog", { class: "dialog", ...naming }, body(words, [agreeing("Понятно", "alert-close")])));
    },

    /**
     * @param {string} question
     * @param {string} verb what the agreeing button says
     * @returns {Promise<boolean>}
     */
    confirm(question, verb) {
      const words = el("p", { class: "dialog-text", id: "confirm-text" }, question);
      const cancel = el("button", { type: "submit", value: "no" }, "Отмена");
      const dialog = el("dialog", { class: "dialog", testid: "confirm", "aria-labelledby": "confirm-text" },
        body(words, [cancel, agreeing(verb, "confirm-yes")]));
      return new Promise((resolve) => open(dialog, () => resolve(dialog.returnValue === "yes")));
    },
  };
}

function body(words, buttons) {
  const actions = el("div", { class: "dialog-actions" }, buttons);
  return el("form", { method: "dialog", class: "dialog-body" }, words, actions);
}

function agreeing(verb, testid) {
  return el("button", { class: "primary", type: "submit", value: "yes", testid, autofocus: true }, verb);
}

/** Over a dialog that may have opened since. */
function raise(place) {
  if (place.matches(":popover-open")) place.hidePopover();
  place.showPopover();
}

function open(dialog, onClose = () => {}) {
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose();
  });
  document.body.append(dialog);
  dialog.showModal();
}
