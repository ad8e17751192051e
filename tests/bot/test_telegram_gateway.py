"""One place makes a Bot; and whatever Telegram answers when the bot starts is one plain line."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from aiogram.exceptions import AiogramError
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.gateways.telegram import make_bot, username_of
from bot.plain_errors import plain_line

ROOT: Final = Path(__file__).resolve().parents[2]
TOKEN: Final = SecretStr("42:abcdefghijklmnop")
REFUSALS: Final = {
    "not a bot": (401, "не принимает BOT_TOKEN"),
    "unknown": (404, "не знает такого бота"),
    "forbidden": (403, "TelegramForbiddenError"),
    "wrong": (400, "TelegramBadRequest"),
    "taken": (409, "TelegramConflictError"),
    "broken": (500, "неполадки"),
    "overloaded": (502, "неполадки"),
}


@pytest.mark.parametrize("base", ["http://127.0.0.1:8090", "http://127.0.0.1:8090/", "http://127.0.0.1:8090//"])
async def test_a_final_slash_of_the_address_changes_nothing(base: str) -> None:
    bot = make_bot(TOKEN, base)
    assert bot.session.api.api_url(bot.token, "getMe") == f"http://127.0.0.1:8090/bot{bot.token}/getMe"
    await bot.session.close()


def test_nothing_else_makes_a_bot() -> None:
    sessions = re.compile(r"(?:Aiohttp|Telegram)Session\(")
    makers = [path for path in (ROOT / "bot").rglob("*.py") if sessions.search(path.read_text(encoding="utf-8"))]
    assert makers == [ROOT / "bot" / "gateways" / "telegram.py"]


async def test_a_bot_tells_its_name_without_being_run() -> None:
    me = {"id": 42, "is_bot": True, "first_name": "Пилот", "username": "pilot_bot"}
    async with _telegram_answering(web.json_response({"ok": True, "result": me})) as base:
        assert await username_of(TOKEN, base) == "pilot_bot"


@pytest.mark.parametrize(("status", "says"), REFUSALS.values(), ids=REFUSALS)
async def test_a_refusal_of_telegram_is_one_plain_line(status: int, says: str) -> None:
    refusal = web.json_response({"ok": False, "error_code": status, "description": "No"}, status=status)
    await _is_said_as(says, refusal)


async def test_a_request_to_wait_is_one_plain_line() -> None:
    flood: dict[str, Any] = {"ok": False, "error_code": 429, "description": "No", "parameters": {"retry_after": 7}}
    await _is_said_as("через 7 с", web.json_response(flood, status=429))


@pytest.mark.parametrize("status", [200, 404, 502])
async def test_what_is_no_bot_api_is_one_plain_line(status: int) -> None:
    await _is_said_as("отвечает не Bot API", web.Response(text="<html>Welcome</html>", status=status))


async def _is_said_as(says: str, answer: web.Response) -> None:
    async with _telegram_answering(answer) as base:
        with pytest.raises(AiogramError) as fault:
            await username_of(TOKEN, base)
    line = plain_line(fault.value)
    assert line is not None
    assert says in line
    assert "\n" not in line


@asynccontextmanager
async def _telegram_answering(answer: web.Response) -> AsyncIterator[str]:
    async def handle(_request: web.Request) -> web.Response:
        return answer

    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", handle)
    async with TestServer(app) as server:
        yield str(server.make_url("/"))
