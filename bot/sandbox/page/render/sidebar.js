// The left side: whom the page plays, and the chats that this person has.

import { el, reconcile } from "../dom.js";
import { groupsOf, messagesOf, unread } from "../state.js";
import { clockTime, fullName, plural, positionOf, snippet } from "../text.js";
import { avatar } from "./avatar.js";

const BOT_CHAT = "Бот (личные сообщения)";

/**
 * @param {object} store
 * @param {object} actions
 */
export function mountSidebar(store, actions) {
  const people = document.getElementById("people");
  const chats = document.getElementById("chats");
  let shownAs = null;
  store.subscribe((state) => {
    reconcile(people, peopleRows(state, actions));
    reconcile(chats, chatRows(state, actions));
    if (state.as !== shownAs) people.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
    shownAs = state.as;
  });
}

function peopleRows(state, actions) {
  if (state.loaded && state.people.length === 0) return [note("В песочнице пока никого нет.")];
  return state.people.map((person) => {
    const position = positionOf(person, state.training);
    const name = fullName(person);
    return row({
      id: person.id,
      testid: `person-${person.id}`,
      title: position,
      detail: personDetail(person, position === name ? "" : name),
      current: person.id === state.as,
      count: person.id === state.as ? 0 : unread(state, person.id, person.id),
      choose: () => actions.choosePerson(person.id),
    });
  });
}

const personDetail = (person, name) =>
  [name, person.username && `@${person.username}`, person.blocked && "бот заблокирован"].filter(Boolean);

function chatRows(state, actions) {
  if (state.as === null) return [note("Чаты появятся вместе с участниками.")];
  const bot = { id: state.as, face: state.bot.id, title: BOT_CHAT, faceName: fullName(state.bot) };
  const groups = groupsOf(state, state.as).map((group) => ({ id: group.id, title: fullName(group) }));
  return [bot, ...groups].map((chat) => chatRow(state, actions, chat));
}

function chatRow(state, actions, chat) {
  const last = messagesOf(state, chat.id).at(-1);
  return row({
    id: chat.id,
    face: chat.face,
    faceName: chat.faceName,
    testid: `chat-${chat.id}`,
    title: chat.title,
    detail: [last ? snippet(last) : "сообщений пока нет"],
    time: last ? clockTime(last.date) : "",
    current: chat.id === state.chat,
    count: unread(state, state.as, chat.id),
    choose: () => actions.chooseChat(chat.id),
  });
}

function row({ choose, ...shown }) {
  return { key: String(shown.id), signature: JSON.stringify(shown), create: () => rowNode(shown, choose) };
}

function rowNode(shown, choose) {
  const attributes = {
    class: "row",
    type: "button",
    testid: shown.testid,
    "data-focus": "row",
    "aria-current": shown.current ? "true" : null,
    onclick: choose,
  };
  return el("li", {},
    el("button", attributes,
      avatar(shown.face ?? shown.id, shown.faceName ?? shown.title),
      el("span", { class: "row-words" },
        el("bdi", { class: "row-title" }, shown.title),
        shown.detail.length > 0 && el("span", { class: "row-detail" }, isolated(shown.detail))),
      el("span", { class: "row-side" },
        shown.time && el("span", { class: "row-time" }, shown.time),
        shown.count > 0 && badge(shown.count))));
}

function badge(count) {
  const words = plural(count, ["непрочитанное", "непрочитанных", "непрочитанных"]);
  return el("span", { class: "badge", testid: "unread", "aria-label": words }, String(count));
}

/** Each part keeps its own direction of writing. */
const isolated = (parts) => parts.flatMap((part, index) => [index > 0 ? " · " : null, el("bdi", {}, part)]);

const note = (text) => ({ key: "note", signature: text, create: () => el("li", { class: "rows-note" }, text) });
