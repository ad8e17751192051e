// The bar of pinned messages: shows one of them, and at each press the one pinned before it.

import { el, reconcile } from "../dom.js";
import { icon } from "../icons.js";
import { messagesOf } from "../state.js";
import { snippet } from "../text.js";

/**
 * @param {HTMLElement} place
 * @param {object} store
 * @param {object} actions
 */
export function mountPins(place, store, actions) {
  let shown = "";
  let back = 0; // how many pins before the latest one

  store.subscribe((state) => {
    const pins = pinsOf(state);
    const now = JSON.stringify([state.chat, state.topic, pins.map(({ id }) => id)]);
    if (now !== shown) back = 0;
    shown = now;
    place.hidden = pins.length === 0;
    reconcile(place, place.hidden ? [] : [bar(pins)]);
  });

  function bar(pins) {
    const number = pins.length - back;
    const message = pins[number - 1];
    const title = pins.length === 1 ? "Закреплено" : `Закреплено ${number} из ${pins.length}`;
    const words = snippet(message);
    const go = () => {
      back = (back + 1) % pins.length;
      actions.showMessage(message.id);
    };
    return {
      key: "pin",
      signature: JSON.stringify([message.id, title, words]),
      create: () => el("button", { class: "pin", type: "button", testid: "pinned", "data-focus": "pin", onclick: go },
        icon("pin"),
        el("span", { class: "pin-words" },
          el("span", { class: "pin-title" }, title),
          el("bdi", { class: "pin-text" }, words))),
    };
  }
}

function pinsOf(state) {
  const known = new Map(messagesOf(state, state.chat).map((message) => [message.id, message]));
  const pins = (state.pins.get(state.chat) ?? []).map((id) => known.get(id)).filter(Boolean);
  return state.topic === null ? pins : pins.filter(({ thread }) => thread === state.topic);
}
