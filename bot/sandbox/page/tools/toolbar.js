// The bar of the sandbox's own tools: office time, trouble, one more window, the walk, beginning anew.

import { postBeginAnew } from "../api.js";
import { MOST_PANES } from "../desk.js";
import { el, reconcile } from "../dom.js";
import { icon } from "../icons.js";
import { isPreparing, officeOf, officesOf } from "../state.js";
import { offsetOf, wallTime } from "./office.js";
import { openTime } from "./time.js";
import { openTrouble } from "./trouble.js";

const TICK_MS = 1000;

/**
 * @param {ReturnType<import("../desk.js").createDesk>} desk
 * @param {ReturnType<import("./office.js").createOffice>} office
 * @param {ReturnType<import("../notices.js").createNotices>} notices
 */
export function mountTools(desk, office, notices) {
  const place = document.getElementById("tools");
  let ahead = null;

  const show = () => {
    const { state } = desk.active.store;
    reconcile(place, [
      state.hasOffice && tool("clock", "time", timeWords(state), "Перемотать время",
        (opener) => openTime(opener, office, desk.active.store.state, notices)),
      tool("broken", "trouble", troubleWords(state), "Сломать связь",
        (opener) => openTrouble(opener, desk.active.store.state, notices), state.faults.length > 0),
      tool("panes", "pane-add", "Ещё окно", "Открыть ещё одно окно рядом", () => openBeside(desk), false,
        desk.panes.length === MOST_PANES),
      state.hasOffice && tool("anew", "anew", "Начать заново", "Начать заново",
        () => beginAnew(notices), false, isPreparing(state)),
    ].filter(Boolean));
  };

  function timeWords(state) {
    const now = office.now();
    if (now === null || ahead === null) return "Время";
    const title = (officeOf(state, state.as) ?? officesOf(state)[0])?.title;
    return wallTime(now, offsetOf(ahead.mornings[title] ?? Object.values(ahead.mornings)[0] ?? ""));
  }

  office.subscribe((told) => {
    ahead = told;
    show();
  });
  desk.subscribe(show);
  setInterval(show, TICK_MS);
}

function troubleWords({ faults }) {
  const left = faults.filter(({ passes }) => passes !== null).map(({ passes }) => (passes - Date.now()) / 1000);
  const longest = Math.ceil(Math.max(...left));
  if (longest > 0) return `Связь сломана: ${longest} с`;
  return faults.length > left.length ? "Связь сломана" : "Сломать связь";
}

function openBeside(desk) {
  const { as, chat } = desk.active.store.state;
  desk.open({ as, chat });
}

async function beginAnew(notices) {
  const question = "Начать заново? Переписка, риски и перемотанное время исчезнут, офис соберётся снова.";
  if (!(await notices.confirm(question, "Начать заново"))) return;
  try {
    await postBeginAnew();
  } catch (error) {
    notices.toast(error.status === 409 ? "Офис ещё собирается." : `Не получилось: ${error.message}`);
  }
}

function tool(sign, testid, words, label, act, active = false, disabled = false) {
  return {
    key: testid,
    signature: JSON.stringify([words, active, disabled]),
    create: () => {
      const attributes = {
        class: active ? "sandbox-tool active" : "sandbox-tool",
        type: "button",
        testid,
        title: label,
        "aria-label": words === label ? label : `${label}. ${words}`,
        "data-focus": testid,
        disabled,
        onclick: (event) => act(event.currentTarget),
      };
      return el("button", attributes, icon(sign), el("span", { class: "sandbox-tool-words" }, words));
    },
  };
}
