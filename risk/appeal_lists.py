"""Lists of appeals: which of them are asked for, how that travels in a button, counts of what waits for somebody."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from risk.appeals import AppealSource
from risk.ids import BlockKey, TerritoryKey


class Standing(StrEnum):
    """By how they stand."""

    OPEN = "open"
    OVERDUE = "overdue"
    TODAY = "today"
    DEFERRED = "deferred"
    PRESSED = "pressed"
    """«Ждём подтверждения выгрузкой»."""
    UNDISTRIBUTED = "undistributed"
    TO_CHECK = "to_check"
    """Vanished from a newer export."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealsAsked:
    """Every field narrows; `channel` is who registered it."""

    standing: Standing = Standing.OPEN
    block: BlockKey | None = None
    channel: AppealSource | None = None
    territory: TerritoryKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undistributed:
    """How many no rule took, and how many of these are past their date."""

    count: int
    overdue: int


CODE_LENGTH: Final = 8
"""Digits of a short code."""

_Key = TypeVar("_Key", BlockKey, TerritoryKey)


def short_code(key: str) -> str:
    """A key of a preset where a button has no room for it: the same key has the same code whatever else changes."""
    return hashlib.blake2b(key.encode(), digest_size=CODE_LENGTH // 2).hexdigest()


def key_of_code(code: str, keys: Iterable[_Key]) -> _Key | None:
    """Which of the keys the code stands for; None when the preset names it no more."""
    return next((key for key in keys if short_code(key) == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedAppeals:
    """What a button asks for: as `AppealsAsked`, with codes in the place of keys."""

    standing: Standing = Standing.OPEN
    channel: AppealSource | None = None
    block: str | None = None
    territory: str | None = None
