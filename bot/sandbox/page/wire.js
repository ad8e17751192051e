// Turns the control side's messages into the page's own; the only module that knows how they arrive.

/**
 * @typedef {object} Message
 * @property {number} id
 * @property {number} date seconds since 1970
 * @property {{id: number, first_name: string, last_name?: string, is_bot: boolean, label?: string}} from
 * @property {string | null} text
 * @property {string | null} caption
 * @property {Array<{type: string, offset: number, length: number, url?: string, language?: string}>} entities
 * @property {{kind: string, name: string | null, file: string | null} | null} media
 * @property {string | null} album what the pictures sent together have in common
 * @property {Origin | null} forward
 * @property {number | null} replyTo
 * @property {Array<Array<{text: string, data?: string, url?: string}>>} buttons
 * @property {boolean} edited
 * @property {boolean} silent
 * @property {number | null} thread
 * @property {string | null} service the line to show instead of a bubble
 *
 * @typedef {object} Origin
 * @property {"user" | "hidden" | "channel" | "chat"} kind
 * @property {string} name
 * @property {string} [username]
 * @property {number} [post]
 * @property {string} [signature]
 */

/**
 * @param {object} raw
 * @returns {Message}
 */
export function readMessage(raw) {
  const { id, date, from, text, caption, entities, album, edited, silent, thread, service } = raw;
  return {
    ...{ id, date, from, text, caption, entities, album, edited, silent, thread, service },
    media: raw.media && { kind: raw.media.kind, name: raw.media.file_name, file: raw.media.file, size: raw.media.size },
    forward: raw.forward && readOrigin(raw.forward),
    replyTo: raw.reply_to,
    buttons: raw.buttons.map((row) => row.map(readButton)),
  };
}

function readOrigin({ kind, name, title, username, message_id: post, signature }) {
  return { kind, name: title ?? name, username, post, signature };
}

function readButton({ text, url, data }) {
  return { text, url, data };
}
