"""The bot is killed at every boundary from the asking for a paper to its being sent; it ends as if nothing happened."""

from pathlib import Path
from typing import Final

import pytest

from risk.jobs import MOST_ATTEMPTS
from tests.durability.boundaries import Boundary, Cut
from tests.durability.disk import rows
from tests.durability.mortal import MortalStage
from tests.durability.stories import Facts, Story
from tests.durability.theatre import Theatre

WHILE_IT_IS_MADE: Final = Boundary(name="before the commit of note_made", nth=1)


async def _asks(stage: MortalStage) -> None:
    await stage.person("руководитель МЦУ").says("/export 01.11–20.11")


def _sent(stage: MortalStage) -> Facts:
    assert not list(_folder(stage).iterdir()), "a file lies there that nobody needs"
    return {
        "select state, file, times from papers where kind = 'registers'": [("sent", None, 0)],
        "select state from outbox where kind = 'paper_made' and address > '0'": [("sent",)],
        "select state from jobs where kind = 'write_registers'": [("done",)],
        "select count(*) from standing where subject = 'paper'": [(1,)],
    }


def _folder(stage: MortalStage) -> Path:
    return stage.database.parent / "papers"


STORY: Final = Story(title="registers are asked for", play=_asks, facts=_sent, at_once=2, merges=True)


@pytest.mark.slow
async def test_a_kill_at_any_boundary_loses_no_paper_and_sends_none_twice_that_the_ledger_does_not_tell_of(
    theatre: Theatre,
) -> None:
    rehearsed = await theatre.rehearse(STORY)
    assert any("note_made" in each.name for each in rehearsed)
    assert any("sendDocument" in each.name for each in rehearsed)
    await theatre.play_each(STORY, [[Cut(at=boundary)] for boundary in rehearsed if _is_certain(boundary)], rehearsed)


def _is_certain(boundary: Boundary) -> bool:
    """How many edits of its progress a making has time for depends on the machine: the first one stands for them."""
    return boundary.nth == 1 or not any(words in boundary.name for words in ("editMessageText", "Deliveries."))


@pytest.mark.slow
async def test_a_paper_that_takes_the_bot_down_again_and_again_is_given_up_and_said_to_be(theatre: Theatre) -> None:
    async with theatre.stage([Cut(at=WHILE_IT_IS_MADE)] * MOST_ATTEMPTS) as stage:
        await stage.start_bot()
        await _asks(stage)
        await stage.rest()
        await stage.person("руководитель МЦУ").sees("не получилось", "Сбой у меня, не у вас.")
        assert "Сделать ещё раз" in (await stage.person("руководитель МЦУ").last()).buttons
        await stage.stop_bot()
        assert stage.deaths == MOST_ATTEMPTS
        assert rows(stage.database, "select state, why from papers where kind = 'registers'") == [("failed", "fault")]
        assert rows(stage.database, "select state, why from jobs where kind = 'write_registers'") == [
            ("failed", "restarts")
        ]
        assert not list(_folder(stage).iterdir())
