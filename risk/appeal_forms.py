"""The form of a call, a visit or a letter: what its answers mean, which appeal they make; no names, no streets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from risk.appeal_cases import AppealCase
from risk.appeals import Appeal, AppealSource, Regime
from risk.dates import read_past_day
from risk.ids import AppealId, BlockKey, PositionId
from risk.offices import OfficePlan
from risk.records import NONE, YES, RecordField
from risk.routing import Routed
from risk.staging import Derivation, StagedAppeal
from risk.units import units


class Way(StrEnum):
    """How an appeal came that no system has registered; kept as its channel."""

    CALL = "call"
    VISIT = "visit"
    LETTER = "letter"


BY_RULE: Final = "rule"
"""The block that the rules of distribution lead to."""

LONGEST_BACK: Final = timedelta(days=60)
"""How long ago an appeal that is registered now may have come."""
LONGEST_SETTLEMENT: Final = 60

_ADDRESS: Final = re.compile(
    r"\d|\b(?:ул|улица|пер|переулок|пр|проспект|дом|кв|квартира|корп|шоссе|наб|набережная)\b", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"[OО]\s*-\s*(\d{1,9}/\d{2})", re.IGNORECASE)
_NAMED_SOURCE: Final = re.compile(r"^(?:ПОС|ИМ|№|N|#)\s*", re.IGNORECASE)


def hand_number(serial: int, year: int) -> str:
    """«О-1/26»: the first one that was registered by hand in that year."""
    return f"О-{serial}/{year % 100:02}"


def hand_serial(number: str, year: int) -> int | None:
    """Which one of that year it is; None for a number that was not given here, or in another year."""
    found = _NUMBER.fullmatch(number)
    serial, _, of_year = ("", "", "") if found is None else found[1].partition("/")
    return int(serial) if of_year == f"{year % 100:02}" else None


def number_asked(typed: str) -> str | None:
    """The number as it is kept: «ПОС 6100013» names 6100013, a Latin O stands for the Cyrillic one."""
    words = _NAMED_SOURCE.sub("", " ".join(typed.split()))
    by_hand = _NUMBER.fullmatch(words)
    if by_hand is not None:
        return f"О-{by_hand[1]}"
    return words if words and " " not in words and any(map(str.isdigit, words)) else None


def read_settlement(typed: str) -> str | None:
    """A name of a place; None for what holds digits or a word for a street: an address is not kept."""
    name = " ".join(typed.split())
    is_name = any(map(str.isalpha, name)) and not _ADDRESS.search(name)
    return name if is_name and units(name) <= LONGEST_SETTLEMENT else None


def read_received(typed: str, today: date) -> date | None:
    """A day that is over or is today, no longer ago than `LONGEST_BACK`."""
    word = typed.strip().casefold().rstrip(".")
    if word in _SPOKEN:
        return today - _SPOKEN[word]
    if not any(map(str.isdigit, word)):
        return None
    day = read_past_day(typed, today)
    return day if day is not None and today - LONGEST_BACK <= day <= today else None


_SPOKEN: Final = {"сегодня": timedelta(0), "вчера": timedelta(days=1), "позавчера": timedelta(days=2)}


def suggested_block(filled: Mapping[RecordField, str], plan: OfficePlan, today: date) -> Routed | None:
    """Where the rules of distribution lead, by what was answered so far."""
    return _derived(filled, plan, "", today).routed


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A form that was answered to its end."""

    filled: Mapping[RecordField, str]
    number: str
    by: PositionId
    today: date

    def case(self, plan: OfficePlan) -> AppealCase:
        """As it is stored; its `id` is not known yet."""
        derived = _derived(self.filled, plan, self.number, self.today)
        block, routed, chosen = _given(self.filled.get(RecordField.BLOCK), derived.routed)
        return AppealCase(
            id=AppealId(0),
            appeal=derived.appeal,
            state=derived.state,
            due_at=derived.due_at,
            block=block,
            routed=routed,
            chosen=chosen,
            territory=derived.territory,
            registered_by=self.by,
        )


def _given(answer: str | None, routed: Routed | None) -> tuple[BlockKey | None, Routed | None, bool]:
    """Its block, by which rule, and whether a person chose it, were it only that no rule is to give it one."""
    if answer == BY_RULE:
        return (None, None, False) if routed is None else (routed.block, routed, False)
    if answer is None:
        return None, None, False
    return (None if answer == NONE else BlockKey(answer)), None, True


def _derived(filled: Mapping[RecordField, str], plan: OfficePlan, number: str, today: date) -> StagedAppeal:
    received, settlement = filled.get(RecordField.RECEIVED), filled.get(RecordField.SETTLEMENT, NONE)
    by_law = filled.get(RecordField.LAW) == YES
    appeal = Appeal(
        source=AppealSource.HAND,
        number=number,
        regime=Regime.LAW_59 if by_law else Regime.BY_HAND,
        created_on=today if received is None else date.fromisoformat(received),
        channel=filled.get(RecordField.CAME),
        topic=filled.get(RecordField.TOPIC),
        settlement=None if settlement == NONE else settlement,
    )
    derived = Derivation(plan).of(appeal)
    return replace(derived, routed=derived.routed if _offers(derived.routed, plan) else None)


def _offers(routed: Routed | None, plan: OfficePlan) -> bool:
    return routed is not None and routed.block in plan.block_keys
