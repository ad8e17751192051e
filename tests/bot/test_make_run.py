"""What `make run` starts: the bot with the sandbox beside it, as processes; their start, return and end."""

import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from storage.database import DatabaseKind, migrate
from tests.support.programs import Ended, Program, finished, free_port, started

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
RUN = (sys.executable, "-m", "bot", "run")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one installation lives."""

    data: Path
    sandbox_port: int
    status_port: int

    @property
    def environment(self) -> dict[str, str]:
        ports = {"SANDBOX_PORT": str(self.sandbox_port), "STATUS_PORT": str(self.status_port)}
        return ports | {"DATA_FOLDER": str(self.data)}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Program]:
        async with started(*RUN, environment=self.environment, folder=ROOT) as program:
            await program.says("остановить: Ctrl+C")
            yield program

    async def refuses(self) -> Ended:
        return await finished(*RUN, environment=self.environment, folder=ROOT)

    async def page(self) -> str:
        return (await _answer(self.sandbox_port, "/")).text

    async def world(self) -> dict[str, Any]:
        world: dict[str, Any] = (await _answer(self.sandbox_port, "/control/state")).json()
        return world

    async def said_in(self, chat: int) -> list[str]:
        answer = await _answer(self.sandbox_port, f"/control/chats/{chat}/messages")
        return [message["text"] or "" for message in answer.json()["messages"]]

    async def status(self) -> dict[str, Any]:
        status: dict[str, Any] = (await _answer(self.status_port, "/status")).json()
        return status

    async def asks_to_begin_anew(self) -> None:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.sandbox_port}", trust_env=False) as sandbox:
            asked = await sandbox.post("/control/office/begin-anew")
            assert asked.status_code == 202, asked.text

    async def says(self, person: int, chat: int, text: str) -> None:
        """Write, and wait until the bot is at rest again."""
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.sandbox_port}", trust_env=False) as sandbox:
            written = await sandbox.post("/control/messages", json={"as": person, "chat": chat, "text": text})
            assert written.is_success, written.text
        assert (await _answer(self.sandbox_port, "/control/settled?wait=10")).json()["settled"]
        await _answer(self.status_port, "/rest?wait=10")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(data=tmp_path / "state", sandbox_port=free_port(), status_port=free_port())


async def test_begun_anew_the_office_is_as_it_was_at_first_and_the_program_goes_on(place: Place) -> None:
    async with place.running() as program:
        before = await place.world()
        member, chat = before["training"]["begin"], _alert_chat(before)["id"]
        await place.says(member, member, "Нет света в парке")
        at_first = len(await place.said_in(chat))
        await place.asks_to_begin_anew()
        await program.says("остановить: Ctrl+C")
        after = await place.world()
        assert after["training"] == before["training"]
        assert "Нет света в парке" not in await place.said_in(member)
        assert len(await place.said_in(chat)) == at_first
        assert (await program.interrupted()).code == 0


async def test_without_a_token_the_sandbox_comes_up_with_its_office_and_its_chat(place: Place) -> None:
    async with place.running():
        assert "<title>Песочница</title>" in await place.page()
        world = await place.world()
        assert {"куратор", "член проектного офиса 1"} <= {person["label"] for person in world["people"]}
        chat = _alert_chat(world)
        assert chat["title"] == "МЦУ-ПИЛОТ"
        assert world["training"]["offices"][0]["title"] == "МЦУ Пестовского округа"
        assert any("алерт-чат" in words for words in await place.said_in(chat["id"]))
        assert (await place.status())["kind"] == "sandbox"


async def test_interrupted_it_ends_in_order_and_leaves_nobody_behind(place: Place) -> None:
    async with place.running() as program:
        ended = await program.interrupted()
    assert ended.code == 0
    assert all("level='info'" in line for line in ended.complained.splitlines()), ended.complained
    for port in (place.sandbox_port, place.status_port):
        assert _is_free(port)


async def test_started_again_it_finds_its_chats_as_they_were(place: Place) -> None:
    async with place.running() as program:
        world = await place.world()
        member = next(person["id"] for person in world["people"] if person["label"] == "член проектного офиса 1")
        chat = _alert_chat(world)["id"]
        await place.says(member, chat, "/risk Нет света на улице Мира")
        before = await place.said_in(chat)
        assert "ИР-1/26" in before[-1] or "Нет света" in before[-1]
        await program.interrupted()
    async with place.running():
        assert await place.said_in(chat) == before
        assert (await place.world())["people"] == world["people"]
        await place.says(member, chat, "/risk Нет воды на улице Мира")
        assert "-2/" in (await place.said_in(chat))[-1]


@pytest.mark.parametrize("port", ["sandbox_port", "status_port"])
async def test_a_taken_port_is_said_in_one_line(place: Place, port: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", getattr(place, port)))
        taken.listen()
        refused = await place.refuses()
    assert refused.code == 2
    assert refused.complained.count("\n") == 1
    assert f"Порт {getattr(place, port)} занят" in refused.complained


async def test_beside_a_working_database_no_sandbox_is_started_for_want_of_a_token(place: Place) -> None:
    place.data.mkdir()
    migrate(place.data / "mcu-pilot.db", DatabaseKind.PRODUCTION)
    refused = await place.refuses()
    assert refused.code == 2
    assert refused.complained.count("\n") == 1
    assert "BOT_TOKEN не задан" in refused.complained
    assert not (place.data / "sandbox").exists()


async def _answer(port: int, path: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=15) as client:
        return (await client.get(path)).raise_for_status()


def _alert_chat(world: dict[str, Any]) -> dict[str, Any]:
    return next(chat for chat in world["chats"] if chat["type"] == "supergroup")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
