// What will go with the words: one to four pictures, or a film; stand-ins, as a sandbox carries no files.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { mediaName } from "../text.js";

const MOST_PHOTOS = 4;
const NOTE = "Уйдёт условная картинка. Подпись пишите ниже.";

/** The strip over the composer with what is attached; it also says how that is sent. */
export function createAttachments() {
  const node = el("div", { class: "attached", testid: "attached", hidden: true });
  let kind = null;
  let count = 0;

  function show() {
    node.hidden = count === 0;
    const chips = Array.from({ length: count }, (_, index) => chip(index));
    node.replaceChildren(...chips, el("span", { class: "attached-note" }, NOTE));
  }

  function chip(index) {
    const words = `${mediaName(kind)}${count > 1 ? ` ${index + 1}` : ""}`;
    const fewer = () => set(kind, count - 1);
    const remove = { class: "plain", type: "button", "aria-label": `Убрать: ${words}`, onclick: fewer };
    return el("span", { class: "chip" }, icon(kind), words, el("button", remove, icon("close")));
  }

  function set(nextKind, nextCount) {
    kind = nextKind;
    count = nextCount;
    show();
  }

  return {
    node,

    /** @param {"photo" | "video"} next a second picture makes an album, a film stands alone */
    add(next) {
      set(next, next === "photo" && kind === "photo" ? Math.min(count + 1, MOST_PHOTOS) : 1);
    },

    clear: () => set(null, 0),

    /** Empties the strip. @returns {() => void} puts it back, for when the sending failed */
    take() {
      const held = [kind, count];
      set(null, 0);
      return () => set(...held);
    },

    /**
     * @param {string} caption goes under the first picture
     * @returns {object | null} null when nothing is attached
     */
    content(caption) {
      if (count === 0) return null;
      const first = { [kind]: true, ...(caption ? { caption } : {}) };
      if (count === 1) return first;
      return { media_group: [first, ...Array.from({ length: count - 1 }, () => ({ photo: true }))] };
    },
  };
}
