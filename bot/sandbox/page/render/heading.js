// The head of a window: whose eyes it is, which chat, what else can be done there.

import { el, reconcile } from "../dom.js";
import { icon } from "../icons.js";
import { currentGroup, currentPerson } from "../state.js";
import { fullName, plural, positionOf } from "../text.js";
import { avatar } from "./avatar.js";
import { openMenu } from "./menu.js";

/**
 * @param {HTMLElement} place
 * @param {HTMLElement} hint
 * @param {object} store
 * @param {object} actions
 * @param {{close: () => void, alone: () => boolean}} frame
 */
export function mountHeading(place, hint, store, actions, frame) {
  store.subscribe((state) => {
    hint.hidden = !state.training.hint || !frame.alone();
    hint.textContent = state.training.hint ?? "";
    reconcile(place, parts(state, actions, frame));
  });
}

function parts(state, actions, frame) {
  const person = currentPerson(state);
  if (!person) return [];
  const group = currentGroup(state);
  const shown = {
    face: group?.id ?? state.bot.id,
    title: fullName(group ?? state.bot),
    detail: [`Вы: ${positionOf(person)}`, group && membersLine(group)].filter(Boolean).join(" · "),
    blocked: person.blocked,
    group: group !== null,
    alone: frame.alone(),
  };
  return [{ key: "heading", signature: JSON.stringify(shown), create: () => node(shown, actions, frame) }];
}

const membersLine = (group) =>
  plural(
    group.members.filter((member) => !["left", "kicked"].includes(member.status)).length,
    ["участник", "участника", "участников"],
  );

function node(shown, actions, frame) {
  return el("div", { class: "heading-row" },
    control("back", "back", "К списку чатов", () => actions.showList()),
    avatar(shown.face, shown.title),
    el("div", { class: "heading-words" },
      el("h1", { dir: "auto" }, shown.title),
      el("p", { class: "heading-detail", dir: "auto", title: shown.detail }, shown.detail)),
    el("div", { class: "heading-side" },
      control("more", "chat-menu", "Что сделать в чате", (event) =>
        openMenu(event.currentTarget, choices(shown, actions))),
      !shown.alone && control("close", "pane-close", "Закрыть окно", () => frame.close())));
}

function control(sign, testid, words, onclick) {
  const kind = sign === "back" ? "back" : "plain";
  return el("button", { class: kind, type: "button", testid, "aria-label": words, onclick }, icon(sign));
}

function choices({ group, blocked }, actions) {
  if (group) return [{ sign: "leave", words: "Выйти из чата", testid: "leave", act: () => actions.leave() }];
  const words = blocked ? "Разблокировать бота" : "Заблокировать бота";
  return [{ sign: "block", words, testid: "block", act: () => actions.block(!blocked) }];
}
