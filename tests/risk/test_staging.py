"""What follows from a row of an export by the office's rules, and when two exports say the same of an appeal."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.appeal_states import STEP_WORDS, step_words
from risk.appeals import Appeal, AppealKind, AppealOutcome, AppealSource, AppealState, Regime, Satisfaction
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
OTHERWISE: Final[dict[str, Any]] = {
    "source": AppealSource.POS,
    "number": "6100014",
    "regime": Regime.LAW_59,
    "created_on": date(2026, 11, 7),
    "created_at": moscow("11-06 10:01"),
    "kind": AppealKind.OTHER,
    "planned_on": date(2026, 11, 19),
    "finished_on": date(2026, 11, 18),
    "finished_at": moscow("11-17 12:01"),
    "first_answered_at": moscow("11-06 12:01"),
    "first_answer_in_norm": False,
    "first_answer_time": timedelta(hours=3),
    "outcome": AppealOutcome.EXPLAINED,
    "mark": 4,
    "satisfaction": Satisfaction.NEUTRAL,
    "repeated": False,
}
NAMES: Final = [each.name for each in fields(Appeal)]
