"""`/summary`, `/problems`, `/rating`, `/workload`, `/heatmap`: reports on demand, turned in one message by presses."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from aiogram import Bot, Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer, turned
from handlers.callbacks.reports import FigureItems, Heat, HeatPress, ReportKind, ReportPage, report_asked
from handlers.filters import PRIVATE, command_named
from handlers.places import place_of_press
from handlers.privately import ask_in_private
from handlers.replies import respond, write
from handlers.views.heat import heat_choice
from handlers.views.message import Outgoing
from handlers.views.papers.progress import IN_HAND
from handlers.views.problems import problems
from handlers.views.rating import rating
from handlers.views.report_lines import STALE_REPORT
from handlers.views.summary import figure_items, figures, summary
from handlers.views.workload import workload
from risk.papers import PaperKind
from risk.people import Actor
from risk.periods import Period
from risk.ports import OpenUnit, OpenView
from risk.reports_asked import PeriodAsked, ReportAsked
from risk.use_cases.asking import read_choice
from risk.use_cases.figure_items import read_figure
from risk.use_cases.paper_asking import AskPaper, ask_paper
from risk.use_cases.summaries import read_problems, read_rating, read_summary
from risk.use_cases.workloads import read_workload

COMMANDS: Final[Mapping[str, ReportKind]] = MappingProxyType(
    {
        "summary": ReportKind.SUMMARY,
        "problems": ReportKind.PROBLEMS,
        "rating": ReportKind.RATING,
        "workload": ReportKind.WORKLOAD,
        "heatmap": ReportKind.HEAT,
    }
)
"""What each shows; which days they are of when none are named is one rule for all."""
HEATS: Final[Mapping[Heat, PaperKind]] = MappingProxyType(
    {Heat.TERRITORIES: PaperKind.HEAT_OF_TERRITORIES, Heat.WEEKS: PaperKind.HEAT_OF_WEEKS}
)


def router() -> Router:
    made = Router(name="reports")
    for name in COMMANDS:
        made.message.register(show_report, PRIVATE, command_named(name))
        made.message.register(ask_in_private, command_named(name))
    made.callback_query.register(press_report, ReportPage.filter())
    made.callback_query.register(press_figure, FigureItems.filter())
    made.callback_query.register(press_heat, HeatPress.filter())
    return made


async def show_report(message: Message, command: CommandObject, actor: Actor, view: OpenView, now: datetime) -> None:
    wanted = ReportAsked(period=PeriodAsked(typed=(command.args or "").strip()))
    await respond(message, await _shown(COMMANDS[command.command], wanted, actor, view, now))


async def press_report(
    query: CallbackQuery, callback_data: ReportPage, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    page = await _shown(callback_data.report, report_asked(callback_data), actor, view, now)
    return await turned(bot, query, page, stale=STALE_REPORT)


async def press_figure(
    query: CallbackQuery, callback_data: FigureItems, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    """The first page stands beside what was pressed, be it a digest; the others take its place."""
    page = await read_figure(report_asked(callback_data), callback_data.figure, actor=actor, view=view, now=now)
    if callback_data.leaf is None:
        await write(bot, query.from_user.id, figure_items(page))
        return None
    return await turned(bot, query, figure_items(page), stale=STALE_REPORT)


async def press_heat(
    query: CallbackQuery, callback_data: HeatPress, actor: Actor, uow: OpenUnit, now: datetime
) -> Answer | None:
    first, last = date.fromordinal(callback_data.first), date.fromordinal(callback_data.last)
    period = Period(first=first, last=max(first, last), kind=callback_data.period)
    wanted = AskPaper(kind=HEATS[callback_data.heat], place=place_of_press(query), period=period)
    return None if await ask_paper(wanted, actor=actor, uow=uow, now=now) else Answer(IN_HAND)


async def _shown(report: ReportKind, wanted: ReportAsked, actor: Actor, view: OpenView, now: datetime) -> Outgoing:
    match report:
        case ReportKind.SUMMARY:
            return summary(await read_summary(wanted, actor=actor, view=view, now=now))
        case ReportKind.FIGURES:
            return figures(await read_summary(wanted, actor=actor, view=view, now=now))
        case ReportKind.PROBLEMS:
            return problems(await read_problems(wanted, actor=actor, view=view, now=now))
        case ReportKind.RATING:
            return rating(await read_rating(wanted, actor=actor, view=view, now=now))
        case ReportKind.WORKLOAD:
            return workload(await read_workload(wanted, actor=actor, view=view, now=now))
        case ReportKind.HEAT:
            return heat_choice(await read_choice(wanted, actor=actor, view=view, now=now))
