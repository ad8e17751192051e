"""The bot is killed at every boundary between a commit and a call; nothing is lost and nothing is done twice."""

import random

import pytest

from tests.durability.boundaries import Cut
from tests.durability.stories import STORIES, Story
from tests.durability.theatre import Theatre

PAIRS = 4
"""Double kills to try for each story: there are far too many pairs for all of them."""


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
async def test_a_kill_at_any_boundary_loses_nothing_and_repeats_nothing(theatre: Theatre, story: Story) -> None:
    rehearsed = await theatre.rehearse(story)
    faults: list[Exception] = []
    for boundary in rehearsed:
        try:
            killed = await theatre.play(story, [Cut(at=boundary)], rehearsed)
            assert killed == 1, f"the story did not come by «{boundary}» again"
        except Exception as fault:
            faults.append(fault)
    if faults:
        raise ExceptionGroup(f"{len(faults)} of {len(rehearsed)} kills did harm", faults)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
async def test_a_second_kill_during_the_recovery_does_no_more_harm(theatre: Theatre, story: Story) -> None:
    rehearsed = await theatre.rehearse(story)
    seed = random.randrange(2**32)
    dice = random.Random(seed)
    for _ in range(PAIRS):
        cuts = [Cut(at=dice.choice(rehearsed)), Cut(at=dice.choice(rehearsed))]
        try:
            assert await theatre.play(story, cuts, rehearsed) >= 1
        except BaseException as fault:
            fault.add_note(f"seed: {seed}")
            raise
