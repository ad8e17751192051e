"""The buttons under a digest: the items behind its figures, the page for the planning meeting, sending it again."""

from collections.abc import Iterator

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks import DigestAgain, DigestPage
from handlers.keyboards.buttons import Row, button
from risk.digests import Digest
from risk.offices import Office


def digest_keyboard(office: Office, digest: Digest) -> InlineKeyboardMarkup | None:
    """Of a preview nothing is stored, so there is nothing to set on a page."""
    rows = [*_items(office, digest), *_page(office, digest)]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def again_keyboard(office: Office, digest: Digest, times: int) -> InlineKeyboardMarkup:
    again = DigestAgain(office=office.id, digest=digest.id, times=times)
    return InlineKeyboardMarkup(inline_keyboard=[[button("Отправить ещё раз", again)]])


def _items(office: Office, digest: Digest) -> Iterator[Row]:  # noqa: ARG001 - the place of `FigureItems`
    """What opens the items that a figure counts."""
    yield from ()


def _page(office: Office, digest: Digest) -> Iterator[Row]:
    if digest.is_stored:
        yield [button("Страница для планёрки", DigestPage(office=office.id, digest=digest.id))]
