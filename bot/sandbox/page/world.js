// Reads the sandbox's world, and of its messages only those of chats that have changed.

import { fetchMessages, fetchWorld } from "./api.js";
import { readMessage } from "./wire.js";

/** @returns {() => Promise<object>} the shared part of every window's state, as it is now */
export function createReader() {
  let known = new Map();

  return async () => {
    const world = await fetchWorld();
    const versions = Object.entries(world.versions);
    const read = await Promise.all(versions.map(async ([chat, version]) => {
      const before = known.get(chat);
      if (before?.version === version) return [chat, before];
      return [chat, { version, messages: await readChat(chat) }];
    }));
    known = new Map(read);
    return {
      loaded: true,
      bot: world.bot,
      people: world.people,
      chats: world.chats,
      faults: world.faults.map((fault) => ({ ...fault, passes: passes(fault) })),
      pins: new Map(Object.entries(world.pins).map(([chat, ids]) => [Number(chat), ids])),
      era: world.era,
      hasOffice: world.office,
      training: world.training ?? {},
      messages: new Map(read.map(([chat, { messages }]) => [Number(chat), messages])),
    };
  };
}

/** When a misfortune is over by this machine's clock; null for one that waits for its calls. */
const passes = ({ seconds_left: left }) => (left === null ? null : Date.now() + left * 1000);

async function readChat(chat) {
  const raw = await fetchMessages(chat).catch((error) => {
    if (error.name === "Refusal") return []; // emptied or moved between the two questions
    throw error;
  });
  return raw.filter((message) => !message.deleted).map(readMessage);
}
