"""Buttons under the checklist of closure and under notices about working a risk: each supplies what is missing."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, assert_never

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks.risks import HistoryPage
from handlers.callbacks.working import CardPress, CardRecord, LinkSeen, WorkPress
from handlers.keyboards.buttons import Row, button
from handlers.keyboards.cards import PLACED
from risk.closure import Criterion
from risk.link_watch import awaits_a_person
from risk.moves import Move, correction_on_its_way, possible
from risk.notices import (
    AnswerReported,
    AnswerSentBack,
    ApprovalAsked,
    BlockReturned,
    ClosureProposed,
    ReturnProposed,
    RiskFollowed,
    UnknownAnswered,
    UnknownAsked,
    WorkNotice,
)
from risk.records import RecordKind
from risk.risks import RiskState
from risk.use_cases.reading import CardFacts
from risk.use_cases.work_telling import WorkTold

LINKS_SHOWN: Final = 10


def checklist_keyboard(facts: CardFacts) -> InlineKeyboardMarkup | None:
    if not facts.risk.is_open:
        return None
    rows = [row for line in facts.checklist if not line.met for row in _SUPPLYING[line.criterion](facts)]
    if facts.risk.state is RiskState.WATCHED and all(line.met for line in facts.checklist):
        rows.append([press(facts, "Отработан", WorkPress.WORK_OFF)])
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def details_keyboard(facts: CardFacts) -> InlineKeyboardMarkup:
    """Links that a person is to open, because the machine cannot tell of them; the history."""
    history = button("История", HistoryPage(office=facts.office.id, risk=facts.risk.id, page=0))
    return InlineKeyboardMarkup(inline_keyboard=[*_links_to_open(facts), [history]])


def done_keyboard(facts: CardFacts) -> InlineKeyboardMarkup:
    """Where there is nothing to do, or nothing any more."""
    return InlineKeyboardMarkup(inline_keyboard=[[press(facts, "Подробнее", WorkPress.DETAILS)]])


def notice_keyboard(notice: WorkNotice, told: WorkTold) -> InlineKeyboardMarkup | None:
    card = told.card
    match notice:
        case UnknownAsked():
            rows = [[record(card, "Ответить", RecordKind.UNKNOWN_ANSWER, told.unknown_place)]]
        case ApprovalAsked():
            rows = [
                [press(card, "Согласовать", WorkPress.APPROVE)],
                [record(card, "Вернуть с замечанием", RecordKind.REMARK)],
            ]
        case AnswerSentBack():
            corrected = correction_on_its_way(card.risk.state, card.working) is not None
            mended = ("Исправить ответ", RecordKind.CORRECTION) if corrected else ("Изменить ответ", RecordKind.ANSWER)
            rows = [[record(card, *mended)]]
        case ClosureProposed():
            rows = [[press(card, "Отработан", WorkPress.WORK_OFF)]]
        case ReturnProposed():
            again = RecordKind.RETURN if Move.RETURN in possible(card.risk.state) else RecordKind.REOPEN
            rows = [[record(card, "Вернуть в работу", again)], *_links_to_open(card)]
        case RiskFollowed():
            rows = [[press(card, "Подробнее", WorkPress.DETAILS), press(card, "Не сообщать", WorkPress.FOLLOW)]]
        case BlockReturned() | UnknownAnswered():
            return done_keyboard(card)
        case AnswerReported():
            return None
        case other:
            assert_never(other)
    return InlineKeyboardMarkup(inline_keyboard=rows)


def press(facts: CardFacts, title: str, act: WorkPress) -> InlineKeyboardButton:
    risk = facts.risk
    return button(title, CardPress(office=facts.office.id, risk=risk.id, act=act, round=risk.round, beside=True))


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


def _finding(facts: CardFacts) -> list[Row]:
    """«Уточняется» is not among them: it leaves the line as it is."""
    if facts.risk.state is RiskState.FILED:
        return [[press(facts, "Взять на проверку", WorkPress.TAKE)]]
    return [
        [record(facts, "Подтвердился", RecordKind.CONFIRMED), record(facts, "Частично", RecordKind.PARTLY)],
        [record(facts, "Не подтвердился", RecordKind.REFUTED)],
    ]


def _placing(facts: CardFacts) -> list[Row]:
    """The step that an answer waits for: its text, an approval, or that somebody places it."""
    answer, approves = facts.working.answer, facts.office.plan.approves_answers
    match facts.risk.state:
        case RiskState.ANSWERING if answer is None:
            return [[record(facts, "Добавить ответ", RecordKind.ANSWER)]]
        case RiskState.ANSWERING if approves and answer is not None and not answer.is_approved:
            return [[press(facts, "На согласование", WorkPress.SUBMIT)]]
        case RiskState.APPROVING:
            return [[press(facts, "Согласовать", WorkPress.APPROVE)]]
        case RiskState.ANSWERING | RiskState.APPROVED:
            return [[press(facts, PLACED, WorkPress.PUBLISH)]]
        case _:
            return []


def _answering_unknowns(facts: CardFacts) -> list[Row]:
    waiting = [place for place, unknown in enumerate(facts.working.unknowns) if not unknown.is_settled]
    return [[record(facts, f"Ответить на вопрос {place + 1}", RecordKind.UNKNOWN_ANSWER, place)] for place in waiting]


def _naming_measures(facts: CardFacts) -> list[Row]:
    known = facts.risk.state is not RiskState.FILED
    return [[record(facts, "Добавить меру", RecordKind.MEASURE_TAKEN)]] if known else []


def _linking(facts: CardFacts) -> list[Row]:
    """A link is to an answer: there is one already, or it is about to be placed."""
    may_be_placed = facts.working.answer is not None and facts.risk.state in _LINKED_IN
    return [[record(facts, "Добавить ссылку", RecordKind.LINK)]] if may_be_placed else []


def _returning(facts: CardFacts) -> list[Row]:
    watched = facts.risk.state is RiskState.WATCHED
    return [[record(facts, "Вернуть в работу", RecordKind.RETURN)]] if watched else []


def _looking(facts: CardFacts) -> list[Row]:
    watched = facts.risk.state is RiskState.WATCHED
    return [[record(facts, "Проверить сейчас", RecordKind.CHECK)]] if watched else []


_LINKED_IN: Final = frozenset({RiskState.ANSWERING, RiskState.APPROVED, RiskState.WATCHED})

_SUPPLYING: Final[Mapping[Criterion, Callable[[CardFacts], list[Row]]]] = MappingProxyType(
    {
        Criterion.VERIFIED: _finding,
        Criterion.UNKNOWNS_SETTLED: _answering_unknowns,
        Criterion.MEASURES_NAMED: _naming_measures,
        Criterion.ANSWER_PUBLISHED: _placing,
        Criterion.LINK_COUNTS: _linking,
        Criterion.WAIVED_WITH_REASON: lambda _: [],
        Criterion.RECURRENCE_EXPLAINED: _returning,
        Criterion.QUIET: _looking,
    }
)
"""What brings each line nearer to being met, as far as the state allows it."""
