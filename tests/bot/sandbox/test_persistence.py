"""A world that survives the end of its process."""

import asyncio
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.persistence import load, take, write
from bot.sandbox.world import World
from tests.bot.sandbox.harness import Sandbox


async def test_a_world_is_the_same_after_writing_and_loading(sandbox: Sandbox, tmp_path: Path) -> None:
    olga = await sandbox.person("Ольга", label="Оператор")
    chat = await sandbox.group(olga, "bot", is_forum=True)
    await sandbox.membership(chat, "bot", "restricted", rights={"can_send_messages": True})
    await sandbox.control(f"chats/{chat}/topics", as_=olga, name="ПИЛОТ")
    keyboard = {"inline_keyboard": [[{"text": "Взять", "callback_data": "take"}]]}
    card = await sandbox.sends(olga, "Карточка", reply_markup=keyboard)
    press = {"message_id": card["message_id"], "button": "Взять"}
    made = await sandbox.control("presses", as_=olga, chat=olga, **press)
    await sandbox.call("answerCallbackQuery", callback_query_id=made["query_id"], text="Да")
    await sandbox.writes(olga, photo=True, forward={"kind": "hidden", "name": "Житель"})
    async with sandbox.client.post("/control/files?name=отчёт.bin", data=bytes(range(256))) as answer:
        uploaded = (await answer.json())["file"]
    await sandbox.writes(olga, document=True, file=uploaded)
    await sandbox.call("getFile", file_id=uploaded)
    await sandbox.control(f"chats/{olga}/pins", as_=olga, message_id=card["message_id"])
    await sandbox.call("setMyCommands", commands=[{"command": "risks", "description": "Риски"}])
    await sandbox.control("faults", kind="429", times=3)
    await sandbox.control("training", verb="PUT", office="Учебный МЦУ")
    file = tmp_path / "state" / "sandbox.json"
    write(file, sandbox.world)
    revived = World()
    load(file, revived)
    assert take(revived) == take(sandbox.world)
    assert revived.files.entries[uploaded].content == bytes(range(256))
    assert list(file.parent.iterdir()) == [file]


async def test_a_file_that_is_not_there_is_an_empty_world(tmp_path: Path) -> None:
    world = World()
    load(tmp_path / "nothing.json", world)
    assert (world.people, world.chats) == ({}, {})


async def test_a_damaged_file_is_not_mistaken_for_an_empty_world(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text("{")
    with pytest.raises(ValueError, match="move it away"):
        load(tmp_path / "state.json", World())


@pytest.mark.slow
async def test_the_process_keeps_its_world_over_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "sandbox.json"
    async with aiohttp.ClientSession() as session:
        process, address = await start(state)
        async with session.post(f"{address}control/people", json={"first_name": "Ольга"}) as answer:
            person = await answer.json()
        await stop(process)
        process, address = await start(state)
        async with session.get(f"{address}control/state") as answer:
            assert (await answer.json())["people"] == [person]
        await stop(process)


async def start(state: Path) -> tuple[asyncio.subprocess.Process, str]:
    """The sandbox as a process, and the address that it prints."""
    arguments = ("-m", "bot.sandbox", "--port", "0", "--profile", "fast", "--state", str(state))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[3]
    )
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    return process, next(word for word in line.split() if word.startswith("http"))


async def stop(process: asyncio.subprocess.Process) -> None:
    """As `make run` stops it."""
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0
    await process.communicate()
