"""The buttons under a digest: the items behind its figures, the page for the planning meeting, sending it again."""

from collections.abc import Iterator
from typing import Final

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks.reports import DigestAgain, DigestPage
from handlers.keyboards.buttons import Row, button, in_rows
from handlers.keyboards.figures import figure_button
from risk.digests import Digest
from risk.figures import OF_MOMENT, Figure
from risk.offices import Office
from risk.periods import Period, PeriodKind

_OPENED: Final = (Figure.RISKS_OPEN, Figure.RISKS_OVERDUE, Figure.NEW, Figure.OVERDUE, Figure.REPEATED, Figure.DEFERRED)
_IN_A_ROW: Final = 2


def digest_keyboard(office: Office, digest: Digest) -> InlineKeyboardMarkup | None:
    """Of a preview nothing is stored, so there is nothing to set on a page."""
    rows = [*_items(office, digest), *_page(office, digest)]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def again_keyboard(office: Office, digest: Digest, times: int) -> InlineKeyboardMarkup:
    again = DigestAgain(office=office.id, digest=digest.id, times=times)
    return InlineKeyboardMarkup(inline_keyboard=[[button("Отправить ещё раз", again)]])


def _items(office: Office, digest: Digest) -> Iterator[Row]:
    """What opens the items that a figure counts."""
    buttons = [
        figure_button(office.id, figure, digest.total[figure], _days_of(figure, digest))
        for figure in _OPENED
        if digest.total[figure]
    ]
    yield from in_rows(buttons, _IN_A_ROW)


def _days_of(figure: Figure, digest: Digest) -> Period:
    """What stands is listed as it stands on the day of the digest; what was put off may have ended in its period."""
    if figure is Figure.DEFERRED:
        return Period(first=digest.period.first, last=digest.day)
    if figure in OF_MOMENT:
        return Period(first=digest.day, last=digest.day, kind=PeriodKind.DAY)
    return digest.period


def _page(office: Office, digest: Digest) -> Iterator[Row]:
    if digest.is_stored:
        yield [button("Страница для планёрки", DigestPage(office=office.id, digest=digest.id))]
