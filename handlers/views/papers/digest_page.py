"""The digest on one A4 page for the planning meeting: the figures of its snapshot in tables, and what waits."""

from collections.abc import Iterable, Iterator
from typing import Final

from handlers.figure_words import said_of
from handlers.russian import grouped
from handlers.views import digest_words as words
from risk.digests import Digest
from risk.documents import Align, Block, Bullets, Column, Document, Heading, Paragraph, Run, Table
from risk.figures import OF_MOMENT, Figure
from risk.offices import Office

_BLOCKS_SHOWN: Final = 8
_AWAITED_SHOWN: Final = 8
_VACANT_SHOWN: Final = 6


def digest_page(office: Office, digest: Digest) -> Document:
    return Document(
        title=f"Дайджест · {words.title(office, digest)}", blocks=tuple(_blocks(office, digest)), on_one_page=True
    )


def _blocks(office: Office, digest: Digest) -> Iterator[Block]:
    yield Heading(text=words.title(office, digest))
    yield _said(f"{words.as_of(office, digest).capitalize()}. {words.data_line(office, digest).rstrip('.')}.")
    for line in words.late_line(office, digest):
        yield _said(line)
    if words.is_quiet(digest):
        yield _said(words.quiet_line(digest))
    yield Heading(text="Риски", level=2)
    yield _figures(digest, (*words.STOCKS_OF_RISKS, *words.FLOWS_OF_RISKS, Figure.RISKS_ANSWERED))
    if digest.total[Figure.RISKS_OPEN]:
        yield _stages(digest)
    if digest.knows_appeals:
        yield Heading(text="Обращения", level=2)
        yield _figures(digest, (*words.STOCKS_OF_APPEALS, *words.FLOWS_OF_APPEALS, Figure.LATE))
        uncompared = words.uncompared(digest)
        if uncompared:
            yield _said(f"{uncompared}.")
    yield from _listed("Изменилось", words.changes(digest))
    yield from _listed("Чаще всего", words.topics(digest))
    yield from _late(office, digest)
    yield from _waiting(office, digest)
    yield from _office(digest)


def _figures(digest: Digest, figures: Iterable[Figure]) -> Table:
    """Figures of the moment against the digest before, those of the days against a usual day."""
    against = words.since(digest).capitalize() or "Изменение"
    columns = (
        Column(title="Показатель", share=4),
        Column(title="Число", align=Align.RIGHT),
        Column(title=f"{against} / в среднем", align=Align.RIGHT, share=2),
    )
    return Table(columns=columns, rows=tuple(_row(digest, figure) for figure in figures))


def _row(digest: Digest, figure: Figure) -> tuple[str, str, str]:
    if figure in OF_MOMENT:
        unchanged = "" if digest.change(figure) is None else "без изменений"
        return said_of(figure), grouped(digest.total[figure]), words.change(digest, figure) or unchanged
    name = f"{said_of(figure)} {words.for_days(digest).lower()}"
    return name, grouped(digest.total[figure]), words.usual_words(digest, figure)


def _stages(digest: Digest) -> Table:
    columns = (
        Column(title="Этап риска", share=4),
        Column(title="Открыто", align=Align.RIGHT),
        Column(title="Просрочено", align=Align.RIGHT, share=2),
    )
    rows = tuple(
        (said_of(stage), grouped(digest.total[stage]), grouped(digest.overdue.get(stage, 0)))
        for stage in words.STAGES_OF_RISKS
    )
    return Table(columns=columns, rows=rows)


def _late(office: Office, digest: Digest) -> Iterator[Block]:
    """Only where the chat may see it too: a page lies on the table for everybody."""
    late = digest.told_by_block
    if not late:
        return
    yield Heading(text="Просрочено по блокам", level=2)
    columns = (
        Column(title="Блок", share=4),
        Column(title="Рисков", align=Align.RIGHT),
        Column(title="Обращений", align=Align.RIGHT, share=2),
    )
    shown = [
        (words.block_name(each, office.plan), each.tally[Figure.RISKS_OVERDUE], each.tally[Figure.OVERDUE])
        for each in late[:_BLOCKS_SHOWN]
    ]
    rest = late[_BLOCKS_SHOWN:]
    if rest:
        risks = sum(each.tally[Figure.RISKS_OVERDUE] for each in rest)
        shown.append((f"ещё блоков: {len(rest)}", risks, sum(each.tally[Figure.OVERDUE] for each in rest)))
    rows = tuple((name, grouped(risks), grouped(appeals)) for name, risks, appeals in shown)
    yield Table(columns=columns, rows=rows)


def _waiting(office: Office, digest: Digest) -> Iterator[Block]:
    lines = [words.awaited_line(each, digest, office.plan) for each in digest.awaited[:_AWAITED_SHOWN]]
    if digest.awaited_in_all > _AWAITED_SHOWN:
        lines.append(f"и ещё {digest.awaited_in_all - _AWAITED_SHOWN}")
    if lines:
        yield Heading(text="Ждут сегодня", level=2)
        yield Bullets(items=tuple((Run(text=line),) for line in lines))


def _office(digest: Digest) -> Iterator[Block]:
    if digest.vacant:
        yield _said(words.vacant_line(digest, _VACANT_SHOWN), name="Не занято")
    missed = words.missed_words(digest.missed)
    if missed:
        yield _said(missed, name="Бот не справился")


def _listed(name: str, told: Iterable[str]) -> Iterator[Block]:
    said = ", ".join(told)
    if said:
        yield _said(said, name=name)


def _said(text: str, *, name: str = "") -> Paragraph:
    heading = (Run(text=f"{name}: ", bold=True),) if name else ()
    return Paragraph(runs=(*heading, Run(text=text)))
