// Who is where in each window, as the page's own address says: `?as=<person>&chat=<chat>`, once for every window.

const NOWHERE = { as: null, chat: null };

/** @returns {Array<{as: number | null, chat: number | null}>} one place at least */
export function readAddress() {
  const parameters = new URLSearchParams(location.search);
  const chats = parameters.getAll("chat").map(idIn);
  const places = parameters.getAll("as").map((as, index) => ({ as: idIn(as), chat: chats[index] ?? null }));
  return places.length > 0 ? places : [NOWHERE];
}

/** @param {Array<{as: number | null, chat: number | null}>} places */
export function writeAddress(places) {
  const parameters = new URLSearchParams();
  for (const { as, chat } of places) {
    if (as === null || chat === null) continue;
    parameters.append("as", String(as));
    parameters.append("chat", String(chat));
  }
  const wanted = `?${parameters}`;
  if (location.search !== wanted) history.replaceState(null, "", wanted);
}

function idIn(text) {
  const id = Number(text || NaN);
  return Number.isSafeInteger(id) ? id : null;
}
