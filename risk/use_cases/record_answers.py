"""What answers the question of a record: the values that buttons offer, and how typed words are read; no effects."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from risk.appeal_forms import BY_RULE, Way, read_received, read_settlement
from risk.appeal_lists import short_code
from risk.dates import Days, read_day
from risk.errors import DayOver, HoldUnfit, LinkUnfit
from risk.gist import tidy_gist
from risk.obligations import HoldKind, days_to_hold
from risk.offices import PublicationKind
from risk.people import Place
from risk.ports import Unit
from risk.reach import read_reach
from risk.records import HOLDS, NO, NONE, YES, Record, RecordField, RecordKind
from risk.typed import LONGEST_NOTE, note, official_text
from risk.understanding import Part
from risk.units import shortened, units
from risk.workings import Reaction, Spread

FURTHEST_AHEAD: Final = timedelta(days=366)

LONGEST_GROUNDS: Final = 2 * LONGEST_NOTE
"""UTF-16 units of words and links together: a message may hold hundreds of links."""
_BESIDES: Final = " · "
_HOLD_OF: Final[Mapping[RecordKind, HoldKind]] = MappingProxyType(
    {RecordKind.ACCEPT: HoldKind.ACCEPTED, RecordKind.POSTPONE: HoldKind.POSTPONED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWords:
    """A message in private that may answer the open question; `typed` is None for what was forwarded."""

    part: Part
    place: Place
    typed: str | None


def read_words(kind: RecordKind, asked: RecordField, command: RecordWords, today: date) -> str | None:
    """What is kept of the words; None when they do not answer the question. Raises LinkUnfit, DayOver, HoldUnfit."""
    if asked is RecordField.UNTIL:
        return _day(command.typed or "", kind, today)
    return _READERS[asked](command, today)


def days_to_name(kind: RecordKind, today: date) -> Days:
    """The days that «до какого дня» may be answered with."""
    hold = _HOLD_OF.get(kind)
    return Days(first=today, last=today + FURTHEST_AHEAD) if hold is None else days_to_hold(hold, today)


async def offered(unit: Unit, record: Record, asked: RecordField, now: datetime) -> Mapping[str, str]:
    """What buttons may answer, each with the value that is kept."""
    match asked:
        case RecordField.WHOM:
            return {str(each.id): str(each.id) for each in await unit.people.positions()}
        case RecordField.UNTIL:
            fit = days_to_name(record.kind, unit.office.plan.calendar.local(now).date())
            ahead = (fit.first + timedelta(days=days) for days in range((fit.last - fit.first).days + 1))
            return {day.isoformat(): day.isoformat() for day in ahead}
        case RecordField.PLATFORMS:
            return {str(place): page.title for place, page in enumerate(unit.office.plan.pages)}
        case RecordField.SETTLEMENT:
            return {short_code(each.key): each.settlements[0] for each in unit.office.plan.territories} | {NONE: NONE}
        case RecordField.BLOCK:
            blocks = {short_code(each): each for each in unit.office.plan.block_keys}
            return blocks | ({NONE: NONE, BY_RULE: BY_RULE} if record.kind is RecordKind.NEW_APPEAL else {})
        case RecordField.RECEIVED:
            back = (unit.office.plan.calendar.local(now).date() - timedelta(days=days) for days in range(_DAYS_BACK))
            return {day.isoformat(): day.isoformat() for day in back}
        case _:
            return {value: value for value in _CHOICES.get(asked, frozenset())}


_DAYS_BACK: Final = 7


_CHOICES: Final[Mapping[RecordField, frozenset[str]]] = MappingProxyType(
    {
        RecordField.LINK_KIND: frozenset(PublicationKind),
        RecordField.REACTION: frozenset(Reaction),
        RecordField.SPREAD: frozenset(Spread),
        RecordField.IN_PLACE: frozenset({YES, NO}),
        RecordField.SURE: frozenset({YES}),
        RecordField.REACH: frozenset({NONE}),
        RecordField.CAME: frozenset(Way),
        RecordField.LAW: frozenset({YES, NO}),
    }
)


def _note(command: RecordWords, _: date) -> str | None:
    """A picture or a file stays in the chat; that there was one is part of what somebody rests on."""
    return note(command.typed) if command.typed else None


def _grounds(command: RecordWords, _: date) -> str | None:
    words = note(command.typed or command.part.text)
    sources = [source.link for source in command.part.sources if source.link is not None]
    links = " ".join(each for each in sources if words is None or each not in words)
    attached = "файл или снимок в переписке" if command.part.has_media else ""
    told = shortened(" ".join(filter(None, (words, links))), LONGEST_GROUNDS - units(attached) - len(_BESIDES))
    return _BESIDES.join(filter(None, (told, attached))) or None


def _text(command: RecordWords, _: date) -> str | None:
    return official_text(command.typed) if command.typed else None


def _gist(command: RecordWords, _: date) -> str | None:
    return tidy_gist(command.part.text) if command.typed else None


def _source(command: RecordWords, _: date) -> str | None:
    found = command.part.spoken_or_linked()
    return found[0].link or found[0].label if found else None


def _link(command: RecordWords, _: date) -> str | None:
    """A forward with a link answers too: the question asks for the post itself, whose own address comes first.

    One without is somebody's message: it means what it means otherwise. Raises LinkUnfit for typed words: closure
    rests on the link, so nothing but a public page will do.
    """
    link = next((source.link for source in command.part.sources if source.link is not None), None)
    if link is None and command.typed is not None:
        raise LinkUnfit
    return link


def _day(typed: str, kind: RecordKind, today: date) -> str | None:
    """Raises DayOver, HoldUnfit: what is wrong with a day is to be said, not that it is none."""
    fit = days_to_name(kind, today)
    try:
        day = read_day(typed, today)
    except DayOver as over:
        is_fit = over.coming is not None and over.coming <= fit.last
        raise DayOver(day=over.day, coming=over.coming if is_fit else None) from None
    if day is not None and day < today:
        raise DayOver(day=day)
    if day is not None and kind in HOLDS and not fit.first <= day <= fit.last:
        raise HoldUnfit(first=fit.first, last=fit.last)
    return day.isoformat() if day is not None and day <= fit.last else None


def _settlement(command: RecordWords, _: date) -> str | None:
    return read_settlement(command.part.text) if command.typed else None


def _received(command: RecordWords, today: date) -> str | None:
    day = read_received(command.typed or "", today)
    return None if day is None else day.isoformat()


def _reach(command: RecordWords, _: date) -> str | None:
    reach = read_reach(command.typed or "")
    return None if reach is None else command.typed


_READERS: Final[Mapping[RecordField, Callable[[RecordWords, date], str | None]]] = MappingProxyType(
    {
        **dict.fromkeys(RecordField, _note),
        RecordField.GROUNDS: _grounds,
        RecordField.TEXT: _text,
        RecordField.GIST: _gist,
        RecordField.SOURCE: _source,
        RecordField.LINK: _link,
        RecordField.REACH: _reach,
        RecordField.TOPIC: _gist,
        RecordField.BODY: _gist,
        RecordField.SETTLEMENT: _settlement,
        RecordField.RECEIVED: _received,
    }
)
