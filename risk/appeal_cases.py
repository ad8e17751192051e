"""An appeal as the office deals with it: what the export says, what follows from it, what people have done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from risk.appeals import Appeal, AppealOutcome, AppealSource, AppealState, Satisfaction
from risk.calendar import WorkingCalendar
from risk.ids import AppealId, BlockKey, ImportId, PositionId, TerritoryKey
from risk.routing import Routed

GOOD_MARK = 4
"""Marks from here on say that the author is satisfied."""


class Press(StrEnum):
    """What somebody says was done; for an imported appeal the export must show it."""

    PLACED = "placed"
    """«Ответ размещён»."""
    SENT = "sent"
    """«Ответ направлен»."""


class Approval(StrEnum):
    """Where the answer stands, in an office whose head approves it before it goes out."""

    ASKED = "asked"
    APPROVED = "approved"
    SENT_BACK = "sent_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    press: Press
    at: datetime
    by: PositionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirected:
    """To whom the appeal was handed on, in somebody's words."""

    to: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealCase:
    """`block` is where it is; `routed` says by which rule, unless somebody has `chosen` it by hand.

    `due_at` is when it is, or was, to be answered. `extensions` counts how often its planned date was moved to a later
    one. `vanished_in` is the import that should have had it and had not: it is neither open nor closed then.
    `acted_at` is when somebody last did anything about it by hand.
    """

    id: AppealId
    appeal: Appeal
    state: AppealState
    due_at: datetime
    block: BlockKey | None = None
    routed: Routed | None = None
    chosen: bool = False
    territory: TerritoryKey | None = None
    extensions: int = 0
    returns: int = 0
    pressed: Pressed | None = None
    approval: Approval | None = None
    redirected: Redirected | None = None
    imported: ImportId | None = None
    vanished_in: ImportId | None = None
    registered_by: PositionId | None = None
    acted_at: datetime | None = None

    @property
    def is_by_hand(self) -> bool:
        """Nobody's export will say what became of it."""
        return self.appeal.source is AppealSource.HAND

    @property
    def is_open(self) -> bool:
        """Somebody still owes an answer: a deferred one is open until the export has a date of its end."""
        return self._stands.is_open

    @property
    def awaits_export(self) -> bool:
        """Somebody has said that it is done: the next export will show."""
        return self.is_open and self.pressed is not None

    @property
    def is_owed(self) -> bool:
        return self.is_open and self.pressed is None

    def is_overdue(self, now: datetime) -> bool:
        """Open past its date."""
        return self.is_open and self.due_at <= now

    def is_late(self, calendar: WorkingCalendar) -> bool:
        """Finished past its date: by the moment where the export has one, else by the day.

        A day is the office's own: it is late when no moment of it was in time. What is open or has vanished is not
        finished, whatever date the export has for its end.
        """
        return self._stands.is_late(calendar)

    @property
    def is_satisfied(self) -> bool | None:
        """None when the author has not said."""
        return self._stands.is_satisfied

    @property
    def _stands(self) -> "AppealChange":
        """By the rules that any moment of its history is judged by."""
        return change_of(self, AppealHappening.IMPORTED, self.due_at)


class AppealHappening(StrEnum):
    """Why a line of an appeal's history was written."""

    IMPORTED = "imported"
    REGISTERED = "registered"
    GIVEN = "given"
    """A block was chosen by hand."""
    RETURNED = "returned"
    """«Не относится к блоку»."""
    REDIRECTED = "redirected"
    PRESSED = "pressed"
    NOT_CONFIRMED = "not_confirmed"
    """A newer export does not show what somebody had said was done."""
    ASKED = "asked"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    ACCEPTED = "accepted"
    POSTPONED = "postponed"
    VANISHED = "vanished"
    RECKONED = "reckoned"
    """The office's rules or terms are others than before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealChange:
    """How the appeal stood from a moment on: enough to count any period again. No purge touches it.

    `imported` is the import that it came with, `position` who did it by hand. `facts` hold keys and people's words.
    """

    appeal: AppealId
    at: datetime
    happening: AppealHappening
    state: AppealState
    due_at: datetime
    outcome: AppealOutcome | None = None
    mark: int | None = None
    satisfaction: Satisfaction | None = None
    repeated: bool = False
    finished_on: date | None = None
    finished_at: datetime | None = None
    block: BlockKey | None = None
    vanished: bool = False
    imported: ImportId | None = None
    position: PositionId | None = None
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """A deferred one is open until the export has a date of its end; what has vanished is neither."""
        if self.vanished:
            return False
        if self.state is AppealState.OPEN:
            return True
        return self.state is AppealState.DEFERRED and self.finished_on is None

    def is_overdue(self, moment: datetime) -> bool:
        """Open past its date."""
        return self.is_open and self.due_at <= moment

    def is_late(self, calendar: WorkingCalendar) -> bool:
        """Finished past its date: by the moment where there is one, else by the day, none of which was in time."""
        if self.is_open or self.vanished:
            return False
        if self.finished_at is not None:
            return self.finished_at > self.due_at
        return self.finished_on is not None and calendar.moment_at(self.finished_on, time.min) >= self.due_at

    def is_in_time(self, calendar: WorkingCalendar) -> bool | None:
        """None until it is finished."""
        if self.is_open or self.vanished or self.finished_on is None:
            return None
        return not self.is_late(calendar)

    @property
    def is_satisfied(self) -> bool | None:
        """None when the author has not said."""
        if self.mark is not None:
            return self.mark >= GOOD_MARK
        said = {Satisfaction.PLEASED: True, Satisfaction.DISPLEASED: False}
        return said.get(self.satisfaction or Satisfaction.OTHER)


def stood_at(changes: Sequence[AppealChange], moment: datetime) -> AppealChange | None:
    """How the appeal stood then, by what was known then; None before it was. `changes` are in the order of writing."""
    return next((each for each in reversed(changes) if each.at <= moment), None)


def change_of(
    case: AppealCase,
    happening: AppealHappening,
    at: datetime,
    *,
    position: PositionId | None = None,
    facts: Mapping[str, str] | None = None,
) -> AppealChange:
    """The line that says how the appeal stands now."""
    return AppealChange(
        appeal=case.id,
        at=at,
        happening=happening,
        state=case.state if case.redirected is None else AppealState.REDIRECTED,
        due_at=case.due_at,
        outcome=case.appeal.outcome,
        mark=case.appeal.mark,
        satisfaction=case.appeal.satisfaction,
        repeated=case.appeal.repeated,
        finished_on=case.appeal.finished_on,
        finished_at=case.appeal.finished_at,
        block=case.block,
        vanished=case.vanished_in is not None,
        imported=case.imported,
        position=position,
        facts=facts or {},
    )
