// The list of the bot's commands that opens when a line begins with «/».

import { el } from "../dom.js";
import { isPrivate } from "../state.js";

const BEGINNING = /^\/[a-z0-9_]*$/i;

/**
 * @param {object} store
 * @param {HTMLTextAreaElement} input
 */
export function createCommandHints(store, input) {
  const naming = { id: "commands", testid: "commands", role: "listbox", "aria-label": "Команды" };
  const node = el("ul", { class: "commands", ...naming, hidden: true });
  input.setAttribute("aria-controls", "commands");
  let offered = [];
  let chosen = -1;

  function refresh() {
    const words = input.value.toLowerCase();
    const known = store.state.bot.commands ?? [];
    offered = BEGINNING.test(words) ? known.filter(({ command }) => `/${command}`.startsWith(words)) : [];
    chosen = -1;
    show();
  }

  function close() {
    offered = [];
    show();
  }

  function show() {
    node.hidden = offered.length === 0;
    node.replaceChildren(...offered.map(option));
    if (chosen >= 0) input.setAttribute("aria-activedescendant", `command-${chosen}`);
    else input.removeAttribute("aria-activedescendant");
    node.children[chosen]?.scrollIntoView({ block: "nearest" });
  }

  function option({ command, description }, index) {
    // A press must not take the focus out of the line.
    const take = (event) => {
      event.preventDefault();
      insert(index);
    };
    const attributes = {
      class: "command",
      role: "option",
      id: `command-${index}`,
      testid: `command-${command}`,
      "aria-selected": String(index === chosen),
      onmousedown: take,
    };
    return el("li", attributes, el("b", {}, `/${command}`), el("span", {}, description));
  }

  /** In a group the bot is named, as other bots may be there. */
  function insert(index) {
    const { state } = store;
    const suffix = isPrivate(state, state.chat) ? "" : `@${state.bot.username}`;
    input.value = `/${offered[index].command}${suffix} `;
    close();
  }

  function move(step) {
    chosen = (chosen + step + offered.length) % offered.length;
    show();
  }

  return {
    node,
    refresh,

    /**
     * @param {KeyboardEvent} event
     * @returns {boolean} whether the key was for the list
     */
    takesKey(event) {
      if (offered.length === 0) return false;
      const deeds = {
        ArrowDown: () => move(1),
        ArrowUp: () => move(chosen < 0 ? 0 : -1),
        Tab: () => insert(Math.max(chosen, 0)),
        Enter: chosen >= 0 && !event.shiftKey ? () => insert(chosen) : undefined,
        Escape: close,
      };
      if (!deeds[event.key]) return false;
      event.preventDefault();
      deeds[event.key]();
      return true;
    },
  };
}
