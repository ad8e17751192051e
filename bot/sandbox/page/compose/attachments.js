// What will go with the words: one to four pictures, a stand-in of another kind, or a file from the person's disk.

import { postFile } from "../api.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { mediaName } from "../text.js";

const MOST_PHOTOS = 4;
const STAND_IN = "Уйдёт условное вложение. Подпись пишите ниже.";
const REAL = "Файл останется в песочнице. Подпись пишите ниже.";
const PICTURES = ["image/png", "image/jpeg"];
const NOTHING = { kind: null, count: 0, file: null };

/** The strip over the composer with what is attached; it also says how that is sent. */
export function createAttachments() {
  const node = el("div", { class: "attached", testid: "attached", hidden: true });
  let held = NOTHING;

  function show() {
    node.hidden = held.count === 0;
    const chips = Array.from({ length: held.count }, (_, index) => chip(index));
    node.replaceChildren(...chips, el("span", { class: "attached-note" }, held.file ? REAL : STAND_IN));
  }

  function chip(index) {
    const { kind, count, file } = held;
    const words = file?.name ?? `${mediaName(kind)}${count > 1 ? ` ${index + 1}` : ""}`;
    const fewer = () => set(count === 1 ? NOTHING : { ...held, count: count - 1 });
    const remove = { class: "plain", type: "button", "aria-label": `Убрать: ${words}`, onclick: fewer };
    return el("span", { class: "chip" }, icon(kind), el("bdi", {}, words), el("button", remove, icon("close")));
  }

  function set(next) {
    held = next;
    show();
  }

  return {
    node,

    /** @param {string} kind a second picture makes an album, anything else stands alone */
    add(kind) {
      const another = kind === "photo" && held.kind === "photo" && held.file === null;
      set({ kind, count: another ? Math.min(held.count + 1, MOST_PHOTOS) : 1, file: null });
    },

    /** @param {File} file a picture is sent as a photo, anything else as a document */
    addFile(file) {
      set({ kind: PICTURES.includes(file.type) ? "photo" : "document", count: 1, file });
    },

    clear: () => set(NOTHING),

    /** Empties the strip. @returns {() => void} puts it back, for when the sending failed */
    take() {
      const before = held;
      set(NOTHING);
      return () => set(before);
    },

    /**
     * @param {string} caption goes under the first picture
     * @returns {object | Promise<object> | null} null when nothing is attached
     */
    content(caption) {
      const { kind, count, file } = held;
      if (count === 0) return null;
      const first = { [kind]: true, ...(caption ? { caption } : {}) };
      if (file) return postFile(file).then(({ file: id }) => ({ ...first, file: id }));
      if (count === 1) return first;
      return { media_group: [first, ...Array.from({ length: count - 1 }, () => ({ photo: true }))] };
    },
  };
}
