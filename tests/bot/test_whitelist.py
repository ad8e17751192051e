"""Only listed fields of an update are stored, whatever Telegram sends, and what is left still is an update."""

from collections.abc import Mapping
from typing import Any, Final

import pytest
from aiogram.types import Message, MessageOriginChannel, MessageOriginHiddenUser, Update

from bot.intake.whitelist import kept
from tests.bot.telegram_fields import Filled, filled_updates, leaves

ENTITY: Final = ("type", "offset", "length", "url")
CONTENT: Final = frozenset(
    {
        *("message_id", "date", "edit_date", "message_thread_id", "is_topic_message"),
        *("from.id", "from.is_bot", "chat.id", "chat.type", "chat.is_forum"),
        *("text", *(f"entities[].{each}" for each in ENTITY)),
        *("caption", *(f"caption_entities[].{each}" for each in ENTITY)),
        *("media_group_id", "migrate_to_chat_id", "migrate_from_chat_id", "forward_origin.date"),
    }
)
CHANNEL_POST: Final = frozenset(
    f"forward_origin.{each}" for each in ("chat.id", "chat.type", "chat.username", "message_id")
)
POINTER: Final = frozenset({"message_id", "date", "chat.id", "chat.type", "chat.is_forum"})
"""Enough to know which message was replied to, and nothing of what it says."""
MESSAGE: Final = CONTENT | CHANNEL_POST | {f"reply_to_message.{each}" for each in POINTER}
PRESS: Final = frozenset(
    {
        *("id", "data", "from.id", "from.is_bot"),
        *("message.message_id", "message.date", "message.message_thread_id", "message.is_topic_message"),
        *("message.chat.id", "message.chat.type", "message.chat.is_forum"),
    }
)
MEMBER: Final = frozenset({"status", "user.id", "user.is_bot", "is_member", "can_send_messages"})
MEMBERSHIP: Final = frozenset(
    {
        *("date", "chat.id", "chat.type", "chat.is_forum"),
        *(f"{which}_chat_member.{each}" for which in ("old", "new") for each in MEMBER),
    }
)
LISTED: Final = frozenset(
    {
        "update_id",
        *(f"{kind}.{each}" for kind in ("message", "edited_message") for each in MESSAGE),
        *(f"callback_query.{each}" for each in PRESS),
        *(f"my_chat_member.{each}" for each in MEMBERSHIP),
    }
)
"""Everything that may be stored of an update that is no `/risk`."""
WORDS_OF_THE_FORM: Final = frozenset({"hidden_user", "channel", "regular"})
"""What is put in the place of what was cut, where a type demands a word."""


@pytest.fixture(scope="module")
def walked() -> list[tuple[Filled, dict[str, Any]]]:
    return [(filled, kept(filled.update)) for filled in filled_updates()]


@pytest.fixture(scope="module")
def walked_risks() -> list[tuple[Filled, dict[str, Any]]]:
    """The same updates, with `/risk` before the words of the message."""
    return [(filled, kept(as_risk(filled))) for filled in filled_updates()]


def as_risk(filled: Filled) -> dict[str, Any]:
    message = filled.update["message"]
    filled.put[words := f"/risk {message['text']}"] = "message.text"
    return filled.update | {"message": message | {"text": words}}


def test_every_field_that_telegram_has_is_tried(walked: list[tuple[Filled, dict[str, Any]]]) -> None:
    tried = {path for filled, _ in walked for path in filled.put.values()}
    for path in (
        "message.forward_origin.sender_user.last_name",
        "message.forward_origin.author_signature",
        "message.reply_to_message.from.username",
        "message.external_reply.origin.sender_user_name",
        "message.entities[].user.first_name",
        "message.contact.phone_number",
        "message.quote.text",
        "my_chat_member.invite_link.invite_link",
        "business_message.text",
        "message.field_of_tomorrow",
    ):
        assert path in tried
    assert len(tried) > 10_000


def survivors(walked: list[tuple[Filled, dict[str, Any]]]) -> set[str]:
    """The fields that passed, each of them in its own place; what stands in the place of others is blank."""
    survived = set()
    for filled, stored in walked:
        for path, value in leaves(stored):
            if value in filled.put and not isinstance(value, bool):
                assert filled.put[value] == path
                survived.add(path)
            elif value is True or path.endswith("_chat_member.status"):
                survived.add(path)
            else:
                assert value in WORDS_OF_THE_FORM or not value, f"{path}: {value!r} was not blanked"
    return survived


def test_only_listed_fields_survive_and_each_of_them_in_its_own_place(
    walked: list[tuple[Filled, dict[str, Any]]],
) -> None:
    assert survivors(walked) == LISTED


@pytest.mark.slow
def test_only_risk_keeps_more_and_only_of_the_message_that_it_replies_to(
    walked_risks: list[tuple[Filled, dict[str, Any]]],
) -> None:
    assert survivors(walked_risks) == LISTED | {f"message.reply_to_message.{each}" for each in CONTENT - {"from.id"}}


def as_sheet_in_private(filled: Filled) -> dict[str, Any]:
    message = filled.update["message"]
    filled.put[name := f"{message['document']['file_name']}.xlsx"] = "message.document.file_name"
    document = message["document"] | {"file_name": name}
    filled.put["private"] = "message.chat.type"
    return filled.update | {"message": message | {"document": document, "chat": message["chat"] | {"type": "private"}}}


@pytest.mark.slow
def test_of_a_sheet_sent_in_private_it_is_kept_how_it_is_fetched_and_called() -> None:
    walked = [(filled, kept(as_sheet_in_private(filled))) for filled in filled_updates()]
    assert survivors(walked) == LISTED | {"message.document.file_id", "message.document.file_name"}
    for _, stored in walked:
        Update.model_validate(stored)
        assert kept(stored) == stored


def test_what_is_left_of_any_update_still_is_one(walked: list[tuple[Filled, dict[str, Any]]]) -> None:
    for _, stored in walked:
        Update.model_validate(stored)


def test_what_is_stored_is_stored_as_it_is_when_it_passes_again(walked: list[tuple[Filled, dict[str, Any]]]) -> None:
    for _, stored in walked:
        assert kept(stored) == stored


# --- updates as Telegram sends them -------------------------------------------------------------------------------

SENDER: Final = {"id": 101, "is_bot": False, "first_name": "Зоряна", "last_name": "Выдумкина", "username": "zorya"}
THE_BOT: Final = {"id": 42, "is_bot": True, "first_name": "Бот"}
GROUP: Final = {"id": -1001, "type": "supergroup", "title": "Зоряна и другие", "is_forum": True}
CHANNEL: Final = {"id": -1002, "type": "channel", "title": "Зоряна пишет", "username": "okrug_news"}
TEXT: Final = {"message_id": 5, "date": 1_790_000_000, "from": SENDER, "chat": GROUP, "text": "Нет воды"}
MENTION: Final = {"type": "text_mention", "offset": 0, "length": 3, "user": SENDER}
PHOTO: Final = {"file_id": "a", "file_unique_id": "b", "width": 90, "height": 90}

ORIGINS: Final[Mapping[str, dict[str, Any]]] = {
    "user": {"type": "user", "date": 1, "sender_user": SENDER},
    "hidden_user": {"type": "hidden_user", "date": 1, "sender_user_name": "Зоряна"},
    "chat": {"type": "chat", "date": 1, "sender_chat": GROUP, "author_signature": "Зоряна"},
    "private channel": {
        "type": "channel",
        "date": 1,
        "message_id": 7,
        "author_signature": "Зоряна",
        "chat": {"id": -1003, "type": "channel", "title": "Зоряна"},
    },
    "public channel": {
        "type": "channel",
        "date": 1,
        "message_id": 7,
        "author_signature": "Зоряна",
        "chat": CHANNEL,
    },
}

MESSAGES: Final[Mapping[str, dict[str, Any]]] = {
    "text": TEXT | {"entities": [MENTION]},
    "caption": TEXT | {"text": None, "caption": "Яма", "photo": [PHOTO], "caption_entities": [MENTION]},
    "album": TEXT | {"photo": [PHOTO, PHOTO], "media_group_id": "1"},
    "contact": TEXT | {"contact": {"phone_number": "+7921", "first_name": "Зоряна", "vcard": "Зоряна"}},
    "location": TEXT | {"location": {"latitude": 58.6, "longitude": 35.8}},
    "reply": TEXT | {"reply_to_message": TEXT | {"from": SENDER, "author_signature": "Зоряна"}},
    "external reply": TEXT | {"external_reply": {"origin": ORIGINS["user"]}, "quote": {"text": "Зоряна"}},
    "migration away": {**TEXT, "migrate_to_chat_id": -1009},
    "migration here": {**TEXT, "migrate_from_chat_id": -5},
    **{f"forward of {kind}": TEXT | {"forward_origin": origin} for kind, origin in ORIGINS.items()},
    **{f"/risk on a forward of {kind}": TEXT | {"text": "/risk", "reply_to_message": TEXT | {"forward_origin": origin}}
       for kind, origin in ORIGINS.items()},
}  # fmt: skip


SHEET: Final = {"file_id": "a", "file_unique_id": "b", "file_name": "pos.xlsx", "file_size": 5, "mime_type": "x/y"}


@pytest.mark.parametrize(
    ("chat", "document", "stored"),
    [
        ({"id": 101, "type": "private"}, SHEET, {"file_id": "a", "file_unique_id": "", "file_name": "pos.xlsx"}),
        (
            {"id": 101, "type": "private"},
            SHEET | {"file_name": "звонил +7 921 555-01-23.CSV"},
            {"file_id": "a", "file_unique_id": "", "file_name": "звонил [номер скрыт].CSV"},
        ),
        ({"id": 101, "type": "private"}, SHEET | {"file_name": "Зоряна.pdf"}, {"file_id": "", "file_unique_id": ""}),
        ({"id": 101, "type": "private"}, SHEET | {"file_name": None}, {"file_id": "", "file_unique_id": ""}),
        (GROUP, SHEET, {"file_id": "", "file_unique_id": ""}),
    ],
    ids=["sheet", "with a number in its name", "no sheet", "no name", "in a group"],
)
def test_of_a_document_no_more_is_kept_than_its_door_needs(
    chat: dict[str, Any], document: dict[str, Any], stored: dict[str, Any]
) -> None:
    sent = {"update_id": 1, "message": TEXT | {"text": None, "chat": chat, "document": document}}
    assert kept(sent)["message"]["document"] == stored


def stored_text(raw: dict[str, Any]) -> str:
    return Update.model_validate(kept(raw)).model_dump_json(exclude_none=True)


@pytest.mark.parametrize("kind", ["message", "edited_message"])
@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_no_message_keeps_anybodys_name(message: dict[str, Any], kind: str) -> None:
    raw = {"update_id": 1, kind: {name: value for name, value in message.items() if value is not None}}
    text = stored_text(raw)
    for name in ("Зоряна", "Выдумкина", "zorya", "+7921", "58.6"):
        assert name not in text


@pytest.mark.parametrize("kind", ORIGINS)
def test_a_forward_keeps_the_address_of_a_public_post_and_nobody_elses(kind: str) -> None:
    message = {"update_id": 1, "message": TEXT | {"forward_origin": ORIGINS[kind]}}
    stored = Update.model_validate(kept(message)).message
    assert isinstance(stored, Message)
    origin = stored.forward_origin
    if kind == "public channel":
        assert isinstance(origin, MessageOriginChannel)
        assert (origin.chat.username, origin.message_id, origin.chat.title) == ("okrug_news", 7, None)
    else:
        assert isinstance(origin, MessageOriginHiddenUser)
        assert origin.sender_user_name == ""


# --- the message that is replied to -------------------------------------------------------------------------------

CARD: Final = TEXT | {"message_id": 4, "from": THE_BOT, "text": "Риск № 12", "entities": [MENTION]}
POINTER_TO_THE_CARD: Final = {
    "message_id": 4,
    "date": 1_790_000_000,
    "chat": {"id": -1001, "type": "supergroup", "is_forum": True},
}


def stored_reply(message: dict[str, Any], kind: str = "message") -> dict[str, Any]:
    """What is stored of the card when this message replies to it."""
    stored: dict[str, Any] = kept({"update_id": 1, kind: message | {"reply_to_message": CARD}})
    replied: dict[str, Any] = stored[kind]["reply_to_message"]
    return replied


@pytest.mark.parametrize("text", ["Дороги", "/card 12", "см. /risk", "", "risk"])
def test_a_reply_to_a_card_without_risk_keeps_no_content(text: str) -> None:
    assert stored_reply(TEXT | {"text": text}) == POINTER_TO_THE_CARD


def test_a_photo_in_reply_to_a_card_keeps_no_content_of_the_card() -> None:
    photo = {name: value for name, value in TEXT.items() if name != "text"} | {"photo": [PHOTO], "caption": "Яма"}
    assert stored_reply(photo) == POINTER_TO_THE_CARD


def test_a_mended_message_keeps_no_content_of_what_it_replies_to() -> None:
    """Mending files nothing, whatever the words are."""
    assert stored_reply(TEXT | {"text": "/risk"}, "edited_message") == POINTER_TO_THE_CARD


@pytest.mark.parametrize("command", ["/risk", "/RISK", "/Risk дороги", "/risk@mcu_bot"])
def test_risk_keeps_the_words_of_the_message_that_it_files(command: str) -> None:
    assert stored_reply(TEXT | {"text": command})["text"] == "Риск № 12"


def test_risk_under_a_photo_keeps_the_words_of_the_message_that_it_files() -> None:
    photo = {name: value for name, value in TEXT.items() if name != "text"} | {"photo": [PHOTO], "caption": "/risk"}
    assert stored_reply(photo)["text"] == "Риск № 12"


def test_what_risk_files_keeps_nobodys_name_and_no_reply_of_its_own() -> None:
    message = TEXT | {"text": "/risk", "reply_to_message": TEXT | {"entities": [MENTION], "reply_to_message": CARD}}
    replied = kept({"update_id": 1, "message": message})["message"]["reply_to_message"]
    assert set(replied) == {"message_id", "date", "from", "chat", "text", "entities"}
    assert "Зоряна" not in str(replied)


def pressed(data: str) -> dict[str, Any]:
    """What is stored of a press on a question that replies to a command of the group itself."""
    command = TEXT | {"text": "/risk Яма", "entities": [MENTION], "sender_chat": GROUP, "reply_to_message": CARD}
    question = TEXT | {"from": THE_BOT, "text": "Кто это?", "reply_to_message": command}
    press = {"id": "9", "from": SENDER, "chat_instance": "1", "data": data, "message": question}
    stored: dict[str, Any] = kept({"update_id": 1, "callback_query": press})["callback_query"]["message"]
    return stored


def test_who_wrote_this_keeps_the_words_of_the_command_and_nothing_of_its_author() -> None:
    stored = pressed("me:0:risk")
    assert set(stored["reply_to_message"]) == {"message_id", "date", "chat", "text", "entities"}
    assert stored["reply_to_message"]["text"] == "/risk Яма"
    assert "Зоряна" not in str(stored)
    assert "text" not in stored


@pytest.mark.parametrize("data", ["fp:1:2:main", "men:0:risk", "", "x me:0:risk"])
def test_a_press_on_any_other_button_keeps_nothing_of_what_its_message_replies_to(data: str) -> None:
    assert "reply_to_message" not in pressed(data)


def test_nothing_is_kept_of_whoever_put_the_bot_into_a_group() -> None:
    member = {"status": "left", "user": THE_BOT}
    event = {"chat": GROUP, "from": SENDER, "date": 1, "old_chat_member": member, "new_chat_member": member}
    assert "101" not in stored_text({"update_id": 1, "my_chat_member": event})


STATUSES: Final[Mapping[str, dict[str, Any]]] = {
    "creator": {"is_anonymous": True, "custom_title": "Зоряна"},
    "administrator": {"can_be_edited": True, "can_manage_chat": True, "custom_title": "Зоряна"},
    "member": {},
    "restricted": {"is_member": True, "can_send_messages": False, "until_date": 5},
    "left": {},
    "kicked": {"until_date": 0},
}


@pytest.mark.parametrize("status", STATUSES)
def test_every_change_of_membership_stays_an_update(status: str) -> None:
    member = {"status": status, "user": THE_BOT, **STATUSES[status]}
    event = {"chat": GROUP, "from": SENDER, "date": 1, "old_chat_member": {"status": "left", "user": THE_BOT}}
    raw = {"update_id": 1, "my_chat_member": event | {"new_chat_member": member}}
    update = Update.model_validate(kept(raw)).my_chat_member
    assert update is not None
    assert (update.new_chat_member.status, update.new_chat_member.user.id) == (status, 42)
    assert getattr(update.new_chat_member, "can_send_messages", None) == STATUSES[status].get("can_send_messages")
    assert "Зоряна" not in stored_text(raw)


@pytest.mark.parametrize(
    "message", [TEXT, {"chat": GROUP, "message_id": 5, "date": 0}], ids=["message", "inaccessible"]
)
def test_a_press_stays_an_update(message: dict[str, Any]) -> None:
    raw = {
        "update_id": 1,
        "callback_query": {"id": "9", "from": SENDER, "chat_instance": "77", "data": "b:1:2", "message": message},
    }
    press = Update.model_validate(kept(raw)).callback_query
    assert press is not None
    assert press.message is not None
    assert (press.data, press.from_user.id, press.message.chat.id) == ("b:1:2", 101, -1001)
    assert "Нет воды" not in stored_text(raw)


@pytest.mark.parametrize("value", [None, "слово", 5, True, [], ["слово"], {}, [{}]])
@pytest.mark.parametrize("field", ["message", "message.from", "message.chat", "message.forward_origin",
                                   "message.entities", "message.reply_to_message", "my_chat_member.new_chat_member",
                                   "callback_query.message", "message.photo", "message.text"])  # fmt: skip
def test_a_field_of_an_unknown_form_stops_nothing(field: str, value: Any) -> None:
    """One odd update must not spoil the batch that it came in."""
    raw: Any = value
    for name in reversed(field.split(".")):
        raw = {name: raw}
    assert kept({"update_id": 1} | raw)["update_id"] == 1
