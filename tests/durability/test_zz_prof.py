"""x."""

import time, asyncio, os, pytest, subprocess, sys
from tests.durability.stories import STORIES
from tests.durability import mortal, aftermath, theatre as th


async def test_prof(theatre):
    story = STORIES[2]
    for _ in range(2):
        async with theatre.stage() as stage:
            w = aftermath.Witness(stage)
            t0 = time.monotonic()
            await stage.start_bot()
            t1 = time.monotonic()
            await story.play(stage)
            t2 = time.monotonic()
            await w.examine_ending(story)
            t3 = time.monotonic()
            print(f"{t1 - t0:.3f} {t2 - t1:.3f} {t3 - t2:.3f}")
            print(stage.log.read_text()[-9000:])
    assert 0
