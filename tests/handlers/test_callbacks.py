"""What buttons carry fits into them and comes back as it was."""

from typing import Any, Final

import pytest
from aiogram.filters.callback_data import CallbackData

from handlers.callbacks import callback_classes
from handlers.callbacks.appeals import Narrowing
from handlers.callbacks.fields import office_of_press
from handlers.callbacks.imports import ImportAct, ImportPress
from handlers.callbacks.offices import MenuTopic
from handlers.callbacks.people import StaffPurpose
from handlers.callbacks.reminders import OwedView
from handlers.callbacks.reports import Heat, ReportKind
from handlers.callbacks.working import CardPress, WorkPress
from risk.appeal_acts import AppealAct
from risk.appeal_lists import Standing
from risk.appeals import AppealSource
from risk.figures import Cut, Figure
from risk.office_settings import Setting
from risk.periods import PeriodKind
from risk.records import RecordField, RecordKind
from risk.risks import Stage
from risk.standing import Panel

BIGGEST: Final[dict[str, Any]] = {
    "office": 2**53,
    "risk": 2**53,
    "draft": 2**53,
    "appeal": 2**53,
    "page": 2**53,
    "round": 9999,
    "block": "k" * 20,
    "level": "k" * 20,
    "territory": "k" * 20,
    "confirmed": True,
    "highest": False,
    "panel": max(Panel, key=len),
    "entry": 2**40,
    "position": 2**40,
    "succeeds": 2**40,
    "holder": 2**40,
    "heir": 2**40,
    "role": "k" * 20,
    "purpose": max(StaffPurpose, key=len),
    "topic": max(MenuTopic, key=len),
    "setting": max(Setting, key=len),
    "value": "v" * 20,
    "into": 2**53,
    "merged": 2**53,
    "command": "k" * 20,
    "is_them": False,
    "sure": False,
    "person": 2**40,
    "deputy": 2**40,
    "absence": 2**53,
    "first": 999_999,
    "last": 999_999,
    "month": 2738 * 12,
    "kind": max(RecordKind, key=len),
    "item": 999,
    "measure": 999,
    "link": 999,
    "record": 2**53,
    "offer": 2**53,
    "field": max(RecordField, key=len),
    "chosen": "v" * 14,
    "back": False,
    "stage": max(Stage, key=len),
    "owed": 2**53,
    "digest": 2**53,
    "times": 9999,
    "view": max(OwedView, key=len),
    "hour": "23.59",
    "does": max(AppealAct, key=len),
    "leaf": 99_999,
    "standing": max(Standing, key=len),
    "channel": max(AppealSource, key=len),
    "block_code": "c" * 8,
    "territory_code": "c" * 8,
    "by": max(Narrowing, key=len),
    "imported": 2**53,
    "source": max(AppealSource, key=len),
    "step": 999,
    "period": PeriodKind.QUARTER,
    "place": 999,
    "paper": 2**53,
    "report": max(ReportKind, key=len),
    "within": max(Cut, key=len),
    "code": "c" * 8,
    "cut": max(Cut, key=len),
    "figure": max(Figure, key=len),
    "heat": max(Heat, key=len),
    "serial": 2**53,
    "year": 9999,
    "beside": True,
}


ACTS: Final[dict[type[CallbackData], str]] = {
    CardPress: max(WorkPress, key=len),
    ImportPress: max(ImportAct, key=len),
}


def extreme(kind: type[CallbackData]) -> CallbackData:
    biggest = BIGGEST | {"act": ACTS.get(kind)}
    return kind(**{name: biggest[name] for name in kind.model_fields})


@pytest.mark.parametrize("kind", callback_classes())
def test_biggest_values_fit_into_a_button(kind: type[CallbackData]) -> None:
    assert len(extreme(kind).pack().encode()) <= 64


@pytest.mark.parametrize("kind", callback_classes())
def test_what_was_packed_is_what_is_read(kind: type[CallbackData]) -> None:
    assert kind.unpack(extreme(kind).pack()) == extreme(kind)


@pytest.mark.parametrize("kind", callback_classes())
def test_office_is_the_first_thing_a_button_carries(kind: type[CallbackData]) -> None:
    assert next(iter(kind.model_fields)) == "office"
    assert office_of_press(extreme(kind).pack()) == 2**53


@pytest.mark.parametrize(("kind", "name"), [(0, "block"), (1, "highest")])
def test_nothing_chosen_survives_the_way(kind: int, name: str) -> None:
    chosen = next(each for each in callback_classes() if name in each.model_fields)
    packed = chosen(**{each: BIGGEST[each] for each in chosen.model_fields} | {name: None}).pack()
    assert getattr(chosen.unpack(packed), name) is None


def test_prefixes_are_unique() -> None:
    prefixes = [kind.__prefix__ for kind in callback_classes()]
    assert len(set(prefixes)) == len(prefixes)


def test_every_kind_of_button_is_listed() -> None:
    ours = {kind for kind in CallbackData.__subclasses__() if kind.__module__.startswith("handlers.callbacks.")}
    assert ours == set(callback_classes())


@pytest.mark.parametrize("data", ["", "cp", "cp:", "cp:x:1", "cp:-1:2", "cp:٣:1", "😀"])
def test_foreign_data_names_no_office(data: str) -> None:
    assert office_of_press(data) is None
