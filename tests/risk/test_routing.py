"""Rules of distribution: which block an appeal goes to and by which word, and what waits for a person."""

from dataclasses import fields
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.ids import BlockKey, TerritoryKey
from risk.routing import Distribution, Routed, RoutingField, RoutingRule, signs_of
from tests.risk.appealing import appeal, appeals

ROADS, SOCIAL, RURAL = map(BlockKey, ("roads", "social", "rural"))
NORTH: Final = TerritoryKey("north")
GROUP, TOPIC, EXECUTOR = RoutingField.GROUP, RoutingField.TOPIC, RoutingField.EXECUTOR


def rule(block: BlockKey, **words: str | tuple[str, ...]) -> RoutingRule:
    """`rule(ROADS, group="Дороги")`."""
    named = {RoutingField(field): (each,) if isinstance(each, str) else each for field, each in words.items()}
    return RoutingRule(block=block, words=named)


def routed(*rules: RoutingRule, territory: TerritoryKey | None = None, **says: Any) -> Routed | None:
    return Distribution(rules=rules, block_of_territory={NORTH: RURAL}).of(appeal(**says), territory)


def test_the_first_rule_that_fits_wins() -> None:
    first, second = rule(SOCIAL, executor="Комитет образования"), rule(ROADS, group="Дороги")
    both: dict[str, Any] = {"executor": "Комитет образования", "group": "Дороги"}
    assert routed(first, second, **both) == Routed(block=SOCIAL, field=EXECUTOR, word="Комитет образования", rule=1)
    assert routed(second, first, **both) == Routed(block=ROADS, field=GROUP, word="Дороги", rule=1)


def test_the_explanation_names_the_rule_by_its_number_the_field_and_the_word_as_the_office_writes_it() -> None:
    rules = rule(SOCIAL, group="Образование"), rule(ROADS, topic=("Разметка", "Ямы и выбоины"))
    found = routed(*rules, topic="ЯМЫ И ВЫБОИНЫ на дорогах")
    assert found == Routed(block=ROADS, field=TOPIC, word="Ямы и выбоины", rule=2)


def test_every_field_that_a_rule_names_must_fit() -> None:
    both = rule(RURAL, group="Благоустройство", settlement=("деревня", "село"))
    assert routed(both, group="Благоустройство", settlement="деревня Охона") == Routed(
        block=RURAL, field=RoutingField.SETTLEMENT, word="деревня", rule=1
    )
    assert routed(both, group="Благоустройство", settlement="Пестово") is None
    assert routed(both, group="Благоустройство") is None
    assert routed(both, settlement="деревня Охона") is None


def test_of_each_list_one_word_is_enough() -> None:
    assert routed(rule(ROADS, group=("Мусор", "Дороги")), group="Дороги") is not None


@pytest.mark.parametrize("field", RoutingField)
def test_whatever_field_a_rule_names_is_read_from_the_appeal(field: RoutingField) -> None:
    says: dict[str, Any] = {field: "Отдел: дороги"}
    found = routed(rule(ROADS, **{field: "Дороги"}), **says)
    assert found == Routed(block=ROADS, field=field, word="Дороги", rule=1)
    assert {each.value for each in RoutingField} <= {each.name for each in fields(appeal())}


@pytest.mark.parametrize(
    ("word", "cell"),
    [
        ("образование", "Комитет: Образование"),
        ("посёлок", "ПОСЕЛОК Выдумка"),
        ("Поселок", "посёлок Выдумка"),
        ("Городское хозяйство", "МБУ «Городское  хозяйство»"),
        ("ЖКХ", "Отдел ЖКХ"),
        ("холодной и/или горячей воды", "Отсутствие холодной и / или горячей воды"),
    ],
)
def test_case_yo_quotes_and_spaces_do_not_matter(word: str, cell: str) -> None:
    assert routed(rule(ROADS, executor=word), executor=cell) is not None


@pytest.mark.parametrize(
    ("word", "cell"),
    [
        ("дороги", "Автодороги"),
        ("сад", "Детские сады"),
        ("ЖКХ отдел", "Отдел ЖКХ"),
        ("Дороги и мосты", "Дороги"),
        ("—", "Дороги — мосты"),
    ],
)
def test_whole_words_alone_count_in_their_order(word: str, cell: str) -> None:
    assert routed(rule(ROADS, executor=word), executor=cell) is None


def test_a_settlement_of_a_territorial_block_gives_its_block_after_all_rules() -> None:
    by_rule = rule(ROADS, group="Дороги")
    village: dict[str, Any] = {"territory": NORTH, "settlement": "деревня Выдумкино"}
    assert routed(by_rule, group="Дороги", **village) == Routed(block=ROADS, field=GROUP, word="Дороги", rule=1)
    assert routed(by_rule, group="Культура", **village) == Routed(
        block=RURAL, field=RoutingField.SETTLEMENT, word="деревня Выдумкино"
    )


def test_what_no_rule_takes_waits_for_a_person() -> None:
    assert routed(rule(ROADS, group="Дороги"), group="Культура") is None
    assert routed(rule(ROADS, group="Дороги")) is None
    assert routed(group="Дороги") is None


def test_a_territory_of_no_block_gives_none() -> None:
    assert routed(territory=TerritoryKey("town"), settlement="Пестово") is None


def test_a_rule_without_words_would_fit_nothing() -> None:
    assert routed(RoutingRule(block=ROADS, words={}), group="Дороги") is None


_SOME_WORDS = st.sampled_from(["Дороги", "Мусор", "ЖКХ", "деревня"])
_SOME_RULES = st.builds(
    lambda block, words: RoutingRule(block=block, words=words),
    st.sampled_from([ROADS, SOCIAL, RURAL]),
    st.dictionaries(
        st.sampled_from([GROUP, TOPIC]), st.lists(_SOME_WORDS, min_size=1, max_size=2).map(tuple), min_size=1
    ),
)


@given(st.lists(_SOME_RULES, max_size=4), st.none() | _SOME_WORDS, st.none() | _SOME_WORDS)
def test_the_rule_that_is_named_fits_and_none_before_it_does(
    rules: list[RoutingRule], group: str | None, topic: str | None
) -> None:
    says = {GROUP: group, TOPIC: topic}
    fitting = [
        number
        for number, each in enumerate(rules, start=1)
        if all(says[field] in words for field, words in each.words.items())
    ]
    found = routed(*rules, group=group, topic=topic)
    assert (found and found.rule) == (fitting[0] if fitting else None)
    assert found is None or found.block == rules[(found.rule or 0) - 1].block


@given(appeals(), appeals())
def test_appeals_of_the_same_signs_go_the_same_way(one: Any, other: Any) -> None:
    alike = all(getattr(one, field) == getattr(other, field) for field in RoutingField)
    assert (signs_of(one) == signs_of(other)) == alike
