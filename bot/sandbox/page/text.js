// Wording that is worked out from data: names, initials, times, short quotes.

const HUES = 8;
const clockFormat = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat("ru", { weekday: "long", day: "numeric", month: "long" });
const graphemes = new Intl.Segmenter("ru", { granularity: "grapheme" });
const MEDIA_NAMES = {
  photo: "Фотография",
  video: "Видео",
  voice: "Голосовое сообщение",
  video_note: "Видеосообщение",
  document: "Документ",
  sticker: "Стикер",
};

/** @param {{first_name?: string, last_name?: string, title?: string}} who */
export const fullName = (who) =>
  visible([who?.first_name, who?.last_name].filter(Boolean).join(" ")) || visible(who?.title) || "Без имени";

/**
 * A person's caption: the position first, since everybody here plays one.
 * @param {{label?: string}} person
 */
export const positionOf = (person) => visible(person.label) || fullName(person);

/**
 * Up to two first letters, whole graphemes, «?» when nothing can be seen.
 * @param {string} name
 */
export function initials(name) {
  const words = name.split(/[\s«»"()\-–—.,]+/u).filter(hasInk);
  const letters = words.slice(0, 2).map(firstLetter);
  return letters.join("").toLocaleUpperCase("ru") || "?";
}

/**
 * Neighbouring ids differ, and the sandbox's first person, group and bot do too.
 * @param {number} id
 */
export const hueOf = (id) => (Math.abs(Number(id) || 0) % 9973) % HUES;

/** @param {number} date seconds since 1970 */
export const clockTime = (date) => clockFormat.format(new Date(date * 1000));

/** @param {number} date seconds since 1970 */
export const dayTitle = (date) => dayFormat.format(new Date(date * 1000));

/** @param {string} kind */
export const mediaName = (kind) => MEDIA_NAMES[kind] ?? "Вложение";

/**
 * One line for quotes and lists.
 * @param {object} message
 */
export function snippet(message) {
  const words = visible(message.service ?? message.text ?? message.caption);
  if (words) return words.replace(/\s+/gu, " ").slice(0, 160);
  return message.media ? mediaName(message.media.kind) : "Сообщение";
}

/**
 * @param {number} count
 * @param {[string, string, string]} forms one, few, many
 */
export function plural(count, forms) {
  const rule = new Intl.PluralRules("ru").select(count);
  return `${count} ${forms[rule === "one" ? 0 : rule === "few" ? 1 : 2]}`;
}

const firstLetter = (word) => [...graphemes.segment(word)].map((each) => each.segment).find(hasInk) ?? "";

/** The text trimmed, or nothing when all of it draws nothing (zero-width marks, blank letters). */
function visible(text) {
  return hasInk(text ?? "") ? text.trim() : "";
}

const hasInk = (text) => text.replace(/[\s\p{Cf}\p{Cc}\u115f\u1160\u3164\u2800]/gu, "") !== "";

/**
 * @param {number} bytes
 * @returns {string} «12 КБ», «1,4 МБ»; never 0
 */
export function fileSize(bytes) {
  const kilobytes = Math.max(1, Math.round(bytes / 1024));
  return kilobytes < 1024 ? `${kilobytes}\u00a0КБ` : `${(kilobytes / 1024).toFixed(1).replace(".", ",")}\u00a0МБ`;
}
