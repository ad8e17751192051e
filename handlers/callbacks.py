"""What the buttons carry: office, thing, choice, round; what is written on them is in `keyboards`.

Telegram gives a button 64 bytes. Numbers up to 2**53, keys up to 20 letters and rounds up to 9999 fit; of people and
positions, which an installation counts by the hundred, numbers up to 2**40.
"""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from risk.ids import (
    BlockKey,
    DraftId,
    EntryId,
    LevelKey,
    OfficeId,
    PersonId,
    PositionId,
    RiskId,
    RoleKey,
    TerritoryKey,
)
from risk.standing import Panel


class StaffPurpose(StrEnum):
    """What a page of people is for."""

    LOOK = "look"
    INVITE = "invite"
    FREE = "free"
    HAND_OVER = "hand"


LONGEST_NUMBER = 16
"""Digits of 2**53; a longer one is no number that we gave to anything."""


class CardPanel(CallbackData, prefix="cp"):
    """Open a panel of the card."""

    office: OfficeId
    risk: RiskId
    panel: Panel
    round: int


class CardBlock(CallbackData, prefix="cb"):
    """Give the risk to a block, or to none."""

    office: OfficeId
    risk: RiskId
    block: BlockKey | None
    round: int


class CardLevel(CallbackData, prefix="cl"):
    """Set the criticality; `confirmed` is the second press that the highest one asks for."""

    office: OfficeId
    risk: RiskId
    level: LevelKey
    confirmed: bool
    round: int


class CardDeadline(CallbackData, prefix="cd"):
    """Show how the deadline was counted."""

    office: OfficeId
    risk: RiskId
    round: int


class FormPanel(CallbackData, prefix="fp"):
    """Open a panel of the form. A form has one round: once filed or cancelled it has no buttons."""

    office: OfficeId
    draft: DraftId
    panel: Panel


class FormBlock(CallbackData, prefix="fb"):
    """Choose the block of the draft, or none."""

    office: OfficeId
    draft: DraftId
    block: BlockKey | None


class FormTerritory(CallbackData, prefix="ft"):
    """Choose the territory of the draft, or none."""

    office: OfficeId
    draft: DraftId
    territory: TerritoryKey | None


class FormLevel(CallbackData, prefix="fl"):
    """Choose the criticality of the draft."""

    office: OfficeId
    draft: DraftId
    level: LevelKey


class FormRegister(CallbackData, prefix="fr"):
    """File the draft; `highest` answers the question about the highest level, None while it was not put."""

    office: OfficeId
    draft: DraftId
    highest: bool | None


class FormCancel(CallbackData, prefix="fc"):
    """Drop the draft."""

    office: OfficeId
    draft: DraftId


class EntryAnswer(CallbackData, prefix="ea"):
    """Say whether the person at the door is who they say."""

    office: OfficeId
    entry: EntryId
    is_them: bool


class EntryAsk(CallbackData, prefix="eq"):
    """Put that question again."""

    office: OfficeId
    entry: EntryId


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


class RisksList(CallbackData, prefix="rl"):
    """Turn the list of open risks to a page, counted from 0."""

    office: OfficeId
    page: int


def callback_classes() -> tuple[type[CallbackData], ...]:
    """Every kind of button there is."""
    return (
        CardPanel,
        CardBlock,
        CardLevel,
        CardDeadline,
        FormPanel,
        FormBlock,
        FormTerritory,
        FormLevel,
        FormRegister,
        FormCancel,
        EntryAnswer,
        EntryAsk,
        StaffList,
        SeatInvite,
        RoleInvite,
        SeatChosen,
        SeatFree,
        SeatHandOver,
        RisksList,
    )


def office_of_press(data: str) -> OfficeId | None:
    """The office whose button was pressed; None when the data is no button of ours."""
    _, _, rest = data.partition(":")
    office, _, _ = rest.partition(":")
    is_number = office.isascii() and office.isdigit() and len(office) <= LONGEST_NUMBER
    return OfficeId(int(office)) if is_number else None
