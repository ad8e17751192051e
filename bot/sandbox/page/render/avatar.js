// A coloured disc with initials, for people, groups and the bot alike.

import { el } from "../dom.js";
import { hueOf, initials } from "../text.js";

/**
 * @param {number} id decides the colour
 * @param {string} name
 * @returns {HTMLElement}
 */
export function avatar(id, name) {
  return el("span", { class: `avatar hue-${hueOf(id)}`, "aria-hidden": "true" }, initials(name));
}
