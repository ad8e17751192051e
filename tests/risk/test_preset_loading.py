"""A preset loaded over a living office: what it changes, what it may not take away, and what it tells of that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.appeal_terms import DaysTerm
from risk.appeals import Regime
from risk.deadlines import ClockKind, Term
from risk.ids import BlockKey, LevelKey, PersonId, PositionId, RoleKey
from risk.offices import Ladder, OfficePlan, Page, PublicationKind, QuietRule
from risk.people import Position
from risk.powers import Power
from risk.preset_changes import ORDER, Change, ChangeKind, Fate
from risk.preset_loading import Living, loading_over
from risk.report_terms import NEVER, WEEKDAYS, LatenessTold, ReportTerms
from risk.routing import RoutingField, RoutingRule
from tests.risk.calendars import FIVE_DAYS, NINE_TO_SIX
from tests.risk.plans import block, level, plan, plans, role
from tests.support.offices import NOW

ANNA = PersonId(1)
MEMBERS = role("member", seats=0, open_ended=True)


def seat(key: str, number: int | None = None, *, id: int = 1, holder: PersonId | None = None) -> Position:  # noqa: A002 - as the field is called
    return Position(id=PositionId(id), role=RoleKey(key), number=number, holder=holder)


def living(
    *positions: Position,
    named: Sequence[int] = (),
    blocks: dict[str, int] | None = None,
    levels: dict[str, int] | None = None,
    overrides: dict[str, str] | None = None,
) -> Living:
    return Living(
        positions=positions or SEATED,
        named=frozenset(map(PositionId, named)),
        blocks=blocks or {},
        levels=levels or {},
        overrides=overrides or {},
    )


def with_calendar(**differs: Any) -> OfficePlan:
    return replace(plan(), calendar=replace(plan().calendar, **differs))


def with_terms(**differs: Any) -> OfficePlan:
    return replace(plan(), appeal_terms=replace(TERMS, **differs))


def with_reports(**differs: Any) -> OfficePlan:
    return replace(plan(), reports=ReportTerms(**differs))


TERMS = plan().appeal_terms
RULE = RoutingRule(block=BlockKey("roads"), words={RoutingField.GROUP: ("Дороги",)})
OTHER_RULE = RoutingRule(block=BlockKey("roads"), words={RoutingField.GROUP: ("ЖКХ",)})
SEATED = (seat("curator", id=1), seat("head", id=2))


@dataclass(frozen=True)
class Case:
    """What the file says now, what the office is, and what is told of it."""

    loaded: OfficePlan
    tells: Change
    living: Living | None = None


ROLE, SEATS, BLOCK, LEVEL = ChangeKind.ROLE, ChangeKind.SEATS, ChangeKind.BLOCK, ChangeKind.LEVEL
SETTING, CALENDAR, PAGE = ChangeKind.SETTING, ChangeKind.CALENDAR, ChangeKind.PAGE

SITE = Page(title="Сайт", link="example.org", kind=PublicationKind.BODY_PAGE)
CHANNEL = Page(title="Канал", link="t.me/example", kind=PublicationKind.BODY_PAGE)

CURATOR_ONLY = plan(roles=(role("curator"), MEMBERS), blocks=(block("roads", "curator"),), bind=("curator",))
HEAD_DROPPED = Change(kind=ROLE, fate=Fate.DROPPED, key="head", title="head")

CASES = {
    "another title of the office": Case(
        replace(plan(), title="МЦУ Другого округа"),
        Change(kind=ChangeKind.OFFICE, key="title", before="МЦУ Выдуманного округа", after="МЦУ Другого округа"),
    ),
    "approval of answers asked": Case(
        replace(plan(), approves_answers=True),
        Change(kind=ChangeKind.OFFICE, key="approves_answers", before="false", after="true"),
    ),
    "another reading of quiet": Case(
        replace(plan(), quiet_rule=QuietRule.EITHER),
        Change(kind=ChangeKind.OFFICE, key="quiet_rule", before="both", after="either"),
    ),
    "other people above the blocks": Case(
        replace(plan(), escalation=(RoleKey("head"), RoleKey("curator"))),
        Change(kind=ChangeKind.OFFICE, key="escalation", before="", after="head → curator"),
    ),
    "juniors reminded": Case(
        replace(plan(), reminds_juniors=True),
        Change(kind=ChangeKind.OFFICE, key="reminds_juniors", before="false", after="true"),
    ),
    "another hour of reminders": Case(
        replace(plan(), nudged_at=time(8, 30)),
        Change(kind=ChangeKind.OFFICE, key="nudged_at", before="09:00", after="08:30"),
    ),
    "another number of reminders a day": Case(
        replace(plan(), nudges_a_day=5),
        Change(kind=ChangeKind.OFFICE, key="nudges_a_day", before="3", after="5"),
    ),
    "another ladder": Case(
        replace(plan(), levels=(replace(level("low"), ladder=Ladder(lead=None, up_after=())), *plan().levels[1:])),
        Change(kind=ChangeKind.LEVEL, key="low", title="low", fields=("ladder",), before="low"),
    ),
    "other publications that count": Case(
        replace(plan(), counted_publications=frozenset({PublicationKind.LOCAL_MEDIA, PublicationKind.BODY_PAGE})),
        Change(
            kind=ChangeKind.OFFICE,
            key="counted_publications",
            before="body_page, federal_media, official_page, regional_media",
            after="body_page, local_media",
        ),
    ),
    "another name of the municipality": Case(
        replace(plan(), municipalities=("Выдуманный округ", "Выдумка")),
        Change(kind=ChangeKind.OFFICE, key="municipalities", before="", after="Выдуманный округ, Выдумка"),
    ),
    "approval of answers to appeals asked": Case(
        replace(plan(), approves_appeals=True),
        Change(kind=ChangeKind.OFFICE, key="approves_appeals", before="false", after="true"),
    ),
    "exports fresh for longer": Case(
        replace(plan(), exports_fresh_for=5),
        Change(kind=ChangeKind.OFFICE, key="exports_fresh_for", before="2", after="5"),
    ),
    "another hour of asking for exports": Case(
        replace(plan(), exports_asked_at=time(7, 30)),
        Change(kind=ChangeKind.OFFICE, key="exports_asked_at", before="08:15", after="07:30"),
    ),
    "another hour of the digest": Case(
        with_reports(digest_at=time(9, 30)),
        Change(kind=SETTING, key="digest_at", before="09:00", after="09:30"),
    ),
    "lateness told in private": Case(
        with_reports(lateness_told=LatenessTold.PRIVATE),
        Change(kind=SETTING, key="lateness_told", before="chat", after="private"),
    ),
    "weeks counted from another day": Case(
        with_reports(week_begins=5), Change(kind=SETTING, key="week_begins", before="monday", after="saturday")
    ),
    "a memo that comes by itself": Case(
        with_reports(memo_on=4), Change(kind=SETTING, key="memo_on", before="never", after="friday")
    ),
    "another hour of the memo": Case(
        with_reports(memo_at=time(10)), Change(kind=SETTING, key="memo_at", before="16:00", after="10:00")
    ),
    "another minimum for shares": Case(
        with_reports(rating_minimum=10), Change(kind=SETTING, key="rating_minimum", before="5", after="10")
    ),
    "an addressee of memos": Case(
        with_reports(addressee="Главе Выдуманного округа"),
        Change(kind=ChangeKind.OFFICE, key="addressee", before="", after="Главе Выдуманного округа"),
    ),
    "a signature under papers": Case(
        with_reports(signed_by=RoleKey("head")),
        Change(kind=ChangeKind.OFFICE, key="signed_by", before="", after="head"),
    ),
    "an hour of the digest set in the chat that exports are now asked for at": Case(
        replace(plan(), exports_asked_at=time(8, 45)),
        Change(kind=SETTING, fate=Fate.OVERRULED, key="digest_at", before="08:30", after="09:00"),
        living(overrides={"digest_at": "08:30"}),
    ),
    "another term of an appeal": Case(
        with_terms(answer={**TERMS.answer, Regime.IM: DaysTerm(days=5, clock=ClockKind.CLOCK)}),
        Change(kind=ChangeKind.APPEAL_TERM, key="im", before="7 working", after="5 clock"),
    ),
    "another term of the first answer": Case(
        with_terms(first_answer=Term(amount=timedelta(hours=24), clock=ClockKind.CLOCK)),
        Change(kind=ChangeKind.APPEAL_TERM, key="first_answer", before="9 working", after="24 clock"),
    ),
    "rules of distribution": Case(
        replace(plan(), routing=(RULE,)), Change(kind=ChangeKind.ROUTING, before="0", after="1")
    ),
    "a new role": Case(
        plan(roles=(*plan().roles, role("press"))), Change(kind=ROLE, fate=Fate.ADDED, key="press", title="press")
    ),
    "a role renamed": Case(
        plan(roles=(role("curator", title="глава"), role("head"), MEMBERS)),
        Change(kind=ROLE, key="curator", title="глава", fields=("title",), before="curator"),
    ),
    "a rank given": Case(
        plan(roles=(replace(role("curator"), rank=4), role("head"), MEMBERS)),
        Change(kind=ROLE, key="curator", title="curator", fields=("rank",), before="curator"),
    ),
    "another order of roles": Case(
        plan(roles=(role("head"), role("curator"), MEMBERS)), Change(kind=ROLE, fields=(ORDER,))
    ),
    "a role dropped, its seat never used": Case(CURATOR_ONLY, HEAD_DROPPED),
    "a role dropped, its seat named in history": Case(
        CURATOR_ONLY, replace(HEAD_DROPPED, fate=Fate.KEPT_FOR_HISTORY), living(*SEATED, named=[2])
    ),
    "a role dropped, its seat once held": Case(
        CURATOR_ONLY,
        replace(HEAD_DROPPED, fate=Fate.KEPT_FOR_HISTORY),
        living(SEATED[0], replace(SEATED[1], held_since=NOW)),
    ),
    "a role dropped and held": Case(
        CURATOR_ONLY,
        replace(HEAD_DROPPED, fate=Fate.KEPT_HELD, count=1),
        living(SEATED[0], seat("head", id=2, holder=ANNA)),
    ),
    "more seats": Case(
        plan(roles=(role("curator", seats=3), role("head"), MEMBERS)),
        Change(kind=SEATS, key="curator", title="curator", before="1", after="3"),
    ),
    "a power that falls otherwise": Case(
        plan(bind=("head", "curator")),
        Change(kind=ChangeKind.POWER, key="bind", before="head → operator", after="head → curator → operator"),
    ),
    "a new block": Case(
        plan(blocks=(block("roads"), block("social"))),
        Change(kind=BLOCK, fate=Fate.ADDED, key="social", title="social"),
    ),
    "a block of another head": Case(
        plan(blocks=(block("roads", "curator"),)),
        Change(kind=BLOCK, key="roads", title="roads", fields=("head",), before="roads"),
    ),
    "a block dropped": Case(plan(blocks=()), Change(kind=BLOCK, fate=Fate.DROPPED, key="roads", title="roads")),
    "a block dropped that open risks bear": Case(
        plan(blocks=()),
        Change(kind=BLOCK, fate=Fate.KEPT_ON_RISKS, key="roads", title="roads", count=3),
        living(blocks={"roads": 3}),
    ),
    "a territory dropped": Case(
        plan(territories=()), Change(kind=ChangeKind.TERRITORY, fate=Fate.DROPPED, key="town", title="town")
    ),
    "another term of a level": Case(
        plan(levels=(level("low", hours=9), level("medium"), level("high"))),
        Change(kind=LEVEL, key="low", title="low", fields=("verify_within", "answer_within"), before="low"),
    ),
    "a level dropped that open risks bear": Case(
        plan(levels=(level("low"), level("high"))),
        Change(kind=LEVEL, fate=Fate.KEPT_ON_RISKS, key="medium", title="medium", count=1),
        living(levels={"medium": 1, "low": 2}),
    ),
    "other looks at the reaction": Case(
        plan(levels=(replace(level("low"), check_after=()), level("medium"), level("high"))),
        Change(kind=LEVEL, key="low", title="low", fields=("check_after",), before="low"),
    ),
    "a level that may go unanswered": Case(
        plan(levels=(replace(level("low"), may_go_unanswered=True), level("medium"), level("high"))),
        Change(kind=LEVEL, key="low", title="low", fields=("may_go_unanswered",), before="low"),
    ),
    "a page entered into the register": Case(
        replace(plan(), pages=(SITE,)), Change(kind=PAGE, fate=Fate.ADDED, key="example.org", title="Сайт")
    ),
    "a setting": Case(
        plan(quiet=(22, 7)),
        Change(kind=SETTING, key="quiet_hours", before="21:00-08:00", after="22:00-07:00"),
    ),
    "a setting that was changed in the chat too": Case(
        plan(invitation_days=3),
        Change(kind=SETTING, fate=Fate.OVERRULED, key="invitation_days", before="14", after="3"),
        living(overrides={"invitation_days": "14"}),
    ),
    "a level dropped that the chat had made the default": Case(
        plan(levels=(level("low"), level("high"))),
        Change(kind=SETTING, fate=Fate.OVERRULED, key="default_level", before="medium", after="low"),
        living(overrides={"default_level": "medium"}),
    ),
    "a default of the chat that is the highest level now": Case(
        plan(levels=(level("low"), level("high"), level("medium"))),
        Change(kind=SETTING, fate=Fate.OVERRULED, key="default_level", before="medium", after="low"),
        living(overrides={"default_level": "medium"}),
    ),
    "another zone": Case(
        with_calendar(zone="Asia/Yekaterinburg"),
        Change(kind=CALENDAR, key="zone", before="Europe/Moscow", after="Asia/Yekaterinburg"),
    ),
    "another week": Case(
        with_calendar(week=(*FIVE_DAYS[:5], NINE_TO_SIX, None)),
        Change(kind=CALENDAR, key="week"),
    ),
    "another day off": Case(
        with_calendar(exceptions={**plan().calendar.exceptions, date(2026, 7, 1): None}),
        Change(kind=CALENDAR, key="days", count=1),
    ),
    "a later horizon": Case(
        with_calendar(known_until=date(2027, 12, 31)),
        Change(kind=CALENDAR, key="known_until", before="2026-12-31", after="2027-12-31"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ((SITE,), (), [Change(kind=PAGE, fate=Fate.DROPPED, key="example.org", title="Сайт")]),
        (
            (SITE,),
            (replace(SITE, title="Портал", kind=PublicationKind.LOCAL_MEDIA),),
            [Change(kind=PAGE, key="example.org", title="Портал", fields=("title", "kind"), before="Сайт")],
        ),
        ((SITE, CHANNEL), (CHANNEL, SITE), [Change(kind=PAGE, fields=(ORDER,))]),
        (
            (SITE,),
            (replace(SITE, link="example.com"),),
            [
                Change(kind=PAGE, fate=Fate.ADDED, key="example.com", title="Сайт"),
                Change(kind=PAGE, fate=Fate.DROPPED, key="example.org", title="Сайт"),
            ],
        ),
        ((SITE, SITE), (SITE, SITE), []),
    ],
)
def test_the_register_of_pages_is_told_page_by_page(
    before: tuple[Page, ...], after: tuple[Page, ...], told: list[Change]
) -> None:
    loading = loading_over(replace(plan(), pages=before), replace(plan(), pages=after), living())
    assert list(loading.changes) == told
    assert loading.changes_something == bool(told)


@pytest.mark.parametrize("after", [(OTHER_RULE, RULE), (RULE, replace(OTHER_RULE, block=BlockKey("social")))])
def test_rules_of_distribution_that_are_as_many_are_told_when_they_or_their_order_differ(
    after: tuple[RoutingRule, ...],
) -> None:
    before = (RULE, OTHER_RULE)
    loading = loading_over(replace(plan(), routing=before), replace(plan(), routing=after), living())
    assert loading.changes == (Change(kind=ChangeKind.ROUTING, before="2", after="2"),)
    assert loading.changes_something


def test_an_office_of_the_time_before_the_working_is_told_its_new_powers() -> None:
    older = plan()
    newer = replace(older, powers={**older.powers, Power.WORK: older.powers[Power.BIND]})
    told = Change(kind=ChangeKind.POWER, key="work", before="", after="head → operator")
    assert loading_over(older, newer, living()).changes == (told,)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_each_change_is_told(case: Case) -> None:
    assert case.tells in loading_over(plan(), case.loaded, case.living or living()).changes


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_whatever_is_told_is_stored_too(case: Case) -> None:
    assert loading_over(plan(), case.loaded, case.living or living()).changes_something


def test_more_holders_than_seats_is_a_conflict_and_everybody_stays() -> None:
    three = plan(roles=(role("curator"), role("head", seats=3), MEMBERS))
    held = (seat("curator", id=9), *(seat("head", each, id=each, holder=PersonId(each)) for each in (1, 2, 3)))
    loading = loading_over(three, plan(), living(*held))
    told = Change(kind=SEATS, fate=Fate.HELD_BEYOND_SEATS, key="head", title="head", after="1", count=3)
    assert told in loading.changes
    assert told.is_conflict
    assert not any(seats.removed for seats in loading.seats)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("quiet_hours", "22:00-07:00"),
        ("invitation_days", "14"),
        ("default_level", "medium"),
        ("digest_at", "08:30"),
        ("lateness_told", "private"),
        ("memo_on", "friday"),
    ],
)
def test_what_was_changed_in_the_chat_stays_while_the_file_says_what_it_said(key: str, value: str) -> None:
    loading = loading_over(plan(), plan(blocks=()), living(overrides={key: value}))
    assert loading.overruled == ()
    assert all(change.kind is not SETTING for change in loading.changes)


def test_a_setting_that_presets_do_not_know_is_left_alone() -> None:
    assert loading_over(plan(), plan(quiet=(22, 7)), living(overrides={"colour": "red"})).overruled == ()


def test_a_conflict_that_was_not_settled_is_told_again_and_nothing_is_stored() -> None:
    held = living(SEATED[0], seat("head", id=2, holder=ANNA), blocks={"roads": 1})
    without = replace(CURATOR_ONLY, blocks=())
    once = loading_over(plan(), without, held)
    again = loading_over(once.plan, without, held)
    assert [change.fate for change in again.changes] == [Fate.KEPT_HELD, Fate.KEPT_ON_RISKS]
    assert again.changes == tuple(change for change in once.changes if change.is_conflict)
    assert not again.changes_something


def test_a_role_that_comes_back_finds_its_seat_and_its_holder() -> None:
    held = living(SEATED[0], seat("head", id=2, holder=ANNA))
    without = loading_over(plan(), CURATOR_ONLY, held)
    back = loading_over(without.plan, plan(), held)
    assert back.plan == plan()
    assert not any(seats.anything for seats in (*without.seats, *back.seats))


def test_the_role_of_a_dropped_blocks_head_stays_readable_without_a_seat() -> None:
    before = plan(roles=(*plan().roles, role("press")), blocks=(block("roads"), block("social", "press")))
    after = loading_over(before, plan(), living()).plan
    dropped = after.block(before.blocks[1].key)
    assert dropped is not None
    assert after.role(dropped.head).title == "press"


def test_a_loaded_plan_keeps_the_key_under_which_the_office_was_founded() -> None:
    assert loading_over(plan(), replace(plan(), key="draft"), living()).plan == plan()


# --- whatever the editions of a preset


CHOSEN = {
    "quiet_hours": st.sampled_from(["20:00-09:00", "22:00-07:00"]),
    "invitation_days": st.integers(1, 90).map(str),
    "digest_at": st.sampled_from(["08:30", "09:00", "11:45"]),
    "memo_on": st.sampled_from([*WEEKDAYS, NEVER]),
    "rating_minimum": st.integers(1, 100).map(str),
    "colour": st.text(),
}
"""What somebody may have chosen in the chat, and what no program of today knows."""


@given(plans(), st.fixed_dictionaries({}, optional=CHOSEN))
def test_the_same_preset_changes_nothing(same: OfficePlan, overrides: dict[str, str]) -> None:
    loading = loading_over(same, same, fresh(same, overrides))
    assert loading.changes == ()
    assert not loading.changes_something
    assert loading.plan == same


@given(st.lists(plans(), min_size=2, max_size=5))
def test_whatever_was_ever_named_is_readable_and_only_what_the_last_file_names_is_offered(
    editions: list[OfficePlan],
) -> None:
    current = editions[0]
    for edition in editions[1:]:
        current = loading_over(current, edition, fresh(current, {})).plan
        assert replace(current, retired=edition.retired) == edition
    for edition in editions:
        assert all(current.block(each.key) and current.role(current_head(current, each.key)) for each in edition.blocks)
        assert all(current.level(each.key) for each in edition.levels)
        assert all(current.territory(each.key) for each in edition.territories)


@given(plans(), plans())
def test_what_is_dropped_is_not_offered_and_what_is_offered_is_not_dropped(one: OfficePlan, other: OfficePlan) -> None:
    after = loading_over(one, other, fresh(one, {})).plan
    assert not {each.key for each in after.retired.roles} & after.role_keys
    assert not {each.key for each in after.retired.blocks} & after.block_keys
    assert not {each.key for each in after.retired.levels} & after.level_keys
    assert not {each.key for each in after.retired.territories} & after.territory_keys


@given(plans(), plans(), st.data())
def test_no_seat_that_is_held_or_named_is_taken_away(one: OfficePlan, other: OfficePlan, data: st.DataObject) -> None:
    seats = fresh(one, {}).positions
    held = data.draw(st.sets(st.sampled_from([each.id for each in seats]))) if seats else set()
    named = data.draw(st.sets(st.sampled_from([each.id for each in seats]))) if seats else set()
    taken = tuple(replace(each, holder=ANNA if each.id in held else None) for each in seats)
    loading = loading_over(one, other, replace(fresh(one, {}), positions=taken, named=named))
    removed = {each for seats in loading.seats for each in seats.removed}
    assert not removed & (held | named)
    for each in taken:
        if each.id not in removed:
            assert loading.plan.role(each.role)


def fresh(of: OfficePlan, overrides: dict[str, str]) -> Living:
    """An office as it was founded."""
    numbers = [(each, number + 1) for each in of.roles for number in range(each.seats)]
    positions = tuple(
        Position(id=PositionId(index), role=each.key, number=number if each.is_numbered else None)
        for index, (each, number) in enumerate(numbers, start=1)
    )
    return Living(positions=positions, named=frozenset(), blocks={}, levels={}, overrides=overrides)


def current_head(current: OfficePlan, key: str) -> RoleKey:
    found = current.block(next(each.key for each in (*current.blocks, *current.retired.blocks) if each.key == key))
    assert found is not None
    return found.head


def test_the_highest_level_of_the_chat_is_never_a_default() -> None:
    """What the file allows, the chat is held to as well."""
    impossible = loading_over(plan(), plan(), living(overrides={"default_level": "high"}))
    assert impossible.overruled == ("default_level",)
    assert LevelKey("high") == plan().highest.key
