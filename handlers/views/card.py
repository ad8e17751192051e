"""The card of a risk, and the explanation of its deadline."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
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
from risk.risks import Risk, RiskState
from risk.standing import Panel
from risk.units import shortened
from risk.use_cases.reading import CardFacts

STATES: Final[Mapping[RiskState, str]] = MappingProxyType({RiskState.FILED: "зарегистрирован"})


def card(facts: CardFacts) -> Outgoing:
    return outgoing(_lines(facts), card_keyboard(facts))


def moved_card() -> Outgoing:
    """What stays of an earlier copy once the card was posted anew, or left the chat."""
    return outgoing(["Эта копия карточки больше не обновляется. Новая — ниже или в новом алерт-чате."])


def deadline_explained(facts: CardFacts) -> str:
    """For the answer to a press: the arithmetic, or why there is none to show."""
    calendar = facts.office.plan.calendar
    due = moment(facts.risk.verify_by, calendar)
    if moment(facts.deadline.due_at, calendar) != due:
        return f"Проверить до: {due}. Срок посчитан раньше, с тех пор настройки офиса изменились."
    told = f"{arithmetic(facts.deadline, calendar)}. Это {INNER_DEADLINE}."
    return shortened(told, LONGEST_ANSWER)


def _lines(facts: CardFacts) -> Iterator[Line]:
    plan, risk = facts.office.plan, facts.risk
    yield Bold(f"{risk.number} · {level_line(risk.level, plan)} · {STATES[risk.state]}")
    yield gist_line(risk.gist)
    yield _sources(risk)
    territory = plan.territory(risk.territory)
    if territory is not None:
        yield f"Территория: {territory.title}"
    if plan.blocks or risk.block is not None:
        yield _block(facts)
    yield _deadline(facts)
    yield f"Зарегистрировал: {facts.filed_by}, {moment(risk.filed_at, plan.calendar)}"
    if facts.panel is Panel.CONFIRM_HIGHEST:
        yield highest_question(plan)


def _sources(risk: Risk) -> Line:
    if not risk.sources:
        return "Источники: не указаны"
    return Text("Источники: ", sources_line(risk.sources))


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
    return f" (отсутствует по {day(away.until)}, {instead})"


def _deadline(facts: CardFacts) -> str:
    due = moment(facts.risk.verify_by, facts.office.plan.calendar)
    guessed = " (календарь на эти дни не подтверждён)" if facts.deadline.beyond_horizon else ""
    if facts.overdue:
        return f"Проверить было до: {due} ({INNER_DEADLINE}){guessed} · просрочено"
    return f"Проверить до: {due} ({INNER_DEADLINE}){guessed}"
