"""The story of a morning with its digest: it is in the chat once, or whoever decides is asked; it is never repeated."""

from datetime import UTC, datetime, timedelta
from typing import Final

from tests.durability.month import comes_to
from tests.durability.mortal import MortalStage
from tests.durability.stories import Facts, Story

ITS_HOUR: Final = datetime(2026, 11, 23, 6, 0, 30, tzinfo=UTC)
"""Monday, half a minute past nine in Moscow."""

_OF_MONDAY: Final = "once = 'digest daily 2026-11-23'"
_ASKED: Final = "exists (select 1 from outbox as asked where asked.kind = 'digest_astray' and asked.state = 'sent')"


async def _morning(stage: MortalStage) -> None:
    await comes_to(stage, ITS_HOUR)
    await comes_to(stage, ITS_HOUR + timedelta(minutes=1))
    await comes_to(stage, ITS_HOUR + timedelta(minutes=2))
    said = [each for each in await stage.chat.of_bot() if "понедельник, 23" in each.text]
    assert len(said) <= 1, "the digest stands there twice"


def _posted_once(_: MortalStage) -> Facts:
    return {
        "select count(*) from digests where day = '2026-11-23'": [(1,)],
        f"select count(*) from outbox where {_OF_MONDAY} and state in ('sent', 'unknown')": [(1,)],
        f"select count(*) from outbox where {_OF_MONDAY} and (state = 'unknown') <> {_ASKED}": [(0,)],
        "select count(*) from outbox where once like 'digest daily 2026-11-23 again%'": [(0,)],
        "select count(*) from papers where kind = 'digest_picture' and planned_at > '2026-11-23'": [(1,)],
        "select count(*) from outbox where kind = 'paper_made' and state = 'sent' and due_at > '2026-11-23'": [(1,)],
    }


DIGESTS: Final = (
    Story(
        title="a digest is posted in the morning",
        play=_morning,
        facts=_posted_once,
        at_once=2,
        never_repeated=("digest_posted",),
    ),
)
