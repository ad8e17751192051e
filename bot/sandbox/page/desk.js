// The windows that stand side by side, and which of them the list and the tools belong to.

import { createPane } from "./pane.js";
import { groupsOf, isPreparing, personById } from "./state.js";

export const MOST_PANES = 3;

/**
 * @param {HTMLElement} place
 * @param {ReturnType<import("./notices.js").createNotices>} notices
 */
export function createDesk(place, notices) {
  const listeners = [];
  let shared = {};
  let numbers = 0;

  const desk = {
    panes: [],
    active: null,

    /** @param {{as: number | null, chat: number | null}} where */
    open(where) {
      if (desk.panes.length === MOST_PANES) return;
      numbers += 1;
      const pane = createPane(`pane-${numbers}`, { ...shared, ...where }, notices, {
        close: () => desk.close(pane),
        alone: () => desk.panes.length === 1,
      });
      for (const kind of ["pointerdown", "focusin"]) pane.node.addEventListener(kind, () => desk.activate(pane));
      pane.store.subscribe(desk.tell);
      desk.panes.push(pane);
      place.append(pane.node);
      desk.activate(pane);
      settle(pane);
    },

    close(pane) {
      if (desk.panes.length === 1) return;
      desk.panes.splice(desk.panes.indexOf(pane), 1);
      pane.node.remove();
      if (desk.active === pane) desk.active = desk.panes.at(-1);
      for (const each of desk.panes) each.store.update({});
    },

    activate(pane) {
      if (desk.active === pane) return;
      desk.active = pane;
      for (const each of desk.panes) each.store.update({});
    },

    /** @param {object} news the shared part of every window's state */
    show(news) {
      shared = { ...shared, ...news };
      for (const pane of desk.panes) {
        pane.store.update(news);
        settle(pane);
      }
    },

    /** @param {() => void} listener called after any window has changed */
    subscribe: (listener) => listeners.push(listener),

    tell() {
      place.dataset.count = String(desk.panes.length);
      for (const pane of desk.panes) pane.node.setAttribute("aria-current", String(pane === desk.active));
      for (const listener of listeners) listener(desk.active.store.state);
    },
  };

  /** A window whose person or chat is no more goes to where a newcomer begins, once it is known where that is. */
  function settle({ store }) {
    const { state } = store;
    if (!state.loaded) return;
    const wanted = isPreparing(state) ? [] : [state.as, state.training.begin, state.people[0]?.id];
    const as = wanted.find((id) => personById(state, id) !== null) ?? null;
    const stays = groupsOf(state, as).some((group) => group.id === state.chat);
    store.update({ as, chat: stays ? state.chat : as });
  }

  return desk;
}
