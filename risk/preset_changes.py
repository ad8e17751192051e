"""How two plans of one office differ, thing by thing, as data; what that does to the office is in `preset_loading`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import time, timedelta
from enum import StrEnum
from typing import Final, TypeVar

from risk.appeal_terms import AppealTerms
from risk.calendar import WorkingCalendar
from risk.ids import RoleKey
from risk.office_settings import Setting, fits, written
from risk.offices import Block, Level, OfficePlan, Page, PowerLadder, Role, Territory
from risk.powers import Power
from risk.routing import RoutingRule

_Named = TypeVar("_Named", Role, Block, Territory, Level)
_Titled = TypeVar("_Titled", Role, Block, Territory, Level, Page)


class ChangeKind(StrEnum):
    """What a change is about."""

    OFFICE = "office"
    SETTING = "setting"
    ROLE = "role"
    SEATS = "seats"
    POWER = "power"
    BLOCK = "block"
    TERRITORY = "territory"
    LEVEL = "level"
    PAGE = "page"
    APPEAL_TERM = "appeal_term"
    ROUTING = "routing"
    CALENDAR = "calendar"


class Fate(StrEnum):
    """What becomes of it."""

    ADDED = "added"
    CHANGED = "changed"
    DROPPED = "dropped"
    KEPT_FOR_HISTORY = "kept_for_history"
    """A dropped role: nobody holds its seats any more, but history speaks of them."""
    KEPT_HELD = "kept_held"
    """A dropped role that somebody still holds: they keep the seat and have no power by it."""
    HELD_BEYOND_SEATS = "held_beyond_seats"
    """More people hold the role than it has seats now."""
    KEPT_ON_RISKS = "kept_on_risks"
    """A dropped block or level that open risks bear."""
    OVERRULED = "overruled"
    """A setting changed in the chat, which cannot stay beside what the file says now."""


CONFLICTS: Final = frozenset({Fate.KEPT_HELD, Fate.HELD_BEYOND_SEATS, Fate.KEPT_ON_RISKS, Fate.OVERRULED})
"""What somebody should look at."""

FIRST_ANSWER: Final = "first_answer"
"""Among the terms of appeals, beside those of the regimes."""
ORDER: Final = "order"
"""Among the changed fields of things that stand in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is otherwise, or could not be. `fields` are the names of what changed; `count` says how many.

    Without a `key` it is about the whole list.
    """

    kind: ChangeKind
    fate: Fate = Fate.CHANGED
    key: str = ""
    title: str = ""
    fields: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    count: int = 0

    @property
    def is_conflict(self) -> bool:
        return self.fate in CONFLICTS


_OFFICE_FIELDS: Final = (
    "title",
    "chat_title",
    "member_word",
    "approves_answers",
    "quiet_rule",
    "counted_publications",
    "escalation",
    "reminds_juniors",
    "nudged_at",
    "nudges_a_day",
    "municipalities",
    "approves_appeals",
    "exports_fresh_for",
    "exports_asked_at",
)
_REPORT_FIELDS: Final = ("addressee", "signed_by")


def office_changes(before: OfficePlan, after: OfficePlan) -> Iterator[Change]:
    for name in (*_OFFICE_FIELDS, *_REPORT_FIELDS):
        was, now = _value_written(before, name), _value_written(after, name)
        if was != now:
            yield Change(kind=ChangeKind.OFFICE, key=name, before=was, after=now)


def appeal_term_changes(before: AppealTerms, after: AppealTerms) -> Iterator[Change]:
    """Each term that differs, by `FIRST_ANSWER` or its regime."""
    was, now = appeal_terms_written(before), appeal_terms_written(after)
    for key, term in now.items():
        if was[key] != term:
            yield Change(kind=ChangeKind.APPEAL_TERM, key=key, before=was[key], after=term)


def appeal_terms_written(terms: AppealTerms) -> dict[str, str]:
    """As a preset means them: «9 working» are hours for the first answer, days for the answers."""
    first = terms.first_answer
    days = {str(regime): f"{term.days} {term.clock}" for regime, term in terms.answer.items()}
    return {FIRST_ANSWER: f"{first.amount // timedelta(hours=1)} {first.clock}", **days}


def routing_changes(before: Sequence[RoutingRule], after: Sequence[RoutingRule]) -> Iterator[Change]:
    """Rules have no names: their number is told, or that they are otherwise, in their order too."""
    if [*before] != [*after]:
        yield Change(kind=ChangeKind.ROUTING, before=str(len(before)), after=str(len(after)))


def page_changes(before: Sequence[Page], after: Sequence[Page]) -> Iterator[Change]:
    """Of the register, where a page goes by its link."""
    earlier, later = ({page.link: page for page in pages} for pages in (before, after))
    yield from _new_and_changed(ChangeKind.PAGE, earlier, later)
    for link, page in earlier.items():
        if link not in later:
            yield Change(kind=ChangeKind.PAGE, fate=Fate.DROPPED, key=link, title=page.title)


def setting_changes(before: OfficePlan, after: OfficePlan, overrides: Mapping[str, str]) -> Iterator[Change]:
    """An override stays while the file says of its setting what it said before, and its value is still allowed."""
    was, now = ({setting: written(plan, setting) for setting in Setting} for plan in (before, after))
    for key in Setting:
        override = overrides.get(key)
        if override == now[key]:
            continue
        if override is None and was[key] != now[key]:
            yield Change(kind=ChangeKind.SETTING, key=key, before=was[key], after=now[key])
        elif override is not None and (was[key] != now[key] or not fits(after, key, override)):
            yield Change(kind=ChangeKind.SETTING, fate=Fate.OVERRULED, key=key, before=override, after=now[key])


def new_and_changed(kind: ChangeKind, before: Sequence[_Named], after: Sequence[_Named]) -> Iterator[Change]:
    """Of a list: what came, what is otherwise, and whether the order of what stayed is another."""
    earlier, later = ({str(each.key): each for each in named} for named in (before, after))
    yield from _new_and_changed(kind, earlier, later)


def dropped(
    kind: ChangeKind, before: Sequence[_Named], retired: Iterable[_Named], borne: Mapping[str, int]
) -> Iterator[Change]:
    """What the list has lost now, and what it lost earlier that open risks still bear; `borne` counts them by key."""
    present = {each.key for each in before}
    for each in retired:
        risks = borne.get(each.key, 0)
        if risks:
            yield Change(kind=kind, fate=Fate.KEPT_ON_RISKS, key=each.key, title=each.title, count=risks)
        elif each.key in present:
            yield Change(kind=kind, fate=Fate.DROPPED, key=each.key, title=each.title)


def power_changes(before: OfficePlan, after: OfficePlan) -> Iterator[Change]:
    for power in Power:
        was, now = before.powers.get(power, ()), after.powers.get(power, ())
        if was != now:
            yield Change(kind=ChangeKind.POWER, key=power, before=ladder_written(was), after=ladder_written(now))


def ladder_written(ladder: PowerLadder) -> str:
    """«head → curator → operator»."""
    return " → ".join(", ".join(sorted(step)) for step in ladder)


def calendar_changes(before: WorkingCalendar, after: WorkingCalendar) -> Iterator[Change]:
    if before.zone != after.zone:
        yield Change(kind=ChangeKind.CALENDAR, key="zone", before=before.zone, after=after.zone)
    if before.week != after.week:
        yield Change(kind=ChangeKind.CALENDAR, key="week")
    days = before.exceptions.items() ^ after.exceptions.items()
    if days:
        yield Change(kind=ChangeKind.CALENDAR, key="days", count=len({day for day, _ in days}))
    if before.known_until != after.known_until:
        was, now = (str(each.known_until or "") for each in (before, after))
        yield Change(kind=ChangeKind.CALENDAR, key="known_until", before=was, after=now)


def _new_and_changed(
    kind: ChangeKind, earlier: Mapping[str, _Titled], later: Mapping[str, _Titled]
) -> Iterator[Change]:
    for key, each in later.items():
        was = earlier.get(key)
        if was is None:
            yield Change(kind=kind, fate=Fate.ADDED, key=key, title=each.title)
        elif different := _different_fields(was, each):
            yield Change(kind=kind, key=key, title=each.title, fields=different, before=was.title)
    stayed = [key for key in later if key in earlier]
    if stayed != [key for key in earlier if key in later]:
        yield Change(kind=kind, fields=(ORDER,))


def _value_written(plan: OfficePlan, name: str) -> str:
    """As a preset writes it; keys of a set in their order. Roles by their titles: a preset may change those too."""
    match getattr(plan.reports if name in _REPORT_FIELDS else plan, name):
        case None:
            return ""
        case str() as role if name == "signed_by":
            return plan.role(RoleKey(role)).title
        case tuple() as names if name == "municipalities":
            return ", ".join(names)
        case tuple() as roles:
            return " → ".join(plan.role(key).title for key in roles)
        case time() as hour:
            return f"{hour:%H:%M}"
        case bool() as value:
            return str(value).lower()
        case frozenset() as keys:
            return ", ".join(sorted(keys))
        case value:
            return str(value)


def _different_fields(one: _Titled, other: _Titled) -> tuple[str, ...]:
    names = (each.name for each in fields(one) if each.name != "seats")  # which `preset_loading` tells of
    return tuple(name for name in names if getattr(one, name) != getattr(other, name))
