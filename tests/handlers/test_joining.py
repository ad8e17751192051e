"""`/start` with and without an invitation."""

from typing import Any

from handlers.errors import refusal_text
from handlers.places import telegram
from handlers.views.help import welcome
from risk.errors import InvitationFault, InvitationRefused
from risk.ids import OfficeId
from risk.people import Place, code_hash
from risk.use_cases.entering import AcceptInvitation
from tests.handlers.builders import SATURDAY
from tests.handlers.conftest import Noting
from tests.handlers.telegram import ACTOR, GROUP, PERSON, Door, message


class OneCode:
    """A directory that knows one invitation, to office 3."""

    async def office_of_code(self, hashed: str) -> OfficeId | None:
        return OfficeId(3) if hashed == code_hash("SECRET") else None


def door_for_strangers() -> Door:
    """Whoever is in no office yet has neither an actor nor a unit of work."""
    door = Door(directory=OneCode(), enter=lambda office: f"units of {office}")
    del door.injected["actor"]
    return door


async def test_invitation_is_accepted_in_the_office_it_leads_to(noting: Noting) -> None:
    asked = noting("joining.accept_invitation")
    door = door_for_strangers()
    await door.takes(message=message("/start i_SECRET"))
    expected: dict[str, Any] = {"address": ACTOR.address, "uow": "units of 3", "now": SATURDAY}
    assert asked == [((AcceptInvitation(code="SECRET", place=Place(address=telegram(PERSON))),), expected)]
    assert door.said == []


async def test_unknown_code_is_refused_in_words(noting: Noting) -> None:
    asked = noting("joining.accept_invitation")
    door = door_for_strangers()
    await door.takes(message=message("/start i_WRONG"))
    assert asked == []
    assert door.said == [refusal_text(InvitationRefused(InvitationFault.UNKNOWN))]


async def test_used_invitation_is_refused_in_words(noting: Noting) -> None:
    refusal = InvitationRefused(InvitationFault.USED)
    noting("joining.accept_invitation", refuses=refusal)
    door = door_for_strangers()
    await door.takes(message=message("/start i_SECRET"))
    assert door.said == [refusal_text(refusal)]


async def test_plain_start_helps() -> None:
    door = Door()
    await door.takes(message=message("/start"))
    assert door.said == [welcome().text]


async def test_start_in_a_group_helps_and_accepts_nothing(noting: Noting) -> None:
    asked = noting("joining.accept_invitation")
    door = door_for_strangers()
    await door.takes(message=message("/start@mcu_bot i_SECRET", chat=GROUP))
    assert asked == []
    assert door.said == [welcome().text]
