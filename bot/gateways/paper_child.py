"""The process that makes one paper's file: what holds the processor for seconds must not hold the bot's answers.

Started by `bot.gateways.paper_press`: an order on its standard input, a line on its standard output. When the input
ends, the bot is gone, and so is this. It has no token and no database.
"""

import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from bot.gateways.paper_wire import End, Order, Rows, Said, Sheet, WriteWorkbook, line, unpacked
from bot.typesetting import typeset
from risk.documents import Cell, Register
from storage.documents.setting import set_workbook

KINDLY: Final = 5
"""Others are served meanwhile: the bot itself comes first."""

Say = Callable[[bytes], None]


def main() -> int:
    say = _mouth()
    _be_kind()
    order: Order = unpacked(sys.stdin.buffer)
    try:
        say(line(Said.MADE, _made(order)))
    except Exception as failed:
        say(line(Said.FAILED, type(failed).__name__, "".join(traceback.format_tb(failed.__traceback__))))
    return 0


def _mouth() -> Say:
    """The standard output is for lines alone: whatever a library prints goes where its errors go."""
    told = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def say(words: bytes) -> None:
        told.write(words)
        told.flush()

    return say


def _be_kind() -> None:
    """When memory runs out, the kernel is to end this process and not the bot."""
    with suppress(OSError):
        os.nice(KINDLY)
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _made(order: Order) -> str | None:
    """Why the template was refused, if it was."""
    if isinstance(order, WriteWorkbook):
        set_workbook(order.title, _Parts().registers(), order.path, made_at=order.made_at)
        return None
    _ends_with_the_bot()
    return typeset(order.composed, order.path, made_at=order.made_at, template=order.template)


class _Parts:
    """The workbook as it comes: no more than one batch of rows is held at a time."""

    def __init__(self) -> None:
        self._next: Sheet | End | None = None

    def registers(self) -> Iterator[Register]:
        part: Sheet | End = unpacked(sys.stdin.buffer)
        while isinstance(part, Sheet):
            yield Register(title=part.title, columns=part.columns, widths=part.widths, rows=self._rows())
            assert self._next is not None, "a sheet's rows are read before the next sheet"
            part, self._next = self._next, None
        _ends_with_the_bot()

    def _rows(self) -> Iterator[tuple[Cell, ...]]:
        while isinstance(part := unpacked(sys.stdin.buffer), Rows):
            yield from part.rows
        self._next = part


def _ends_with_the_bot() -> None:
    """Nothing else comes: from here on the end of the input is that of the bot."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
