"""What is left of a round once its words are no longer kept."""

from collections.abc import Iterator
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from risk.workings import FREE_TEXTS, Working

ROUNDS = st.from_type(Working)


def leaves(told: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value in it that holds no other, with the way to it."""
    if isinstance(told, dict):
        for name, value in told.items():
            yield from leaves(value, (*path, name))
    elif isinstance(told, tuple):
        for number, value in enumerate(told):
            yield from leaves(value, (*path, str(number)))
    else:
        yield path, told


def named_types(of: Any) -> Iterator[tuple[str, Any]]:
    """The plain types that a round is made of, each with the name of the field that holds it."""
    for each in fields(of):
        for plain in _plain(each.type):
            if is_dataclass(plain):
                yield from named_types(plain)
            else:
                yield each.name, plain


def _plain(declared: Any) -> Iterator[Any]:
    inner = get_args(declared)
    if not inner:
        yield getattr(declared, "__supertype__", declared)
    for each in inner:
        if each is not Ellipsis:
            yield from _plain(each)


def test_every_text_of_a_round_is_known_to_be_one() -> None:
    """A field that is added later must say whether people put words in."""
    assert {name for name, plain in named_types(Working) if plain is str} == FREE_TEXTS


def test_a_round_is_made_of_nothing_else_that_could_hold_words() -> None:
    wordless = {int, bool, type(None), date, datetime, str}
    others = {plain for _, plain in named_types(Working)} - wordless
    assert [each for each in others if not issubclass(each, Enum)] == []


@given(ROUNDS)
def test_words_go_and_everything_else_stays(working: Working) -> None:
    after = dict(leaves(asdict(working.without_words())))
    for path, value in leaves(asdict(working)):
        is_text = path[-1] in FREE_TEXTS and isinstance(value, str)
        assert after.pop(path) == ("" if is_text else value)
    assert after == {}


@given(ROUNDS)
def test_what_was_settled_found_and_published_is_so_without_words_too(working: Working) -> None:
    bare = working.without_words()
    assert (bare.outcome, bare.watched_since) == (working.outcome, working.watched_since)
    assert len(bare.open_unknowns) == len(working.open_unknowns)
    assert bare.without_words() == bare
