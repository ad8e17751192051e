"""The picture of a digest: what it says first as its title, big numbers, and bars of lateness or of the days."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from handlers.days import day
from handlers.russian import counted, grouped
from handlers.views import digest_words as words
from risk.digests import Digest
from risk.documents import Bar, Board, Tile
from risk.figures import Figure
from risk.offices import Office

_BLOCKS_SHOWN: Final = 6
_DAYS_SHOWN: Final = 7


def digest_board(office: Office, digest: Digest) -> Board:
    bars_title, bars = _bars(office, digest)
    return Board(
        title=finding(digest),
        tiles=tuple(_tiles(digest)),
        bars=bars,
        bars_title=bars_title,
        source=". ".join(filter(None, _source(office, digest))),
    )


def _source(office: Office, digest: Digest) -> Iterator[str]:
    yield f"{words.title(office, digest)}, {words.as_of(office, digest)}"
    yield words.data_line(office, digest).rstrip(".")
    yield words.uncompared(digest) if digest.knows_appeals else ""


def finding(digest: Digest) -> str:
    """What a reader should know were they to read nothing else: what is late before what is new."""
    late_appeals, late_risks = digest.total[Figure.OVERDUE], digest.total[Figure.RISKS_OVERDUE]
    if late_appeals:
        named = counted(late_appeals, "обращение", "обращения", "обращений")
        return f"Просрочено {named}{_against(digest, Figure.OVERDUE)}"
    if late_risks:
        return f"Просрочено рисков: {late_risks}{_against(digest, Figure.RISKS_OVERDUE)}"
    for figure, name in ((Figure.NEW, "новых обращений"), (Figure.RISKS_NEW, "новых рисков")):
        if digest.total[figure]:
            usual = words.usual_words(digest, figure)
            said = f"{words.for_days(digest)}: {name} {grouped(digest.total[figure])}"
            return f"{said}, {usual}" if usual else said
    return words.quiet_line(digest).partition(".")[0]


def _against(digest: Digest, figure: Figure) -> str:
    by = digest.change(figure)
    if by is None:
        return ""
    if by == 0:
        return ", без изменений"
    return f", на {grouped(abs(by))} {'больше' if by > 0 else 'меньше'}, {words.than(digest)}"


def _tiles(digest: Digest) -> Iterator[Tile]:
    yield _stock(digest, "риски открыты", Figure.RISKS_OPEN)
    yield _stock(digest, "риски просрочены", Figure.RISKS_OVERDUE, alarms=True)
    yield _flow(digest, "новые риски", Figure.RISKS_NEW)
    if digest.knows_appeals:
        yield _flow(digest, "новые обращения", Figure.NEW)
        yield _stock(digest, "обращения просрочены", Figure.OVERDUE, alarms=True)
        yield _stock(digest, "обращения отложены", Figure.DEFERRED)
    else:
        yield _flow(digest, "риски отработаны", Figure.RISKS_WORKED_OFF)


def _stock(digest: Digest, label: str, figure: Figure, *, alarms: bool = False) -> Tile:
    changed = words.change(digest, figure)
    return Tile(
        label=label,
        value=grouped(digest.total[figure]),
        change=f"{changed} {words.since(digest)}" if changed else "",
        is_alarming=alarms and digest.total[figure] > 0,
    )


def _flow(digest: Digest, label: str, figure: Figure) -> Tile:
    days = words.for_days(digest).lower()
    usual = words.usual_words(digest, figure)
    return Tile(label=f"{label} {days}", value=grouped(digest.total[figure]), change=usual)


def _bars(office: Office, digest: Digest) -> tuple[str, tuple[Bar, ...]]:
    """Lateness by block where the chat may see it; else how many appeals came day by day."""
    late = digest.told_by_block[:_BLOCKS_SHOWN]
    if late:
        bars = tuple(Bar(label=words.block_name(each, office.plan), value=each.overdue) for each in late)
        return "Просрочено рисков и обращений по блокам", bars
    if not any(digest.received.values()):
        return "", ()
    days = _last_days(digest)
    marked = digest.period.first
    bars = tuple(
        Bar(label=day(on, digest.day), value=digest.received.get(on, 0), is_marked=on >= marked) for on in days
    )
    return "Новые обращения по дням", bars


def _last_days(digest: Digest) -> list[date]:
    """Till yesterday; of those before its own the digest may know nothing."""
    last, own = digest.period.last.toordinal(), digest.period.first.toordinal()
    begins = last - _DAYS_SHOWN + 1
    knows_earlier = any(on < digest.period.first for on in digest.received)
    return [date.fromordinal(on) for on in range(begins if knows_earlier else max(begins, own), last + 1)]
