"""A sandbox for every test that asks for one."""

from collections.abc import AsyncIterator

import pytest

from bot.sandbox.identity import Profile
from bot.sandbox.world import World
from tests.bot.sandbox.harness import MovableClock, Sandbox


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def profile() -> Profile:
    return Profile.FAST


@pytest.fixture
async def sandbox(clock: MovableClock, profile: Profile) -> AsyncIterator[Sandbox]:
    running = Sandbox(World(profile, clock=clock), clock)
    async with running.client:
        yield running
