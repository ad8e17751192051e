"""The memo as a document: to whom, of what period and by what data, its sections, the proposals, the signature."""

from collections.abc import Callable, Iterator
from typing import Final

from handlers.views.freshness import coverage_line, exports_line
from handlers.views.papers import memo_figures, memo_work
from handlers.views.papers.memo_words import (
    block_title,
    capital,
    day_words,
    days_words,
    moment_words,
    period_words,
    says,
    short_day,
)
from risk.documents import Align, Block, Document, Field, Heading, Signature
from risk.memos import Memo

Section = Callable[[Memo], Iterator[Block]]

SECTIONS: Final[tuple[tuple[str, Section], ...]] = (
    ("Главное", memo_figures.at_first),
    ("Обращения: сколько и откуда", memo_figures.appeals),
    ("Темы обращений", memo_figures.topics),
    ("Сроки и качество ответов", memo_figures.terms),
    ("«Решаемые» обращения", memo_figures.solvable),
    ("Реакция заявителей", memo_figures.reaction),
    ("Информационные риски", memo_work.risks),
    ("Меры, принятые и планируемые", memo_work.measures),
    ("Причины и факторы роста", memo_work.causes),
    ("Проблемные зоны", memo_work.areas),
    ("Первопричины, дорожные карты и предложения", memo_work.proposals),
)


def memo(facts: Memo) -> Document:
    subject = " ".join([*_whose(facts), period_words(facts.period)])
    return Document(title=f"Справка {subject}", blocks=tuple(_blocks(facts)))


def _blocks(facts: Memo) -> Iterator[Block]:
    yield from _head(facts)
    for number, (title, section) in enumerate(SECTIONS, 1):
        yield Heading(text=f"{number}. {title}")
        yield from section(facts)
    yield from _foot(facts)


def _head(facts: Memo) -> Iterator[Block]:
    addressee = facts.plan.reports.addressee
    if addressee is None:
        yield Field(hint="кому: должность и имя")
    else:
        yield says(addressee, align=Align.RIGHT)
    yield says("СПРАВКА", bold=True, align=Align.CENTRE)
    for line in ("о работе с обращениями и информационными рисками", *_whose(facts), period_words(facts.period)):
        yield says(line, align=Align.CENTRE)
    yield says(facts.plan.title, align=Align.CENTRE)
    yield from (says(line) for line in _sources(facts))


def _sources(facts: Memo) -> Iterator[str]:
    report, calendar = facts.report, facts.plan.calendar
    if facts.is_running:
        yield f"Период не закончен: по состоянию на {moment_words(report.asked.stands_at, calendar)}."
    else:
        yield "Открытые и просроченные — на конец периода."
        yield f"Составлено {moment_words(report.made_at, calendar)}."
    yield exports_line(report.freshest, facts.plan, report.asked.stands_at)
    lacking = coverage_line(report, short_day)
    if lacking is not None:
        yield lacking
    but = "; обращения с ним не сравниваются" if report.appeals_before is None else ""
    yield f"Предыдущий период — {days_words(report.compared)}{but}."


def _foot(facts: Memo) -> Iterator[Block]:
    if facts.signer is None:
        yield Field(hint="кто подписывает: должность и имя")
    else:
        yield Signature(position=capital(facts.signer.position), name=facts.signer.name)
    yield says(day_words(facts.plan.calendar.local(facts.report.made_at).date()))


def _whose(facts: Memo) -> Iterator[str]:
    """Nothing of the whole office; of blocks, which."""
    if facts.blocks is not None:
        titles = ", ".join(f"«{block_title(key, facts.plan)}»" for key in sorted(facts.blocks))
        yield f"{'по блоку' if len(facts.blocks) == 1 else 'по блокам'} {titles}"
