"""Buttons under the checklist of closure and under notices about working a risk: each supplies what is missing."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks import CardPress, CardRecord, LinkSeen, WorkPress
from handlers.keyboards.buttons import Row, button
from risk.closure import Criterion
from risk.link_watch import awaits_a_person
from risk.moves import Move, possible
from risk.notices import (
    AnswerReported,
    AnswerSentBack,
    ApprovalAsked,
    ChecksDue,
    ClosureProposed,
    ReturnProposed,
    RiskFollowed,
    UnknownAsked,
    WorkNotice,
)
from risk.records import RecordKind
from risk.risks import RiskState
from risk.use_cases.reading import CardFacts
from risk.use_cases.work_telling import WorkTold

_SUPPLIED_BY: Final[Mapping[Criterion, tuple[str, RecordKind]]] = MappingProxyType(
    {
        Criterion.MEASURES_NAMED: ("Добавить меру", RecordKind.MEASURE_TAKEN),
        Criterion.LINK_COUNTS: ("Добавить ссылку", RecordKind.LINK),
        Criterion.RECURRENCE_EXPLAINED: ("Вернуть в работу", RecordKind.RETURN),
        Criterion.QUIET: ("Проверить сейчас", RecordKind.CHECK),
    }
)
"""Lines that are met by a record of this kind. Verification and the answer come from earlier states of the card."""

CHECKS_SHOWN: Final = 10
LINKS_SHOWN: Final = 10


def checklist_keyboard(facts: CardFacts) -> InlineKeyboardMarkup | None:
    rows = [row for line in facts.checklist if not line.met for row in _supplying(facts, line.criterion)]
    if facts.risk.state is RiskState.WATCHED and all(line.met for line in facts.checklist):
        rows.append([press(facts, "Отработан", WorkPress.WORK_OFF)])
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def details_keyboard(facts: CardFacts) -> InlineKeyboardMarkup | None:
    """Links that a person is to open, because the machine cannot tell of them."""
    rows = _links_to_open(facts)
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def notice_keyboard(notice: WorkNotice, told: WorkTold) -> InlineKeyboardMarkup | None:
    card = told.cards[0]
    match notice:
        case ChecksDue():
            rows = [
                [record(each, f"Проверить {each.risk.number}", RecordKind.CHECK)] for each in told.cards[:CHECKS_SHOWN]
            ]
        case UnknownAsked():
            rows = [[record(card, "Ответить", RecordKind.UNKNOWN_ANSWER, told.unknown_place)]]
        case ApprovalAsked():
            rows = [
                [press(card, "Согласовать", WorkPress.APPROVE)],
                [record(card, "Вернуть с замечанием", RecordKind.REMARK)],
            ]
        case AnswerSentBack():
            rows = [[record(card, "Изменить ответ", RecordKind.ANSWER)]]
        case ClosureProposed():
            rows = [[press(card, "Отработан", WorkPress.WORK_OFF)]]
        case ReturnProposed():
            again = RecordKind.RETURN if Move.RETURN in possible(card.risk.state) else RecordKind.REOPEN
            rows = [[record(card, "Вернуть в работу", again)], *_links_to_open(card)]
        case RiskFollowed():
            rows = [[press(card, "Подробнее", WorkPress.DETAILS), press(card, "Не сообщать", WorkPress.FOLLOW)]]
        case AnswerReported():
            return None
    return InlineKeyboardMarkup(inline_keyboard=rows)


def press(facts: CardFacts, title: str, act: WorkPress) -> InlineKeyboardButton:
    risk = facts.risk
    return button(title, CardPress(office=facts.office.id, risk=risk.id, act=act, round=risk.round))


def record(facts: CardFacts, title: str, kind: RecordKind, item: int = 0) -> InlineKeyboardButton:
    risk = facts.risk
    return button(title, CardRecord(office=facts.office.id, risk=risk.id, kind=kind, item=item, round=risk.round))


def _links_to_open(facts: CardFacts) -> list[Row]:
    waiting = [place for place, each in enumerate(facts.working.publications) if awaits_a_person(each)]
    return [[_link_seen(facts, place)] for place in waiting[:LINKS_SHOWN]]


def _link_seen(facts: CardFacts, place: int) -> InlineKeyboardButton:
    """With its number, as the lines above give it, where there are several."""
    which = f": {place + 1}" if len(facts.working.publications) > 1 else ""
    seen = LinkSeen(office=facts.office.id, risk=facts.risk.id, link=place, round=facts.risk.round)
    return button(f"Проверено, на месте{which}", seen)


def _supplying(facts: CardFacts, criterion: Criterion) -> list[Row]:
    if criterion is Criterion.UNKNOWNS_SETTLED:
        waiting = [place for place, unknown in enumerate(facts.working.unknowns) if not unknown.is_settled]
        return [
            [record(facts, f"Ответить на вопрос {place + 1}", RecordKind.UNKNOWN_ANSWER, place)] for place in waiting
        ]
    supplied = _SUPPLIED_BY.get(criterion)
    return [] if supplied is None or facts.risk.state is not RiskState.WATCHED else [[record(facts, *supplied)]]
