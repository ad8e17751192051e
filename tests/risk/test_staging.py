"""What follows from a row of an export by the office's rules, and what a file without a column says nothing of."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.appeal_states import STEP_WORDS, step_words
from risk.appeals import Appeal, AppealKind, AppealOutcome, AppealSource, AppealState, Regime, Satisfaction
from risk.export_columns import Field
from risk.ids import BlockKey, TerritoryKey
from risk.offices import OfficePlan, Territory
from risk.routing import Routed, RoutingField, RoutingRule
from risk.staging import TOLD_BY, Derivation, Lacking, filled, untold
from tests.risk.appealing import appeal, appeals, im_appeal, moscow
from tests.risk.plans import block, plan

OKHONA: Final = TerritoryKey("okhonskoe")
TOWN: Final = TerritoryKey("town")
RURAL: Final = replace(block("rural"), territories=(OKHONA,))
PLAN: Final = replace(
    plan(
        blocks=(block("roads"), RURAL),
        territories=(
            Territory(key=OKHONA, title="Охонский отдел", settlements=("Охона", "Муравьёво", "Русское Пестово")),
            Territory(key=TOWN, title="Город", settlements=("Пестово",)),
        ),
    ),
    municipalities=("Пестовский округ", "Муниципалитет «Отрадное»", "Берёзово"),
    routing=(RoutingRule(block=BlockKey("roads"), words={RoutingField.GROUP: ("Дороги",)}),),
)


def territory_of(settlement: str | None, of: OfficePlan = PLAN) -> TerritoryKey | None:
    return Derivation(of).territory_of(appeal(settlement=settlement))


# --- whose it is ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("municipality", "ours"),
    [
        ("Пестовский округ", True),
        ("  ПЕСТОВСКИЙ  округ ", True),
        ("березово", True),
        ("Муниципалитет «Отрадное»", True),
        ("Новгородская область, другое", False),
        ("Округ", False),
        ("Пестовский округ, другое", False),
        (None, True),
    ],
)
def test_a_row_is_the_offices_own_by_the_name_of_its_municipality_or_when_it_names_none(
    municipality: str | None, ours: bool
) -> None:
    assert Derivation(PLAN).is_ours(municipality) is ours


def test_an_office_that_names_no_municipality_takes_every_row() -> None:
    assert Derivation(replace(PLAN, municipalities=())).is_ours("Любой район")


# --- where it is ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settlement", "territory"),
    [
        ("деревня Охона", OKHONA),
        ("д. Охона", OKHONA),
        ("Охона", OKHONA),
        ("ОХОНА", OKHONA),
        ("дер.Охона", OKHONA),
        ("село Муравьево", OKHONA),
        ("г. Пестово", TOWN),
        ("деревня Русское Пестово", OKHONA),
        ("деревня Охонка", None),
        ("деревня", None),
        ("", None),
        (None, None),
    ],
)
def test_a_settlement_is_known_by_its_name_alone(settlement: str | None, territory: TerritoryKey | None) -> None:
    assert territory_of(settlement) == territory


def test_a_settlement_that_is_called_by_such_a_word_is_known_by_it() -> None:
    station = Territory(key=TerritoryKey("station"), title="Станция", settlements=("Станция",))
    assert territory_of("станция", replace(PLAN, territories=(station,))) == station.key


# --- what follows --------------------------------------------------------------------------------


def test_a_row_is_staged_with_its_state_its_term_its_block_and_its_territory() -> None:
    row = appeal(step="Назначен исполнитель", planned_on=date(2026, 11, 18), settlement="деревня Охона")
    staged = Derivation(PLAN).of(row)
    assert staged.appeal is row
    assert (staged.state, staged.due_at) == (AppealState.OPEN, moscow("11-18 18:00"))
    assert staged.territory == OKHONA
    assert staged.routed == Routed(block=BlockKey("rural"), field=RoutingField.SETTLEMENT, word="деревня Охона")
    assert staged.told is None


def test_a_rule_of_the_office_comes_before_the_territory() -> None:
    staged = Derivation(PLAN).of(appeal(group="Дороги", settlement="деревня Охона"))
    assert (staged.routed and staged.routed.rule, staged.territory) == (1, OKHONA)


def test_steps_are_read_by_the_words_that_the_office_has() -> None:
    derivation = Derivation(PLAN, step_words({"На контроле главы": AppealState.REDIRECTED}))
    assert derivation.of(appeal(step="на контроле главы")).state is AppealState.REDIRECTED
    assert Derivation(PLAN, STEP_WORDS).of(appeal(step="на контроле главы")).state is AppealState.OPEN


def test_the_same_signs_in_another_territory_are_routed_anew() -> None:
    derivation, call = Derivation(PLAN), appeal(source=AppealSource.HAND)
    assert derivation.routed(call, TOWN) is None
    assert derivation.routed(call, OKHONA) is not None


@given(st.lists(appeals(), max_size=3))
def test_what_follows_from_a_row_does_not_depend_on_the_rows_before_it(rows: list[Appeal]) -> None:
    together = Derivation(PLAN)
    assert [together.of(row) for row in rows] == [Derivation(PLAN).of(row) for row in rows]


# --- what a file says nothing of -----------------------------------------------------------------------------

FULL: Final = im_appeal(
    channel="vk.com",
    group="Дороги",
    topic="Ямы",
    kind=AppealKind.SOLVABLE,
    settlement="деревня Охона",
    municipality="Пестовский округ",
    department="Администрация",
    executor="Отдел ЖКХ",
    organisation="Администрация округа",
    planned_on=date(2026, 11, 18),
    finished_on=date(2026, 11, 17),
    finished_at=moscow("11-17 12:00"),
    first_answered_at=moscow("11-06 12:00"),
    first_answer_in_norm=True,
    first_answer_time=timedelta(hours=2),
    step="Готово",
    outcome=AppealOutcome.SOLVED,
    mark=5,
    satisfaction=Satisfaction.PLEASED,
    repeated=True,
    post="vk.com/wall-1_2",
)
EVERY_FIELD: Final = tuple(Field)
UNTOUCHED: Final = {"source", "number", "created_on", "created_at"}


def test_every_fact_but_the_number_and_the_creation_may_have_no_column() -> None:
    assert set(TOLD_BY) | UNTOUCHED == {each.name for each in fields(Appeal)}


def test_a_file_with_every_column_says_everything() -> None:
    told = im_appeal(number="1")
    assert untold(()) == frozenset()
    assert filled(told, FULL, ()) == told


def test_what_a_file_has_no_columns_for_stays_as_it_is_known() -> None:
    told = Appeal(source=FULL.source, number=FULL.number, regime=FULL.regime, created_on=FULL.created_on)
    assert replace(filled(told, FULL, EVERY_FIELD), created_at=FULL.created_at) == FULL


@pytest.mark.parametrize("name", sorted(set(TOLD_BY) - {"regime"}))
def test_an_empty_cell_says_that_there_is_nothing_and_a_column_that_is_not_there_says_nothing(name: str) -> None:
    empty: dict[str, Any] = {name: False if name == "repeated" else None}
    told = replace(FULL, **empty)
    absent = TOLD_BY[name]
    assert getattr(filled(told, FULL, absent), name) == getattr(FULL, name)
    assert getattr(filled(told, FULL, set(Field) - set(absent)), name) == empty[name]


def test_of_a_mark_and_a_channel_one_column_is_enough() -> None:
    told = replace(FULL, mark=None, channel=None)
    assert filled(told, FULL, (Field.MARK, Field.CHANNEL)) == told


def test_who_had_it_first_does_not_replace_who_has_it_now() -> None:
    told = replace(FULL, organisation="Министерство")
    assert filled(told, FULL, (Field.ORGANISATION,)).organisation == FULL.organisation
    assert filled(told, replace(FULL, organisation=None), (Field.ORGANISATION,)).organisation == "Министерство"


LAW, ORDINARY, FAST = Regime.LAW_59, Regime.POS_ORDINARY, Regime.POS_FAST_TRACK


@pytest.mark.parametrize(
    ("told", "known", "absent", "regime"),
    [
        (ORDINARY, FAST, (Field.FAST_TRACK,), FAST),
        (ORDINARY, LAW, (Field.FAST_TRACK,), ORDINARY),
        (LAW, FAST, (Field.FAST_TRACK,), LAW),
        (ORDINARY, LAW, (Field.LAW,), LAW),
        (FAST, LAW, (Field.LAW,), LAW),
        (FAST, ORDINARY, (Field.LAW,), FAST),
        (ORDINARY, FAST, (Field.LAW,), ORDINARY),
        (LAW, ORDINARY, (Field.LAW,), LAW),
        (ORDINARY, LAW, (Field.LAW, Field.FAST_TRACK), LAW),
        (ORDINARY, FAST, (Field.LAW, Field.FAST_TRACK), FAST),
        (ORDINARY, FAST, (), ORDINARY),
    ],
)
def test_a_regime_stays_as_far_as_the_columns_that_tell_of_it_are_not_there(
    told: Regime, known: Regime, absent: tuple[Field, ...], regime: Regime
) -> None:
    assert filled(appeal(regime=told), appeal(regime=known), absent).regime is regime


def test_a_step_that_is_known_does_not_outlive_an_end_that_the_file_tells() -> None:
    known = appeal(step="Назначен исполнитель")
    ended = appeal(finished_on=date(2026, 11, 17))
    assert filled(ended, known, (Field.STEP,)).step is None
    assert filled(appeal(), known, (Field.STEP,)).step == "Назначен исполнитель"
    assert filled(ended, replace(known, finished_on=ended.finished_on), (Field.STEP,)).step == "Назначен исполнитель"


def test_what_follows_from_a_lacking_row_follows_from_what_is_known_of_it() -> None:
    told = appeal(step="Назначен исполнитель")
    known = replace(told, planned_on=date(2026, 11, 18), settlement="деревня Охона")
    absent = (Field.PLANNED, Field.SETTLEMENT)
    staged = Derivation(PLAN).of_lacking(Lacking(row=1, told=told, known=known), absent)
    assert (staged.due_at, staged.territory) == (moscow("11-18 18:00"), OKHONA)
    assert (staged.appeal, staged.told) == (known, told)


def test_a_row_that_lacks_nothing_that_is_known_is_what_the_file_says() -> None:
    told = appeal(step="Назначен исполнитель")
    for known in (None, told):
        staged = Derivation(PLAN).of_lacking(Lacking(row=1, told=told, known=known), EVERY_FIELD)
        assert staged == Derivation(PLAN).of(told)
