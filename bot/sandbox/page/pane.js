// One window: a person in a chat, with its own state, conversation and composer.

import { createActions } from "./actions.js";
import { mountComposer } from "./compose/composer.js";
import { mountConversation } from "./render/conversation.js";
import { mountHeading } from "./render/heading.js";
import { mountPins } from "./render/pins.js";
import { mountTopics } from "./render/topics.js";
import { createStore, emptyState } from "./state.js";

/**
 * @param {string} name unlike any other window's
 * @param {object} begin what differs from an empty state
 * @param {ReturnType<import("./notices.js").createNotices>} notices
 * @param {{close: () => void, alone: () => boolean}} frame
 */
export function createPane(name, begin, notices, frame) {
  const node = document.getElementById("pane").content.firstElementChild.cloneNode(true);
  node.dataset.testid = name;
  const store = createStore({ ...emptyState(), ...begin, view: begin.chat === null ? "list" : "conversation" });
  const actions = createActions(store, notices);
  const part = (selector) => node.querySelector(selector);
  // The conversation moves the reading marks, so it comes before the list that counts what is unread.
  mountConversation(part(".stage"), store, actions);
  mountHeading(part(".heading"), part(".hint"), store, actions, frame);
  mountTopics(part(".topics"), store, actions);
  mountPins(part(".pins"), store, actions);
  mountComposer(part(".footer"), name, store, actions);
  store.subscribe((state) => node.setAttribute("aria-label", labelOf(state)));
  return { name, node, store, actions };
}

function labelOf({ people, as }) {
  const person = people.find(({ id }) => id === as);
  return person ? `Окно: ${person.label ?? person.first_name}` : "Окно";
}
