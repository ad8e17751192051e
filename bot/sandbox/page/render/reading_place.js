// Keeps the reader where he is while messages come and change: at the end if he was there, else at the same line.

const NEAR = 48;
const FLASH_MS = 1500;

/**
 * @param {HTMLElement} viewport what scrolls
 * @param {HTMLElement} list whose children are the rows
 * @param {HTMLButtonElement} toBottom
 */
export function createReadingPlace(viewport, list, toBottom) {
  const listeners = [];
  let following = true;
  let size = "";

  const atBottom = () => viewport.scrollHeight - viewport.scrollTop - viewport.clientHeight < NEAR;
  const goToBottom = () => {
    viewport.scrollTop = viewport.scrollHeight;
  };
  const settle = () => {
    following = atBottom();
    size = sizeOf(viewport);
    toBottom.hidden = following;
  };

  const tell = () => {
    for (const listener of listeners) listener();
  };

  viewport.addEventListener("scroll", () => {
    if (sizeOf(viewport) !== size && following) return; // words that wrap anew move the end, not the reader
    const before = following;
    settle();
    if (following && !before) tell();
  });
  toBottom.addEventListener("click", goToBottom);
  // The composer grows, a phone's keyboard rises, a picture comes late: the last line stays in sight.
  const observer = new ResizeObserver(() => {
    if (following) goToBottom();
    settle();
    if (following) tell();
  });
  for (const node of [viewport, list]) observer.observe(node);

  return {
    atBottom,
    visible: () => viewport.clientHeight > 0,

    /** @param {() => void} listener called when the end comes into sight */
    onBottom: (listener) => listeners.push(listener),

    /**
     * Runs `change`, then puts the reader back.
     * @param {boolean} moved another chat is open now, so the old place means nothing
     * @param {() => void} change
     */
    keep(moved, change) {
      // A scroll just made may not have been told yet; a change of size is the observer's to answer.
      if (sizeOf(viewport) === size) settle();
      const anchor = following || moved ? null : firstInSight(viewport, list);
      change();
      if (following || moved) goToBottom();
      else if (anchor) restore(viewport, list, anchor);
      settle();
    },

    /** @param {number} id message to bring into sight */
    show(id) {
      const row = [...list.children].find((node) => holds(node, `message-${id}`));
      if (!row) return;
      row.scrollIntoView({ block: "center" });
      row.classList.add("flash");
      setTimeout(() => row.classList.remove("flash"), FLASH_MS);
    },
  };
}

const sizeOf = ({ clientWidth, clientHeight }) => `${clientWidth} ${clientHeight}`;

/** An album is one row of several messages. */
const holds = (row, name) =>
  row.dataset.key === name || [...row.querySelectorAll(".tile")].some((tile) => tile.dataset.testid === name);

/** A message, not a day's title: that moves when earlier messages of the day appear. */
function firstInSight(viewport, list) {
  const top = viewport.getBoundingClientRect().top;
  const messages = [...list.children].filter((node) => node.dataset.key.startsWith("message-"));
  const row = messages.find((node) => node.getBoundingClientRect().bottom > top);
  return row ? { key: row.dataset.key, offset: row.getBoundingClientRect().top - top } : null;
}

function restore(viewport, list, { key, offset }) {
  const row = [...list.children].find((node) => node.dataset.key === key);
  if (!row) return;
  viewport.scrollTop += row.getBoundingClientRect().top - viewport.getBoundingClientRect().top - offset;
}
