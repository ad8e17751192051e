"""The process that reads one sheet file, held in by limits of its own; it has no secret, no network and no Telegram.

Started by `bot.gateways.sheet_reader`: an order on its standard input, frames on its standard output.
"""

import gc
import os
import resource
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from bot.gateways.sheet_wire import (
    NOT_HELD_IN,
    FrameKind,
    Order,
    Task,
    frame,
    read_order,
    written_recognition,
    written_row,
)
from risk.cleaning import cleaned_rows
from risk.export_layouts import Recognition
from risk.export_rows import ExportReading
from risk.sheet_faults import SheetFault, SheetRefused
from storage.documents.sheet_files import sheets_of

T = TypeVar("T")

ROWS_IN_FRAME: Final = 500
MOST_SHEETS: Final = 20
"""Of a workbook that are looked into for an export."""
KINDLY: Final = 5
"""Others are served meanwhile: the bot itself comes first."""


def main() -> int:
    order = read_order(sys.stdin.buffer.read())
    try:
        _hold_in(order)
    except OSError:
        return NOT_HELD_IN
    gc.disable()  # millions of cells come and go without a cycle among them
    try:
        for each in _frames(order):
            _say(each)
    except SheetRefused as refused:
        _say(frame(FrameKind.REFUSED, refused.fault))
    except MemoryError:
        _say(frame(FrameKind.REFUSED, SheetFault.UNPACKS_TOO_BIG))
    except BrokenPipeError:
        return 1
    except BaseException:  # a panic inside the library is no Exception; its text may quote the file
        _say(frame(FrameKind.REFUSED, SheetFault.DAMAGED))
    return 0


def _hold_in(order: Order) -> None:
    """Whatever is narrower already stays so. When memory runs out all the same, the kernel is to end this process."""
    with suppress(OSError):
        os.nice(KINDLY)
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    for limit, most in (
        (resource.RLIMIT_AS, order.memory_bytes),
        (resource.RLIMIT_CPU, order.cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, widest = resource.getrlimit(limit)
        held = most if widest == resource.RLIM_INFINITY else min(most, widest)
        resource.setrlimit(limit, (held, held))


def _frames(order: Order) -> Iterator[bytes]:
    reading, height = _chosen(order)
    yield frame(FrameKind.RECOGNISED, written_recognition(reading.recognition), height)
    if reading.recognition.is_usable:
        rows: Iterable[object] = cleaned_rows(reading) if order.task is Task.CLEAN else map(written_row, reading.rows())
        for batch in _batches(rows):
            yield frame(FrameKind.ROWS, batch)
    yield frame(FrameKind.ENDED, _told(reading.unfamiliar))


def _chosen(order: Order) -> tuple[ExportReading, int | None]:
    """Of the first sheet that can be used as it is; else of the one that comes nearest to it."""
    nearest: tuple[ExportReading, int | None] | None = None
    for sheet in islice(sheets_of(Path(order.path), order.caps), MOST_SHEETS):
        reading = ExportReading(sheet, ZoneInfo(order.zone), mappings=order.mappings, words=order.words)
        if nearest is None or _nearness(reading.recognition) > _nearness(nearest[0].recognition):
            nearest = reading, sheet.height
        if reading.recognition.is_usable:
            break
    assert nearest is not None
    return nearest


def _nearness(found: Recognition) -> tuple[bool, bool, int]:
    return found.is_usable, found.layout is not None, -len(found.missing)


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while batch := list(islice(left, ROWS_IN_FRAME)):
        yield batch


def _told(unfamiliar: Counter[tuple[str, str]]) -> list[tuple[str, str, int]]:
    return [(header, word, count) for (header, word), count in unfamiliar.most_common(100)]


def _say(said: bytes) -> None:
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
