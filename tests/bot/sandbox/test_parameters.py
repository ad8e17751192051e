"""A call means the same whichever way it comes in."""

import json
from typing import Any

import aiohttp
import pytest

from tests.bot.sandbox.harness import Sandbox

KEYBOARD = {"inline_keyboard": [[{"text": "Взять", "callback_data": "take"}]]}


def call_of(olga: int) -> dict[str, str]:
    """sendMessage as a form carries it."""
    return {
        "chat_id": str(olga),
        "text": "[не JSON]",
        "disable_notification": "true",
        "reply_markup": json.dumps(KEYBOARD),
        "entities": json.dumps([{"type": "bold", "offset": 0, "length": 2}]),
    }


def as_multipart(fields: dict[str, str]) -> aiohttp.MultipartWriter:
    writer = aiohttp.MultipartWriter("form-data")
    for name, value in fields.items():
        writer.append(value).set_content_disposition("form-data", name=name)
    return writer


@pytest.mark.parametrize("way", ["urlencoded", "multipart", "address", "json"])
async def test_a_call_may_come_in_four_ways(sandbox: Sandbox, way: str) -> None:
    olga = await sandbox.person("Ольга")
    fields = call_of(olga)
    ways: dict[str, dict[str, Any]] = {
        "urlencoded": {"data": fields},
        "multipart": {"data": as_multipart(fields)},
        "address": {"params": fields},
        "json": {"json": fields | {"reply_markup": KEYBOARD, "disable_notification": True}},
    }
    async with sandbox.client.post(f"/bot{sandbox.world.bot.token}/sendMESSAGE", **ways[way]) as answer:
        message = (await answer.json())["result"]
    assert (message["text"], message["reply_markup"]) == ("[не JSON]", KEYBOARD)
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert (await sandbox.look(f"chats/{olga}/messages"))["messages"][-1]["silent"] is True


@pytest.mark.parametrize(
    ("field", "value", "description"),
    [
        ("reply_markup", "{broken", "Bad Request: can't parse reply keyboard markup JSON object"),
        ("reply_markup", '"words"', "Bad Request: object expected as reply markup"),
        ("entities", "[{]", "Bad Request: can't parse entities JSON object"),
        ("chat_id", "", "Bad Request: chat_id is empty"),
    ],
)
async def test_broken_parameters_are_refused(sandbox: Sandbox, field: str, value: str, description: str) -> None:
    fields = call_of(await sandbox.person("Ольга")) | {field: value}
    async with sandbox.client.post(f"/bot{sandbox.world.bot.token}/sendMessage", data=fields) as answer:
        assert (answer.status, (await answer.json())["description"]) == (400, description)


async def test_a_broken_body_is_refused(sandbox: Sandbox) -> None:
    headers = {"Content-Type": "application/json"}
    path = f"/bot{sandbox.world.bot.token}/sendMessage"
    async with sandbox.client.post(path, data=b"{broken", headers=headers) as answer:
        assert (answer.status, (await answer.json())["ok"]) == (400, False)
