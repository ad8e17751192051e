"""What a figure counts: the very appeals or risks, by the rule that they were counted by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from risk.appeal_cases import AppealCase
from risk.appeals import AppealSource
from risk.errors import FigureNotPermitted, NotPermitted
from risk.figures import OF_RISKS, Figure
from risk.people import Actor
from risk.ports import OpenView, Unit
from risk.powers import Action
from risk.reports_asked import Leaf, ReportAsked, leaf_of
from risk.risk_figures import risks_counted
from risk.risks import Risk
from risk.use_cases.asking import Opened, opened
from risk.use_cases.permission import permitted
from risk.use_cases.reporting import stories_of

ITEMS_ON_A_PAGE: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFacts:
    """A page of what the figure counts: appeals, or risks."""

    opened: Opened
    figure: Figure
    total: int
    leaf: Leaf
    freshest: Mapping[AppealSource, datetime]
    appeals: Sequence[AppealCase] = ()
    risks: Sequence[Risk] = ()


async def read_figure(
    wanted: ReportAsked, figure: Figure, *, actor: Actor, view: OpenView, now: datetime
) -> FigureFacts:
    """A page past the end is the last one. Raises NotPermitted, FigureNotPermitted, PeriodAhead, UnknownChoice.

    Under a digest everybody sees the figure, so that who may not open it hears where the open list is.
    """
    async with view() as unit:
        member = await permitted(unit, actor, Action.READ_REPORT)
        try:
            about = await opened(unit, member, wanted, now)
        except NotPermitted as refused:
            raise FigureNotPermitted(refused.power, of_risks=figure in OF_RISKS) from None
        found = _risks if figure in OF_RISKS else _appeals
        return await found(unit, about, figure, wanted.leaf)


async def _risks(unit: Unit, about: Opened, figure: Figure, asked: int) -> FigureFacts:
    every = risks_counted(await stories_of(unit, about.asked), figure, about.asked, unit.office.plan)
    leaf = leaf_of(len(every), asked, ITEMS_ON_A_PAGE)
    return FigureFacts(
        opened=about,
        figure=figure,
        total=len(every),
        leaf=leaf,
        freshest={},
        risks=every[leaf.begins : leaf.begins + ITEMS_ON_A_PAGE],
    )


async def _appeals(unit: Unit, about: Opened, figure: Figure, asked: int) -> FigureFacts:
    page = unit.reports.page
    cases, total = await page(about.asked, figure, offset=max(0, asked) * ITEMS_ON_A_PAGE, limit=ITEMS_ON_A_PAGE)
    leaf = leaf_of(total, asked, ITEMS_ON_A_PAGE)
    if leaf.page != asked:
        cases, _ = await page(about.asked, figure, offset=leaf.begins, limit=ITEMS_ON_A_PAGE)
    return FigureFacts(
        opened=about,
        figure=figure,
        total=total,
        leaf=leaf,
        freshest=await unit.imports.freshest(),
        appeals=cases,
    )
