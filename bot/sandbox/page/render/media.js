// What a message carries: files that somebody chose are shown or saved, all else has a stand-in.

import { fileAddress } from "../api.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { fileSize, mediaName } from "../text.js";

const WIDE = new Set(["photo", "video"]);
const DRAWN = new Set(["document", "voice", "video_note", "sticker"]);

/**
 * @param {{kind: string, name?: string, file?: string, size?: number}} media
 * @param {number} seed makes neighbouring pictures differ
 * @returns {HTMLElement}
 */
export function mediaNode(media, seed) {
  if (media.kind === "photo" && media.file) return photo(media);
  if (media.kind === "video_note") return round(seed);
  return WIDE.has(media.kind) ? picture(media, seed) : attachment(media);
}

/**
 * @param {object} message
 */
export const isPicture = (message) => WIDE.has(message.media?.kind);

function photo({ kind, file }) {
  return el("a", { class: "photo", href: fileAddress(file), target: "_blank", testid: "photo" },
    el("img", { src: fileAddress(file), alt: mediaName(kind) }));
}

function picture(media, seed) {
  return el("span", { class: `picture picture-${seed % 4}`, role: "img", "aria-label": mediaName(media.kind) },
    icon(media.kind),
    el("span", { class: "picture-name" }, mediaName(media.kind)));
}

function round(seed) {
  const words = mediaName("video_note");
  return el("span", { class: `picture round picture-${seed % 4}`, role: "img", "aria-label": words }, icon("video_note"));
}

function attachment(media) {
  const words = media.name || mediaName(media.kind);
  const parts = [
    el("span", { class: "attachment-sign" }, icon(DRAWN.has(media.kind) ? media.kind : "document")),
    el("bdi", { class: "attachment-name" }, words),
  ];
  if (media.size) parts.push(el("span", { class: "attachment-size" }, fileSize(media.size)));
  if (!media.file) return el("span", { class: "attachment" }, parts);
  const saving = { class: "attachment", href: fileAddress(media.file), download: words, testid: "download" };
  return el("a", saving, parts);
}
