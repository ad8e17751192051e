"""The alert chat: binding, the bot's own standing, moves."""

from typing import Any

import pytest

from handlers.places import telegram
from risk.ids import OfficeId
from risk.notices import ChatRight
from risk.people import Address, Place
from risk.use_cases.chats import BindAlertChat
from tests.handlers.builders import SATURDAY
from tests.handlers.conftest import Noting
from tests.handlers.telegram import DATE, GROUP, PERSON, Door, message

SILENCED = frozenset({ChatRight.WRITE})
BOT = {"id": 42, "is_bot": True, "first_name": ""}
RIGHTS = (
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


class Probe:
    async def lacking(self, chat: Address) -> frozenset[ChatRight]:
        return SILENCED


class NextOffice:
    async def office_of_chat(self, chat: Address) -> OfficeId | None:
        return OfficeId(4)


def standing(status: str, *, chat: int = GROUP, **rights: Any) -> dict[str, Any]:
    return {
        "chat": {"id": chat, "type": "supergroup" if chat < 0 else "private"},
        "from": {"id": PERSON, "is_bot": False, "first_name": ""},
        "date": DATE,
        "old_chat_member": {"status": "left", "user": BOT},
        "new_chat_member": {"status": status, "user": BOT, **rights},
    }


def restricted(*, can_send_messages: bool) -> dict[str, Any]:
    others = dict.fromkeys(RIGHTS, False)
    return standing("restricted", is_member=True, until_date=0, can_send_messages=can_send_messages, **others)


@pytest.mark.parametrize(("kind", "fits"), [("supergroup", True), ("group", False)])
async def test_bind_asks_the_messenger_and_the_directory_first(noting: Noting, kind: str, fits: bool) -> None:
    asked = noting("chats.bind_alert_chat")
    door = Door(uow=None, chat_rights=Probe(), directory=NextOffice())
    await door.takes(message=message("/bind@mcu_bot", chat=GROUP) | {"chat": {"id": GROUP, "type": kind}})
    place = Place(address=telegram(GROUP))
    wanted = BindAlertChat(place=place, is_supergroup=fits, lacks=SILENCED, bound_to=OfficeId(4))
    assert asked[0][0] == (wanted,)


async def test_bind_in_private_says_where_to_write_it(noting: Noting) -> None:
    asked = noting("chats.bind_alert_chat")
    door = Door(uow=None)
    await door.takes(message=message("/bind"))
    assert asked == []
    assert door.said == ["Напишите /bind в той группе, которая станет алерт-чатом."]


@pytest.mark.parametrize(
    ("update", "lacks"),
    [
        (standing("left"), SILENCED),
        (standing("kicked", until_date=0), SILENCED),
        (restricted(can_send_messages=False), SILENCED),
        (restricted(can_send_messages=True), frozenset()),
        (standing("member"), frozenset()),
    ],
)
async def test_own_standing_tells_what_the_bot_lacks(
    noting: Noting, update: dict[str, Any], lacks: frozenset[ChatRight]
) -> None:
    asked = noting("chats.note_alert_chat_rights")
    await Door(uow="units").takes(my_chat_member=update)
    assert asked == [((telegram(GROUP), lacks), {"uow": "units", "now": SATURDAY})]


async def test_person_who_blocks_the_bot_closes_no_chat(noting: Noting) -> None:
    asked = noting("chats.note_alert_chat_rights")
    await Door(uow=None).takes(my_chat_member=standing("kicked", chat=PERSON, until_date=0))
    assert asked == []


@pytest.mark.parametrize(
    ("where", "service"), [(-5, {"migrate_to_chat_id": GROUP}), (GROUP, {"migrate_from_chat_id": -5})]
)
async def test_moved_group_is_followed_from_either_side(noting: Noting, where: int, service: dict[str, Any]) -> None:
    asked = noting("chats.follow_chat")
    await Door(uow="units").takes(message=message(chat=where, **service))
    assert asked == [((telegram(-5), telegram(GROUP)), {"uow": "units", "now": SATURDAY})]
