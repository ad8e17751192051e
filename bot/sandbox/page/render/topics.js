// The topics of a forum as a row of tabs.

import { el, reconcile } from "../dom.js";
import { currentGroup } from "../state.js";

/**
 * @param {HTMLElement} place
 * @param {object} store
 * @param {object} actions
 */
export function mountTopics(place, store, actions) {
  store.subscribe((state) => {
    place.hidden = !currentGroup(state)?.is_forum;
    reconcile(place, place.hidden ? [] : tabs(state, actions));
  });
}

function tabs(state, actions) {
  const named = currentGroup(state).topics.map(({ thread, name, closed }) => ({ thread, name, closed }));
  return [{ thread: null, name: "Все темы" }, ...named].map((topic) => {
    const current = topic.thread === state.topic;
    return {
      key: String(topic.thread),
      signature: JSON.stringify([topic, current]),
      create: () => tab(topic, current, actions),
    };
  });
}

function tab({ thread, name, closed }, current, actions) {
  const attributes = {
    class: "topic",
    type: "button",
    dir: "auto",
    testid: `topic-${thread ?? "all"}`,
    "data-focus": "topic",
    "aria-pressed": String(current),
    onclick: () => actions.chooseTopic(thread),
  };
  return el("button", attributes, name, closed && " (закрыта)");
}
