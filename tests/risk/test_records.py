"""Records: which fields are asked and in what order, what is skipped, how one goes back and ends."""

from typing import Any

import pytest

from risk.ids import PersonId, RecordId, RiskId
from risk.people import Address, MessengerKind, Place
from risk.records import CHOSEN, FIELDS, Record, RecordField, RecordKind, RecordStatus
from tests.support.offices import NOW

F = RecordField


def record(kind: RecordKind, **more: Any) -> Record:
    known: dict[str, Any] = {
        "id": RecordId(1),
        "author": PersonId(1),
        "place": Place(address=Address(messenger=MessengerKind.TELEGRAM, value="1")),
        "risk": RiskId(1),
        "round": 1,
        "kind": kind,
        "status": RecordStatus.OPEN,
        "touched_at": NOW,
    }
    return Record(**{**known, **more})


def asked_in_turn(of: Record) -> list[RecordField]:
    asked = []
    while of.asked is not None:
        asked.append(of.asked)
        of = of.filling(of.asked, "есть")
    return asked


@pytest.mark.parametrize("kind", RecordKind)
def test_fields_are_asked_one_after_another_in_their_order(kind: RecordKind) -> None:
    assert asked_in_turn(record(kind)) == list(FIELDS[kind])


@pytest.mark.parametrize("kind", RecordKind)
def test_every_record_asks_something_and_nothing_twice(kind: RecordKind) -> None:
    assert FIELDS[kind]
    assert len(set(FIELDS[kind])) == len(FIELDS[kind])


def test_every_field_is_asked_by_some_record() -> None:
    assert {field for fields in FIELDS.values() for field in fields} == set(RecordField)


def test_what_is_unclear_says_what_is_asked_of_whom_and_until_when() -> None:
    """Порядок, п. 2: the notice of circumstances still unknown."""
    assert FIELDS[RecordKind.UNCLEAR] == (F.GROUNDS, F.QUESTION, F.WHOM, F.UNTIL)
    assert FIELDS[RecordKind.UNKNOWN] == FIELDS[RecordKind.UNCLEAR][1:]


def test_an_answer_has_its_text_and_its_platforms() -> None:
    """Порядок, п. 3а."""
    for kind in (RecordKind.ANSWER, RecordKind.INTERIM, RecordKind.CORRECTION):
        assert {F.TEXT, F.PLATFORMS} <= set(FIELDS[kind])


def test_a_change_under_a_published_answer_is_asked_twice() -> None:
    assert FIELDS[RecordKind.CORRECTION][-1] is F.SURE
    assert F.SURE in CHOSEN


@pytest.mark.parametrize("skipped", FIELDS[RecordKind.CHECK])
def test_what_is_skipped_is_not_asked(skipped: RecordField) -> None:
    fields = [each for each in FIELDS[RecordKind.CHECK] if each is not skipped]
    assert asked_in_turn(record(RecordKind.CHECK, skipped=(skipped,))) == fields


def test_stepping_back_asks_the_last_answer_again_and_keeps_the_others() -> None:
    filled = record(RecordKind.CHECK).filling(F.REACTION, "none").filling(F.SPREAD, "still")
    once = filled.stepped_back()
    assert (once.asked, once.filled) == (F.SPREAD, {F.REACTION: "none"})
    assert (once.stepped_back().asked, once.stepped_back().filled) == (F.REACTION, {})


def test_before_the_first_answer_there_is_nowhere_to_step_back() -> None:
    opened = record(RecordKind.CHECK)
    assert opened.stepped_back() == opened


def test_stepping_back_passes_over_what_was_skipped() -> None:
    filled = record(RecordKind.CHECK, skipped=(F.IN_PLACE,)).filling(F.REACTION, "none").filling(F.SPREAD, "still")
    assert filled.asked is F.REACH
    assert filled.stepped_back().asked is F.SPREAD


def test_filling_leaves_the_earlier_record_as_it_was() -> None:
    opened = record(RecordKind.NOTE)
    opened.filling(F.NOTE, "Звонили из школы")
    assert opened.filled == {}


@pytest.mark.parametrize("status", [RecordStatus.DONE, RecordStatus.CANCELLED])
def test_after_its_end_a_record_keeps_nothing_of_what_was_typed(status: RecordStatus) -> None:
    filled = record(RecordKind.CHECK, skipped=(F.IN_PLACE,)).filling(F.REACTION, "none")
    ended = filled.ended(status)
    assert (ended.status, ended.filled, ended.skipped) == (status, {}, ())
