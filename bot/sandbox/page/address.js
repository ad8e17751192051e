// Who and where, as the page's own address says: `?as=<person>&chat=<chat>`.

/** @returns {{as: number | null, chat: number | null}} */
export function readAddress() {
  const parameters = new URLSearchParams(location.search);
  return { as: idIn(parameters, "as"), chat: idIn(parameters, "chat") };
}

/** @param {{as: number | null, chat: number | null}} place */
export function writeAddress({ as, chat }) {
  const parameters = new URLSearchParams();
  if (as !== null) parameters.set("as", String(as));
  if (chat !== null) parameters.set("chat", String(chat));
  const wanted = `?${parameters}`;
  if (location.search !== wanted) history.replaceState(null, "", wanted);
}

function idIn(parameters, name) {
  const id = Number(parameters.get(name) || NaN);
  return Number.isSafeInteger(id) ? id : null;
}
