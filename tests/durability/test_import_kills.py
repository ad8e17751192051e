"""The bot is killed at every boundary of an import; it ends as if nothing had happened, or is given up and says so."""

import pytest

from risk.jobs import MOST_ATTEMPTS
from tests.durability.boundaries import Boundary, Cut
from tests.durability.disk import rows
from tests.durability.exports import Exports, stories
from tests.durability.theatre import Theatre

BEFORE_THE_PREVIEW = Boundary(name="before the commit of note_read", nth=1)
TITLES = ("an export is read", "an export is applied", "a later export is applied")


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    made = Exports(folder=tmp_path_factory.mktemp("exports"))
    made.write()
    return made


@pytest.mark.slow
@pytest.mark.parametrize("place", range(len(TITLES)), ids=TITLES)
async def test_a_kill_at_any_boundary_loses_no_row_and_applies_none_twice(
    theatre: Theatre, exports: Exports, place: int
) -> None:
    story = stories(exports)[place]
    assert story.title == TITLES[place]
    begun = await theatre.after_prologue(story)
    rehearsed = await begun.rehearse(story)
    assert [each.name for each in rehearsed if "commit of" in each.name]
    await begun.play_each(story, [[Cut(at=boundary)] for boundary in rehearsed if _is_certain(boundary)], rehearsed)


def _is_certain(boundary: Boundary) -> bool:
    """How many edits of its progress a reading has time for depends on the machine: the first one stands for them."""
    return boundary.nth == 1 or not any(words in boundary.name for words in ("editMessageText", "Deliveries."))


@pytest.mark.slow
async def test_a_file_that_takes_the_bot_down_again_and_again_is_given_up_and_said_to_be(
    theatre: Theatre, exports: Exports
) -> None:
    story = stories(exports)[0]
    begun = await theatre.after_prologue(story)
    async with begun.stage([Cut(at=BEFORE_THE_PREVIEW)] * MOST_ATTEMPTS) as stage:
        await stage.start_bot()
        await stage.rest()
        await stage.stop_bot()
        assert stage.deaths == MOST_ATTEMPTS
        assert rows(stage.database, "select state from imports") == [("failed",)]
        assert rows(stage.database, "select state, why from jobs where kind = 'read_export'") == [
            ("failed", "restarts")
        ]
        assert rows(stage.database, "select count(*) from staged_appeals") == [(0,)]
        assert rows(stage.database, "select distinct wanted = shown from standing where subject = 'import'") == [(1,)]
