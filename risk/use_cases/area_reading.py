"""What is said of problem areas beside their figures: where each has grown, and what is written of why."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from risk.figures import Asked, Cut
from risk.ports import Unit
from risk.problem_areas import Area, block_of, causes_of, growths_of
from risk.use_cases.reporting import before, stories_of

GROWN_BY: Final = (Cut.TERRITORY, Cut.SETTLEMENT, Cut.DEPARTMENT)


async def explained(unit: Unit, asked: Asked, areas: Sequence[Area]) -> Sequence[Area]:
    if not areas:
        return ()
    reports, earlier = unit.reports, before(asked)
    crossed = {
        cut: (await reports.crossed(asked, Cut.TOPIC, cut), await reports.crossed(earlier, Cut.TOPIC, cut))
        for cut in GROWN_BY
    }
    blocks = await reports.crossed(asked, Cut.TOPIC, Cut.BLOCK)
    stories = await stories_of(unit, asked)
    return [
        replace(
            area,
            growths=growths_of(area, crossed),
            causes=causes_of(block_of(area.topic, blocks), stories, asked),
        )
        for area in areas
    ]
