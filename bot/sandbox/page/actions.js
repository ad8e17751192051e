// What a person does in a window: goes, writes, changes, presses; it ends in the state or at the control side.

import {
  awaitAnswer,
  postBlock,
  postDeletion,
  postEdit,
  postMembership,
  postMessage,
  postPin,
  postPress,
} from "./api.js";
import { destinationOf } from "./links.js";
import { currentGroup, currentPerson, groupsOf, messagesOf } from "./state.js";

const ANSWER_SECONDS = 20;

/**
 * @param {ReturnType<import("./state.js").createStore>} store
 * @param {ReturnType<import("./notices.js").createNotices>} notices
 */
export function createActions(store, notices) {
  const { state } = store;

  const actions = {
    /** @param {number} id the same group stays open if the new person is in it */
    choosePerson(id) {
      const stays = groupsOf(state, id).some((group) => group.id === state.chat);
      store.update({ as: id, chat: stays ? state.chat : id, topic: stays ? state.topic : null, ...ELSEWHERE });
    },

    /** @param {number} id */
    chooseChat(id) {
      const topic = id === state.chat ? state.topic : null;
      store.update({ chat: id, topic, view: "conversation", ...ELSEWHERE });
    },

    /** @param {number | null} topic */
    chooseTopic: (topic) => store.update({ topic, ...NOTHING_BEGUN }),

    showList: () => store.update({ view: "list" }),
    startReply: (message) => store.update({ reply: message, editing: null }),
    startEdit: (message) => store.update({ editing: message, reply: null }),
    dropBegun: () => store.update(NOTHING_BEGUN),

    /**
     * @param {object | Promise<object>} content what `POST /control/messages` takes besides who and where
     * @returns {Promise<boolean>} whether it was taken
     */
    async send(content) {
      const where = { as: state.as, chat: state.chat, ...threadOf(state), ...replyOf(state) };
      return attempt(async () => {
        await postMessage({ ...where, ...(await content) });
        store.update(NOTHING_BEGUN);
      });
    },

    /**
     * @param {object} message
     * @param {string} words
     * @returns {Promise<boolean>}
     */
    async edit(message, words) {
      const change = message.media ? { caption: words } : { text: words };
      return attempt(async () => {
        await postEdit(state.chat, message.id, { as: state.as, ...change });
        store.update(NOTHING_BEGUN);
      });
    },

    async remove(message) {
      const { as, chat } = state;
      if (!(await notices.confirm("Удалить сообщение?", "Удалить"))) return;
      await attempt(() => postDeletion(chat, message.id, as));
    },

    /**
     * @param {object} message
     * @param {boolean} pinned
     */
    pin: (message, pinned) =>
      attempt(() => postPin(state.chat, { as: state.as, message_id: message.id, pinned })),

    /** @param {boolean} blocked */
    block: (blocked) => attempt(() => postBlock(state.as, blocked)),

    /** @param {number} chat */
    join: (chat) => attempt(() => postMembership(chat, { user: state.as, status: "member" })),

    leave: () => attempt(() => postMembership(state.chat, { user: state.as, status: "left" })),

    /**
     * @param {object} message
     * @param {{text: string, data?: string, url?: string}} button
     */
    async press(message, button) {
      if (button.url !== undefined) return actions.follow(destinationOf(button.url, state.bot.username ?? ""));
      const key = pressKey(state.chat, message.id, button);
      if (state.pending.has(key)) return undefined;
      setPending(key, true);
      await attempt(() => pressAndTell(message, button));
      setPending(key, false);
      return undefined;
    },

    /** @param {import("./links.js").Destination} to */
    async follow(to) {
      if (to.kind === "start") return actions.openBot(to.payload);
      if (to.kind === "message") return actions.goTo(to);
      if (to.kind === "outside") return void window.open(to.href, "_blank", "noopener,noreferrer");
      return notices.toast("Эту ссылку открыть нельзя.");
    },

    /** A link shows the bot's chat with a button; nothing is sent before that is pressed. @param {string} payload */
    openBot(payload) {
      actions.chooseChat(state.as);
      store.update({ start: payload });
    },

    async startBot() {
      const payload = state.start;
      if (await actions.send({ text: payload ? `/start ${payload}` : "/start" })) store.update({ start: null });
    },

    /** @param {{chat: number, message: number}} place */
    goTo({ chat, message }) {
      const open = groupsOf(state, state.as).some((group) => group.id === chat);
      if (!open || !messagesOf(state, chat).some((each) => each.id === message)) {
        notices.toast("Этого сообщения здесь нет.");
        return;
      }
      if (state.chat !== chat) actions.chooseChat(chat);
      actions.showMessage(message);
    },

    /** @param {number} message in the open chat */
    showMessage: (message) => store.update({ goal: message, topic: null, view: "conversation" }),
  };

  async function pressAndTell(message, button) {
    const press = { as: state.as, chat: state.chat, message_id: message.id, data: button.data };
    const answer = await awaitAnswer(await postPress(press), ANSWER_SECONDS);
    if (!answer.answered) notices.toast("Бот не ответил на нажатие.");
    else if (answer.url) await actions.follow(destinationOf(answer.url, state.bot.username ?? ""));
    else if (answer.text && answer.show_alert) notices.alert(answer.text);
    else if (answer.text) notices.toast(answer.text);
  }

  function setPending(key, waiting) {
    const pending = new Set(state.pending);
    if (waiting) pending.add(key);
    else pending.delete(key);
    store.update({ pending });
  }

  async function attempt(deed) {
    try {
      await deed();
      return true;
    } catch (error) {
      notices.toast(`Не получилось: ${error.message}`);
      return false;
    }
  }

  return actions;
}

/**
 * @param {number} chat
 * @param {number} message
 * @param {{text: string, data?: string}} button
 */
export const pressKey = (chat, message, button) => `${chat}:${message}:${button.data ?? button.text}`;

/**
 * Whether the person may change the message.
 * @param {import("./state.js").State} state
 * @param {object} message
 */
export const isOwn = (state, message) => message.from.id === currentPerson(state)?.id;

const NOTHING_BEGUN = { reply: null, editing: null };
const ELSEWHERE = { ...NOTHING_BEGUN, start: null };

function threadOf(state) {
  return state.topic !== null && currentGroup(state) ? { thread: state.topic } : {};
}

const replyOf = (state) => (state.reply ? { reply_to: state.reply.id } : {});
