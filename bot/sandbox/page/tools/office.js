// The bot's office time as the page knows it: asked of the sandbox, then followed by this machine's clock.

import { fetchOffice, postOfficeTime } from "../api.js";
import { isPreparing } from "../state.js";

const FRESH_MS = 60_000;
const DAYS = ["вс", "пн", "вт", "ср", "чт", "пт", "сб"];

/** @returns what the tools ask for; `ahead` is null until the bot has told it */
export function createOffice() {
  const listeners = [];
  let ahead = null;
  let asked = 0;
  let era = "";

  async function ask() {
    asked = Date.now();
    ahead = await fetchOffice().then((told) => ({ ...told, at: Date.now() }), () => null);
    for (const listener of listeners) listener(ahead);
    return ahead;
  }

  return {
    ask,

    /** @param {(ahead: object | null) => void} listener */
    subscribe: (listener) => listeners.push(listener),

    /** Office time now, in milliseconds; null while the bot does not answer. */
    now: () => (ahead ? Date.parse(ahead.now) + Date.now() - ahead.at : null),

    /** Asks again from time to time, and at once when the offices were set up anew. @param {object} state */
    follow(state) {
      if (!state.hasOffice || isPreparing(state)) return;
      if (state.era !== era || Date.now() - asked > FRESH_MS) ask();
      era = state.era;
    },

    /** @param {string} to */
    async moveTo(to) {
      await postOfficeTime(to);
      await ask();
    },
  };
}

/** @param {string} iso with an offset @returns {number} the offset in milliseconds */
export function offsetOf(iso) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(iso) ?? [null, "+", "0", "0"];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/**
 * «сб 21.11, 09:00» as clocks at this offset show it.
 * @param {number} moment in milliseconds
 * @param {number} offset in milliseconds
 */
export function wallTime(moment, offset) {
  const [, month, day, time] = /-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(new Date(moment + offset).toISOString());
  return `${DAYS[new Date(moment + offset).getUTCDay()]} ${day}.${month}, ${time}`;
}

/** @param {number} moment @param {number} offset @returns {string} the day alone, to be compared */
export const wallDay = (moment, offset) => new Date(moment + offset).toISOString().slice(0, 10);
