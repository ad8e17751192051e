"""An entry: somebody came by an invitation, says their official name and waits until they are confirmed."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from risk.ids import EntryId, InvitationId, PersonId, PositionId

_NAME: Final = re.compile(r"[А-ЯЁA-Z][а-яёa-z'’-]*(?:-[А-ЯЁA-Z][а-яёa-z'’-]*)?(?: [А-ЯЁA-Z](?:\.|[а-яёa-z'’-]+)){1,3}")
"""«Иванова О. П.», «Иванова Ольга Петровна», «Римская-Корсакова А.»: a surname first, then initials or names."""

LONGEST_NAME: Final = 80


class EntryState(StrEnum):
    NAMING = "naming"
    """The person is asked for the official name."""
    WAITING = "waiting"
    """Whoever invites is asked whether this is really the person."""
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    """The position was given to somebody else, or invited to anew, meanwhile."""


OPEN: Final = frozenset({EntryState.NAMING, EntryState.WAITING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One person at the door of one position. `name` is what they typed, for papers; it is kept once confirmed."""

    id: EntryId
    invitation: InvitationId
    position: PositionId
    person: PersonId
    name: str | None
    state: EntryState
    begun_at: datetime

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


def official_name(typed: str) -> str | None:
    """The name as papers bear it, with a space after each initial; None for what is no name."""
    spaced = re.sub(r"\.(?=\S)", ". ", " ".join(typed.split()))
    return spaced if len(spaced) <= LONGEST_NAME and _NAME.fullmatch(spaced) else None
