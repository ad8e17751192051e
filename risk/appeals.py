"""Appeals of residents: what is kept of one, and the words it is kept in; nobody's name, text or address.

Every fact comes from an export of ИМ or ПОС, from a plain table, or from a form filled by hand. What is never kept has
no field here: authors, texts, streets, houses, staff, personal walls and dialogues.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from risk.appeal_links import pos_card


class AppealSource(StrEnum):
    """Where an appeal is registered: numbers are unique within one."""

    IM = "im"
    POS = "pos"
    HAND = "hand"


AppealKey = tuple[AppealSource, str]
"""Where it is registered, and its number there: what tells it from any other of the office."""


class Regime(StrEnum):
    """Which rules give the appeal its term."""

    LAW_59 = "law_59"
    """An appeal under 59-ФЗ, by whatever way it came."""
    POS_ORDINARY = "pos_ordinary"
    POS_FAST_TRACK = "pos_fast_track"
    IM = "im"
    """A message in a social network: two clocks, of the first and of the final answer."""
    BY_HAND = "by_hand"
    """A call or a visit that is no appeal under 59-ФЗ."""


class AppealKind(StrEnum):
    """What can be done about it: «Тип инцидента» of ИМ; ПОС has none."""

    SOLVABLE = "solvable"
    INFORMATIONAL = "informational"
    UNSOLVABLE = "unsolvable"
    OTHER = "other"
    """The export has a word for it that is not known here."""


class AppealOutcome(StrEnum):
    """What came of it: «Итог» of ИМ, «Тип решения» of ПОС."""

    SOLVED = "solved"
    EXPLAINED = "explained"
    DEFERRED = "deferred"
    NOT_SOLVED = "not_solved"
    REFUSED = "refused"
    OTHER = "other"
    """The export has a word for it that is not known here."""


class Satisfaction(StrEnum):
    """What ИМ says of the author at the end, where it is no mark."""

    PLEASED = "pleased"
    NEUTRAL = "neutral"
    DISPLEASED = "displeased"
    SILENT = "silent"
    """«Нет ответа от автора»."""
    POINTLESS = "pointless"
    """«Дальнейший диалог нецелесообразен»."""
    OTHER = "other"


class AppealState(StrEnum):
    """Where the appeal stands, worked out from its step and outcome: see `risk.appeal_states`."""

    OPEN = "open"
    ANSWERED = "answered"
    DEFERRED = "deferred"
    """The term was moved, or the answer promises a later solution."""
    REDIRECTED = "redirected"
    """Handed to an organisation above: somebody else owes the answer."""
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """What is kept of an appeal. Moments are in UTC; days are those of the office's zone.

    `step` is the words of the export, «Текущий шаг инцидента» or «Статус». A moment is None where the export has days
    only. `post` is the address of a public post without scheme and query.
    """

    source: AppealSource
    number: str
    regime: Regime
    created_on: date
    created_at: datetime | None = None
    channel: str | None = None
    group: str | None = None
    topic: str | None = None
    kind: AppealKind | None = None
    settlement: str | None = None
    municipality: str | None = None
    department: str | None = None
    executor: str | None = None
    """A body: an executor who is a person is not kept."""
    organisation: str | None = None
    planned_on: date | None = None
    """As the export has it; it wins over any term."""
    finished_on: date | None = None
    finished_at: datetime | None = None
    first_answered_at: datetime | None = None
    first_answer_in_norm: bool | None = None
    first_answer_time: timedelta | None = None
    """Working time, as ИМ has counted it."""
    step: str | None = None
    outcome: AppealOutcome | None = None
    mark: int | None = None
    """From 1 to 5."""
    satisfaction: Satisfaction | None = None
    repeated: bool = False
    post: str | None = None

    @property
    def key(self) -> AppealKey:
        return self.source, self.number

    @property
    def link(self) -> str | None:
        """The card in ПОС, for whoever may open it, or the public post."""
        if self.source is AppealSource.POS:
            return pos_card(self.number)
        return None if self.post is None else f"https://{self.post}"
