"""Imports of exports: which door a file came by, what was found in it, how far it has come; rows are elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from risk.appeals import AppealSource
from risk.export_columns import NEEDED_OF_MAPPED, Field, LayoutKind
from risk.export_rows import RowFault
from risk.ids import ImportId, PositionId
from risk.masking import mask
from risk.people import Place
from risk.sheet_faults import SheetFault
from risk.units import shortened

VANISHED_IN_DOUBT: Final = 0.1
"""When more than this share of the rows of its own period is missing, the export itself may be incomplete."""
FAULTS_TOLD: Final = 20
FAULTY_NUMBERS_KEPT: Final = 5_000
"""With more faulty rows than these nobody can say what has vanished."""
LONGEST_FILE_NAME: Final = 60
"""UTF-16 units of a file's name without its ending."""
SHEET_ENDINGS: Final = frozenset({"xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "txt", "zip"})
"""Of files that somebody sends to have their rows read; an archive too, which is refused in words."""
_LONGEST_ENDING: Final = 5


class Door(StrEnum):
    FOLDER = "folder"
    """The watched folder on the office's own server, by hand or by `mcu-pilot import`."""
    BOT = "bot"


class ImportState(StrEnum):
    READING = "reading"
    ASKING_COLUMNS = "asking_columns"
    """A plain table that nobody has named the columns of."""
    WAITING = "waiting"
    """The preview stands: «Загрузить» or «Отмена»."""
    APPLYING = "applying"
    APPLIED = "applied"
    CANCELLED = "cancelled"
    REPLACED = "replaced"
    """A newer file of the same kind came before anybody confirmed this one."""
    REFUSED = "refused"
    FAILED = "failed"
    """It broke here, not by the fault of the file."""
    UNDONE = "undone"


OPEN_IMPORTS: Final = frozenset(
    {ImportState.READING, ImportState.ASKING_COLUMNS, ImportState.WAITING, ImportState.APPLYING}
)


class ImportRefusal(StrEnum):
    """Why a readable file is not taken; what cannot be read has a `SheetFault`."""

    NOT_AN_EXPORT = "not_an_export"
    MISSING_COLUMNS = "missing_columns"
    NO_ROWS = "no_rows"
    TELLS_OF_RESIDENTS = "tells_of_residents"
    """It came through the messenger with columns that may not travel so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was read: headers as they are written, faults the first `FAULTS_TOLD`, counts of rows.

    `vanished` of `in_period`: rows known in the period of the export and not in it, of all that are known there.
    """

    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    newer: int = 0
    """About appeals of which a newer export has told: they stay as they are."""
    foreign: int = 0
    faulty: int = 0
    vanished: int = 0
    in_period: int = 0
    faults: tuple[RowFault, ...] = ()
    faulty_numbers: tuple[str, ...] = ()
    """Of appeals that are in the file, in rows that cannot be read: they have not vanished."""
    unknown: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    absent: tuple[Field, ...] = ()
    """What the file has no column for."""
    unfamiliar: tuple[tuple[str, str, int], ...] = ()
    """(header, word, how often) of closed lists that lack the word."""

    @property
    def is_complete_in_doubt(self) -> bool:
        if self.faulty > FAULTY_NUMBERS_KEPT:
            return True
        return self.in_period > 0 and self.vanished > VANISHED_IN_DOUBT * self.in_period


ASKED_FIELDS: Final = (
    Field.NUMBER,
    Field.CREATED,
    Field.STEP,
    Field.PLANNED,
    Field.FINISHED,
    Field.GROUP,
    Field.TOPIC,
    Field.SETTLEMENT,
    Field.DEPARTMENT,
    Field.ORGANISATION,
    Field.MUNICIPALITY,
    Field.CHANNEL,
)
"""What a plain table may say of an appeal, in the order of asking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A plain table whose columns are being named: `headers` by place, `fields` as far as they are named."""

    headers: tuple[str, ...]
    source: AppealSource | None = None
    fields: Mapping[Field, str | None] = field(default_factory=dict)
    """A header as it is written; None for a field that the table has not."""
    page: int = 0
    """Of the headers that are offered: a table may have more of them than a message has room for buttons."""

    @property
    def step(self) -> int:
        """Which question stands: a button of another one does not answer it."""
        return len(self.fields)

    @property
    def asked(self) -> Field | None:
        """None when every field is named."""
        return next((each for each in ASKED_FIELDS if each not in self.fields), None)

    @staticmethod
    def is_needed(asked: Field) -> bool:
        return asked in NEEDED_OF_MAPPED

    def naming(self, asked: Field, header: str | None) -> "Asking":
        return replace(self, fields={**self.fields, asked: header}, page=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The message that brought a file to the bot."""

    place: Place
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One file on its way. `file` is what people know it by, `path` where it lies while it is needed.

    `made_at` is the moment that the export tells of: the receipt, unless somebody says otherwise; `first_day` and
    `last_day` are its period, the span of creation dates unless somebody says otherwise.
    """

    id: ImportId
    state: ImportState
    door: Door
    file: str
    path: str
    received_at: datetime
    made_at: datetime
    letter: Letter | None = None
    sent_by: PositionId | None = None
    layout: LayoutKind | None = None
    source: AppealSource | None = None
    first_day: date | None = None
    last_day: date | None = None
    found: Found = field(default_factory=Found)
    asking: Asking | None = None
    fault: SheetFault | None = None
    refusal: ImportRefusal | None = None
    complete: bool = False
    """Somebody has said that what is missing in it has really vanished."""
    decided_by: PositionId | None = None
    decided_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_IMPORTS

    @property
    def is_believed_complete(self) -> bool:
        """Whether what is missing in it has really vanished."""
        return self.complete or not self.found.is_complete_in_doubt

    @property
    def needs_file(self) -> bool:
        """Whether the file is yet to be read, from its beginning."""
        return self.state in {ImportState.READING, ImportState.ASKING_COLUMNS}

    @property
    def left_file_unused(self) -> bool:
        """Nothing of the file counts: it goes back to whoever brought it."""
        return self.state in {ImportState.REFUSED, ImportState.FAILED, ImportState.CANCELLED}


def told_name(name: str) -> str:
    """A file's name as it may be stored and told: one line, bounded, personal numbers hidden; its ending stays."""
    stem, ending = _stem_and_ending(name)
    told = shortened(mask(stem).text, LONGEST_FILE_NAME)
    return f"{told}.{ending}" if ending else told


def is_sheet_named(name: str) -> bool:
    """Whether a file of this name is sent to have its rows read; what it really is, its content tells."""
    return _stem_and_ending(name)[1].lower() in SHEET_ENDINGS


def _stem_and_ending(name: str) -> tuple[str, str]:
    line = " ".join("".join(char if char.isprintable() else " " for char in name).split())
    stem, _, ending = line.rpartition(".")
    is_ending = stem and ending.isalnum() and len(ending) <= _LONGEST_ENDING
    return (stem, ending) if is_ending else (line, "")
