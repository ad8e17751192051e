// Puts the page together: state, actions, parts; then follows the sandbox.

import { createActions } from "./actions.js";
import { readAddress, writeAddress } from "./address.js";
import { fetchMessages, fetchWorld } from "./api.js";
import { mountComposer } from "./compose/composer.js";
import { follow } from "./live.js";
import { createNotices } from "./notices.js";
import { mountConversation } from "./render/conversation.js";
import { mountFrame } from "./render/frame.js";
import { mountSidebar } from "./render/sidebar.js";
import { createStore, emptyState, groupsOf, personById } from "./state.js";
import { readMessage } from "./wire.js";

const place = readAddress();
const store = createStore({ ...emptyState(), ...place, view: place.chat === null ? "list" : "conversation" });
const actions = createActions(store, createNotices(document.getElementById("toasts")));

// The conversation moves the reading marks, so it comes before the list that counts what is unread.
mountConversation(store, actions);
mountFrame(store, actions);
mountSidebar(store, actions);
mountComposer(store, actions);
store.subscribe(() => writeAddress(store.state));
store.update({});

await follow(refresh, (connected) => store.update({ connected }));

async function refresh() {
  const world = await fetchWorld();
  const as = personById(world, store.state.as)?.id ?? world.people[0]?.id ?? null;
  const messages = await fetchChats(world, as);
  // The reader may have gone elsewhere while the answers were under way.
  const still = personById(world, store.state.as)?.id ?? as;
  store.update({
    loaded: true,
    bot: world.bot,
    people: world.people,
    chats: world.chats,
    training: world.training ?? {},
    messages: new Map(messages),
    as: still,
    chat: placeFor(world, still),
  });
}

/** Everybody's private chat, so that the list says who has news, and all groups. */
async function fetchChats(world, as) {
  const directs = world.people.map((person) => ({ chat: person.id, as: person.id }));
  const groups = as === null ? [] : world.chats.map((chat) => ({ chat: chat.id, as }));
  const wanted = [...directs, ...groups];
  return Promise.all(wanted.map(async ({ chat, as: reader }) => [chat, await readChat(chat, reader)]));
}

async function readChat(chat, as) {
  const raw = await fetchMessages(chat, as).catch((error) => {
    if (error.name === "Refusal") return []; // emptied or moved between the two questions
    throw error;
  });
  return raw.filter((message) => !message.deleted).map(readMessage);
}

/** The open chat if this person still has it, else his chat with the bot. */
function placeFor(world, as) {
  const { chat } = store.state;
  const open = groupsOf(world, as).some((group) => group.id === chat);
  return open ? chat : as;
}
