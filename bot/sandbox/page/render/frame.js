// What surrounds the conversation: office, connection, heading, hint, topics of a forum.

import { el, reconcile } from "../dom.js";
import { icon } from "../icons.js";
import { currentGroup, currentPerson } from "../state.js";
import { fullName, plural, positionOf } from "../text.js";
import { avatar } from "./avatar.js";

/**
 * @param {object} store
 * @param {object} actions
 */
export function mountFrame(store, actions) {
  const heading = document.getElementById("heading");
  const topics = document.getElementById("topics");
  store.subscribe((state) => {
    document.body.dataset.view = state.view;
    document.querySelector(".offline").hidden = state.connected;
    document.title = titleOf(state);
    show(document.querySelector(".office"), state.training.office);
    show(document.querySelector(".hint"), state.training.hint);
    reconcile(heading, headingParts(state, actions));
    topics.hidden = !currentGroup(state)?.is_forum;
    reconcile(topics, topics.hidden ? [] : topicTabs(state, actions));
  });
}

function titleOf(state) {
  const person = currentPerson(state);
  return person ? `${positionOf(person, state.training)} · Песочница` : "Песочница";
}

function show(node, text) {
  node.hidden = !text;
  node.textContent = text ?? "";
}

function headingParts(state, actions) {
  const person = currentPerson(state);
  if (!person) return [];
  const group = currentGroup(state);
  const shown = {
    face: group?.id ?? state.bot.id,
    title: fullName(group ?? state.bot),
    detail: [`Вы: ${positionOf(person, state.training)}`, group && membersLine(group)].filter(Boolean).join(" · "),
  };
  return [{ key: "heading", signature: JSON.stringify(shown), create: () => headingNode(shown, actions) }];
}

const membersLine = (group) =>
  plural(
    group.members.filter((member) => !["left", "kicked"].includes(member.status)).length,
    ["участник", "участника", "участников"],
  );

function headingNode(shown, actions) {
  const back = { class: "back", type: "button", testid: "back", "aria-label": "К списку чатов" };
  return el("div", { class: "heading-row" },
    el("button", { ...back, onclick: () => actions.showList() }, icon("back")),
    avatar(shown.face, shown.title),
    el("div", { class: "heading-words" },
      el("h1", { dir: "auto" }, shown.title),
      el("p", { class: "heading-detail", dir: "auto" }, shown.detail)));
}

function topicTabs(state, actions) {
  const named = currentGroup(state).topics.map(({ thread, name, closed }) => ({ thread, name, closed }));
  return [{ thread: null, name: "Все темы" }, ...named].map((topic) => {
    const current = topic.thread === state.topic;
    return {
      key: String(topic.thread),
      signature: JSON.stringify([topic, current]),
      create: () => topicTab(topic, current, actions),
    };
  });
}

function topicTab({ thread, name, closed }, current, actions) {
  const attributes = {
    class: "topic",
    type: "button",
    dir: "auto",
    testid: `topic-${thread ?? "all"}`,
    "data-focus": "topic",
    "aria-pressed": String(current),
    onclick: () => actions.chooseTopic(thread),
  };
  return el("button", attributes, name, closed && " (закрыта)");
}
