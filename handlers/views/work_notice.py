"""Notices about working a risk: the report of an answer, questions to positions, looks that are due, proposals."""

from collections.abc import Iterator
from typing import assert_never

from aiogram.utils.formatting import Bold

from handlers.days import day
from handlers.keyboards.working import notice_keyboard
from handlers.views.dates import moment
from handlers.views.lines import gist_line
from handlers.views.message import Line, Outgoing, outgoing
from handlers.views.working import STATES, links_amiss, publication_in_short, publication_line, publication_name
from risk.moves import correction_on_its_way
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
from risk.risks import RETURNS_BEFORE_DECISION
from risk.units import shortened
from risk.use_cases.reading import CardFacts
from risk.use_cases.work_telling import WorkTold
from risk.workings import Answer, Unknown

_GIST_SHOWN = 120
_WORDS_SHOWN = 1000
_PUBLICATIONS_SHOWN = 3
"""Text and platforms may take the most of a message."""


def work_notice(notice: WorkNotice, told: WorkTold) -> Outgoing:
    return outgoing(_lines(notice, told), notice_keyboard(notice, told))


def _lines(notice: WorkNotice, told: WorkTold) -> Iterator[Line]:
    card = told.card
    number = card.risk.number
    match notice:
        case AnswerReported():
            yield from _report(card)
            return
        case UnknownAsked() | UnknownAnswered():
            assert told.unknown is not None
            yield from _question(card, told.unknown)
        case ApprovalAsked():
            what = "исправление размещённого ответа" if _is_corrected(card) else "ответ"
            yield f"{number}: {what} ждёт вашего согласования."
            yield _in_hand(card).text
            yield f"Площадки: {_in_hand(card).platforms}"
        case AnswerSentBack():
            yield f"{number}: {'исправление ответа' if _is_corrected(card) else 'ответ'} вернули с замечанием."
            yield _in_hand(card).remark or ""
        case ClosureProposed():
            yield f"{number}: все условия выполнены, можно отметить отработанным."
        case ReturnProposed():
            yield f"{number}: реакция неспокойная или ссылка не на месте. Если ответа мало, верните в работу."
            for publication in links_amiss(card)[:_PUBLICATIONS_SHOWN]:
                yield f"{publication_name(card.working, publication)}: {publication_line(card, publication)}"
        case RiskFollowed():
            yield f"{number}: {STATES[card.risk.state]}."
        case BlockReturned(returns=returns):
            yield from _returned(card, returns)
        case other:
            assert_never(other)
    yield gist_line(card.risk.gist, _GIST_SHOWN)


def _question(card: CardFacts, unknown: Unknown) -> Iterator[str]:
    """To whom it was put; once it is answered, to who put it."""
    if not unknown.is_settled:
        yield f"{card.risk.number}: от вас ждут ответ до {day(unknown.until, card.today)}."
        yield unknown.question
        return
    who = "" if unknown.answered_by is None else f" · {card.title(unknown.answered_by)}"
    yield f"{card.risk.number}: на ваш вопрос ответили."
    yield f"Вопрос: {shortened(unknown.question, _WORDS_SHOWN)}"
    yield f"Ответ: {shortened(unknown.answer or '', _WORDS_SHOWN)}{who}"


def _returned(card: CardFacts, returns: int) -> Iterator[str]:
    yield f"{card.risk.number}: блок ответил, что это не к нему. Назначьте блок на карточке в алерт-чате."
    if returns >= RETURNS_BEFORE_DECISION:
        yield "Это второй возврат: теперь блок назначаете только вы, и вернуть риск он не сможет."


def _is_corrected(card: CardFacts) -> bool:
    return correction_on_its_way(card.risk.state, card.working) is not None


def _in_hand(card: CardFacts) -> Answer:
    """The text that approval is about."""
    answer = correction_on_its_way(card.risk.state, card.working) or card.working.answer
    assert answer is not None
    return answer


def _report(card: CardFacts) -> Iterator[Line]:
    """The procedure's two parts: the text with its platforms, the links to publications (Порядок, п. 3)."""
    answer = card.working.answer
    assert answer is not None
    yield Bold(f"Отработка {card.risk.number}")
    yield f"Текст: {answer.text}"
    yield f"Площадки: {answer.platforms}"
    publications = card.working.publications
    for place, publication in enumerate(publications[:_PUBLICATIONS_SHOWN]):
        yield f"{'' if place else 'Публикации: '}{publication_in_short(card, publication)}"
    if len(publications) > _PUBLICATIONS_SHOWN:
        yield f"И ещё публикаций: {len(publications) - _PUBLICATIONS_SHOWN}"
    if not publications:
        # The report stands in the chat as it was sent: what it says has to hold when links have come.
        yield "Публикации: при размещении ссылок не было; добавленные позже — на карточке, под «Подробнее»."
    yield from _dated(card, answer)


def _dated(card: CardFacts, answer: Answer) -> Iterator[str]:
    """When it was published and, of a changed one, when it was changed: the report stands in the chat twice then."""
    calendar = card.office.plan.calendar
    if answer.published_at is not None:
        changed = (
            "" if answer.corrected_at is None else f", исправлен {moment(answer.corrected_at, calendar, card.now)}"
        )
        yield f"Размещён {moment(answer.published_at, calendar, card.now)}{changed}"
