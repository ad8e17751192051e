"""What the sandbox refuses, and in which words: one table."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.refusals import Ban, Clash, Reason
from tests.bot.sandbox.harness import Json, Sandbox

MISSING = 9999
STRANGER = 5


@dataclass(slots=True, kw_only=True)
class Scene:
    """People and chats that the table speaks of."""

    sandbox: Sandbox
    olga: int
    petr: int
    group: int
    forum: int
    topic: int
    bots: int
    """A message of the bot's to Olga, with one button."""
    olgas: int
    """A message of Olga's to the bot."""


@pytest.fixture
async def scene(sandbox: Sandbox) -> Scene:
    olga = await sandbox.person("Ольга")
    petr = await sandbox.person("Пётр", started=False)
    group = await sandbox.group(olga, "bot")
    forum = await sandbox.group(olga, "bot", is_forum=True)
    topic = await sandbox.control(f"chats/{forum}/topics", as_=olga, name="ПИЛОТ")
    bots = await sandbox.sends(olga, "Карточка", reply_markup=button())
    return Scene(
        sandbox=sandbox,
        olga=olga,
        petr=petr,
        group=group,
        forum=forum,
        topic=topic["thread"],
        bots=bots["message_id"],
        olgas=(await sandbox.writes(olga, "Вопрос"))["id"],
    )


Params = Callable[[Scene], Json]
Preparation = Callable[[Scene], Awaitable[Any]]


async def nothing(_: Scene) -> None:
    """Most refusals need no preparation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A call, and what it gets."""

    name: str
    method: str = "sendMessage"
    params: Params
    code: int = 400
    says: str
    before: Preparation = field(default=nothing)


def button(**changes: Any) -> Json:
    return {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"} | changes]]}


def to_olga(**more: Any) -> Params:
    return lambda scene: {"chat_id": scene.olga, "text": "Привет"} | more


def entity(kind: str, offset: int, length: int, **more: Any) -> Json:
    return {"type": kind, "offset": offset, "length": length} | more


def edit(**more: Any) -> Params:
    return lambda scene: {"chat_id": scene.olga, "message_id": scene.bots, "text": "Новое"} | more


def bad(reason: str) -> str:
    return f"Bad Request: {reason}"


def forbidden(ban: Ban) -> str:
    return f"Forbidden: {ban}"


async def kicked(scene: Scene) -> None:
    await scene.sandbox.membership(scene.group, "bot", "kicked")


async def left(scene: Scene) -> None:
    await scene.sandbox.membership(scene.group, "bot", "left")


async def restricted(scene: Scene) -> None:
    await scene.sandbox.membership(scene.group, "bot", "restricted", rights={"can_send_messages": False})


async def blocked(scene: Scene) -> None:
    await scene.sandbox.control(f"people/{scene.olga}/block", blocked=True)


async def topic_closed(scene: Scene) -> None:
    path = f"chats/{scene.forum}/topics/{scene.topic}"
    await scene.sandbox.control(path, as_=scene.olga, closed=True)


async def topic_deleted(scene: Scene) -> None:
    await scene.sandbox.control(f"chats/{scene.forum}/topics/{scene.topic}", verb="DELETE")


async def card_deleted(scene: Scene) -> None:
    await scene.sandbox.control(f"messages/{scene.olga}/{scene.bots}/delete")


async def forced_reply(scene: Scene) -> None:
    """The bot's newest message is a question that forces a reply; it takes the card's place in the table."""
    asked = await scene.sandbox.sends(scene.olga, "Кто?", reply_markup={"force_reply": True})
    scene.bots = asked["message_id"]


async def webhook_set(scene: Scene) -> None:
    await scene.sandbox.control("webhook", url="https://example.org/hook")


async def two_days_later(scene: Scene) -> None:
    scene.sandbox.clock.pass_by(48 * 60 * 60 + 1)


CASES = [
    # --- where to
    Case(name="no chat", params=lambda _: {"text": "Привет"}, says=bad("chat_id is empty")),
    Case(name="unknown chat", params=to_olga(chat_id=STRANGER), says=bad("chat not found")),
    Case(name="unknown group", params=to_olga(chat_id=-STRANGER), says=bad("chat not found")),
    Case(name="unknown name", params=to_olga(chat_id="@nobody"), says=bad("chat not found")),
    Case(
        name="a person who never wrote to the bot",
        params=lambda scene: {"chat_id": scene.petr, "text": "Привет"},
        code=403,
        says=forbidden(Ban.NEVER_STARTED),
    ),
    Case(name="blocked", params=to_olga(), before=blocked, code=403, says=forbidden(Ban.BLOCKED)),
    Case(
        name="kicked",
        params=lambda scene: {"chat_id": scene.group, "text": "Привет"},
        before=kicked,
        code=403,
        says=forbidden(Ban.KICKED_FROM_SUPERGROUP),
    ),
    Case(
        name="left",
        params=lambda scene: {"chat_id": scene.group, "text": "Привет"},
        before=left,
        code=403,
        says=forbidden(Ban.NOT_IN_SUPERGROUP),
    ),
    Case(
        name="restricted",
        params=lambda scene: {"chat_id": scene.group, "text": "Привет"},
        before=restricted,
        says=bad("not enough rights to send text messages to the chat"),
    ),
    Case(
        name="unknown topic",
        params=lambda scene: {"chat_id": scene.forum, "text": "Привет", "message_thread_id": MISSING},
        says=bad("message thread not found"),
    ),
    Case(
        name="the general topic has no thread id",
        params=lambda scene: {"chat_id": scene.forum, "text": "Привет", "message_thread_id": 1},
        says=bad("message thread not found"),
    ),
    Case(
        name="deleted topic",
        params=lambda scene: {"chat_id": scene.forum, "text": "Привет", "message_thread_id": scene.topic},
        before=topic_deleted,
        says=bad("message thread not found"),
    ),
    Case(
        name="closed topic",
        params=lambda scene: {"chat_id": scene.forum, "text": "Привет", "message_thread_id": scene.topic},
        before=topic_closed,
        says=bad("TOPIC_CLOSED"),
    ),
    # --- the text
    Case(name="no text", params=lambda scene: {"chat_id": scene.olga}, says=bad("message text is empty")),
    Case(name="empty text", params=to_olga(text=""), says=bad("message text is empty")),
    Case(name="spaces", params=to_olga(text=" \n\t "), says=bad("text must be non-empty")),
    Case(name="invisible text", params=to_olga(text="\u200b\u2060\ufe0f"), says=bad("text must be non-empty")),
    Case(name="4097 letters", params=to_olga(text="я" * 4097), says=bad("message is too long")),
    Case(name="2049 emoji are 4098 units", params=to_olga(text="😀" * 2049), says=bad("message is too long")),
    Case(name="more than 32 KiB", params=to_olga(text="я" * 16400), says=bad("text is too long")),
    Case(
        name="parse mode",
        params=to_olga(parse_mode="HTML"),
        code=501,
        says="Not Implemented: the sandbox does not serve parse_mode of sendMessage",
    ),
    # --- entities
    Case(
        name="entity before the text",
        params=to_olga(entities=[entity("bold", -1, 2)]),
        says=bad("receive an entity with incorrect offset -1"),
    ),
    Case(
        name="entity after the text",
        params=to_olga(entities=[entity("bold", 7, 1)]),
        says=bad("entity begins after the end of the text at UTF-16 offset 7"),
    ),
    Case(
        name="entity too long",
        params=to_olga(entities=[entity("bold", 2, 5)]),
        says=bad("entity beginning at UTF-16 offset 2 ends after the end of the text at UTF-16 offset 7"),
    ),
    Case(
        name="half an emoji",
        params=to_olga(text="а😀", entities=[entity("bold", 0, 2)]),
        says=bad("entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 6"),
    ),
    Case(
        name="crossing entities",
        params=to_olga(entities=[entity("bold", 0, 4), entity("italic", 2, 4)]),
        says=bad("sandbox: entities cross at UTF-16 offset 2"),
    ),
    Case(
        name="bold inside code",
        params=to_olga(entities=[entity("code", 0, 4), entity("bold", 1, 1)]),
        says=bad("sandbox: code shares UTF-16 offset 1 with another entity"),
    ),
    Case(
        name="unknown entity",
        params=to_olga(entities=[entity("glitter", 0, 4)]),
        says=bad("can't parse MessageEntity: Unsupported type specified"),
    ),
    Case(
        name="link to nowhere",
        params=to_olga(entities=[entity("text_link", 0, 4)]),
        says=bad("can't parse MessageEntity: Can't find field \"url\""),
    ),
    Case(
        name="link to nonsense",
        params=to_olga(entities=[entity("text_link", 0, 4, url="not-a-url")]),
        says=bad("entity URL 'not-a-url' is invalid: Wrong HTTP URL"),
    ),
    Case(
        name="mention of nobody",
        params=to_olga(
            entities=[entity("text_mention", 0, 4, user={"id": STRANGER, "is_bot": False, "first_name": "Никто"})]
        ),
        says=bad("user not found"),
    ),
    # --- buttons
    Case(
        name="65 bytes of data",
        params=to_olga(reply_markup=button(callback_data="x" * 65)),
        says=bad("BUTTON_DATA_INVALID"),
    ),
    Case(
        name="33 Cyrillic letters of data are 66 bytes",
        params=to_olga(reply_markup=button(callback_data="я" * 33)),
        says=bad("BUTTON_DATA_INVALID"),
    ),
    Case(
        name="no data",
        params=to_olga(reply_markup=button(callback_data="")),
        says=bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    ),
    Case(
        name="no button text",
        params=to_olga(reply_markup=button(text="")),
        says=bad("inline keyboard button text must be non-empty"),
    ),
    Case(
        name="no button text field",
        params=to_olga(reply_markup={"inline_keyboard": [[{"callback_data": "x"}]]}),
        says=bad("can't parse inline keyboard button: Can't find field \"text\""),
    ),
    Case(
        name="button address is nonsense",
        params=to_olga(reply_markup=button(url="not-a-url")),
        says=bad("inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL"),
    ),
    Case(
        name="button address by ftp",
        params=to_olga(reply_markup=button(url="ftp://example.com")),
        says=bad("inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol"),
    ),
    Case(
        name="button address on this machine",
        params=to_olga(reply_markup=button(url="http://localhost:8090/")),
        says=bad("BUTTON_URL_INVALID"),
    ),
    Case(
        name="nine buttons in a row",
        params=to_olga(reply_markup={"inline_keyboard": [[{"text": "Да", "callback_data": "x"}] * 9]}),
        says=bad("reply markup is too long"),
    ),
    Case(
        name="101 buttons",
        params=to_olga(reply_markup={"inline_keyboard": button()["inline_keyboard"] * 101}),
        says=bad("reply markup is too long"),
    ),
    Case(
        name="a keyboard of more than 10 kB",
        params=to_olga(reply_markup={"inline_keyboard": [[{"text": "Д" * 60, "callback_data": "x"}]] * 80}),
        says=bad("reply markup is too long"),
    ),
    Case(
        name="a button that is not served",
        params=to_olga(reply_markup={"inline_keyboard": [[{"text": "Да", "pay": True}]]}),
        code=501,
        says="Not Implemented: the sandbox does not serve inline buttons with pay",
    ),
    # --- replies
    Case(
        name="reply to nothing",
        params=to_olga(reply_parameters={"message_id": MISSING}),
        says=bad("message to be replied not found"),
    ),
    Case(
        name="reply to a deleted message",
        params=lambda scene: {
            "chat_id": scene.olga,
            "text": "Привет",
            "reply_parameters": {"message_id": scene.bots},
        },
        before=card_deleted,
        says=bad("message to be replied not found"),
    ),
    # --- edits
    Case(
        name="edit nothing",
        method="editMessageText",
        params=edit(message_id=MISSING),
        says=bad("message to edit not found"),
    ),
    Case(
        name="edit a deleted message",
        method="editMessageText",
        params=edit(),
        before=card_deleted,
        says=bad("message to edit not found"),
    ),
    Case(
        name="edit somebody else's message",
        method="editMessageText",
        params=lambda scene: {"chat_id": scene.olga, "message_id": scene.olgas, "text": "Новое"},
        says=bad("message can't be edited"),
    ),
    Case(
        name="edit a forced reply",
        method="editMessageText",
        params=edit(),
        before=forced_reply,
        says=bad("message can't be edited"),
    ),
    Case(
        name="edit to the same",
        method="editMessageText",
        params=edit(text=" Карточка ", reply_markup=button()),
        says=bad(Reason.NOT_MODIFIED),
    ),
    Case(
        name="edit to empty",
        method="editMessageText",
        params=edit(text=""),
        says=bad("message text is empty"),
    ),
    Case(
        name="edit for a blocker",
        method="editMessageText",
        params=edit(),
        before=blocked,
        code=403,
        says=forbidden(Ban.BLOCKED),
    ),
    Case(
        name="the same keyboard",
        method="editMessageReplyMarkup",
        params=lambda scene: {"chat_id": scene.olga, "message_id": scene.bots, "reply_markup": button()},
        says=bad(Reason.NOT_MODIFIED),
    ),
    Case(
        name="edit without a message",
        method="editMessageReplyMarkup",
        params=lambda scene: {"chat_id": scene.olga},
        says=bad("message to edit not found"),
    ),
    Case(
        name="edit without anything",
        method="editMessageReplyMarkup",
        params=lambda _: {},
        says=bad("message identifier is not specified"),
    ),
    Case(
        name="edit with another kind of markup",
        method="editMessageText",
        params=edit(reply_markup={"force_reply": True}),
        says=bad("inline keyboard expected"),
    ),
    # --- deletions
    Case(
        name="delete nothing",
        method="deleteMessage",
        params=lambda scene: {"chat_id": scene.olga, "message_id": MISSING},
        says=bad("message to delete not found"),
    ),
    Case(
        name="delete after two days",
        method="deleteMessage",
        params=lambda scene: {"chat_id": scene.olga, "message_id": scene.bots},
        before=two_days_later,
        says=bad("message can't be deleted"),
    ),
    # --- answers
    Case(
        name="answer to no press",
        method="answerCallbackQuery",
        params=lambda _: {"callback_query_id": "123"},
        says=bad(Reason.QUERY_TOO_OLD),
    ),
    # --- chats
    Case(
        name="a chat that is not",
        method="getChat",
        params=lambda _: {"chat_id": -STRANGER},
        says=bad("chat not found"),
    ),
    Case(
        name="a private chat that never began",
        method="getChat",
        params=lambda scene: {"chat_id": scene.petr},
        says=bad("chat not found"),
    ),
    Case(
        name="a supergroup that the bot left",
        method="getChat",
        params=lambda scene: {"chat_id": scene.group},
        before=left,
        code=403,
        says=forbidden(Ban.NOT_IN_SUPERGROUP),
    ),
    Case(
        name="a member who is nobody",
        method="getChatMember",
        params=lambda scene: {"chat_id": scene.group, "user_id": STRANGER},
        says=bad("user not found"),
    ),
    Case(
        name="leave a private chat",
        method="leaveChat",
        params=lambda scene: {"chat_id": scene.olga},
        says=bad("chat member status can't be changed in private chats"),
    ),
    Case(
        name="dance",
        method="sendChatAction",
        params=lambda scene: {"chat_id": scene.olga, "action": "dance"},
        says=bad("wrong parameter action in request"),
    ),
    Case(
        name="a command in capitals",
        method="setMyCommands",
        params=lambda _: {"commands": [{"command": "Risks", "description": "Риски"}]},
        says=bad("BOT_COMMAND_INVALID"),
    ),
    # --- updates and methods
    Case(
        name="polling beside a webhook",
        method="getUpdates",
        params=lambda _: {},
        before=webhook_set,
        code=409,
        says=f"Conflict: {Clash.WEBHOOK}",
    ),
    Case(
        name="a method of Telegram's that is not served",
        method="sendDice",
        params=lambda scene: {"chat_id": scene.olga},
        code=501,
        says="Not Implemented: the sandbox does not serve the method sendDice",
    ),
    Case(
        name="a method of nobody's",
        method="sendCake",
        params=lambda _: {},
        code=404,
        says="Not Found: method not found",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_refused_as_telegram_refuses(scene: Scene, case: Case) -> None:
    await case.before(scene)
    before = await scene.sandbox.look(f"chats/{scene.olga}/messages?include_deleted=1")
    reply = await scene.sandbox.call(case.method, **case.params(scene))
    assert (reply.code, reply.description) == (case.code, case.says)
    assert reply.body["error_code"] == case.code
    assert await scene.sandbox.look(f"chats/{scene.olga}/messages?include_deleted=1") == before


async def test_a_wrong_token_is_unauthorized(sandbox: Sandbox) -> None:
    async with sandbox.client.post("/bot123:other/getMe") as answer:
        assert (answer.status, (await answer.json())["description"]) == (401, "Unauthorized")


async def test_a_press_is_answered_once(scene: Scene) -> None:
    pressed = await scene.sandbox.control(
        "presses", as_=scene.olga, chat=scene.olga, message_id=scene.bots, button="Да"
    )
    query = {"callback_query_id": pressed["query_id"]}
    too_long = await scene.sandbox.call("answerCallbackQuery", **query, text="я" * 201)
    assert too_long.description == bad("MESSAGE_TOO_LONG")
    assert (await scene.sandbox.call("answerCallbackQuery", **query, text="я" * 200)).result is True
    again = await scene.sandbox.call("answerCallbackQuery", **query)
    assert again.description == bad(Reason.QUERY_TOO_OLD)


async def test_an_old_press_is_not_answered(scene: Scene) -> None:
    press: Json = {"as_": scene.olga, "chat": scene.olga, "message_id": scene.bots, "button": "Да"}
    expired, forgotten = [(await scene.sandbox.control("presses", **press))["query_id"] for _ in range(2)]
    await scene.sandbox.control(f"presses/{expired}/expire")
    first = await scene.sandbox.call("answerCallbackQuery", callback_query_id=expired)
    scene.sandbox.clock.pass_by(15 * 60 + 1)
    second = await scene.sandbox.call("answerCallbackQuery", callback_query_id=forgotten)
    assert first.description == second.description == bad(Reason.QUERY_TOO_OLD)


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText", "deleteMessage", "sendChatAction"])
async def test_a_group_that_migrated_names_its_new_id(sandbox: Sandbox, method: str) -> None:
    olga = await sandbox.person("Ольга")
    old = await sandbox.group(olga, "bot", chat_type="group")
    card = await sandbox.sends(old)
    new = await sandbox.control(f"chats/{old}/migrate")
    reply = await sandbox.call(method, chat_id=old, text="Ещё", message_id=card["message_id"], action="typing")
    assert (reply.code, reply.description) == (400, bad(Reason.CHAT_MIGRATED))
    assert reply.body["parameters"] == {"migrate_to_chat_id": new["id"]}


async def test_a_missing_reply_target_can_be_allowed(scene: Scene) -> None:
    reply = {"message_id": MISSING, "allow_sending_without_reply": True}
    sent = await scene.sandbox.sends(scene.olga, reply_parameters=reply)
    assert "reply_to_message" not in sent


async def test_an_administrator_writes_in_a_closed_topic(scene: Scene) -> None:
    await topic_closed(scene)
    await scene.sandbox.membership(scene.forum, "bot", "administrator")
    sent = await scene.sandbox.sends(scene.forum, message_thread_id=scene.topic)
    assert sent["message_thread_id"] == scene.topic


async def test_strangers_messages_are_deleted_only_with_the_right(scene: Scene) -> None:
    words = await scene.sandbox.writes(scene.olga, "Слова", scene.group)
    deletion = {"chat_id": scene.group, "message_id": words["id"]}
    await scene.sandbox.membership(scene.group, "bot", "administrator", rights={"can_delete_messages": False})
    refused = await scene.sandbox.call("deleteMessage", **deletion)
    assert refused.description == bad("message can't be deleted")
    await scene.sandbox.membership(scene.group, "bot", "administrator")
    assert (await scene.sandbox.call("deleteMessage", **deletion)).result is True


async def test_what_is_not_served_is_said_on_stderr(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    await scene.sandbox.call("sendDice", chat_id=scene.olga)
    assert "sendDice" in caplog.text


def test_every_refusal_is_written_down() -> None:
    page = (Path(__file__).parents[3] / "docs" / "sandbox.md").read_text()
    told = [*Reason, *Ban, *Clash]
    assert [text for text in told if text not in page] == []
