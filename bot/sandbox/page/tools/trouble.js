// «Сломать связь»: a flood, an outage, a cut line for some seconds, or a bot that a person has blocked.

import { deleteFaults, postBlock, postFault } from "../api.js";
import { el } from "../dom.js";
import { currentPerson } from "../state.js";
import { positionOf } from "../text.js";
import { openPanel } from "./panel.js";

const SECONDS = 30;
const KINDS = [
  { testid: "flood", words: "Флуд", why: "Telegram просит подождать (429)", fault: { kind: "429" } },
  { testid: "outage", words: "Сбой Telegram", why: "отвечает ошибкой (502)", fault: { kind: "502", method: "*" } },
  { testid: "cut", words: "Обрыв связи", why: "соединения рвутся", fault: { kind: "drop_before", method: "*" } },
];

/**
 * @param {HTMLElement} opener
 * @param {object} state of the window in hand
 * @param {ReturnType<import("../notices.js").createNotices>} notices
 */
export function openTrouble(opener, state, notices) {
  const person = currentPerson(state);
  const length = el("input", { type: "number", min: "1", max: "3600", value: String(SECONDS), testid: "seconds" });

  const act = async (deed, said) => {
    panel.hidePopover();
    try {
      await deed();
      notices.toast(said);
    } catch (error) {
      notices.toast(`Не получилось: ${error.message}`);
    }
  };
  const seconds = () => Math.min(3600, Math.max(1, Math.round(Number(length.value)) || SECONDS));
  const breaks = ({ testid, words, why, fault }) => choice(testid, words, why, () =>
    act(() => postFault({ ...fault, seconds: seconds() }), `${words}: ${seconds()} с.`));
  const panel = openPanel(opener, "Сломать связь", [
    el("label", { class: "panel-line" }, "Сколько секунд", length),
    el("div", { class: "panel-choices" },
      KINDS.map(breaks),
      person && blocking(person, act),
      state.faults.length > 0 && choice("mend", "Починить", "связь станет обычной", () =>
        act(deleteFaults, "Связь снова в порядке."))),
  ]);
}

function blocking({ id, blocked, ...person }, act) {
  const words = blocked ? "Разблокировать бота" : "Заблокировать бота";
  return choice("panel-block", words, positionOf({ id, ...person }), () =>
    act(() => postBlock(id, !blocked), blocked ? "Бот разблокирован." : "Бот заблокирован."));
}

function choice(testid, words, why, onclick) {
  return el("button", { class: "panel-choice", type: "button", testid, onclick },
    el("span", {}, words),
    el("span", { class: "panel-detail" }, why));
}
