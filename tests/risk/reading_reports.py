"""Reading reports on demand, for the tables of who may do what."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, Protocol

from risk.figures import Figure
from risk.people import Actor
from risk.periods import PeriodKind
from risk.powers import Action
from risk.reports_asked import PeriodAsked, ReportAsked
from risk.use_cases import asking, figure_items, summaries, workloads
from tests.support.offices import NOW, StaffedOffice


class InOffice(Protocol):
    @property
    def office(self) -> StaffedOffice: ...


Read = Callable[..., Awaitable[Any]]
MONTH: Final = ReportAsked(period=PeriodAsked(kind=PeriodKind.MONTH))


def _of(read: Read, *more: Any) -> Callable[[InOffice, Actor], Awaitable[Any]]:
    return lambda scene, actor: read(MONTH, *more, actor=actor, view=scene.office.view, now=NOW)


READING_REPORTS: Final = {
    "read_choice": (Action.READ_REPORT, _of(asking.read_choice)),
    "read_summary": (Action.READ_REPORT_OF_OFFICE, _of(summaries.read_summary)),
    "read_problems": (Action.READ_REPORT_OF_OFFICE, _of(summaries.read_problems)),
    "read_rating": (Action.READ_REPORT_OF_OFFICE, _of(summaries.read_rating)),
    "read_workload": (Action.READ_REPORT_OF_OFFICE, _of(workloads.read_workload)),
    "read_figure": (Action.READ_REPORT_OF_OFFICE, _of(figure_items.read_figure, Figure.OPEN)),
    "read_figure of risks": (Action.READ_REPORT_OF_OFFICE, _of(figure_items.read_figure, Figure.RISKS_OPEN)),
}
"""Of the whole office, but for the choice: whoever reads figures of their own blocks may make it."""
