"""Reads and words registers for the process that writes them: page by page, a few rows between two answers.

No transaction lasts from one page to the next, and no more than a page is held at one time. All of it runs in the loop
that answers people, by turns with them: a thread beside it would hold Python's one lock at every step of an answer.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Final

from bot.gateways.paper_wire import End, Part, Rows, Sheet
from handlers.views.papers.registers import RegisterSheets
from risk.ports import OpenView
from risk.registers import RegisterKind, RegisterLine
from risk.use_cases.registers import RegistersFacts, registers_page

ROWS_ON_A_PAGE: Final = 200
ROWS_AT_ONCE: Final = 25
"""That are worded before others have their turn: a millisecond or so."""
PAGES_TO_TELL: Final = 5
"""After so many pages it is told how far it is."""

Written = Callable[[int], Awaitable[None]]


class RegisterPages:
    def __init__(self, facts: RegistersFacts, *, view: OpenView, written: Written) -> None:
        self._facts = facts
        self._sheets = RegisterSheets(facts)
        self._view = view
        self._written = written

    async def parts(self) -> AsyncIterator[Part]:
        """First what the file is, then a sheet for each kind; `written` hears how many rows were read."""
        about, count, pages = self._sheets.about(), 0, 0
        yield Sheet(title=about.title, columns=about.columns, widths=about.widths)
        yield Rows(rows=tuple(about.rows))
        for kind in self._facts.asked.kinds:
            head = self._sheets.head(kind)
            yield Sheet(title=head.title, columns=head.columns, widths=head.widths)
            async for page in self._pages(kind):
                for first in range(0, len(page), ROWS_AT_ONCE):
                    yield Rows(rows=tuple(map(self._sheets.row, page[first : first + ROWS_AT_ONCE])))
                    await asyncio.sleep(0)
                count, pages = count + len(page), pages + 1
                if pages % PAGES_TO_TELL == 0:
                    await self._written(count)
        yield End()

    async def _pages(self, kind: RegisterKind) -> AsyncIterator[Sequence[RegisterLine]]:
        after, is_more = 0, True
        while is_more:
            async with self._view() as unit:
                page = await registers_page(unit, kind, self._facts.asked, after=after, limit=ROWS_ON_A_PAGE)
            if page:
                yield page
                after = page[-1].id
            is_more = len(page) == ROWS_ON_A_PAGE
