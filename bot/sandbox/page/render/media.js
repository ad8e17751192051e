// Placeholders for what a sandbox does not carry: pictures, films, voices, files.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { mediaName } from "../text.js";

const WIDE = new Set(["photo", "video"]);

/**
 * @param {{kind: string, name?: string}} media
 * @param {number} seed makes neighbouring pictures differ
 * @returns {HTMLElement}
 */
export function placeholder(media, seed) {
  return WIDE.has(media.kind) ? picture(media, seed) : attachment(media);
}

/**
 * @param {object} message
 */
export const isPicture = (message) => WIDE.has(message.media?.kind);

function picture(media, seed) {
  return el("span", { class: `picture picture-${seed % 4}`, role: "img", "aria-label": mediaName(media.kind) },
    icon(media.kind),
    el("span", { class: "picture-name" }, mediaName(media.kind)));
}

function attachment(media) {
  const known = ["document", "voice", "sticker"].includes(media.kind) ? media.kind : "document";
  return el("span", { class: "attachment" },
    el("span", { class: "attachment-sign" }, icon(known)),
    el("bdi", { class: "attachment-name" }, media.name || mediaName(media.kind)));
}
