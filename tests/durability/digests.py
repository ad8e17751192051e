"""The story of a morning with its digest: it is in the chat once, or whoever decides is asked; it is never repeated."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from tests.durability.month import comes_to
from tests.durability.mortal import MortalStage
from tests.durability.stories import MEMBER, Facts, Story
from tests.support.people import Shown

ITS_HOUR: Final = datetime(2026, 11, 23, 6, 0, 30, tzinfo=UTC)
"""Monday, half a minute past nine in Moscow."""

_OF_MONDAY: Final = "once = 'digest daily 2026-11-23'"
_ASKED: Final = "exists (select 1 from outbox as asked where asked.kind = 'digest_astray' and asked.state = 'sent')"


async def _morning(stage: MortalStage) -> None:
    await comes_to(stage, ITS_HOUR)
    await comes_to(stage, ITS_HOUR + timedelta(minutes=1))
    await comes_to(stage, ITS_HOUR + timedelta(minutes=2))
    assert len(_said(await stage.chat.of_bot())) <= 1, "the digest stands there twice"


def _posted_once(_: MortalStage) -> Facts:
    return {
        "select count(*) from digests where day = '2026-11-23'": [(1,)],
        f"select count(*) from outbox where {_OF_MONDAY} and state in ('sent', 'unknown')": [(1,)],
        f"select count(*) from outbox where {_OF_MONDAY} and (state = 'unknown') <> {_ASKED}": [(0,)],
        "select count(*) from outbox where once like 'digest daily 2026-11-23 again%'": [(0,)],
        "select count(*) from papers where kind = 'digest_picture' and planned_at > '2026-11-23'": [(1,)],
        "select count(*) from outbox where kind = 'paper_made' and state = 'sent' and due_at > '2026-11-23'": [(1,)],
    }


async def _doubted(stage: MortalStage) -> None:
    """The connection breaks once it was taken, and the head is asked."""
    await stage.control("faults", kind="drop_after", method="sendMessage", chat=stage.chat.id, times=1)
    await comes_to(stage, ITS_HOUR)
    await comes_to(stage, ITS_HOUR + timedelta(minutes=1))


async def _sends_again(stage: MortalStage) -> None:
    head = stage.person("руководитель МЦУ")
    await stage.presses(head, "Отправить ещё раз", head)
    await comes_to(stage, ITS_HOUR + timedelta(minutes=2))
    await comes_to(stage, ITS_HOUR + timedelta(minutes=3))
    assert len(_said(await stage.chat.of_bot())) <= 2, "the digest stands there oftener than it was sent"


def _sent_again(_: MortalStage) -> Facts:
    again = "once = 'digest daily 2026-11-23 again 1'"
    return {
        f"select state from outbox where {_OF_MONDAY}": [("unknown",)],
        f"select count(*) from outbox where {again} and state in ('sent', 'unknown')": [(1,)],
        "select count(*) from outbox where once like 'digest daily 2026-11-23%'": [(2,)],
    }


async def _posted(stage: MortalStage) -> None:
    await comes_to(stage, ITS_HOUR)


async def _asks_for_page(stage: MortalStage) -> None:
    await stage.presses(stage.person(MEMBER), "Страница для планёрки", stage.chat)
    await stage.rest()


def _page_came(stage: MortalStage) -> Facts:
    """Whoever gets no answer to a press, presses again: the page that was sent meanwhile is asked for anew."""
    assert not list((stage.database.parent / "papers").iterdir()), "a file lies there that nobody needs"
    asker = stage.person(MEMBER).id
    return {
        f"select distinct state, file from papers where kind = 'digest_page' and address = '{asker}'": [("sent", None)],
        f"select distinct state from outbox where kind = 'paper_made' and address = '{asker}'": [("sent",)],
        f"select count(*) <= 2 from papers where kind = 'digest_page' and address = '{asker}'": [(1,)],
    }


def _said(messages: Sequence[Shown]) -> Sequence[Shown]:
    """The digest itself: its picture is captioned with the same day."""
    return [each for each in messages if "понедельник, 23" in each.text and not each.data["media"]]


DIGESTS: Final = (
    Story(title="a digest is posted in the morning", play=_morning, facts=_posted_once, at_once=2),
    Story(title="a digest is sent again", prologue=_doubted, play=_sends_again, facts=_sent_again),
    Story(
        title="a digest is asked for as a page",
        prologue=_posted,
        play=_asks_for_page,
        facts=_page_came,
        at_once=2,
        merges=True,
    ),
)
