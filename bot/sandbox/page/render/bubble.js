// One message as a row of the conversation: who, from where, in answer to what, the words, the state, the buttons.

import { isOwn } from "../actions.js";
import { el } from "../dom.js";
import { formatted } from "../entities.js";
import { icon } from "../icons.js";
import { isPinned, isPrivate, mayPin } from "../state.js";
import { clockTime, fullName, hueOf, snippet } from "../text.js";
import { avatar } from "./avatar.js";
import { keyboard } from "./keyboard.js";
import { isPicture, mediaNode } from "./media.js";
import { openMenu } from "./menu.js";

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u202b\u202e\u2067]/u;

/**
 * @typedef {object} Block one message, or an album of several
 * @property {import("../wire.js").Message[]} messages
 * @property {boolean} opens whether another person spoke before
 * @property {import("../wire.js").Message | null} quoted
 *
 * @param {Block} block
 * @param {import("../state.js").State} state
 * @param {object} actions
 * @returns {HTMLElement}
 */
export function bubbleRow(block, state, actions) {
  const [message] = block.messages;
  const own = isOwn(state, message);
  const kind = ["message", own && "own", block.opens && "opens"].filter(Boolean).join(" ");
  return el("article", { class: kind, testid: `message-${message.id}` },
    !own && el("span", { class: "face" }, block.opens && avatar(message.from.id, fullName(message.from))),
    el("div", { class: "column" }, bubble(block, state, actions), keyboard(message, state, actions)),
    moreButton(message, state, actions));
}

/**
 * @param {import("../wire.js").Message} message
 * @returns {HTMLElement}
 */
export function serviceRow(message) {
  return el("p", { class: "service", testid: `message-${message.id}`, dir: "auto" }, message.service);
}

function bubble(block, state, actions) {
  const [message] = block.messages;
  const worded = block.messages.find((each) => each.text || each.caption);
  const pictured = isPicture(message) && !worded;
  const node = el("div", { class: pictured ? "bubble pictured" : "bubble" },
    block.opens && !isOwn(state, message) && !isPrivate(state, state.chat) && author(message),
    message.forward && originLine(message.forward),
    block.quoted && quote(block.quoted, actions),
    message.media && gallery(block.messages),
    worded && wordsNode(worded, state, actions),
    meta(block.messages));
  node.addEventListener("click", (event) => replyOnClick(event, message, actions));
  return node;
}

function author(message) {
  const { from } = message;
  return el("p", { class: `author hue-${hueOf(from.id)}` },
    el("bdi", { class: "author-name" }, fullName(from)),
    from.label && el("bdi", { class: "author-label" }, from.label));
}

function originLine({ kind, name, username, post, signature }) {
  const where = [username && `@${username}`, post && `пост ${post}`, signature].filter(Boolean).join(", ");
  return el("p", { class: "origin", testid: "forwarded" },
    kind === "channel" || kind === "chat" ? "Переслано из: " : "Переслано от: ",
    el("bdi", { class: "origin-name" }, name || "неизвестного отправителя"),
    where && el("bdi", {}, ` (${where})`),
    kind === "hidden" && el("span", {}, " · профиль скрыт"));
}

function quote(quoted, actions) {
  const attributes = {
    class: `quote hue-${hueOf(quoted.from.id)}`,
    type: "button",
    testid: "quote",
    "data-focus": "quote",
    onclick: () => actions.showMessage(quoted.id),
  };
  return el("button", attributes,
    el("bdi", { class: "quote-name" }, fullName(quoted.from)),
    el("bdi", { class: "quote-text" }, snippet(quoted)));
}

function gallery(messages) {
  const tiles = messages.map((message, index) =>
    el("span", { class: "tile", testid: index > 0 ? `message-${message.id}` : null },
      mediaNode(message.media, message.id)));
  return el("div", { class: `gallery gallery-${Math.min(messages.length, 4)}` }, tiles);
}

function wordsNode(message, state, actions) {
  const words = message.text ?? message.caption;
  const reactions = {
    botName: state.bot.username ?? "",
    onCommand: (command) => actions.send({ text: command }),
    onDestination: (to) => actions.follow(to),
  };
  const kind = RIGHT_TO_LEFT.test(words) ? "text mixed" : "text";
  return el("div", { class: kind, dir: "auto", testid: "text" }, formatted(words, message.entities, reactions));
}

function meta(messages) {
  const last = messages.at(-1);
  return el("p", { class: "meta" },
    messages.some((message) => message.silent) && silentMark(),
    messages.some((message) => message.edited) && el("span", { testid: "edited" }, "изменено "),
    el("time", { datetime: new Date(last.date * 1000).toISOString() }, clockTime(last.date)));
}

function silentMark() {
  const words = "без звука";
  const attributes = { class: "silent", role: "img", title: words, "aria-label": words, testid: "silent" };
  return el("span", attributes, icon("silent"));
}

function moreButton(message, state, actions) {
  const attributes = {
    class: "more",
    type: "button",
    testid: "message-menu",
    "aria-label": "Что сделать с сообщением",
    "aria-haspopup": "menu",
    "data-focus": "more",
    onclick: (event) => openMenu(event.currentTarget, choices(message, state, actions)),
  };
  return el("button", attributes, icon("more"));
}

function choices(message, state, actions) {
  const editable = isOwn(state, message) && !message.forward && (message.text || message.media);
  return [
    { sign: "reply", words: "Ответить", testid: "reply", act: () => actions.startReply(message) },
    editable && { sign: "edit", words: "Изменить", testid: "edit", act: () => actions.startEdit(message) },
    mayPin(state) && pinning(message, isPinned(message, state), actions),
    { sign: "trash", words: "Удалить", testid: "delete", act: () => actions.remove(message) },
  ].filter(Boolean);
}

const pinning = (message, pinned, actions) => ({
  sign: "pin",
  words: pinned ? "Открепить" : "Закрепить",
  testid: pinned ? "unpin" : "pin",
  act: () => actions.pin(message, !pinned),
});

function replyOnClick(event, message, actions) {
  const busy = event.target.closest("button, a, summary, .spoiler");
  const selecting = !getSelection().isCollapsed;
  if (!busy && !selecting) actions.startReply(message);
}
