"""Buttons about people: at the door, in their positions, in the name of the group."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from risk.ids import EntryId, OfficeId, PersonId, PositionId, RoleKey


class EntryAnswer(CallbackData, prefix="ea"):
    """Say whether the person at the door is who they say."""

    office: OfficeId
    entry: EntryId
    is_them: bool


class EntryAsk(CallbackData, prefix="eq"):
    """Put that question again."""

    office: OfficeId
    entry: EntryId


class StaffPurpose(StrEnum):
    """What a page of people is for."""

    LOOK = "look"
    INVITE = "invite"
    FREE = "free"
    HAND_OVER = "hand"


class StaffList(CallbackData, prefix="sl"):
    """Open a page of the people of the office: the list itself, or the positions to choose one from for an act."""

    office: OfficeId
    purpose: StaffPurpose
    page: int


class SeatInvite(CallbackData, prefix="si"):
    """Invite to a seat: a vacant one, or one whose holder is to be succeeded."""

    office: OfficeId
    position: PositionId
    succeeds: PersonId | None


class RoleInvite(CallbackData, prefix="ri"):
    """Invite to a role that grows by invitation."""

    office: OfficeId
    role: RoleKey


class SeatChosen(CallbackData, prefix="sc"):
    """Ask about a held position: is it to be freed, to whom is it to be handed over."""

    office: OfficeId
    position: PositionId
    purpose: StaffPurpose


class SeatFree(CallbackData, prefix="sf"):
    """Free the position that this person held when the button was made."""

    office: OfficeId
    position: PositionId
    holder: PersonId


class SeatHandOver(CallbackData, prefix="so"):
    """Give the position to another person of the office; `sure` is the second press."""

    office: OfficeId
    position: PositionId
    holder: PersonId
    heir: PersonId
    sure: bool


class ThisIsMe(CallbackData, prefix="me"):
    """Show who wrote a command in the name of the group. Its office is that of the chat: 0 stands here for it."""

    office: OfficeId
    command: str
