"""What a draft keeps when its office has changed under it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from risk.drafts import Choices, Draft
from risk.ids import BlockKey, LevelKey, TerritoryKey
from tests.handlers.builders import HIGH, LOW, MIDDLE, NORTH, ROADS, SOCIAL, draft, plan, understanding

GONE = "gone"
blocks = st.sampled_from([None, ROADS, SOCIAL, BlockKey(GONE)])
levels = st.sampled_from([LOW, MIDDLE, HIGH, LevelKey(GONE)])
territories = st.sampled_from([None, NORTH, TerritoryKey(GONE)])


def drafted(block: str | None, level: str, territory: str | None, *, chosen: bool) -> Draft:
    if chosen:
        choices = Choices(
            block=None if block is None else BlockKey(block),
            level=LevelKey(level),
            territory=None if territory is None else TerritoryKey(territory),
        )
        return draft(understanding(), choices=choices)
    return draft(
        understanding(
            block=None if block is None else BlockKey(block),
            level=LevelKey(level),
            territory=None if territory is None else TerritoryKey(territory),
        )
    )


@given(blocks, levels, territories, st.booleans())
def test_a_draft_keeps_what_its_office_offers_and_nothing_else(
    block: BlockKey | None, level: LevelKey, territory: TerritoryKey | None, chosen: bool
) -> None:
    before = drafted(block, level, territory, chosen=chosen)
    after = before.within(plan())
    assert after.block in {None, *plan().block_keys}
    assert after.territory in {None, *plan().territory_keys}
    assert after.level in plan().level_keys
    if GONE not in {block, level, territory}:
        assert after == before
    assert after.within(plan()) == after


def test_a_level_that_is_no_more_gives_way_to_the_offices_default() -> None:
    understood = understanding(level=LevelKey(GONE), level_words=("пожар",))
    after = draft(understood).within(plan())
    assert (after.level, after.understood.level_words) == (plan().default_level, ())


def test_what_was_chosen_instead_of_a_block_that_is_no_more_stays() -> None:
    before = draft(understanding(block=BlockKey(GONE), block_words=("яма",)), choices=Choices(block=SOCIAL))
    assert before.within(plan()) == replace(before, understood=replace(before.understood, block=None, block_words=()))
