"""What is let in: only what is addressed to the bot, only of people on the list, but for the one way onto it."""

from typing import Any, Final

import pytest

from bot.intake.admission import BotName, Verdict, admit, lane_of, sender_of
from tests.bot.telegram import ME, Json, message, press

BOT: Final = BotName(id=ME.id, username="mcu_bot", commands=frozenset({"risk", "risks", "bind"}))
KEEP, DROP, GREET, ANONYMOUS, REFUSE = (
    Verdict.KEEP,
    Verdict.DROP,
    Verdict.GREET_STRANGER,
    Verdict.GREET_ANONYMOUS,
    Verdict.REFUSE_PRESS,
)
CHAT: Final = -1100
OF_BOT: Final = message("карточка", sender=ME.id, chat=CHAT)
OF_COLLEAGUE: Final = message("обед?", sender=102, chat=CHAT)
TOPIC_BEGUN: Final = message(sender=ME.id, chat=CHAT, forum_topic_created={"name": "Риски", "icon_color": 1})
ADMIN_AS_GROUP: Final = {
    "from": {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
    "sender_chat": {"id": CHAT, "type": "supergroup"},
}
AS_CHANNEL: Final = {
    "from": {"id": 136817688, "is_bot": True, "first_name": "Channel"},
    "sender_chat": {"id": -1005, "type": "channel"},
}


def private(text: str | None = None, **fields: Any) -> Json:
    return {"message": message(text, **fields)}


def group(text: str | None = None, **fields: Any) -> Json:
    return {"message": message(text, chat=CHAT, **fields)}


def membership(chat: int) -> Json:
    kind = "private" if chat > 0 else "supergroup"
    return {"my_chat_member": {"chat": {"id": chat, "type": kind}, "from": {"id": 101}, "date": 1}}


TABLE: dict[str, tuple[Json, Verdict, Verdict]] = {
    # what comes                                       by somebody on the list, by a stranger
    "words in private": (private("Нет света"), KEEP, GREET),
    "a picture in private": (private(photo=[{}]), KEEP, GREET),
    "a command in private": (private("/risks"), KEEP, GREET),
    "an edit in private": ({"edited_message": message("Нет света")}, KEEP, GREET),
    "a pin in private": (private(pinned_message={}), DROP, DROP),
    "a timer in private": (private(message_auto_delete_timer_changed={}), DROP, DROP),
    "an invitation": (private("/start i_кОд-1_x"), KEEP, KEEP),
    "an invitation with the bot's name": (private("/start@mcu_bot i_x"), KEEP, KEEP),
    "a start without a code": (private("/start"), KEEP, GREET),
    "a start with something else": (private("/start promo"), KEEP, GREET),
    "an invitation in the middle of words": (private("вот /start i_x"), KEEP, GREET),
    "talk in the group": (group("обед?"), DROP, DROP),
    "a picture in the group": (group(photo=[{}]), DROP, DROP),
    "a command in the group": (group("/risk Яма"), KEEP, DROP),
    "a command to this bot": (group("/risk@MCU_Bot Яма"), KEEP, DROP),
    "a command to another bot": (group("/risk@other_bot Яма"), DROP, DROP),
    "a command under a picture": (group(caption="/risk Яма", photo=[{}]), KEEP, DROP),
    "a command in the middle of words": (group("напишите /risk"), DROP, DROP),
    "a path that looks like a command": (group("/usr/bin"), DROP, DROP),
    "an invitation in the group": (group("/start i_x"), DROP, DROP),
    "a command for another bot": (group("/stats"), DROP, DROP),
    "a reply to the bot": (group("Яма на Мира", reply_to_message=OF_BOT), KEEP, DROP),
    "a reply to a colleague": (group("да", reply_to_message=OF_COLLEAGUE), DROP, DROP),
    "talk in a topic that the bot began": (group("обед?", reply_to_message=TOPIC_BEGUN), DROP, DROP),
    "a command in a topic": (group("/risk Яма", reply_to_message=TOPIC_BEGUN), KEEP, DROP),
    "an edit in the group": ({"edited_message": message("/risk Яма", chat=CHAT)}, DROP, DROP),
    "an anonymous administrator's command": (group("/risk Яма", **ADMIN_AS_GROUP), ANONYMOUS, ANONYMOUS),
    "an anonymous administrator's reply": (group("да", reply_to_message=OF_BOT, **ADMIN_AS_GROUP), DROP, DROP),
    "an anonymous administrator's talk": (group("обед?", **ADMIN_AS_GROUP), DROP, DROP),
    "a channel's command in the group": (group("/risk Яма", **AS_CHANNEL), ANONYMOUS, ANONYMOUS),
    "a channel's post": ({"channel_post": message("/risk Яма", chat=-1005)}, DROP, DROP),
    "a press": ({"callback_query": press("b:1:2")}, KEEP, REFUSE),
    "a press on a message that is no more": ({"callback_query": press("b:1:2") | {"message": None}}, KEEP, REFUSE),
    "somebody joined": (group(new_chat_members=[{}]), DROP, DROP),
    "the bot was added to a group": (membership(CHAT), KEEP, KEEP),
    "a person blocked the bot": (membership(101), DROP, DROP),
    "the group moved away": (group(migrate_to_chat_id=-1009), KEEP, KEEP),
    "the group moved here": (group(migrate_from_chat_id=-5), KEEP, KEEP),
    "a reaction": ({"message_reaction": {"chat": {"id": CHAT, "type": "supergroup"}}}, DROP, DROP),
    "a kind that nobody knows": ({"holographic_message": {"from": {"id": 101}}}, DROP, DROP),
    "nothing": ({}, DROP, DROP),
}


@pytest.mark.parametrize("comes", TABLE)
def test_whoever_is_on_the_list_is_let_in_with_what_is_for_the_bot(comes: str) -> None:
    update, listed, _ = TABLE[comes]
    assert admit(update, is_listed=True, bot=BOT) is listed


@pytest.mark.parametrize("comes", TABLE)
def test_a_stranger_is_let_in_by_an_invitation_alone(comes: str) -> None:
    update, _, stranger = TABLE[comes]
    assert admit(update, is_listed=False, bot=BOT) is stranger


def test_nothing_of_a_stranger_is_kept_but_an_invitation_and_the_events_of_the_group() -> None:
    kept = {comes for comes, (_, _, stranger) in TABLE.items() if stranger is KEEP}
    assert kept == {
        "an invitation",
        "an invitation with the bot's name",
        "the bot was added to a group",
        "the group moved away",
        "the group moved here",
    }


@pytest.mark.parametrize(
    ("update", "sender"),
    [
        (private("да"), 101),
        ({"edited_message": message("да")}, 101),
        ({"callback_query": press("b:1:2", sender=102)}, 102),
        (membership(CHAT), 101),
        ({"channel_post": message("да", chat=-1005)}, None),
        ({}, None),
    ],
)
def test_the_sender_is_who_wrote_or_pressed(update: Json, sender: int | None) -> None:
    assert sender_of(update) == sender


def test_updates_of_one_chat_share_a_lane_whoever_they_are_of() -> None:
    of_the_chat = [
        group("/risk Яма", sender=101),
        group("/risk Яма", sender=102),
        {"callback_query": press("b:1:2", sender=103, chat=CHAT)},
        membership(CHAT),
    ]
    assert {lane_of(update) for update in of_the_chat} == {f"chat:{CHAT}"}


def test_private_talks_have_lanes_of_their_own() -> None:
    assert lane_of(private("да", sender=101)) == lane_of({"edited_message": message("да", sender=101)}) == "chat:101"
    assert lane_of(private("да", sender=102)) == "chat:102"


def test_a_press_without_its_message_goes_to_the_lane_of_the_person() -> None:
    assert lane_of({"callback_query": {"id": "9", "from": {"id": 101}, "data": "b:1:2"}}) == "person:101"
