// The strip over the composer that says what the next words will do: answer a message or change one.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { fullName, snippet } from "../text.js";

/** @param {() => void} onDrop */
export function createContextBar(onDrop) {
  const title = el("bdi", { class: "context-title" });
  const words = el("bdi", { class: "context-words" });
  const naming = { testid: "context-cancel", "aria-label": "Отменить" };
  const close = el("button", { class: "plain", type: "button", ...naming, onclick: onDrop }, icon("close"));
  const node = el("div", { class: "context", testid: "context", hidden: true },
    el("span", { class: "context-lines" }, title, words), close);
  let shown = null;

  return {
    node,

    /**
     * @param {{reply: object | null, editing: object | null}} state
     * @returns {boolean} whether something has just been begun
     */
    show({ reply, editing }) {
      const message = editing ?? reply;
      const begun = message !== null && message !== shown;
      shown = message;
      node.hidden = message === null;
      if (message === null) return false;
      title.textContent = editing ? "Изменение сообщения" : `Ответ: ${fullName(message.from)}`;
      words.textContent = snippet(message);
      return begun;
    },
  };
}
