"""The bot is killed at every boundary between a commit and a call; nothing is lost and nothing is done twice."""

import random
from collections.abc import Sequence
from typing import Final

import pytest

from tests.durability.boundaries import POLL, Boundary, Cut
from tests.durability.digests import DIGESTS
from tests.durability.stories import STORIES, Story
from tests.durability.theatre import Theatre
from tests.durability.working import WORKING
from tests.support.slowness import one_fast

PAIRS: Final = 6
"""Double kills to try for each story: there are far too many pairs for all of them."""

ALL: Final = (*STORIES, *WORKING, *DIGESTS)


@pytest.mark.slow
@pytest.mark.parametrize("story", ALL, ids=lambda story: story.title)
async def test_a_kill_at_any_boundary_loses_nothing_and_repeats_nothing(theatre: Theatre, story: Story) -> None:
    begun = await theatre.after_prologue(story)
    rehearsed = await begun.rehearse(story)
    await begun.play_each(story, [[Cut(at=boundary)] for boundary in _own(story, rehearsed)], rehearsed)


@pytest.mark.parametrize("story", one_fast(ALL, STORIES[0]), ids=lambda story: story.title)
async def test_a_second_kill_during_the_recovery_does_no_more_harm(theatre: Theatre, story: Story) -> None:
    begun = await theatre.after_prologue(story)
    rehearsed = await begun.rehearse(story)
    seed = random.randrange(2**32)
    dice = random.Random(seed)
    pairs = [[Cut(at=dice.choice(rehearsed)), Cut(at=dice.choice(rehearsed))] for _ in range(PAIRS)]
    try:
        await begun.play_each(story, pairs, rehearsed)
    except BaseException as fault:
        fault.add_note(f"seed: {seed}")
        raise


def _own(story: Story, rehearsed: Sequence[Boundary]) -> Sequence[Boundary]:
    """Without the start of the bot where there is a prologue: stories that have none die there, at each boundary."""
    if story.prologue is None:
        return rehearsed
    first = next(place for place, boundary in enumerate(rehearsed) if POLL in boundary.name)
    return rehearsed[first:]
