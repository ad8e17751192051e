"""Any plan of one invented office, as one edition of its preset after another might give it."""

from datetime import date, time, timedelta
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from risk.deadlines import ClockKind, Term
from risk.ids import BlockKey, LevelKey, RoleKey, TerritoryKey
from risk.offices import OPERATOR, Block, Level, OfficePlan, QuietHours, Role, Territory
from risk.powers import Power
from tests.risk.calendars import calendar

ROLES: Final = tuple(map(RoleKey, ("curator", "head", "officer", "press", "member")))
BLOCKS: Final = tuple(map(BlockKey, ("roads", "social", "rural")))
TERRITORIES: Final = tuple(map(TerritoryKey, ("town", "north")))
LEVELS: Final = tuple(map(LevelKey, ("low", "medium", "high", "grave")))


def role(key: str, *, seats: int = 1, open_ended: bool = False, title: str | None = None) -> Role:
    return Role(key=RoleKey(key), title=title or key, seats=seats, open_ended=open_ended)


def block(key: str, head: str = "head", *, owner: str | None = None, title: str | None = None) -> Block:
    above = None if owner is None else RoleKey(owner)
    return Block(key=BlockKey(key), title=title or key, head=RoleKey(head), owner=above)


def level(key: str, *, hours: int = 2) -> Level:
    term = Term(amount=timedelta(hours=hours), clock=ClockKind.CLOCK)
    return Level(key=LevelKey(key), title=key, sign="⚪", verify_within=term, answer_within=term)


def territory(key: str) -> Territory:
    return Territory(key=TerritoryKey(key), title=key, settlements=(key,))


def plan(
    *,
    roles: tuple[Role, ...] = (role("curator"), role("head"), role("member", seats=0, open_ended=True)),
    blocks: tuple[Block, ...] = (block("roads"),),
    territories: tuple[Territory, ...] = (territory("town"),),
    levels: tuple[Level, ...] = (level("low"), level("medium"), level("high")),
    default_level: str = "low",
    bind: tuple[str, ...] = ("head",),
    quiet: tuple[int, int] = (21, 8),
    invitation_days: int = 7,
) -> OfficePlan:
    return OfficePlan(
        key="invented",
        title="МЦУ Выдуманного округа",
        chat_title="МЦУ-ПИЛОТ",
        member_word="член проектного офиса",
        roles=roles,
        powers={Power.BIND: (*(frozenset({RoleKey(each)}) for each in bind), frozenset({OPERATOR}))},
        blocks=blocks,
        territories=territories,
        levels=levels,
        default_level=LevelKey(default_level),
        calendar=calendar(known_until=date(2026, 12, 31)),
        quiet_hours=QuietHours(begins=time(quiet[0]), ends=time(quiet[1])),
        invitation_days=invitation_days,
    )


@st.composite
def plans(draw: DrawFn) -> OfficePlan:
    """Roles, blocks, territories and levels in any number and order, under keys that come and go."""
    roles = tuple(draw(_roles(key)) for key in draw(_some(ROLES, at_least=1)))
    keys = st.sampled_from([each.key for each in roles])
    levels = tuple(level(key, hours=draw(st.integers(1, 3))) for key in draw(_some(LEVELS, at_least=2)))
    return plan(
        roles=roles,
        blocks=tuple(block(key, draw(keys), owner=draw(st.none() | keys)) for key in draw(_some(BLOCKS))),
        territories=tuple(map(territory, draw(_some(TERRITORIES)))),
        levels=levels,
        default_level=draw(st.sampled_from(levels[:-1])).key,
        bind=(draw(keys),),
        quiet=(21, draw(st.integers(6, 9))),
        invitation_days=draw(st.integers(1, 3)),
    )


def _some(keys: tuple[str, ...], *, at_least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(keys), unique=True, min_size=at_least)


def _roles(key: str) -> st.SearchStrategy[Role]:
    title = st.sampled_from([key, f"{key}, иначе"])
    return st.one_of(
        st.builds(lambda seats, title: role(key, seats=seats, title=title), st.integers(1, 3), title),
        st.builds(lambda seats, title: role(key, seats=seats, title=title, open_ended=True), st.integers(0, 2), title),
    )
