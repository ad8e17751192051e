// The left side: whom the window in hand plays, by offices, and the chats that this person has.

import { el, reconcile } from "../dom.js";
import { groupsLeftBy, groupsOf, messagesOf, officeOf, officesOf, unread } from "../state.js";
import { clockTime, fullName, plural, positionOf, snippet } from "../text.js";
import { avatar } from "./avatar.js";

const BOT_CHAT = "Бот (личные сообщения)";
const OUTSIDERS = "Вне офисов";

/** @param {ReturnType<import("../desk.js").createDesk>} desk */
export function mountSidebar(desk) {
  const people = document.getElementById("people");
  const chats = document.getElementById("chats");
  const search = document.getElementById("search");
  let shownAs = null;
  // Rows outlive a change of windows: they act in the one that is in hand when they are pressed.
  const actions = {
    choosePerson: (id) => desk.active.actions.choosePerson(id),
    chooseChat: (id) => desk.active.actions.chooseChat(id),
    join: (id) => desk.active.actions.join(id),
  };

  function show() {
    const { state } = desk.active.store;
    reconcile(people, offices(state, search.value.trim().toLocaleLowerCase("ru")));
    for (const group of people.children) {
      const list = group.querySelector(".rows-list");
      if (list) reconcile(list, list.rows(state, actions));
    }
    reconcile(chats, chatRows(state, actions));
    if (state.as !== shownAs) reveal(people);
    shownAs = state.as;
  }

  search.addEventListener("input", () => {
    show();
    if (search.value === "") reveal(people);
  });
  desk.subscribe(show);
}

/** Opens the office of the person who is played and brings their row into sight. */
function reveal(people) {
  const current = people.querySelector('[aria-current="true"]');
  if (!current) return;
  current.closest("details").open = true;
  current.scrollIntoView({ block: "nearest" });
}

/** One folding list for each office, and one for those who belong to none. */
function offices(state, wanted) {
  if (state.loaded && state.people.length === 0) return [note("В песочнице пока никого нет.", "p")];
  const known = new Map(state.people.map((person) => [person.id, person]));
  const groups = officesOf(state).map(({ key, title, people }) => ({
    key,
    title,
    people: people.map(({ id, official }) => ({ ...known.get(id), official })).filter(({ id }) => id !== undefined),
  }));
  const outside = state.people.filter(({ id }) => officeOf(state, id) === null);
  if (outside.length > 0) groups.push({ key: "outside", title: groups.length > 0 ? OUTSIDERS : "", people: outside });
  const found = groups
    .map((group) => ({ ...group, people: group.people.filter((person) => matches(person, group.title, wanted)) }))
    .filter(({ people }) => people.length > 0);
  if (found.length === 0 && wanted) return [note("Никого не нашлось.", "p")];
  return found.map((group) => section(group, state, wanted !== ""));
}

const matches = (person, office, wanted) =>
  [positionOf(person), fullName(person), person.official, office]
    .some((words) => (words ?? "").toLocaleLowerCase("ru").includes(wanted));

function section({ key, title, people }, state, searched) {
  return {
    key,
    signature: JSON.stringify([title, people.map(({ id }) => id), searched]),
    create: () => {
      const list = el("ul", { class: "rows-list" });
      list.rows = (now, actions) => peopleRows(people, now, actions);
      const open = searched || title === "" || officeOf(state, state.as)?.key === key;
      const name = el("summary", { class: "office", dir: "auto", testid: "office", hidden: title === "" }, title);
      return el("details", { class: "office-group", open }, name, list);
    },
  };
}

function peopleRows(people, state, actions) {
  const known = new Map(state.people.map((person) => [person.id, person]));
  return people.map(({ id, official }) => {
    const person = known.get(id) ?? { id };
    const position = positionOf(person);
    const name = official ?? fullName(person);
    return row({
      id,
      testid: `person-${id}`,
      title: position,
      faceName: fullName(person),
      detail: personDetail(person, position === name ? "" : name),
      current: id === state.as,
      news: id === state.as ? { all: 0, loud: 0 } : unread(state, id, id),
      choose: () => actions.choosePerson(id),
    });
  });
}

const personDetail = (person, name) =>
  [name, person.username && `@${person.username}`, person.blocked && "бот заблокирован"].filter(Boolean);

function chatRows(state, actions) {
  if (state.as === null) return [note("Чаты появятся вместе с участниками.")];
  const bot = { id: state.as, face: state.bot.id, title: BOT_CHAT, faceName: fullName(state.bot) };
  const groups = groupsOf(state, state.as).map((group) => ({ id: group.id, title: fullName(group) }));
  const left = groupsLeftBy(state, state.as).map((group) => leftRow(group, actions));
  return [...[bot, ...groups].map((chat) => chatRow(state, actions, chat)), ...left];
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
    news: unread(state, state.as, chat.id),
    choose: () => actions.chooseChat(chat.id),
  });
}

const leftRow = (group, actions) =>
  row({
    id: group.id,
    testid: `join-${group.id}`,
    title: fullName(group),
    detail: ["вы вышли; нажмите, чтобы вернуться"],
    current: false,
    news: { all: 0, loud: 0 },
    choose: () => actions.join(group.id),
  });

function row({ choose, ...shown }) {
  return { key: String(shown.id), signature: JSON.stringify(shown), create: () => rowNode(shown, choose) };
}

function rowNode(shown, choose) {
  const attributes = {
    class: "row",
    type: "button",
    testid: shown.testid,
    title: shown.title,
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
        shown.news.all > 0 && badge(shown.news))));
}

/** Grey when all of the news came without a sound. */
function badge({ all, loud }) {
  const count = plural(all, ["непрочитанное", "непрочитанных", "непрочитанных"]);
  const words = `${count}, ${loud === 0 ? "все без звука" : `со звуком: ${loud}`}`;
  const kind = loud === 0 ? "badge quiet" : "badge";
  return el("span", { class: kind, testid: "unread", "aria-label": words, title: words }, String(all));
}

/** Each part keeps its own direction of writing. */
const isolated = (parts) => parts.flatMap((part, index) => [index > 0 ? " · " : null, el("bdi", {}, part)]);

const note = (text, tag = "li") =>
  ({ key: "note", signature: text, create: () => el(tag, { class: "rows-note" }, text) });
