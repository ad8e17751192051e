// What a window knows and shows now, and the questions that several parts of it ask. No network, no nodes.

import { readMark, writeMark } from "./marks.js";

const OUTSIDE = new Set(["left", "kicked"]);

/**
 * @typedef {object} State
 * @property {boolean} loaded
 * @property {boolean} connected
 * @property {object} bot
 * @property {object[]} people
 * @property {object[]} chats groups only: a private chat is its person
 * @property {object[]} faults what goes wrong on order, with `passes`, when it is over
 * @property {Map<number, number[]>} pins ids of pinned messages by chat, the latest pin last
 * @property {string} era another after the world was emptied
 * @property {boolean} hasOffice whether there is a bot that can be asked for its time
 * @property {object} training
 * @property {Map<number, object[]>} messages by chat; a person's id is his private chat with the bot
 * @property {number | null} as the person in whose name the page acts
 * @property {number | null} chat
 * @property {number | null} topic thread of a forum, null for all of them
 * @property {string | null} start what a pressed link wants to start the bot with
 * @property {object | null} reply message being answered
 * @property {object | null} editing own message being changed
 * @property {Set<string>} pending presses that the bot has not answered yet
 * @property {number | null} goal message to be scrolled to
 * @property {"list" | "conversation"} view which half a narrow screen shows
 */

/** @returns {State} */
export function emptyState() {
  return {
    loaded: false,
    connected: true,
    bot: {},
    people: [],
    chats: [],
    faults: [],
    pins: new Map(),
    era: "",
    hasOffice: false,
    training: {},
    messages: new Map(),
    as: null,
    chat: null,
    topic: null,
    start: null,
    reply: null,
    editing: null,
    pending: new Set(),
    goal: null,
    view: "list",
  };
}

/**
 * Holds one state and tells listeners of every change, many changes made at once being one.
 * @param {State} state
 */
export function createStore(state) {
  const listeners = [];
  let planned = false;
  const announce = () => {
    planned = false;
    for (const listener of listeners) listener(state);
  };
  return {
    state,
    /** @param {Partial<State>} patch */
    update(patch) {
      Object.assign(state, patch);
      if (planned) return;
      planned = true;
      // Not by animation frames: a page in the background gets none.
      queueMicrotask(announce);
    },
    /** @param {(state: State) => void} listener */
    subscribe(listener) {
      listeners.push(listener);
    },
  };
}

/** @param {State} state */
export const currentPerson = (state) => personById(state, state.as);

/**
 * @param {State} state
 * @param {number | null} id
 */
export const personById = (state, id) => state.people.find((person) => person.id === id) ?? null;

/**
 * @param {State} state
 * @param {number} chat
 */
export const isPrivate = (state, chat) => state.people.some((person) => person.id === chat);

/**
 * The offices of the sandbox, as whoever set them up has noted.
 * @param {State} state
 */
export const officesOf = (state) => state.training.offices ?? [];

/**
 * @param {State} state
 * @param {number | null} person
 */
export const officeOf = (state, person) =>
  officesOf(state).find((office) => office.people.some(({ id }) => id === person)) ?? null;

/** @param {State} state */
export const isPreparing = (state) => state.loaded && state.hasOffice && officesOf(state).length === 0;

/** @param {State} state */
export const currentGroup = (state) => state.chats.find((chat) => chat.id === state.chat) ?? null;

/**
 * Groups in which the person is.
 * @param {State} state
 * @param {number | null} person
 */
export function groupsOf(state, person) {
  return state.chats.filter((chat) => !chat.migrated_to && isMember(chat, person));
}

/**
 * @param {State} state
 * @param {number} chat
 */
export const messagesOf = (state, chat) => state.messages.get(chat) ?? [];

/**
 * Groups that the person has left.
 * @param {State} state
 * @param {number | null} person
 */
export const groupsLeftBy = (state, person) =>
  state.chats.filter(({ migrated_to: gone, members }) =>
    !gone && members.some(({ id, status }) => id === person && status === "left"));

/**
 * How many messages of others came after the person's reading mark, and how many of them made a sound.
 * @param {State} state
 * @param {number} person
 * @param {number} chat
 * @returns {{all: number, loud: number}}
 */
export function unread(state, person, chat) {
  const messages = messagesOf(state, chat);
  const mark = readMark(person, chat);
  const last = messages.at(-1)?.id ?? 0;
  const seen = mark > last ? 0 : mark; // ids began anew: the world was emptied
  const news = messages.filter((message) => message.id > seen && message.from?.id !== person && !message.service);
  return { all: news.length, loud: news.filter((message) => !message.silent).length };
}

/**
 * @param {object} message in the open chat
 * @param {State} state
 */
export const isPinned = (message, state) => (state.pins.get(state.chat) ?? []).includes(message.id);

/**
 * In private everybody pins, in a group those who administrate it.
 * @param {State} state
 */
export function mayPin(state) {
  const member = currentGroup(state)?.members.find(({ id }) => id === state.as);
  return isPrivate(state, state.chat)
    || member?.status === "creator"
    || (member?.status === "administrator" && member.rights.can_pin_messages !== false);
}

/**
 * Moves the current person's reading mark to the end of the open chat.
 * @param {State} state
 * @returns {boolean} whether anything was new
 */
export function markRead(state) {
  const last = messagesOf(state, state.chat).at(-1);
  if (!last || state.as === null || readMark(state.as, state.chat) === last.id) return false;
  writeMark(state.as, state.chat, last.id);
  return true;
}

const isMember = (chat, person) =>
  (chat.members ?? []).some((member) => member.id === person && !OUTSIDE.has(member.status));
