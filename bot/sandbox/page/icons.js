// The page's signs, each drawn as one path on a 24×24 field.

import { svg } from "./dom.js";

const PATHS = {
  anew: "M5 12a7 7 0 1 0 2-5M7 3v4h4",
  back: "M15 5l-7 7 7 7",
  block: "M12 4a8 8 0 1 1 0 16a8 8 0 0 1 0-16zM6.5 6.5l11 11",
  broken: "M9 15l-2 2a3 3 0 0 1-4-4l2-2M15 9l2-2a3 3 0 0 1 4 4l-2 2M9 5V3M5 9H3M15 19v2M19 15h2",
  check: "M5 12.5l4.5 4.5L19 7.5",
  clock: "M12 4a8 8 0 1 1 0 16a8 8 0 0 1 0-16zM12 8v4.5l3 2",
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9l6 6 6-6",
  document: "M7 3h7l4 4v14H7zM14 3v5h4",
  forward: "M13 6l6 6-6 6M19 12H9a5 5 0 0 0-5 5v1",
  link: "M8 16L16.5 7.5M9.5 7H17v7.5",
  leave: "M14 5H6v14h8M11 12h9M17 8.5l3.5 3.5-3.5 3.5",
  more: "M12 6v.01M12 12v.01M12 18v.01",
  panes: "M4 5h16v14H4zM12 5v14",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  photo: "M4 6h16v13H4zM4 16l5-5 4 4 2.5-2.5L20 17M15.5 9.5v.01",
  reply: "M10 6l-6 6 6 6M4 12h11a5 5 0 0 1 5 5v1",
  edit: "M5 19l1-4L16 5l3 3L9 18z",
  send: "M4 12l16-8-5 16-4-6zM11 14l9-10",
  silent: "M4 4l16 16M9.5 5.2A5.5 5.5 0 0 1 17.5 10v4l1 2M6.5 9.5V14l-2 3H17M10.5 20h3",
  sticker: "M5 5h14v9l-5 5H5zM14 19v-5h5",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13",
  video: "M3 7h12v10H3zM15 11l6-3.5v9L15 13",
  video_note: "M12 4a8 8 0 1 1 0 16a8 8 0 0 1 0-16zM10.5 9l4.5 3-4.5 3z",
  voice: "M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4zM6 11.5a6 6 0 0 0 12 0M12 17.5V21",
};

/**
 * @param {keyof typeof PATHS} name
 * @returns {SVGElement}
 */
export function icon(name) {
  return svg(PATHS[name]);
}
