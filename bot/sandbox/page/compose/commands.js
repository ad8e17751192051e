// The list of the bot's commands that opens when a line begins with «/».

import { fetchCommands } from "../api.js";
import { el } from "../dom.js";
import { isPrivate } from "../state.js";

const BEGINNING = /^\/[a-z0-9_]*$/i;

/**
 * @param {object} store
 * @param {HTMLTextAreaElement} input
 * @param {string} name the window's
 */
export function createCommandHints(store, input, name) {
  const naming = { id: `${name}-commands`, testid: "commands", role: "listbox", "aria-label": "Команды" };
  const node = el("ul", { class: "commands", ...naming, hidden: true });
  input.setAttribute("aria-controls", naming.id);
  let known = null;
  let offered = [];
  let chosen = -1;

  /** The list is asked for anew each time a line begins with «/»: it depends on the person and the chat. */
  async function refresh() {
    if (!BEGINNING.test(input.value)) return close();
    if (input.value === "/" || known === null) {
      const { chat, as } = store.state;
      known = await fetchCommands(chat, as).catch(() => []);
    }
    const words = input.value.toLowerCase();
    offered = BEGINNING.test(words) ? known.filter(({ command }) => `/${command}`.startsWith(words)) : [];
    chosen = -1;
    return show();
  }

  function close() {
    if (input.value === "") known = null;
    offered = [];
    show();
  }

  function show() {
    node.hidden = offered.length === 0;
    node.replaceChildren(...offered.map(option));
    if (chosen >= 0) input.setAttribute("aria-activedescendant", `${name}-command-${chosen}`);
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
      id: `${name}-command-${index}`,
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
