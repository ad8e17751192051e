"""Reading a recognised export row by row: each gives an appeal, a first answer, or a fault that quotes nobody."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain, islice
from types import MappingProxyType
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from risk.appeal_links import platform_of, public_post
from risk.appeal_states import STEP_WORDS, StepWords, is_familiar
from risk.appeals import Appeal, AppealKind, AppealOutcome, AppealSource, Regime, Satisfaction
from risk.bodies import body_named
from risk.cells import (
    CellUnfit,
    Wrong,
    duration_of,
    key_of,
    moment_of,
    number_of,
    text_of,
    words_of,
    yes_no_of,
)
from risk.export_columns import Field, LayoutKind
from risk.export_layouts import HEADING_WITHIN, Column, ColumnMapping, Recognition, recognise
from risk.first_answers import FirstAnswer, Importance
from risk.sheets import Cell, CellKind, Row, Sheet, kind_of

T = TypeVar("T")

LONGEST_UNFAMILIAR: Final = 80
"""Words that a closed list does not have are told up to this length, and only if they are nothing but words."""
MOST_REMEMBERED: Final = 20_000
"""Different words of a column that are not read twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """`row` is as the file counts, from 1. What stands in the cell is told by its kind alone: it may be personal.

    `number` is that of the appeal, where it can be read: it is in the file, whatever else is wrong with its row.
    """

    row: int
    column: str | None
    wrong: Wrong
    found: CellKind = CellKind.EMPTY
    number: str | None = None


ReadRow = Appeal | FirstAnswer | RowFault


class ExportReading:
    """A sheet, recognised by its first rows; the others are read as they are asked for, once."""

    def __init__(
        self,
        sheet: Sheet,
        zone: ZoneInfo,
        *,
        mappings: Iterable[ColumnMapping] = (),
        words: StepWords = STEP_WORDS,
    ) -> None:
        """`zone` is the office's: the exports' moments are of its clocks."""
        rows = iter(sheet.rows)
        head = list(islice(rows, HEADING_WITHIN))
        self.recognition: Final = recognise(head, tuple(mappings))
        self._rows: Final = chain(head, rows)
        self._zone = zone
        self._words = words
        self.unfamiliar: Final[Counter[tuple[str, str]]] = Counter()
        """(header, word) of closed lists that lack the word, counted while rows are read."""

    def rows(self) -> Iterator[ReadRow]:
        """Below the heading; empty rows and a row of the columns' numbers give nothing."""
        if not self.recognition.is_usable:
            return
        row_of = _RowReader(self.recognition, self._zone, self._words, self.unfamiliar)
        for number, row in self.raw_rows():
            yield row_of.read(number, row)

    def raw_rows(self) -> Iterator[tuple[int, Row]]:
        """The rows below the heading that hold anything, with their numbers in the file."""
        heading = self.recognition.heading_row
        for number, row in enumerate(self._rows, start=1):
            if number <= heading or not any(cell not in _NOTHING for cell in row):
                continue
            if number == heading + 1 and _numbers_columns(row):
                continue
            yield number, row


_NOTHING: Final = (None, "")


def _numbers_columns(row: Row) -> bool:
    """«1 | 2 | 3 | …» under the heading, as printed forms have it."""
    filled = [(place, text_of(cell)) for place, cell in enumerate(row, start=1) if cell not in _NOTHING]
    return len(filled) > 2 and all(text == str(place) for place, text in filled)


class _RowFaulty(Exception):
    def __init__(self, wrong: Wrong, column: str | None, cell: Cell = None) -> None:
        self.wrong, self.column, self.cell = wrong, column, cell


@dataclass(frozen=True, slots=True)
class _FieldPlace:
    """Where a field stands and how it is read; `memory` has what it was read as before, where few values recur."""

    field: str
    header: str
    places: tuple[int, ...]
    read: Callable[[Cell], object]
    memory: dict[Cell, object] | None


class _RowReader:
    """Of one layout: knows where each field stands, remembers words it has read and numbers it has seen."""

    def __init__(
        self, recognition: Recognition, zone: ZoneInfo, words: StepWords, unfamiliar: Counter[tuple[str, str]]
    ) -> None:
        self._source = recognition.source or AppealSource.HAND
        self._layout = recognition.layout
        self._zone = zone
        self._step_words = words
        self._unfamiliar = unfamiliar
        self._width = max((column.place for column in recognition.columns), default=-1) + 1
        self._needs = recognition.width
        self._seen: set[str] = set()
        places: dict[Field, list[Column]] = {}
        for column in recognition.columns:
            if column.field is not None:
                places.setdefault(column.field, []).append(column)
        self._headers = {field.value: columns[0].header for field, columns in places.items()}
        self._single = [_place(field, columns) for field, columns in places.items() if len(columns) == 1]
        self._doubled = [_place(field, columns) for field, columns in places.items() if len(columns) > 1]

    def read(self, number: int, row: Row) -> ReadRow:
        try:
            self._check_width(row)
            found = self._found(row)
            if self._layout is LayoutKind.FIRST_ANSWERS:
                return self._first_answer(found)
            return self._appeal(found)
        except _RowFaulty as fault:
            return RowFault(
                row=number,
                column=fault.column,
                wrong=fault.wrong,
                found=kind_of(fault.cell),
                number=self._number_in(row),
            )

    def _number_in(self, row: Row) -> str | None:
        for stand in (*self._single, *self._doubled):
            if stand.field == Field.NUMBER and stand.places[0] < len(row):
                with suppress(CellUnfit):
                    return number_of(row[stand.places[0]])
        return None

    def _check_width(self, row: Row) -> None:
        too_long = len(row) > self._width and any(cell not in _NOTHING for cell in row[self._width :])
        if too_long or len(row) < self._needs:
            raise _RowFaulty(Wrong.SHIFTED, None)

    def _found(self, row: Row) -> dict[str, Any]:
        """What the row says, by fields; nothing for an empty cell. The hot path: a file has millions of cells."""
        found: dict[str, Any] = {}
        for stand in self._single:
            cell = row[stand.places[0]]
            if cell is None or cell == "":
                continue
            memory = stand.memory
            if memory is not None and cell in memory:
                found[stand.field] = memory[cell]
            else:
                found[stand.field] = _read(stand, cell)
        for stand in self._doubled:
            cell = _of_doubled(stand, row)
            if cell is not None:
                found[stand.field] = _read(stand, cell)
        return found

    def _appeal(self, found: dict[str, Any]) -> Appeal:
        say = found.get
        number = self._new_number(say("number"))
        created_on, created_at = self._created(say("created"))
        finished_on, finished_at = self._when(say("finished"))
        planned_on, _ = self._when(say("planned"))
        _, first_answered_at = self._when(say("first_answered"))
        mark, satisfaction = self._closing(found)
        post = say("post") or _NO_POST
        return Appeal(
            source=self._source,
            number=number,
            regime=self._regime(found),
            created_on=created_on,
            created_at=created_at,
            channel=say("channel") or post.platform,
            group=say("group"),
            topic=say("topic"),
            kind=self._one_of("kind", say("kind"), KINDS, AppealKind.OTHER),
            settlement=say("settlement"),
            municipality=say("municipality"),
            department=say("department"),
            executor=say("executor"),
            organisation=say("organisation") or say("received_by"),
            planned_on=planned_on,
            finished_on=finished_on,
            finished_at=finished_at,
            first_answered_at=first_answered_at,
            first_answer_in_norm=say("first_answer_in_norm"),
            first_answer_time=say("first_answer_time"),
            step=self._step(say("step")),
            outcome=self._one_of("outcome", say("outcome"), OUTCOMES, AppealOutcome.OTHER),
            mark=mark,
            satisfaction=satisfaction,
            repeated=bool(say("repeated")),
            post=post.address,
        )

    def _first_answer(self, found: dict[str, Any]) -> FirstAnswer:
        created_on, created_at = self._created(found.get("created"))
        return FirstAnswer(
            created_on=created_on,
            created_at=created_at,
            municipality=found.get("municipality"),
            department=found.get("department"),
            importance=self._one_of("importance", found.get("importance"), IMPORTANCES, Importance.OTHER),
            time=found.get("answer_time"),
        )

    def _new_number(self, number: str | None) -> str:
        if number is None:
            raise _RowFaulty(Wrong.MISSING, self._headers["number"])
        if number in self._seen:
            raise _RowFaulty(Wrong.DOUBLED, self._headers["number"], number)
        self._seen.add(number)
        return number

    def _created(self, found: date | None) -> tuple[date, datetime | None]:
        day, moment = self._when(found)
        if day is None:
            raise _RowFaulty(Wrong.MISSING, self._headers["created"])
        return day, moment

    def _when(self, found: date | None) -> tuple[date | None, datetime | None]:
        """The day in the office's zone and, where the cell has hours, the moment in UTC."""
        if not isinstance(found, datetime):
            return found, None
        local = found.replace(tzinfo=self._zone) if found.tzinfo is None else found.astimezone(self._zone)
        return local.date(), local.astimezone(UTC)

    def _regime(self, found: dict[str, Any]) -> Regime:
        law = found.get("law")
        if key_of(law) in _UNDER_LAW if law else found.get("law_chosen"):
            return Regime.LAW_59
        if self._source is AppealSource.IM:
            return Regime.IM
        if self._source is AppealSource.HAND:
            return Regime.BY_HAND
        return Regime.POS_FAST_TRACK if found.get("fast_track") else Regime.POS_ORDINARY

    def _closing(self, found: dict[str, Any]) -> tuple[int | None, Satisfaction | None]:
        words = found.get("closing")
        if words is not None and _MARK.fullmatch(words):
            return int(words[0]), None
        return found.get("mark"), self._one_of("closing", words, SATISFACTIONS, Satisfaction.OTHER)

    def _step(self, step: str | None) -> str | None:
        if step is not None and not is_familiar(step, self._step_words):
            self._tell_unfamiliar("step", step)
        return step

    def _one_of(self, field: str, said: str | None, words: Mapping[str, T], other: T) -> T | None:
        if said is None:
            return None
        found = words.get(key_of(said))
        if found is None:
            self._tell_unfamiliar(field, said)
            return other
        return found

    def _tell_unfamiliar(self, field: str, said: str) -> None:
        if len(said) <= LONGEST_UNFAMILIAR and _NOTHING_BUT_WORDS.fullmatch(said):
            self._unfamiliar[self._headers[field], said] += 1


def _place(field: Field, columns: Sequence[Column]) -> _FieldPlace:
    read = READ_AS[field]
    return _FieldPlace(
        field.value,
        columns[0].header,
        tuple(column.place for column in columns),
        read,
        {} if read in {words_of, body_of} else None,
    )


def _read(stand: _FieldPlace, cell: Cell) -> object:
    try:
        found = stand.read(cell)
    except CellUnfit as unfit:
        raise _RowFaulty(unfit.wrong, stand.header, cell) from None
    if stand.memory is not None and len(stand.memory) < MOST_REMEMBERED:
        stand.memory[cell] = found
    return found


def _of_doubled(stand: _FieldPlace, row: Row) -> Cell:
    """The cell with a value, of columns with the same name; two different values contradict one another."""
    filled = [row[each] for each in stand.places if each < len(row) and text_of(row[each])]
    if len({text_of(cell) for cell in filled}) > 1:
        raise _RowFaulty(Wrong.CONTRADICTS, stand.header, filled[0])
    return filled[0] if filled else None


# --- what is read of a cell of a field ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Post:
    """What of «Урл поста» may be told: a public address, and in which network it is."""

    address: str | None
    platform: str | None


_NO_POST: Final = Post(None, None)


def post_of(cell: Cell) -> Post:
    text = text_of(cell)
    return Post(public_post(text), platform_of(text)) if text else _NO_POST


def body_of(cell: Cell) -> str | None:
    """The body that the cell names; None for an empty one and for a person."""
    text = text_of(cell)
    return body_named(text) if text else None


def mark_of(cell: Cell) -> int | None:
    """From 1 to 5."""
    text = text_of(cell)
    if not text:
        return None
    if not _MARK.fullmatch(text):
        raise CellUnfit(Wrong.NOT_A_MARK)
    return int(text[0])


READ_AS: Final[Mapping[Field, Callable[[Cell], object]]] = MappingProxyType(
    {
        **dict.fromkeys(Field, words_of),
        Field.NUMBER: number_of,
        **dict.fromkeys((Field.CREATED, Field.PLANNED, Field.FINISHED, Field.FIRST_ANSWERED), moment_of),
        **dict.fromkeys((Field.FIRST_ANSWER_TIME, Field.ANSWER_TIME), duration_of),
        **dict.fromkeys((Field.FIRST_ANSWER_IN_NORM, Field.LAW_CHOSEN, Field.FAST_TRACK, Field.REPEATED), yes_no_of),
        **dict.fromkeys((Field.DEPARTMENT, Field.EXECUTOR, Field.ORGANISATION, Field.RECEIVED_BY), body_of),
        Field.MARK: mark_of,
        Field.POST: post_of,
    }
)
"""How a cell of each field is read: importing and cleaning read alike."""

_MARK: Final = re.compile(r"[1-5](?:[.,]0+)?")
_UNDER_LAW: Final = frozenset({"59фз", "да", "обращение59фз", "по59фз"})
_NOTHING_BUT_WORDS: Final = re.compile(r"[^\W\d_]+(?:[ ,.«»()/-]+[^\W\d_]+)*[.)»]?")


def _words(table: Mapping[str, T]) -> Mapping[str, T]:
    return MappingProxyType({key_of(words): meaning for words, meaning in table.items()})


KINDS: Final = _words(
    {
        "Решаемый": AppealKind.SOLVABLE,
        "Информационный": AppealKind.INFORMATIONAL,
        "Не решаемый": AppealKind.UNSOLVABLE,
    }
)
OUTCOMES: Final = _words(
    {
        "Решено": AppealOutcome.SOLVED,
        "Разъяснено": AppealOutcome.EXPLAINED,
        "Отложено": AppealOutcome.DEFERRED,
        "Не решено": AppealOutcome.NOT_SOLVED,
        "Отказано": AppealOutcome.REFUSED,
    }
)
SATISFACTIONS: Final = _words(
    {
        "Автор доволен": Satisfaction.PLEASED,
        "Автор нейтрален": Satisfaction.NEUTRAL,
        "Автор недоволен": Satisfaction.DISPLEASED,
        "Нет ответа от автора": Satisfaction.SILENT,
        "Дальнейший диалог нецелесообразен": Satisfaction.POINTLESS,
    }
)
IMPORTANCES: Final = _words(
    {
        "Обычная": Importance.ORDINARY,
        "Высокая": Importance.HIGH,
        "ЛС": Importance.DIRECT,
    }
)
