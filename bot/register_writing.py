"""Writes registers as they are read: a thread sets rows and asks for the next page, which a short reading gives it.

No transaction lasts from one page to the next, and no more than a page is held at one time.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Final

from bot.gateways.paper_files import PaperFiles
from handlers.views.papers.naming import paper_title
from handlers.views.papers.registers import registers
from risk.papers import Paper
from risk.ports import OpenUnit, OpenView
from risk.registers import RegisterKind, RegisterLine
from risk.use_cases.papers import note_progress
from risk.use_cases.registers import RegistersFacts, registers_page
from storage.documents.setting import set_workbook

ROWS_ON_A_PAGE: Final = 1_000

Written = Callable[[int], Awaitable[None]]


class WritingGivenUp(Exception):
    """The bot stops; the next run writes the registers from the beginning."""


class RegisterPages:
    """Lines of an office for a thread that waits for them."""

    def __init__(self, facts: RegistersFacts, *, view: OpenView, written: Written) -> None:
        self._facts = facts
        self._view = view
        self._written = written
        self._count = 0
        self._loop = asyncio.get_running_loop()
        self._is_closed = False

    def close(self) -> None:
        """Nobody waits for them any more."""
        self._is_closed = True

    def lines(self, kind: RegisterKind) -> Iterator[RegisterLine]:
        after, is_more = 0, True
        while is_more:
            page = asyncio.run_coroutine_threadsafe(self._page(kind, after), self._loop).result()
            yield from page
            is_more = len(page) == ROWS_ON_A_PAGE
            after = page[-1].id if page else after

    async def _page(self, kind: RegisterKind, after: int) -> list[RegisterLine]:
        if self._is_closed:
            raise WritingGivenUp
        async with self._view() as unit:
            page = await registers_page(unit, kind, self._facts.asked, after=after, limit=ROWS_ON_A_PAGE)
        self._count += len(page)
        if len(page) == ROWS_ON_A_PAGE:
            await self._written(self._count)
        return list(page)


async def write_registers(
    paper: Paper, facts: RegistersFacts, files: PaperFiles, *, uow: OpenUnit, view: OpenView
) -> None:
    """Writes the workbook, in a thread, and tells as it goes how many rows are read.

    Given up, the thread ends at its next page, else the bot waited for it with its database closed.
    """
    total = sum(facts.rows.values())

    async def written(count: int) -> None:
        await note_progress(paper.id, count, total=total, uow=uow)

    pages = RegisterPages(facts, view=view, written=written)

    def fill(path: Path) -> None:
        set_workbook(paper_title(paper), registers(facts, pages.lines), path, made_at=facts.made_at)

    try:
        await asyncio.to_thread(files.write, paper.own_file, fill)
    finally:
        pages.close()
