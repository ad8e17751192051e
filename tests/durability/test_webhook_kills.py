"""The bot that is brought its updates is killed at every boundary, the one between commit and answer among them."""

from dataclasses import replace

import pytest

from tests.durability.boundaries import Boundary, Cut
from tests.durability.stories import STORIES, Story
from tests.durability.theatre import Theatre

BETWEEN_COMMIT_AND_ANSWER = Boundary(name="after the commit of Inbox.take", nth=1)


@pytest.fixture
def by_webhook(theatre: Theatre) -> Theatre:
    return replace(theatre, by_webhook=True)


@pytest.mark.slow
@pytest.mark.parametrize("story", STORIES[:1], ids=lambda story: story.title)
async def test_a_kill_at_any_boundary_loses_nothing_and_repeats_nothing(by_webhook: Theatre, story: Story) -> None:
    rehearsed = await by_webhook.rehearse(story)
    assert BETWEEN_COMMIT_AND_ANSWER in rehearsed
    assert not [each for each in rehearsed if "getUpdates" in each.name]
    await by_webhook.play_each(story, [[Cut(at=boundary)] for boundary in rehearsed], rehearsed)
