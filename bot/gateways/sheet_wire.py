"""What the process that reads a sheet and the bot say to each other: frames of JSON, and nothing that could be code.

A file may gain power over the process that reads it, so what comes back is data of known shapes, read strictly.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final, TypeVar, get_args, get_type_hints

from risk.appeal_states import StepWords
from risk.appeals import Appeal, AppealSource, AppealState
from risk.export_columns import Fate, Field, LayoutKind
from risk.export_layouts import Column, ColumnMapping, Recognition
from risk.export_rows import ReadRow, RowFault
from risk.first_answers import FirstAnswer
from storage.documents.file_caps import FileCaps

T = TypeVar("T")

LENGTH_BYTES: Final = 4
LONGEST_FRAME: Final = 32 * 2**20
NOT_HELD_IN: Final = 71
"""The status of a process that the system did not let limit itself; it has read nothing."""


class Task(StrEnum):
    READ = "read"
    CLEAN = "clean"


class FrameKind(StrEnum):
    RECOGNISED = "recognised"
    ROWS = "rows"
    ENDED = "ended"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the process is started for. `zone` is a key of the IANA database."""

    task: Task
    path: str
    zone: str
    caps: FileCaps
    memory_bytes: int
    cpu_seconds: int
    mappings: tuple[ColumnMapping, ...]
    words: StepWords


def written_order(order: Order) -> bytes:
    plain = {
        "task": order.task,
        "path": order.path,
        "zone": order.zone,
        "caps": {each.name: getattr(order.caps, each.name) for each in fields(FileCaps)},
        "memory_bytes": order.memory_bytes,
        "cpu_seconds": order.cpu_seconds,
        "mappings": [[each.source, dict(each.fields)] for each in order.mappings],
        "words": dict(order.words),
    }
    return json.dumps(plain).encode()


def read_order(raw: bytes) -> Order:
    plain = json.loads(raw)
    return Order(
        task=Task(plain["task"]),
        path=plain["path"],
        zone=plain["zone"],
        caps=FileCaps(**plain["caps"]),
        memory_bytes=plain["memory_bytes"],
        cpu_seconds=plain["cpu_seconds"],
        mappings=tuple(
            ColumnMapping(source=AppealSource(source), fields={key: Field(named) for key, named in pairs.items()})
            for source, pairs in plain["mappings"]
        ),
        words={key: AppealState(state) for key, state in plain["words"].items()},
    )


def frame(kind: FrameKind, *values: object) -> bytes:
    """With its length before it."""
    body = json.dumps([kind, *values], ensure_ascii=False, default=_plain, separators=(",", ":")).encode()
    return len(body).to_bytes(LENGTH_BYTES) + body


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    assert isinstance(value, timedelta)
    return value // timedelta(microseconds=1)


# --- rows --------------------------------------------------------------------------------------------------------


class _Shape:
    """A kind of value as a list of its fields' values, which are told apart by their types."""

    def __init__(self, made: Callable[..., Any], kind: type) -> None:
        self._made = made
        hints = get_type_hints(kind)
        self.names: Final = tuple(each.name for each in fields(kind))
        self.values: Final = attrgetter(*self.names)
        kinds = [(place, _kind_of(hints[name])) for place, name in enumerate(self.names)]
        self._brought: Final = tuple((place, kind) for place, kind in kinds if kind in _BROUGHT)
        self._readers: Final = tuple((place, _reader_of(kind)) for place, kind in kinds if kind not in _BROUGHT)

    def read(self, values: list[Any]) -> Any:
        for place, kind in self._brought:
            value = values[place]
            if value is not None and type(value) is not kind:
                raise TypeError(kind.__name__)
        for place, reader in self._readers:
            if values[place] is not None:
                values[place] = reader(values[place])
        return self._made(**dict(zip(self.names, values, strict=True)))


_BROUGHT: Final = frozenset({str, int, bool, float})
"""What JSON itself brings back."""


def _kind_of(hint: Any) -> type:
    (kind,) = (each for each in (get_args(hint) or (hint,)) if each is not type(None))
    assert isinstance(kind, type)
    return kind


def _reader_of(kind: type) -> Callable[[Any], object]:
    if kind is datetime:
        return datetime.fromisoformat
    if kind is date:
        return lru_cache(maxsize=4096)(date.fromisoformat)
    if kind is timedelta:
        return lambda microseconds: timedelta(microseconds=microseconds)
    assert issubclass(kind, StrEnum)
    return {each.value: each for each in kind}.__getitem__


_SHAPES: Final[Mapping[str, _Shape]] = {kind.__name__: _Shape(kind, kind) for kind in (Appeal, FirstAnswer, RowFault)}


def written_row(row: ReadRow) -> Sequence[object]:
    name = type(row).__name__
    return [name, *_SHAPES[name].values(row)]


def read_rows(rows: Iterable[list[Any]]) -> tuple[ReadRow, ...]:
    """Raises KeyError, TypeError, ValueError for what is no row."""
    return tuple(_SHAPES[row[0]].read(row[1:]) for row in rows)


# --- recognition -------------------------------------------------------------------------------------------------


def written_recognition(found: Recognition) -> Mapping[str, object]:
    return {
        "layout": found.layout,
        "source": found.source,
        "heading_row": found.heading_row,
        "columns": [[column.place, column.header, column.fate, column.field] for column in found.columns],
        "missing": found.missing,
        "doubled": found.doubled,
    }


def read_recognition(plain: Mapping[str, Any]) -> Recognition:
    return Recognition(
        layout=_maybe(LayoutKind, plain["layout"]),
        source=_maybe(AppealSource, plain["source"]),
        heading_row=int(plain["heading_row"]),
        columns=tuple(
            Column(place=int(place), header=str(header), fate=Fate(fate), field=_maybe(Field, named))
            for place, header, fate, named in plain["columns"]
        ),
        missing=tuple(map(str, plain["missing"])),
        doubled=tuple(map(str, plain["doubled"])),
    )


def _maybe(kind: Callable[[Any], T], value: Any) -> T | None:
    return None if value is None else kind(value)
