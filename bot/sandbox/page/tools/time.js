// «Перемотать время»: by hours, to the next morning, to the next due moment, to any later one; and what is due today.

import { el } from "../dom.js";
import { officeOf, officesOf } from "../state.js";
import { offsetOf, wallDay, wallTime } from "./office.js";
import { openPanel } from "./panel.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SHOWN = 12;

/**
 * @param {HTMLElement} opener
 * @param {ReturnType<import("./office.js").createOffice>} office
 * @param {object} state of the window in hand
 * @param {ReturnType<import("../notices.js").createNotices>} notices
 */
export async function openTime(opener, office, state, notices) {
  const ahead = await office.ask();
  if (ahead === null) return notices.toast("Бот сейчас не отвечает, время не перемотать.");
  const own = officeOf(state, state.as) ?? officesOf(state)[0];
  const morning = ahead.mornings[own?.title] ?? Object.values(ahead.mornings)[0];
  const now = Date.parse(ahead.now);
  const offset = offsetOf(morning ?? "");

  const go = async (moment) => {
    panel.hidePopover();
    try {
      await office.moveTo(new Date(moment).toISOString());
      notices.toast(`Теперь в офисе ${wallTime(office.now(), offset)}.`);
    } catch (error) {
      notices.toast(`Не получилось: ${error.message}`);
    }
  };
  const [next] = ahead.due;
  const several = officesOf(state).length > 1;
  const choices = [
    { testid: "time-1h", words: "+1 ч", to: now + HOUR },
    { testid: "time-3h", words: "+3 ч", to: now + 3 * HOUR },
    morning && { testid: "time-morning", words: "До утра", to: Date.parse(morning) },
    next && { testid: "time-next", words: "К следующему сроку", to: Date.parse(next.at), why: named(next, several) },
  ].filter(Boolean);
  const panel = openPanel(opener, "Перемотать время", [
    el("p", { class: "panel-note" }, `В офисе ${wallTime(now, offset)}. Назад время не идёт.`),
    el("div", { class: "panel-choices" }, choices.map((choice) => choiceNode(choice, offset, go))),
    momentNode(now, offset, go),
    ...dueToday(ahead.due, now, several),
  ]);
  return undefined;
}

/** Of which office it is, where there are several: each has its own zone. */
const named = ({ what, office }, several) => (several ? `${what} · ${office}` : what);

function choiceNode({ testid, words, to, why }, offset, go) {
  return el("button", { class: "panel-choice", type: "button", testid, onclick: () => go(to) },
    el("span", {}, words),
    el("span", { class: "panel-detail" }, [wallTime(to, offset), why].filter(Boolean).join(" · ")));
}

/** Any later moment, by the clocks of the office. */
function momentNode(now, offset, go) {
  const earliest = new Date(now + offset + MINUTE).toISOString().slice(0, 16);
  const moment = el("input", { type: "datetime-local", required: "", min: earliest, value: earliest, testid: "moment" });
  const onsubmit = (event) => {
    event.preventDefault();
    go(Date.parse(`${moment.value}Z`) - offset);
  };
  return el("form", { class: "panel-moment", onsubmit },
    el("label", { class: "panel-line" }, "День и время", moment),
    el("button", { class: "panel-choice", type: "submit", testid: "time-moment" }, el("span", {}, "Перемотать")));
}

function dueToday(due, now, several) {
  const today = due.filter(({ at }) => wallDay(Date.parse(at), offsetOf(at)) === wallDay(now, offsetOf(at)));
  const title = el("h3", {}, "Сегодня наступит");
  if (today.length === 0) return [title, el("p", { class: "panel-note", testid: "due-none" }, "Сегодня сроков нет.")];
  const lines = today.slice(0, SHOWN).map(({ at, office, what }) =>
    el("li", { testid: "due" },
      el("time", { datetime: at }, at.slice(11, 16)),
      el("span", {}, what, several && el("span", { class: "panel-detail" }, ` · ${office}`))));
  const rest = today.length - lines.length;
  return [title, el("ul", { class: "due" }, lines), rest > 0 && el("p", { class: "panel-note" }, `И ещё ${rest}.`)];
}
