"""What a service manager hears of the start."""

import asyncio
import socket
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.readiness import tell_started
from tests.support.programs import STARTS_WITHIN, free_port, started

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "4200000001:sandbox"


@pytest.fixture(params=["a file", "a name without a file"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "notify") if request.param == "a file" else f"@{tmp_path}/notify"


@pytest.fixture
def manager(address: str) -> Iterator[socket.socket]:
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)) as listening:
        listening.bind("\0" + address[1:] if address.startswith("@") else address)
        yield listening


async def test_whoever_waits_for_the_start_hears_of_it_once(
    manager: socket.socket, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    tell_started()
    assert manager.recv(100) == b"READY=1"
    with pytest.raises(BlockingIOError):
        manager.recv(100)


def test_nobody_waits_and_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    tell_started()


def test_a_manager_that_cannot_be_told_is_not_left_to_wait_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    with pytest.raises(FileNotFoundError):
        tell_started()


@pytest.mark.slow
async def test_started_means_that_telegram_accepted_the_token(
    manager: socket.socket, address: str, tmp_path: Path
) -> None:
    port = free_port()
    environment = {
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": f"http://127.0.0.1:{port}",
        "DATA_FOLDER": str(tmp_path / "state"),
        "STATUS_PORT": str(free_port()),
        "NOTIFY_SOCKET": address,
    }
    bot, sandbox = (sys.executable, "-m", "bot", "run"), (sys.executable, "-m", "bot.sandbox", f"--port={port}")
    async with started(*sandbox, environment={}, folder=ROOT) as telegram:
        await telegram.says("127.0.0.1")
        async with started(*bot, environment=environment, folder=ROOT) as program:
            told = asyncio.get_running_loop().sock_recv(manager, 100)
            assert await asyncio.wait_for(told, STARTS_WITHIN) == b"READY=1"
            assert "Бот работает с Telegram" in await program.says("Бот")
            ended = await program.interrupted()
    assert ended.code == 0, ended.complained
