"""The list of open risks and the history of one, as read-only messages."""

from collections.abc import Iterator, Sequence

from aiogram.utils.formatting import Bold, Text

from handlers.keyboards.lists import risks_keyboard
from handlers.views.dates import moment
from handlers.views.lines import block_line, gist_line, level_line
from handlers.views.message import LONGEST_TEXT, Line, Outgoing, outgoing
from risk.events import Event, EventKind
from risk.ids import BlockKey, LevelKey
from risk.offices import OfficePlan
from risk.risks import Risk
from risk.units import shortened, units
from risk.use_cases.reading import RiskHistory, RisksPage

_GIST_SHOWN = 80
_HISTORY_ROOM = LONGEST_TEXT - 450
"""What the lines of a history may take; the rest is for its heading and for the count of what is left out."""


def risks(page: RisksPage) -> Outgoing:
    return outgoing(_page(page), risks_keyboard(page))


def history(facts: RiskHistory) -> Outgoing:
    """The newest events, oldest of them first, as many as one message holds."""
    lines = [_event(event, who, facts.office.plan) for event, who in facts.events]
    shown = _newest_that_fit(lines)
    left_out = len(lines) - len(shown)
    earlier = [f"Более ранних записей: {left_out}."] if left_out else []
    return outgoing([*_heading(facts.risk), *earlier, *shown])


def happening(event: Event, plan: OfficePlan) -> str:
    """«блок: без блока → Социальная политика»."""
    before, after = event.facts.get("before"), event.facts.get("after")
    match event.kind:
        case EventKind.FILED:
            return "зарегистрирован"
        case EventKind.BLOCK_SET:
            return f"блок: {_block(before, plan)} → {_block(after, plan)}"
        case EventKind.LEVEL_SET:
            return f"критичность: {_level(before, plan)} → {_level(after, plan)}"
        case EventKind.VERIFICATION_OVERDUE:
            return "срок проверки прошёл"


def _page(page: RisksPage) -> Iterator[Line]:
    if page.total == 0:
        yield "Открытых рисков нет."
        return
    yield Bold(f"Открыто рисков: {page.total}")
    for risk in page.risks:
        yield _risk(risk, page)
    if page.pages > 1:
        yield f"{page.page + 1} из {page.pages}"


def _risk(risk: Risk, page: RisksPage) -> Text:
    plan = page.office.plan
    level = plan.level_if_known(risk.level)
    sign = "–" if level is None else level.sign
    due = moment(risk.verify_by, plan.calendar)
    deadline = f"просрочено с {due}" if risk.verify_by <= page.now else f"проверить до {due}"
    gist = shortened(risk.gist, _GIST_SHOWN)
    return Text(Bold(str(risk.number)), f" · {sign} · {deadline} · {gist}")


def _heading(risk: Risk) -> Iterator[Line]:
    yield Bold(f"{risk.number} · история")
    yield gist_line(risk.gist, _GIST_SHOWN)


def _event(event: Event, who: str | None, plan: OfficePlan) -> str:
    author = "" if who is None else f" · {who}"
    return f"{moment(event.at, plan.calendar)} · {happening(event, plan)}{author}"


def _block(key: str | None, plan: OfficePlan) -> str:
    return "без блока" if key is None else block_line(BlockKey(key), plan) or key


def _level(key: str | None, plan: OfficePlan) -> str:
    return "не указана" if key is None else level_line(LevelKey(key), plan)


def _newest_that_fit(lines: Sequence[str]) -> Sequence[str]:
    room = _HISTORY_ROOM
    for count, line in enumerate(reversed(lines)):
        room -= units(line) + 1
        if room < 0:
            return lines[len(lines) - count :]
    return lines
