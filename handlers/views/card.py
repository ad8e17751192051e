"""The card of a risk, and the explanation of its deadline."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from aiogram.utils.formatting import Bold, Text

from handlers.days import day
from handlers.keyboards.cards import card_keyboard
from handlers.views.dates import arithmetic, moment
from handlers.views.lines import (
    INNER_DEADLINE,
    block_line,
    gist_line,
    highest_question,
    level_line,
    sources_line,
)
from handlers.views.message import LONGEST_ANSWER, Line, Outgoing, outgoing
from handlers.views.working import STATES, reach_line, working_lines
from risk.risks import AWAITING_ANSWER, AWAITING_VERIFICATION, RiskState
from risk.standing import Panel
from risk.units import shortened
from risk.use_cases.reading import CardFacts
from risk.workings import Working

NO_DEADLINE: Final = "Сейчас ничего не просрочить: когда смотреть реакцию, написано на карточке."


def card(facts: CardFacts) -> Outgoing:
    return outgoing(_lines(facts), card_keyboard(facts))


def moved_card() -> Outgoing:
    """What stays of an earlier copy once the card was posted anew, or left the chat."""
    return outgoing(["Эта копия карточки больше не обновляется. Новая — ниже или в новом алерт-чате."])


def deadline_explained(facts: CardFacts) -> str:
    """For the answer to a press: the arithmetic, or why there is none to show."""
    calendar, due_at = facts.office.plan.calendar, facts.risk.due_at
    if due_at is None:
        return NO_DEADLINE
    if moment(facts.deadline.due_at, calendar, facts.now) != moment(due_at, calendar, facts.now):
        what = "Проверить" if facts.risk.state in AWAITING_VERIFICATION else "Разместить ответ"
        due = moment(due_at, calendar, facts.now)
        return f"{what} до: {due}. Срок посчитан раньше, с тех пор настройки офиса изменились."
    told = f"{arithmetic(facts.deadline, calendar, facts.now)}. Это {INNER_DEADLINE}."
    return shortened(told, LONGEST_ANSWER)


def _lines(facts: CardFacts) -> Iterator[Line]:
    plan, risk = facts.office.plan, facts.risk
    again = f" · работа {risk.round}-й раз" if risk.round > 1 else ""
    yield Bold(f"{risk.number} · {level_line(risk.level, plan)} · {STATES[risk.state]}{again}")
    yield gist_line(risk.gist)
    yield _sources(facts)
    territory = plan.territory(risk.territory)
    if territory is not None:
        yield f"Территория: {territory.title}"
    if plan.blocks or risk.block is not None:
        yield _block(facts)
    if risk.due_at is not None:
        yield _deadline(facts, risk.due_at)
    yield from working_lines(facts)
    if facts.alike and risk.state is RiskState.FILED:
        yield "Похоже на " + ", ".join(str(each.number) for each in facts.alike)
    yield f"Зарегистрировал: {facts.filed_by}, {moment(risk.filed_at, plan.calendar, facts.now)}"
    if facts.panel is Panel.CONFIRM_HIGHEST:
        yield highest_question(plan)


def _sources(facts: CardFacts) -> Line:
    spread = _spread(facts.working)
    if not facts.risk.sources:
        return f"Источники: не указаны{spread}"
    return Text("Источники: ", sources_line(facts.risk.sources), spread)


def _spread(working: Working) -> str:
    """« · упоминаний: 3, охват: просмотров 4 000, было 1 200 при регистрации»."""
    reach = reach_line(working)
    mentions = f"упоминаний: {working.mentions + 1}" if working.mentions else None
    told = ", ".join(filter(None, (mentions, None if reach is None else f"охват: {reach}")))
    return f" · {told}" if told else ""


def _block(facts: CardFacts) -> str:
    title = block_line(facts.risk.block, facts.office.plan)
    if title is None:
        return "Блок: не назначен"
    if facts.responsible is None:
        return f"Блок: {title}"
    return f"Блок: {title} · отвечает: {facts.responsible.removesuffix(f' «{title}»')}{_absent(facts)}"


def _absent(facts: CardFacts) -> str:
    """What keeps whoever is responsible from being asked, and whom to ask instead."""
    away = facts.responsible_away
    if facts.responsible_vacant:
        return " (должность не занята)"
    if away is None:
        return ""
    instead = "замещающего нет" if away.deputy is None else f"замещает {away.deputy}"
    return f" (отсутствует по {day(away.until, facts.today)}, {instead})"


def _deadline(facts: CardFacts, due_at: datetime) -> str:
    due = moment(due_at, facts.office.plan.calendar, facts.now)
    guessed = " (календарь на эти дни не подтверждён)" if facts.deadline.beyond_horizon else ""
    what = "Разместить ответ" if facts.risk.state in AWAITING_ANSWER else "Проверить"
    if facts.overdue:
        return f"{what} было до: {due} ({INNER_DEADLINE}){guessed} · просрочено"
    return f"{what} до: {due} ({INNER_DEADLINE}){guessed}"
