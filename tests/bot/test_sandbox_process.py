"""The sandbox as a process of its own: what keeps it from starting, and what ends it."""

import asyncio
import signal
import socket
import sys
from pathlib import Path

import pytest

from tests.support.programs import ENDS_WITHIN, STARTS_WITHIN, Ended, finished, free_port, started

ROOT = Path(__file__).resolve().parents[2]
SANDBOX = (sys.executable, "-m", "bot.sandbox")
FOR_PEOPLE = (sys.executable, "-m", "bot", "sandbox")


@pytest.mark.slow
@pytest.mark.parametrize("command", [SANDBOX, FOR_PEOPLE], ids=["by the bot", "by the operator"])
async def test_a_taken_port_is_said_in_one_line(command: tuple[str, ...]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = await finished(*command, "--port", str(port), environment={}, folder=ROOT)
    _is_refused(refused, f"Порт {port} занят")


async def test_a_file_that_holds_no_world_is_said_in_one_line_and_kept(tmp_path: Path) -> None:
    state = tmp_path / "telegram.json"
    state.write_text("[]", encoding="utf-8")
    refused = await finished(*SANDBOX, "--port", "0", "--state", state, environment={}, folder=ROOT)
    _is_refused(refused, str(state))
    assert state.read_text(encoding="utf-8") == "[]"


async def test_it_keeps_its_world_and_ends_when_whoever_started_it_is_gone(tmp_path: Path) -> None:
    state = tmp_path / "telegram.json"
    process = await asyncio.create_subprocess_exec(
        *SANDBOX, "--port=0", f"--state={state}", "--until-stdin-ends", cwd=ROOT, stdin=-1, stdout=-1, stderr=-1
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert b"127.0.0.1" in await asyncio.wait_for(process.stdout.readline(), STARTS_WITHIN)
    process.stdin.write(b"words are not an end\n")
    await process.stdin.drain()
    assert process.returncode is None
    process.stdin.close()
    _, complained = await asyncio.wait_for(process.communicate(), ENDS_WITHIN)
    assert complained == b""
    assert await process.wait() == 0
    assert state.exists()


@pytest.mark.slow
async def test_a_killed_bot_leaves_no_sandbox_behind(tmp_path: Path) -> None:
    port = free_port()
    environment = {"DATA_FOLDER": str(tmp_path), "SANDBOX_PORT": str(port), "STATUS_PORT": str(free_port())}
    async with started(sys.executable, "-m", "bot", "run", environment=environment, folder=ROOT) as bot:
        await bot.says("остановить: Ctrl+C")
        bot.process.kill()
        assert (await bot.ended()).code == -signal.SIGKILL  # the sandbox writes there too: it has ended as well
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def _is_refused(refused: Ended, says: str) -> None:
    assert (refused.code, refused.said) == (2, "")
    assert refused.complained.count("\n") == 1
    assert says in refused.complained
