// The open chat: its messages in order, parted by days, with the reader's place kept while they change.

import { el, reconcile } from "../dom.js";
import { icon } from "../icons.js";
import { isPinned, markRead, messagesOf } from "../state.js";
import { dayTitle } from "../text.js";
import { bubbleRow, serviceRow } from "./bubble.js";
import { waitingPresses } from "./keyboard.js";
import { createReadingPlace } from "./reading_place.js";

const PORTION = 200;
const RUN_SECONDS = 600; // after a longer silence the author is named again

/**
 * @param {HTMLElement} root
 * @param {object} store
 * @param {object} actions
 */
export function mountConversation(root, store, actions) {
  const [messages, earlier, toBottom, viewport, empty] =
    [".messages", ".earlier", ".to-bottom", ".viewport", ".empty"].map((part) => root.querySelector(part));
  const place = createReadingPlace(viewport, messages, toBottom);
  let portion = PORTION;
  let shown = "";

  toBottom.append(icon("down"));
  place.onBottom(markIfRead);
  document.addEventListener("visibilitychange", markIfRead);
  earlier.addEventListener("click", () => {
    portion += PORTION;
    store.update({});
  });

  function markIfRead() {
    if (seesTheEnd() && markRead(store.state)) store.update({});
  }

  const seesTheEnd = () => !document.hidden && place.visible() && place.atBottom();

  store.subscribe((state) => {
    const where = `${state.as} ${state.chat} ${state.topic}`;
    const moved = where !== shown;
    if (moved) portion = PORTION;
    shown = where;
    const all = inTopic(messagesOf(state, state.chat), state.topic);
    if (state.goal !== null) portion = Math.max(portion, all.length);
    const recent = all.slice(-portion);
    earlier.hidden = recent.length === all.length;
    sayWhenEmpty(empty, state, all);
    place.keep(moved, () => reconcile(messages, rows(recent, state, actions)));
    if (state.goal !== null) {
      place.show(state.goal);
      state.goal = null;
    }
    if (seesTheEnd()) markRead(state);
  });
}

const inTopic = (messages, topic) =>
  topic === null ? messages : messages.filter((message) => message.thread === topic || message.id === topic);

function sayWhenEmpty(node, state, messages) {
  node.hidden = messages.length > 0 || !state.loaded;
  node.textContent = state.as === null ? "Здесь появится переписка." : "Сообщений пока нет.";
}

function rows(messages, state, actions) {
  const items = [];
  let day = "";
  let before = null;
  for (const block of blocksOf(messages, state)) {
    const [message] = block.messages;
    if (dayTitle(message.date) !== day) {
      day = dayTitle(message.date);
      before = null;
      items.push(dayRow(day, message.id));
    }
    block.opens = !before || startsRun(before, message);
    before = message;
    items.push(messageRow(block, state, actions));
  }
  return items;
}

/** Neighbours of one album stand together; everything else stands alone. */
function blocksOf(messages, state) {
  const known = new Map(messagesOf(state, state.chat).map((message) => [message.id, message]));
  const blocks = [];
  for (const message of messages) {
    const last = blocks.at(-1);
    if (message.album !== null && last?.messages[0].album === message.album) last.messages.push(message);
    else blocks.push({ messages: [message], quoted: known.get(message.replyTo) ?? null });
  }
  return blocks;
}

const startsRun = (before, message) =>
  Boolean(before.service) || before.from.id !== message.from.id || message.date - before.date > RUN_SECONDS;

const dayRow = (day, id) => ({
  key: `day-${id}`,
  signature: day,
  create: () => el("p", { class: "day" }, day),
});

function messageRow(block, state, actions) {
  const [message] = block.messages;
  return {
    key: `message-${message.id}`,
    signature: JSON.stringify([state.as, state.chat, block, waitingPresses(message, state), isPinned(message, state)]),
    create: () => (message.service ? serviceRow(message) : bubbleRow(block, state, actions)),
  };
}
