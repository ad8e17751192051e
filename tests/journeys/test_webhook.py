"""The same work by webhook: Telegram brings the updates; every one is stored before it is acknowledged."""

import json
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from bot.intake.webhook import secret_from
from tests.support.clocks import StoryClock
from tests.support.people import Group, Person
from tests.support.programs import free_port, started
from tests.support.proxies import PASSWORD, HttpProxy
from tests.support.stage import Scenery, Stage, on_stage, webhook_nearby

ROOT = Path(__file__).resolve().parents[2]
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
async def stage(scenery: Scenery, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(scenery, tmp_path, StoryClock(), webhook=webhook_nearby()) as playing:
        yield playing


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


def rows(stage: Stage, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(stage.database)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


async def test_a_risk_is_filed_pressed_and_lives_on_after_a_restart(stage: Stage, olga: Person, chat: Group) -> None:
    await olga.forwards("Нет воды на улице Мира третий день")
    await olga.presses("Зарегистрировать")
    card = await chat.sees("ИР-1/26")
    await stage.restart_bot()
    await stage.person("руководитель МЦУ").presses("Сменить блок", on=card)
    assert "Назад" in (await card.now()).buttons
    assert await stage.calls("getUpdates") == []


async def test_what_was_said_while_the_bot_was_down_is_brought_when_it_is_up(stage: Stage, olga: Person) -> None:
    await stage.stop_bot()
    for text in ("Яма на Советской", "Нет света в парке"):
        await stage.control("messages", **{"as": olga.id, "chat": olga.id, "text": text})
    await stage.start_bot()
    await stage.rest()
    previews = [each.text for each in await olga.of_bot() if "Суть:" in each.text]
    assert ["Яма" in previews[0], "света" in previews[1]] == [True, True]


async def test_an_update_that_was_brought_twice_is_worked_once(stage: Stage, olga: Person, chat: Group) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    [(update_id,)] = rows(stage, "select max(update_id) from inbox")
    await stage.control("updates/redeliver", update_id=update_id)
    await stage.rest()
    assert rows(stage, "select count(*) from risks") == [(1,)]


async def test_a_wrong_secret_opens_nothing(stage: Stage, olga: Person) -> None:
    assert stage.webhook is not None
    before = rows(stage, "select count(*) from inbox")
    update = {"update_id": 1, "message": {"chat": {"id": olga.id, "type": "private"}, "text": "x", "message_id": 1}}
    async with httpx.AsyncClient(trust_env=False) as stranger:
        answer = await stranger.post(stage.webhook.url, json=update, headers={HEADER: "guess"})
    assert (answer.status_code, answer.content) == (403, b"")
    assert rows(stage, "select count(*) from inbox") == before


async def test_a_bot_that_polls_again_takes_its_webhook_away(stage: Stage, olga: Person) -> None:
    await stage.stop_bot()
    stage.webhook = None
    await stage.start_bot()
    await olga.says("Яма на Советской")
    await olga.sees("Суть: Яма на Советской")


async def test_a_stranger_gets_one_polite_line_and_leaves_no_trace(stage: Stage) -> None:
    before = rows(stage, "select count(*) from inbox")
    await stage.stranger.says("Добрый вечер")
    await stage.stranger.sees("Здравствуйте. Этот бот работает для сотрудников МЦУ.")
    assert rows(stage, "select count(*) from inbox") == before


@pytest.mark.slow
async def test_the_program_does_as_the_operator_has_set_it(stage: Stage, tmp_path: Path) -> None:
    await stage.stop_bot()
    port, token = free_port(), stage.world.bot.token
    async with HttpProxy(wants_password=True) as proxy:
        environment = {
            "BOT_TOKEN": token,
            "TELEGRAM_API_URL": stage.url,
            "DATA_FOLDER": str(tmp_path / "own"),
            "STATUS_PORT": str(free_port()),
            "WEBHOOK_URL": f"http://127.0.0.1:{port}/",
            "WEBHOOK_PORT": str(port),
            "PROXY_URL": proxy.url,
            "LOG_FORMAT": "json",
        }
        async with started(sys.executable, "-m", "bot", "run", environment=environment, folder=ROOT) as program:
            await program.says("Бот работает с Telegram")
            assert stage.world.webhook.url == environment["WEBHOOK_URL"]
            assert stage.world.webhook.secret == secret_from(SecretStr(token)).get_secret_value()
            assert set(proxy.asked) == {stage.url.removeprefix("http://")}
            ended = await program.interrupted()
    assert ended.code == 0
    events = [json.loads(line)["event"] for line in ended.complained.splitlines()]
    assert (events[0], events[-1]) == ("started", "stopped")
    assert PASSWORD not in ended.complained
