// What surrounds the windows: title, connection, which half a narrow screen shows, the time of setting up.

import { currentPerson, isPreparing } from "../state.js";
import { positionOf } from "../text.js";

/** @param {ReturnType<import("../desk.js").createDesk>} desk */
export function mountFrame(desk) {
  const frame = document.querySelector(".frame");
  desk.subscribe((state) => {
    const preparing = isPreparing(state);
    document.body.dataset.view = state.view;
    document.querySelector(".offline").hidden = state.connected;
    document.querySelector(".preparing").hidden = !preparing;
    frame.toggleAttribute("data-preparing", preparing);
    document.title = titleOf(state);
  });
}

function titleOf(state) {
  const person = currentPerson(state);
  return person ? `${positionOf(person)} · Песочница` : "Песочница";
}
