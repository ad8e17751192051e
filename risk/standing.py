"""Standing messages: cards, forms and questions, kept equal to the database by edits; not what is written on them.

A standing message is due when the revision it should show (`wanted`) differs from the one it shows (`shown`).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from risk.ids import PersonId, StandingId
from risk.people import Place


class Subject(StrEnum):
    """What a standing message shows."""

    RISK = "risk"
    DRAFT = "draft"
    ENTRY = "entry"
    """How far somebody's entry has come, told to themselves."""
    ADMISSION = "admission"
    """The question whether it is really them, put to whoever invites."""
    RECORD = "record"
    """What somebody is putting on the record of a risk, field after field."""
    IMPORT = "import"
    """How far a file with appeals has come, and what it would change."""
    PAPER = "paper"
    """How far a paper or picture that somebody asked for has come."""
    NOTE_OFFER = "note_offer"
    """Under a reply to a card: whether to keep it as a note."""


FORMS: Final = frozenset({Subject.DRAFT, Subject.RECORD})
"""Questions to one person, answered in turn: the one that is asked stands last, and earlier copies are taken away."""


class Panel(StrEnum):
    """Which set of buttons is open under the message, and so which question it asks."""

    MAIN = "main"
    BLOCKS = "blocks"
    LEVELS = "levels"
    CONFIRM_HIGHEST = "confirm_highest"
    MORE = "more"
    """Of a card: what is done seldom."""
    MEASURES = "measures"
    EDIT = "edit"
    TERRITORIES = "territories"
    ASK_OFFICE = "ask_office"
    ASK_GIST = "ask_gist"
    ASK_SOURCE = "ask_source"
    ASK_SERVICE_NUMBER = "ask_service_number"
    ASK_REACH = "ask_reach"


CARD_PANELS = frozenset({Panel.MAIN, Panel.MORE, Panel.MEASURES, Panel.BLOCKS, Panel.LEVELS})
"""Panels that a press may open on a card; the confirmation opens only by choosing the highest level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One standing message. `opened_by` is who opened a panel that only they may finish.

    `answers` is the message it replies to, `retired` are earlier copies that have yet to say that they are no more.
    """

    id: StandingId
    subject: Subject
    subject_id: int
    place: Place
    panel: Panel
    opened_by: PersonId | None
    message: int | None
    answers: int | None
    retired: tuple[int, ...]
    wanted: int
    shown: int
