// Up to where each person has read each chat, kept by the browser.

const memory = new Map();

/**
 * @param {number} person
 * @param {number} chat
 * @returns {number} id of the last message read, 0 if none
 */
export function readMark(person, chat) {
  const key = keyOf(person, chat);
  if (!memory.has(key)) memory.set(key, Number(stored(key)) || 0);
  return memory.get(key);
}

/**
 * @param {number} person
 * @param {number} chat
 * @param {number} id
 */
export function writeMark(person, chat, id) {
  const key = keyOf(person, chat);
  memory.set(key, id);
  try {
    localStorage.setItem(key, String(id));
  } catch {
    // Storage may be forbidden: the mark then lives as long as the page.
  }
}

const keyOf = (person, chat) => `sandbox.read.${person}.${chat}`;

function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
