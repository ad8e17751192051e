// The form that composes a forwarded message: where it came from, its words, and one's own comment to it.

import { el } from "../dom.js";

const KINDS = [
  { kind: "channel", words: "Из канала" },
  { kind: "hidden", words: "От человека, имя скрыто" },
  { kind: "user", words: "От человека" },
];

const WHOLE_NUMBER = { type: "number", min: "1", max: "999999999" };

/** @param {{send: (content: object) => Promise<boolean>}} actions */
export function openForwardForm(actions) {
  const cancel = el("button", { type: "button", testid: "forward-cancel" }, "Отмена");
  const form = el("form", { class: "dialog-body", method: "dialog" },
    el("h2", {}, "Переслать"),
    el("fieldset", { class: "kinds" }, el("legend", {}, "Откуда"), KINDS.map(kindChoice)),
    channelFields(),
    personFields(),
    words("Текст пересылаемого сообщения", { name: "text", rows: "4" }),
    check("С фотографией (условной), текст станет подписью", "photo"),
    words("Ваш комментарий, если нужен", { name: "comment", rows: "2" }),
    el("div", { class: "dialog-actions" },
      cancel,
      el("button", { class: "primary", type: "submit", testid: "forward-send" }, "Переслать")));
  const dialog = el("dialog", { class: "dialog", testid: "forward-form", "aria-label": "Переслать" }, form);

  cancel.addEventListener("click", () => dialog.close());
  form.addEventListener("change", () => showFields(form));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await actions.send(contentOf(new FormData(form)))) dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  showFields(form);
  dialog.showModal();
  form.elements.namedItem("text").focus();
}

function channelFields() {
  return el("div", { class: "fields", "data-for": "channel" },
    field("Название канала", { name: "title", value: "Новости округа", required: true }),
    field("Имя канала", { name: "username", value: "okrug_news", pattern: "@?[A-Za-z0-9_]{4,32}" }),
    field("Номер поста", { ...WHOLE_NUMBER, name: "post", value: "77", required: true }));
}

function personFields() {
  return el("div", { class: "fields", "data-for": "hidden user" },
    field("Имя отправителя", { name: "name", value: "Житель", required: true }));
}

/** Only the fields of the chosen kind are shown, sent and checked; a picture needs no words. */
function showFields(form) {
  const kind = new FormData(form).get("kind");
  for (const group of form.querySelectorAll("[data-for]")) {
    group.hidden = !group.dataset.for.split(" ").includes(kind);
    for (const input of group.querySelectorAll("input")) input.disabled = group.hidden;
  }
  form.elements.namedItem("text").required = !form.elements.namedItem("photo").checked;
}

/** A comment goes before what it comments on, at the same moment, as Telegram's own apps do. */
function contentOf(values) {
  const text = values.get("text").trim();
  const content = values.has("photo") ? { photo: true, ...(text ? { caption: text } : {}) } : { text };
  const forwarded = { ...content, forward: originOf(values) };
  const comment = values.get("comment").trim();
  return comment ? { text: comment, with_forward: forwarded } : forwarded;
}

function originOf(values) {
  const kind = values.get("kind");
  if (kind !== "channel") return { kind, name: values.get("name") };
  const username = values.get("username").trim().replace(/^@/, "");
  return {
    kind,
    title: values.get("title"),
    message_id: Number(values.get("post")),
    ...(username ? { username } : {}),
  };
}

function kindChoice({ kind, words: label }, index) {
  const attributes = { type: "radio", name: "kind", value: kind, checked: index === 0 };
  return el("label", { class: "kind" }, el("input", { ...attributes, testid: `forward-kind-${kind}` }), label);
}

function check(label, name) {
  return el("label", { class: "kind" }, el("input", { type: "checkbox", name, testid: `forward-${name}` }), label);
}

function field(label, attributes) {
  const usual = { type: "text", autocomplete: "off", dir: "auto", testid: `forward-${attributes.name}` };
  return el("label", { class: "field" }, label, el("input", { ...usual, ...attributes }));
}

function words(label, attributes) {
  return el("label", { class: "field" }, label,
    el("textarea", { dir: "auto", testid: `forward-${attributes.name}`, ...attributes }));
}
