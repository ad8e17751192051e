// What a person does on the page: goes, writes, changes, presses; it ends in the state or at the control side.

import { awaitAnswer, postBlock, postDeletion, postEdit, postMessage, postPress } from "./api.js";
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
      store.update({ as: id, chat: stays ? state.chat : id, topic: stays ? state.topic : null, ...NOTHING_BEGUN });
    },

    /** @param {number} id */
    chooseChat(id) {
      const topic = id === state.chat ? state.topic : null;
      store.update({ chat: id, topic, view: "conversation", ...NOTHING_BEGUN });
    },

    /** @param {number | null} topic */
    chooseTopic: (topic) => store.update({ topic, ...NOTHING_BEGUN }),

    showList: () => store.update({ view: "list" }),
    startReply: (message) => store.update({ reply: message, editing: null }),
    startEdit: (message) => store.update({ editing: message, reply: null }),
    dropBegun: () => store.update(NOTHING_BEGUN),

    /**
     * @param {object} content what `POST /control/messages` takes besides who and where
     * @returns {Promise<boolean>} whether it was taken
     */
    async send(content) {
      const message = { as: state.as, chat: state.chat, ...threadOf(state), ...replyOf(state), ...content };
      return attempt(async () => {
        await postMessage(message);
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

    unblock: () => attempt(() => postBlock(state.as, false)),

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
      if (to.kind === "start") return actions.startBot(to.payload);
      if (to.kind === "message") return actions.goTo(to);
      if (to.kind === "outside") return void window.open(to.href, "_blank", "noopener,noreferrer");
      return notices.toast("Эту ссылку открыть нельзя.");
    },

    /** @param {string} payload */
    async startBot(payload) {
      actions.chooseChat(state.as);
      await actions.send({ text: payload ? `/start ${payload}` : "/start" });
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

function threadOf(state) {
  return state.topic !== null && currentGroup(state) ? { thread: state.topic } : {};
}

const replyOf = (state) => (state.reply ? { reply_to: state.reply.id } : {});
