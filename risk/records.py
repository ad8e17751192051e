"""Records: what a member puts on record about a risk or an appeal, field after field, in private; no effects here.

A record is a row, so it survives a restart; its fields come typed or chosen. Before the last one nothing of it counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self

from risk.ids import AppealId, PersonId, RecordId, RiskId
from risk.people import Place


class RecordField(StrEnum):
    """One thing that is asked."""

    GROUNDS = "grounds"
    QUESTION = "question"
    WHOM = "whom"
    UNTIL = "until"
    ANSWER = "answer"
    MEASURE = "measure"
    TEXT = "text"
    PLATFORMS = "platforms"
    SURE = "sure"
    LINK = "link"
    LINK_KIND = "link_kind"
    REMARK = "remark"
    REASON = "reason"
    CAUSE = "cause"
    FORECAST = "forecast"
    REACTION = "reaction"
    SPREAD = "spread"
    IN_PLACE = "in_place"
    REACH = "reach"
    NOTE = "note"
    GIST = "gist"
    SOURCE = "source"
    CAME = "came"
    """How an appeal came: a call, a visit, a letter."""
    LAW = "law"
    """Whether it is an appeal under 59-ФЗ."""
    TOPIC = "topic"
    SETTLEMENT = "settlement"
    BLOCK = "block"
    RECEIVED = "received"
    BODY = "body"
    """To whom an appeal is handed on."""


CHOSEN: Final = frozenset(
    {
        RecordField.WHOM,
        RecordField.SURE,
        RecordField.LINK_KIND,
        RecordField.REACTION,
        RecordField.SPREAD,
        RecordField.IN_PLACE,
        RecordField.CAME,
        RecordField.LAW,
        RecordField.BLOCK,
    }
)
"""Fields that buttons alone fill. The others are typed, some with buttons beside."""


class RecordKind(StrEnum):
    """What is put on record."""

    CONFIRMED = "confirmed"
    PARTLY = "partly"
    REFUTED = "refuted"
    UNCLEAR = "unclear"
    UNKNOWN = "unknown"
    UNKNOWN_ANSWER = "unknown_answer"
    MEASURE_TAKEN = "measure_taken"
    MEASURE_PLANNED = "measure_planned"
    INTERIM = "interim"
    ANSWER = "answer"
    CORRECTION = "correction"
    LINK = "link"
    REMARK = "remark"
    WAIVE = "waive"
    DISMISS = "dismiss"
    OVERRIDE = "override"
    RETURN = "return"
    REOPEN = "reopen"
    CHECK = "check"
    NOTE = "note"
    GIST = "gist"
    SOURCE = "source"
    ACCEPT = "accept"
    POSTPONE = "postpone"
    NOT_OURS = "not_ours"
    NEW_APPEAL = "new_appeal"
    """A call or a visit, registered by hand."""
    GIVE = "give"
    """An appeal to a block."""
    REDIRECT = "redirect"
    """An appeal to whoever it belongs to, outside the office."""
    APPEAL_REMARK = "appeal_remark"


HOLDS: Final = frozenset({RecordKind.ACCEPT, RecordKind.POSTPONE})
"""Records that put off what is reminded of."""
OF_OWED: Final = frozenset({*HOLDS, RecordKind.NOT_OURS})
"""Records about something owed by a risk or an appeal: their `item` is its number."""
OF_APPEAL: Final = frozenset(
    {RecordKind.NEW_APPEAL, RecordKind.GIVE, RecordKind.REDIRECT, RecordKind.APPEAL_REMARK, *OF_OWED}
)
"""Records that may be about an appeal; of a new one there is none yet."""

YES, NO, NONE = "yes", "no", "none"
"""What buttons answer with."""

_F = RecordField

FIELDS: Final[Mapping[RecordKind, tuple[RecordField, ...]]] = MappingProxyType(
    {
        RecordKind.CONFIRMED: (_F.GROUNDS,),
        RecordKind.PARTLY: (_F.GROUNDS,),
        RecordKind.REFUTED: (_F.GROUNDS,),
        RecordKind.UNCLEAR: (_F.GROUNDS, _F.QUESTION, _F.WHOM, _F.UNTIL),
        RecordKind.UNKNOWN: (_F.QUESTION, _F.WHOM, _F.UNTIL),
        RecordKind.UNKNOWN_ANSWER: (_F.ANSWER,),
        RecordKind.MEASURE_TAKEN: (_F.MEASURE, _F.WHOM),
        RecordKind.MEASURE_PLANNED: (_F.MEASURE, _F.WHOM, _F.UNTIL),
        RecordKind.INTERIM: (_F.UNTIL, _F.TEXT, _F.PLATFORMS),
        RecordKind.ANSWER: (_F.TEXT, _F.PLATFORMS),
        RecordKind.CORRECTION: (_F.TEXT, _F.PLATFORMS, _F.SURE),
        RecordKind.LINK: (_F.LINK, _F.LINK_KIND),
        RecordKind.REMARK: (_F.REMARK,),
        RecordKind.WAIVE: (_F.REASON,),
        RecordKind.DISMISS: (_F.REASON,),
        RecordKind.OVERRIDE: (_F.REASON,),
        RecordKind.RETURN: (_F.CAUSE, _F.FORECAST),
        RecordKind.REOPEN: (_F.REASON,),
        RecordKind.CHECK: (_F.REACTION, _F.SPREAD, _F.IN_PLACE, _F.REACH),
        RecordKind.NOTE: (_F.NOTE,),
        RecordKind.GIST: (_F.GIST,),
        RecordKind.SOURCE: (_F.SOURCE,),
        RecordKind.ACCEPT: (_F.UNTIL,),
        RecordKind.POSTPONE: (_F.REASON, _F.UNTIL),
        RecordKind.NOT_OURS: (_F.REASON,),
        RecordKind.NEW_APPEAL: (_F.CAME, _F.LAW, _F.TOPIC, _F.SETTLEMENT, _F.BLOCK, _F.RECEIVED),
        RecordKind.GIVE: (_F.BLOCK,),
        RecordKind.REDIRECT: (_F.BODY,),
        RecordKind.APPEAL_REMARK: (_F.REMARK,),
    }
)
"""What each record asks, in order."""


class RecordStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record in the making, about a risk, an appeal, or an appeal that is not registered yet: then about neither.

    `item` tells which unknown it answers, or what is owed; `skipped` are fields that need not be asked.
    """

    id: RecordId
    author: PersonId
    place: Place
    kind: RecordKind
    status: RecordStatus
    touched_at: datetime
    risk: RiskId | None = None
    appeal: AppealId | None = None
    round: int = 1
    item: int = 0
    skipped: tuple[RecordField, ...] = ()
    filled: Mapping[RecordField, str] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[RecordField, ...]:
        return tuple(each for each in FIELDS[self.kind] if each not in self.skipped)

    @property
    def asked(self) -> RecordField | None:
        """The field that is asked now; None when all are filled."""
        return next((each for each in self.fields if each not in self.filled), None)

    def filling(self, asked: RecordField, value: str) -> Self:
        return replace(self, filled={**self.filled, asked: value})

    def stepped_back(self) -> Self:
        """Without the last answer, which is asked again; the first question stays the first."""
        given = [each for each in self.fields if each in self.filled]
        return replace(self, filled={key: value for key, value in self.filled.items() if key not in given[-1:]})

    def ended(self, status: RecordStatus) -> Self:
        """After its end nothing of what was typed is kept here."""
        return replace(self, status=status, filled={}, skipped=())
