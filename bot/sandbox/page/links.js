// What an address in a message or a button means: a start of the bot, a message in a chat, or the outside world.

/**
 * @typedef {{kind: "start", payload: string} | {kind: "message", chat: number, message: number}
 *   | {kind: "outside", href: string} | {kind: "unsafe"}} Destination
 */

/**
 * @param {string} address as written; a bare host gets https
 * @param {string} botName username of the sandbox's bot
 * @returns {Destination}
 */
export function destinationOf(address, botName) {
  const url = parse(address);
  if (!url || !["http:", "https:"].includes(url.protocol)) return { kind: "unsafe" };
  if (url.hostname !== "t.me") return { kind: "outside", href: url.href };
  const parts = url.pathname.split("/").filter(Boolean);
  if (parts.length === 1 && parts[0].toLowerCase() === botName.toLowerCase()) {
    return { kind: "start", payload: url.searchParams.get("start") ?? "" };
  }
  if (parts[0] === "c" && parts.length >= 3) {
    return { kind: "message", chat: Number(`-100${parts[1]}`), message: Number(parts.at(-1)) };
  }
  return { kind: "outside", href: url.href };
}

function parse(address) {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  try {
    return new URL(full);
  } catch {
    return null;
  }
}
