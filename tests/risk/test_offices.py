"""What a plan answers: who holds which power, when the night is quiet, which level is the highest."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from risk.deadlines import ClockKind, Term
from risk.ids import BlockKey, LevelKey, RoleKey, TerritoryKey
from risk.offices import OPERATOR, Block, Level, OfficePlan, QuietHours, Retired, Role, Territory
from risk.powers import POWER_FOR, Action, Power
from tests.risk.calendars import calendar, utc

CURATOR, HEAD, MEMBER = RoleKey("curator"), RoleKey("head"), RoleKey("member")


def level(key: str) -> Level:
    term = Term(amount=timedelta(hours=2), clock=ClockKind.CLOCK)
    return Level(key=LevelKey(key), title=key, sign="⚪", verify_within=term, answer_within=term)


def plan(*levels: str, quiet: QuietHours | None = None) -> OfficePlan:
    return OfficePlan(
        key="invented",
        title="МЦУ Выдуманного округа",
        chat_title="МЦУ-ПИЛОТ",
        member_word="член проектного офиса",
        roles=tuple(Role(key=key, title=key) for key in (CURATOR, HEAD, MEMBER)),
        powers={
            Power.FILE: (frozenset({HEAD, MEMBER}), frozenset({OPERATOR})),
            Power.BIND: (frozenset({HEAD}), frozenset({CURATOR}), frozenset({OPERATOR})),
        },
        blocks=(Block(key=BlockKey("roads"), title="Дороги", head=HEAD),),
        territories=(Territory(key=TerritoryKey("town"), title="Город", settlements=("Город",)),),
        levels=tuple(map(level, levels or ("low", "medium", "high"))),
        default_level=LevelKey("low"),
        calendar=calendar(),
        quiet_hours=quiet or QuietHours(begins=time(21), ends=time(8)),
        invitation_days=7,
    )


@pytest.mark.parametrize(
    ("roles", "held", "powers"),
    [
        ({HEAD}, {HEAD, CURATOR}, {Power.FILE, Power.BIND}),
        ({CURATOR}, {HEAD, CURATOR}, set()),
        ({CURATOR}, {CURATOR, MEMBER}, {Power.BIND}),
        ({MEMBER}, {HEAD, CURATOR, MEMBER}, {Power.FILE}),
        ({CURATOR, MEMBER}, {CURATOR, MEMBER}, {Power.FILE, Power.BIND}),
        (set(), {HEAD}, set()),
    ],
)
def test_a_power_belongs_to_the_first_step_that_somebody_holds(
    roles: set[RoleKey], held: set[RoleKey], powers: set[Power]
) -> None:
    assert plan().powers_of(roles, held=held) == powers


def test_a_power_that_nobody_holds_is_the_operators() -> None:
    assert plan().powers_of({OPERATOR}, held=set()) == {Power.FILE, Power.BIND}
    assert plan().powers_of({OPERATOR}, held={MEMBER}) == {Power.BIND}


def test_a_power_that_the_plan_does_not_name_is_nobodys() -> None:
    assert Power.CLASSIFY not in plan().powers_of({HEAD, CURATOR, MEMBER, OPERATOR}, held={HEAD})


def test_every_action_asks_for_a_power() -> None:
    assert set(POWER_FOR) == set(Action)


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("20:59", False), ("21:00", True), ("23:59", True), ("00:00", True), ("07:59", True), ("08:00", False)],
)
def test_quiet_hours_may_span_midnight(clock: str, quiet: bool) -> None:
    hours = QuietHours(begins=time(21), ends=time(8))
    assert hours.cover(time.fromisoformat(clock)) is quiet


@pytest.mark.parametrize(("clock", "quiet"), [("00:59", False), ("01:00", True), ("05:59", True), ("06:00", False)])
def test_quiet_hours_may_lie_within_one_day(clock: str, quiet: bool) -> None:
    hours = QuietHours(begins=time(1), ends=time(6))
    assert hours.cover(time.fromisoformat(clock)) is quiet


def test_the_night_is_quiet_by_the_clocks_of_the_office() -> None:
    assert plan().is_quiet(utc("2026-11-20 18:00"))  # 21:00 in Moscow
    assert not plan().is_quiet(utc("2026-11-20 17:59"))


def test_levels_go_from_the_lowest_to_the_highest() -> None:
    assert plan().highest.key == "high"
    assert plan().highest_without_confirmation.key == "medium"
    assert plan("only").highest_without_confirmation.key == "only"


def test_things_of_the_plan_are_found_by_their_keys() -> None:
    office = plan()
    assert office.role(HEAD).key == HEAD
    assert office.level(LevelKey("high")) is office.highest
    block, territory = office.block(BlockKey("roads")), office.territory(TerritoryKey("town"))
    assert block is office.blocks[0]
    assert territory is office.territories[0]


def test_a_block_or_territory_that_is_none_or_gone_is_not_found() -> None:
    assert plan().block(None) is None
    assert plan().block(BlockKey("gone")) is None
    assert plan().territory(None) is None
    assert plan().territory(TerritoryKey("gone")) is None


def with_retired() -> OfficePlan:
    """The same office after it has dropped a role, a block, a territory and a level."""
    gone = Retired(
        roles=(Role(key=RoleKey("press"), title="пресс-секретарь"),),
        blocks=(Block(key=BlockKey("press"), title="Печать", head=RoleKey("press")),),
        territories=(Territory(key=TerritoryKey("hamlet"), title="Хутор", settlements=("Хутор",)),),
        levels=(level("grave"),),
    )
    return replace(plan(), retired=gone)


def test_what_the_office_has_dropped_is_still_found_by_its_key() -> None:
    office = with_retired()
    block, territory = office.block(BlockKey("press")), office.territory(TerritoryKey("hamlet"))
    assert block is not None
    assert territory is not None
    found = (office.role(block.head).title, block.title, territory.title, office.level(LevelKey("grave")).title)
    assert found == ("пресс-секретарь", "Печать", "Хутор", "grave")


def test_what_the_office_has_dropped_is_not_to_be_chosen() -> None:
    office = with_retired()
    assert set(map(str, office.block_keys | office.territory_keys)) == {"roads", "town"}
    assert set(map(str, office.level_keys)) == {"low", "medium", "high"}
    assert office.highest.key == "high"


def test_roles_stand_in_the_order_of_the_preset_and_the_dropped_ones_after_them() -> None:
    keys = (CURATOR, HEAD, MEMBER, RoleKey("press"))
    assert [with_retired().place_of(key) for key in keys] == [0, 1, 2, 3]


def test_a_role_or_level_that_never_was_is_an_error_that_says_which() -> None:
    with pytest.raises(LookupError, match="gone"):
        plan().role(RoleKey("gone"))
    with pytest.raises(LookupError, match="gone"):
        plan().level(LevelKey("gone"))


def test_the_year_of_the_calendar_is_the_offices_own() -> None:
    assert plan().calendar.local(utc("2026-12-31 21:30")).date() == date(2027, 1, 1)
