"""What the bot and the process that makes a paper's file say to each other.

Orders are pickled: they are ours, and go one way. What comes back is a line of JSON: that process opens an office's own
template, and nothing that a file could have written is run here.
"""

import json
import pickle
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO, Final

from risk.documents import Cell, Document, Picture

LONGEST_LINE: Final = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPaper:
    """A composed paper becomes a file at `path`."""

    composed: Document | Picture
    path: Path
    made_at: datetime
    template: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteWorkbook:
    """Its sheets follow, each with its rows after it, and then the end."""

    title: str
    path: Path
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The next ones of the sheet before them."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class End:
    """Of the workbook: no sheet follows."""


Order = SetPaper | WriteWorkbook
Part = Sheet | Rows | End


class Said(StrEnum):
    MADE = "made"
    """With why the template was refused, if it was."""
    FAILED = "failed"
    """With the exception's type, and where; never its words, which may be anybody's."""


def packed(said: Order | Part) -> bytes:
    return pickle.dumps(said)


def unpacked(source: BinaryIO) -> Any:
    """Raises EOFError, UnpicklingError when the bot is gone."""
    return pickle.load(source)  # noqa: S301 - from the bot, through a pipe that nobody else has


def line(said: Said, *values: object) -> bytes:
    return json.dumps([said, *values]).encode() + b"\n"


def read_line(written: bytes) -> tuple[Said, list[Any]]:
    said, *values = json.loads(written)
    return Said(said), values
