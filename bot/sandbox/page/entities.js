// Telegram's formatting as nodes, never as markup. Offsets count UTF-16 units, as JavaScript's own strings do.

import { el } from "./dom.js";
import { destinationOf } from "./links.js";

/**
 * @typedef {{type: string, offset: number, length: number, url?: string, language?: string}} Entity
 * @typedef {object} Reactions
 * @property {string} botName username of the sandbox's bot
 * @property {(command: string) => void} onCommand
 * @property {(to: import("./links.js").Destination) => void} onDestination
 */

const PLAIN_TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

const BLOCKS = new Set(["PRE", "BLOCKQUOTE"]);

/**
 * @param {string} text
 * @param {Entity[]} entities
 * @param {Reactions} reactions
 * @returns {Array<Node | string>}
 */
export function formatted(text, entities, reactions) {
  const usable = entities.filter(({ offset, length }) => length > 0 && offset >= 0 && offset < text.length);
  return spans(text, 0, text.length, nested(usable), reactions);
}

/** Outer entities before those inside them. */
function nested(entities) {
  return [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
}

function spans(text, from, to, entities, reactions) {
  const nodes = [];
  const queue = [...entities];
  let position = from;
  while (queue.length > 0) {
    const outer = queue.shift();
    const start = Math.max(outer.offset, position);
    const end = Math.min(outer.offset + outer.length, to);
    if (start >= end) continue;
    if (start > position) nodes.push(between(text.slice(position, start), nodes));
    const { inner, rest } = divide(queue, end);
    nodes.push(wrapped(outer, text.slice(start, end), spans(text, start, end, inner, reactions), reactions));
    queue.splice(0, queue.length, ...rest);
    position = end;
  }
  if (position < to) nodes.push(between(text.slice(position, to), nodes));
  return nodes;
}

/** A block ends its line by itself: the line break written after it would be an empty line. */
const between = (words, before) => (BLOCKS.has(before.at(-1)?.tagName) ? words.replace(/^\n/, "") : words);

/** Parts entities at `end`; one that crosses it goes on, cut, behind it. */
function divide(entities, end) {
  const inner = entities.filter((entity) => entity.offset < end);
  const crossing = inner.filter((entity) => entity.offset + entity.length > end);
  const cut = crossing.map((entity) => ({ ...entity, offset: end, length: entity.offset + entity.length - end }));
  return { inner, rest: nested([...cut, ...entities.filter((entity) => entity.offset >= end)]) };
}

function wrapped(entity, covered, children, reactions) {
  if (entity.type in PLAIN_TAGS) return el(PLAIN_TAGS[entity.type], {}, children);
  switch (entity.type) {
    case "pre":
      return el("pre", { "data-language": entity.language || null }, el("code", {}, children));
    case "spoiler":
      return el("span", { class: "spoiler", tabindex: "0" }, children);
    case "url":
      return link(covered, children, reactions);
    case "text_link":
      return link(entity.url ?? "", children, reactions);
    case "bot_command":
      return inlineButton(children, () => reactions.onCommand(covered));
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
    case "email":
    case "phone_number":
      return el("span", { class: "token" }, children);
    default:
      return el("span", {}, children);
  }
}

/** An address of the outside world opens in a tab of its own; anything but http(s) stays mere text. */
function link(address, children, { botName, onDestination }) {
  const to = destinationOf(address, botName);
  if (to.kind === "unsafe") return el("span", { class: "token" }, children);
  if (to.kind === "outside") {
    const attributes = { href: to.href, target: "_blank", rel: "noopener noreferrer", title: to.href };
    return el("a", attributes, children);
  }
  return inlineButton(children, () => onDestination(to));
}

function inlineButton(children, act) {
  return el("button", { class: "inline-link", type: "button", onclick: act }, children);
}
