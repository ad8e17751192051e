// The bottom of the conversation: puts together the line, the attachments, the commands, what is answered.

import { isOwn } from "../actions.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { openMenu } from "../render/menu.js";
import { currentPerson, isPrivate, messagesOf } from "../state.js";
import { mediaName } from "../text.js";
import { createAttachments } from "./attachments.js";
import { createCommandHints } from "./commands.js";
import { createContextBar } from "./context_bar.js";
import { openForwardForm } from "./forward.js";
import { createWritingLine } from "./writing_line.js";

const RARER = ["video", "voice", "video_note"];

/**
 * @param {HTMLElement} place
 * @param {string} name the window's, for what must be named once on the page
 * @param {object} store
 * @param {object} actions
 */
export function mountComposer(place, name, store, actions) {
  const line = createWritingLine();
  const parts = {
    line,
    attachments: createAttachments(),
    bar: createContextBar(() => actions.dropBegun()),
    hints: createCommandHints(store, line.input, name),
  };
  const tools = toolbar(parts, actions);
  const form = composerForm(parts, tools);
  const start = wide("Запустить", "start", "primary wide", () => actions.startBot());
  const unblock = wide("Бот заблокирован. Разблокировать", "unblock", "wide", () => actions.block(false));
  place.append(start, unblock, form);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(parts, store.state, actions);
  });
  line.input.addEventListener("input", () => parts.hints.refresh());
  line.input.addEventListener("keydown", (event) => onKey(event, parts, store.state, actions));

  store.subscribe((state) => {
    const person = currentPerson(state);
    const direct = person !== null && isPrivate(state, state.chat);
    const blocked = direct && person.blocked;
    unblock.hidden = !blocked;
    const begun = messagesOf(state, state.chat).length > 0;
    start.hidden = !direct || blocked || !state.loaded || (begun && state.start === null);
    form.hidden = person === null || blocked || (direct && state.start !== null);
    tools.hidden = state.editing !== null;
    follow(parts, state);
  });
}

/** Brings the parts in step with where the person is and what is begun. */
function follow({ line, attachments, bar }, state) {
  const moved = line.moveTo(`${state.as} ${state.chat}`);
  const editing = line.edit(state.editing);
  if (moved || editing) attachments.clear();
  const begun = bar.show(state);
  if (begun) line.input.focus();
}

async function submit({ line, attachments }, state, actions) {
  const words = line.words();
  const content = attachments.content(words) ?? (words && { text: words });
  if (!content && !state.editing?.media) return;
  const restores = [line.take(), attachments.take()];
  const taken = state.editing ? await actions.edit(state.editing, words) : await actions.send(content);
  if (!taken) for (const restore of restores) restore();
  line.input.focus();
}

function onKey(event, { line, hints }, state, actions) {
  if (event.isComposing || hints.takesKey(event)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    line.input.form.requestSubmit();
  } else if (event.key === "Escape") {
    actions.dropBegun();
  } else if (event.key === "ArrowUp" && line.input.value === "" && !state.reply) {
    editLast(event, state, actions);
  }
}

function editLast(event, state, actions) {
  const editable = (message) => isOwn(state, message) && message.text && !message.forward;
  const last = messagesOf(state, state.chat).findLast(editable);
  if (!last) return;
  event.preventDefault();
  actions.startEdit(last);
}

function composerForm({ line, attachments, bar, hints }, tools) {
  const sending = { class: "send", type: "submit", testid: "send", "aria-label": "Отправить" };
  return el("form", { class: "composer" },
    bar.node,
    attachments.node,
    tools,
    el("div", { class: "line" }, hints.node, line.input, el("button", sending, icon("send"))));
}

function toolbar({ line, attachments }, actions) {
  const attach = (kind) => {
    attachments.add(kind);
    line.input.focus();
  };
  return el("div", { class: "tools", role: "toolbar", "aria-label": "Приложить" },
    tool("photo", "Фото", "attach-photo", () => attach("photo")),
    tool("document", "Файл", "attach-file", () => chooseFile((file) => attachments.addFile(file))),
    tool("forward", "Переслать", "forward-open", () => openForwardForm(actions)),
    tool("more", "Ещё", "attach-more", (event) =>
      openMenu(event.currentTarget, RARER.map((kind) => ({
        sign: kind,
        words: mediaName(kind),
        testid: `attach-${kind}`,
        act: () => attach(kind),
      })))));
}

/** @param {(file: File) => void} taken */
function chooseFile(taken) {
  const input = el("input", { type: "file", testid: "file-input", hidden: true });
  input.addEventListener("change", () => {
    if (input.files.length > 0) taken(input.files[0]);
    input.remove();
  });
  input.addEventListener("cancel", () => input.remove());
  document.body.append(input);
  input.click();
}

function tool(sign, words, testid, act) {
  return el("button", { class: "tool", type: "button", testid, onclick: act }, icon(sign), words);
}

function wide(words, testid, kind, act) {
  return el("button", { class: kind, type: "button", testid, onclick: act }, words);
}
