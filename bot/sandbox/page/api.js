// The control side of the sandbox over HTTP; nothing here knows what is on the screen.

/** A refusal of the sandbox, in its own words. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} reason
   */
  constructor(status, reason) {
    super(reason);
    this.name = "Refusal";
    this.status = status;
  }
}

/** @returns {Promise<object>} everything but the messages: bot, people, chats, pins, faults, training */
export const fetchWorld = () => get("state");

/**
 * @param {number | string} chat a person's id means his private chat with the bot
 * @returns {Promise<object[]>}
 */
export async function fetchMessages(chat) {
  return (await get(`chats/${chat}/messages`)).messages;
}

/**
 * What «/» offers to this person in this chat.
 * @param {number} chat
 * @param {number} as
 * @returns {Promise<Array<{command: string, description: string}>>}
 */
export async function fetchCommands(chat, as) {
  return (await get(`chats/${chat}/commands?as=${as}`)).commands;
}

/**
 * Waits until something changed after `revision`, at most `wait` seconds.
 * @param {number} revision
 * @param {number} wait seconds
 * @returns {Promise<number>} the revision reached
 */
export async function awaitChange(revision, wait) {
  return (await get(`changes?since=${revision}&wait=${wait}`)).revision;
}

/** @param {object} message as the control side takes it: who, where, what */
export const postMessage = (message) => post("messages", message);

/**
 * @param {number} chat
 * @param {number} id
 * @param {{as: number, text?: string, caption?: string}} change
 */
export const postEdit = (chat, id, change) => post(`messages/${chat}/${id}/edit`, change);

/**
 * @param {number} chat
 * @param {number} id
 * @param {number} as
 */
export const postDeletion = (chat, id, as) => post(`messages/${chat}/${id}/delete`, { as });

/**
 * Presses an inline button.
 * @param {{as: number, chat: number, message_id: number, data: string}} press
 * @returns {Promise<string>} the query's id
 */
export async function postPress(press) {
  return (await post("presses", press)).query_id;
}

/**
 * @param {string} query
 * @param {number} wait seconds
 * @returns {Promise<{answered: boolean, text?: string, show_alert?: boolean, url?: string}>}
 */
export const awaitAnswer = (query, wait) => get(`presses/${encodeURIComponent(query)}?wait=${wait}`);

/**
 * @param {number} person
 * @param {boolean} blocked
 */
export const postBlock = (person, blocked) => post(`people/${person}/block`, { blocked });

/**
 * @param {number} chat
 * @param {{as: number, message_id: number, pinned: boolean}} pin
 */
export const postPin = (chat, pin) => post(`chats/${chat}/pins`, pin);

/**
 * @param {number} chat
 * @param {{user: number, status: string}} change
 */
export const postMembership = (chat, change) => post(`chats/${chat}/members`, change);

/**
 * @param {File} file
 * @returns {Promise<{file: string, name: string}>} what a message names it by
 */
export const postFile = (file) =>
  call(`files?name=${encodeURIComponent(file.name)}`, {
    method: "POST",
    headers: { "Content-Type": file.type || "application/octet-stream" },
    body: file,
  });

/** @param {string} file @returns {string} where the browser gets it */
export const fileAddress = (file) => `/control/files/${encodeURIComponent(file)}`;

/** @param {object} fault as the control side takes it */
export const postFault = (fault) => post("faults", fault);

export const deleteFaults = () => call("faults", { method: "DELETE" });

/** @returns {Promise<{now: string, mornings: Record<string, string>, due: object[]}>} of the bot's office time */
export const fetchOffice = () => get("office");

/** @param {string} to a moment with its offset */
export const postOfficeTime = (to) => post("office/time", { to });

export const postBeginAnew = () => post("office/begin-anew", {});

const get = (path) => call(path, { cache: "no-store" });

const post = (path, body) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

async function call(path, options) {
  const answer = await fetch(`/control/${path}`, options);
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(answer.status, body.error ?? `HTTP ${answer.status}`);
  return body;
}
