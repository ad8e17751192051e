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

PAIRS: Final = 6
"""Double kills to try for each story: there are far too many pairs for all of them."""

each_story = pytest.mark.parametrize(
    "story",
    [
        pytest.param(story, marks=[] if story is STORIES[0] else pytest.mark.slow)
        for story in (*STORIES, *WORKING, *DIGESTS)
    ],
    ids=lambda story: story.title,
)
"""The first story crosses every kind of boundary there is; the others are kept for `make test-all`."""


@each_story
async def test_a_kill_at_any_boundary_loses_nothing_and_repeats_nothing(theatre: Theatre, story: Story) -> None:
    begun = await theatre.after_prologue(story)
    rehearsed = await begun.rehearse(story)
    await begun.play_each(story, [[Cut(at=boundary)] for boundary in _own(story, rehearsed)], rehearsed)


@each_story
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
