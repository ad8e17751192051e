"""The one report: figures of a period and those before it, whole and cut; every digest, paper and picture reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from risk.appeals import AppealSource
from risk.coverage import COVERED, Coverage
from risk.figures import WHOLE_OFFICE, Asked, Cut, GroupKey, Scope, Tally, asked_of
from risk.offices import Office, OfficePlan
from risk.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One block, territory, channel or topic: its figures, and what they were in the period compared with.

    `before` is None where exports do not tell of both periods alike.
    """

    key: GroupKey
    tally: Tally
    before: Tally | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`compared` is the period that `before` is of; `cuts` has those that were asked for.

    `coverage` is how much of both periods the exports tell of. Risks are the office's own and always compared.
    """

    office: Office
    asked: Asked
    total: Tally
    compared: Period
    before: Tally
    freshest: Mapping[AppealSource, datetime]
    made_at: datetime
    cuts: Mapping[Cut, Sequence[Group]] = field(default_factory=dict)
    coverage: Coverage = COVERED

    @property
    def appeals_before(self) -> Tally | None:
        """None where exports do not tell of both periods alike: nothing of appeals is compared then."""
        return self.before if self.coverage.compares else None


def asked_in(plan: OfficePlan, period: Period, *, now: datetime, scope: Scope = WHOLE_OFFICE) -> Asked:
    """Figures of a period as this office counts them: by its own calendar and its own weeks."""
    asked = asked_of(period, plan.calendar, now=now, scope=scope)
    return replace(asked, week_begins=plan.reports.week_begins)
