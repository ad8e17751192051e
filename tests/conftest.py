"""What every test stands under: loopback only, no network inside a transaction, skips refused where CI says so."""

import asyncio
import gc
import os
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import certifi
import httpx
import pytest

from bot.gateways.link_probe import LinkProbe
from storage.database import transaction_open
from tests.support.clocks import StoryClock
from tests.support.stage import Scenery, Stage, build_scenery, on_stage

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_NETWORK_CALLS: tuple[tuple[Any, str], ...] = (
    (aiohttp.ClientSession, "_request"),
    (httpx.AsyncClient, "send"),
    (LinkProbe, "probe"),
)


@pytest.fixture(scope="session")
def scenery(tmp_path_factory: pytest.TempPathFactory) -> Scenery:
    """Made once for each worker; journeys play in copies."""
    return asyncio.run(build_scenery(tmp_path_factory.mktemp("scenery"), StoryClock()))


@pytest.fixture
async def stage(scenery: Scenery, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(scenery, tmp_path, StoryClock()) as playing:
        yield playing


def pytest_collection_finish() -> None:
    """What was imported stays: it is not looked through for garbage again, which took a quarter of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _certificates_are_read_once() -> Iterator[None]:
    """Each client reads those of all the world anew: a tenth of a journey's time, and none of them goes out."""
    patch = pytest.MonkeyPatch()
    create, of_the_world = ssl.create_default_context, ssl.create_default_context(cafile=certifi.where())

    def created(*purpose: Any, **of: Any) -> ssl.SSLContext:
        return of_the_world if not purpose and of == {"cafile": certifi.where()} else create(*purpose, **of)

    patch.setattr(ssl, "create_default_context", created)
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    """A test that reaches for the network fails there and then."""
    patch = pytest.MonkeyPatch()
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            assert address[0] in LOOPBACK, f"a test may not reach {address}"
        connect(self, address)

    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def _no_network_inside_a_transaction() -> Iterator[None]:
    """The promise of `storage.database`: a transaction never spans a network call."""
    patch = pytest.MonkeyPatch()
    for owner, name in _NETWORK_CALLS:
        patch.setattr(owner, name, _outside_transactions(getattr(owner, name)))
    yield
    patch.undo()


def _outside_transactions(call: Any) -> Any:
    async def checked(*args: Any, **kwargs: Any) -> Any:
        assert not transaction_open.get(), "a network call inside a transaction"
        return await call(*args, **kwargs)

    return checked


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """In CI a skip is a gap that nobody sees: it fails."""
    outcome: Any = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("MCU_NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"skipped where skips are refused: {report.longrepr}"
