// The line to write in: it grows with its words, and each chat of each person keeps its unsent ones.

import { el } from "../dom.js";

/** @returns what the composer needs of the line; `input` is the node */
export function createWritingLine() {
  const drafts = new Map();
  let place = "";
  let edited = null;
  const input = el("textarea", {
    class: "input",
    rows: "1",
    testid: "composer",
    dir: "auto",
    autocomplete: "off",
    placeholder: "Сообщение",
    "aria-label": "Сообщение",
  });
  input.addEventListener("input", grow);

  function write(words) {
    if (input.value === words) return;
    input.value = words;
    input.dispatchEvent(new Event("input"));
  }

  /** Browsers that know `field-sizing` grow the field themselves; the others are told. */
  function grow() {
    if (CSS.supports("field-sizing", "content")) return;
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight}px`;
  }

  /** Words of a message being changed are no draft. */
  function keepDraft() {
    if (edited === null) drafts.set(place, input.value);
  }

  return {
    input,
    write,
    words: () => input.value.trim(),

    /** The words as they stand. @returns {() => void} puts them back, unless the person has gone or begun anew */
    take() {
      const [held, heldAt] = [input.value, place];
      write("");
      return () => place === heldAt && input.value === "" && write(held);
    },

    /** @param {string} next @returns {boolean} whether it is another place */
    moveTo(next) {
      if (next === place) return false;
      keepDraft();
      place = next;
      edited = null;
      write(drafts.get(place) ?? "");
      return true;
    },

    /** @param {object | null} message to be changed @returns {boolean} whether a change has just begun */
    edit(message) {
      if (message?.id === edited?.id) return false;
      keepDraft();
      edited = message;
      write(edited ? (edited.text ?? edited.caption ?? "") : (drafts.get(place) ?? ""));
      return edited !== null;
    },
  };
}
