// The guided first walk: a small panel whose steps tick themselves as the world shows them done.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { messagesOf, officesOf } from "./state.js";

/** @param {ReturnType<import("./desk.js").createDesk>} desk */
export function mountWalk(desk) {
  const place = document.getElementById("walk");
  let memory = null;

  desk.subscribe((state) => {
    const [office] = officesOf(state);
    const walk = state.training.walk;
    place.hidden = !office || !walk;
    if (place.hidden) return;
    if (memory?.era !== state.era) memory = remembered(state.era);
    const done = walk.steps.map(({ do: deed }) => deed).filter((deed) => CHECKS[deed]?.(desk, state, office, memory));
    const before = JSON.stringify(memory);
    memory.done = [...new Set([...memory.done, ...done])];
    if (JSON.stringify(memory) !== before || done.length > 0) remember(memory);
    place.hidden = memory.closed;
    show(place, walk.steps, memory, () => {
      memory.closed = true;
      remember(memory);
      place.hidden = true;
    });
  });
}

/** When each step is done; `memory.lines` holds how cards stood when they were first seen. */
const CHECKS = {
  become: (desk, _state, { members }) => desk.panes.some(({ store }) => members.includes(store.state.as)),

  // Not by what the member has said: their first words were their own name, said at the door.
  write: (_desk, state, { chat, members }) =>
    cards(state, chat).length > 0 || members.some((member) => messagesOf(state, member).some((message) =>
      message.buttons.flat().some(({ text }) => text === state.training.walk.files))),

  file: (_desk, state, { chat }) => cards(state, chat).length > 0,

  see: (desk, state, { chat }) =>
    cards(state, chat).length > 0 && desk.panes.some(({ store }) =>
      store.state.chat === chat && store.state.view === "conversation"),

  change(_desk, state, { chat }, memory) {
    return cards(state, chat).some((card) => {
      const line = card.text.split("\n").find((each) => each.startsWith(state.training.walk.line)) ?? "";
      memory.lines[card.id] ??= line;
      return memory.lines[card.id] !== line;
    });
  },
};

const cards = (state, chat) =>
  messagesOf(state, chat).filter((message) => message.from.is_bot && message.buttons.length > 0 && message.text);

function show(place, steps, memory, close) {
  const next = steps.find(({ do: deed }) => !memory.done.includes(deed));
  const signature = JSON.stringify([memory.done, memory.closed]);
  if (place.dataset.signature === signature) return;
  place.dataset.signature = signature;
  const dismiss = { class: "plain", type: "button", testid: "walk-close", "aria-label": "Закрыть подсказку" };
  place.replaceChildren(
    el("div", { class: "walk-head" },
      el("h2", { id: "walk-title" }, next ? "Первый риск: шаг за шагом" : "Готово: вы прошли путь риска"),
      el("button", { ...dismiss, onclick: close }, icon("close"))),
    el("ol", { class: "walk-steps" }, steps.map((step) => stepNode(step, memory, step === next))));
}

function stepNode({ do: deed, says }, memory, next) {
  const done = memory.done.includes(deed);
  const attributes = {
    class: done ? "walk-step done" : "walk-step",
    testid: `walk-${deed}`,
    "data-done": String(done),
    "aria-current": next ? "step" : null,
  };
  return el("li", attributes, el("span", { class: "walk-tick" }, done && icon("check")),
    el("span", {}, says, done && el("span", { class: "unseen" }, " (сделано)")));
}

const keyOf = (era) => `sandbox.walk.${era}`;

function remembered(era) {
  const fresh = { era, done: [], lines: {}, closed: false };
  try {
    return { ...fresh, ...JSON.parse(localStorage.getItem(keyOf(era)) ?? "{}") };
  } catch {
    return fresh;
  }
}

function remember(memory) {
  try {
    localStorage.setItem(keyOf(memory.era), JSON.stringify(memory));
  } catch {
    // Storage may be forbidden: the ticks then live as long as the page.
  }
}
