"""Misfortunes that were ordered, and what becomes of the calls that meet them."""

import asyncio
from typing import Any

import aiohttp
import pytest

from tests.bot.sandbox.harness import Json, Sandbox


@pytest.fixture
async def olga(sandbox: Sandbox) -> int:
    return await sandbox.person("Ольга")


async def order(sandbox: Sandbox, kind: str, **more: Any) -> None:
    await sandbox.control("faults", kind=kind, **more)


async def bots_messages(sandbox: Sandbox, chat: int) -> list[str]:
    seen = (await sandbox.look(f"chats/{chat}/messages"))["messages"]
    return [message["text"] for message in seen if message["from"]["is_bot"]]


@pytest.mark.parametrize(
    ("kind", "description"),
    [
        ("429", "Too Many Requests: retry after 7"),
        ("403", "Forbidden: bot was blocked by the user"),
        ("400", "Bad Request: chat not found"),
        ("500", "Internal Server Error"),
        ("502", "Bad Gateway"),
    ],
)
async def test_an_ordered_answer_is_given_once_and_nothing_is_done(
    sandbox: Sandbox, olga: int, kind: str, description: str
) -> None:
    await order(sandbox, kind, retry_after=7)
    reply = await sandbox.call("sendMessage", chat_id=olga, text="Первое")
    assert (reply.code, reply.description) == (int(kind), description)
    assert reply.body.get("parameters") == ({"retry_after": 7} if kind == "429" else None)
    await sandbox.sends(olga, "Второе")
    assert await bots_messages(sandbox, olga) == ["Второе"]


async def test_a_fault_waits_for_its_method_and_chat(sandbox: Sandbox, olga: int) -> None:
    petr = await sandbox.person("Пётр")
    await order(sandbox, "400", method="sendMessage", chat=petr, description="Bad Request: так надо")
    assert (await sandbox.call("sendChatAction", chat_id=petr, action="typing")).code == 200
    assert (await sandbox.call("sendMessage", chat_id=olga, text="Ольге")).code == 200
    refused = await sandbox.call("sendMessage", chat_id=petr, text="Петру")
    assert refused.description == "Bad Request: так надо"


async def test_a_fault_without_a_method_spares_get_updates(sandbox: Sandbox, olga: int) -> None:
    await order(sandbox, "500")
    assert await sandbox.updates() == []
    assert (await sandbox.call("getMe")).code == 500
    await order(sandbox, "502", method="getUpdates")
    assert (await sandbox.call("getUpdates")).code == 502


async def test_a_fault_meets_as_many_calls_as_it_was_told(sandbox: Sandbox) -> None:
    await order(sandbox, "500", times=2)
    assert [(await sandbox.call("getMe")).code for _ in range(3)] == [500, 500, 200]
    await order(sandbox, "500", times=0)
    assert [(await sandbox.call("getMe")).code for _ in range(3)] == [500, 500, 500]
    assert len((await sandbox.look("state"))["faults"]) == 1
    await sandbox.control("faults", verb="DELETE")
    assert (await sandbox.call("getMe")).code == 200


@pytest.mark.parametrize(("kind", "sent"), [("drop_before", []), ("drop_after", ["Слова"])])
async def test_a_dropped_connection_has_or_has_not_taken_effect(
    sandbox: Sandbox, olga: int, kind: str, sent: list[str]
) -> None:
    await order(sandbox, kind)
    with pytest.raises(aiohttp.ClientError):
        await sandbox.call("sendMessage", chat_id=olga, text="Слова")
    assert await bots_messages(sandbox, olga) == sent
    (call,) = (await sandbox.look("calls"))["calls"]
    assert (call["ok"], call["error"]) == (False, f"no answer: {kind}")


@pytest.mark.parametrize(("applied", "sent"), [(False, []), (True, ["Слова"])])
async def test_a_timeout_lasts_until_the_bot_gives_up(
    sandbox: Sandbox, olga: int, applied: bool, sent: list[str]
) -> None:
    await order(sandbox, "timeout", applied=applied)
    calling = asyncio.gather(sandbox.call("sendMessage", chat_id=olga, text="Слова"))
    noted: Json = {"calls": []}
    while not noted["calls"]:
        noted = await sandbox.look("calls")
    assert not calling.done()
    calling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await calling
    assert await bots_messages(sandbox, olga) == sent


async def test_the_answer_to_a_dropped_refusal_is_lost_too(sandbox: Sandbox) -> None:
    await order(sandbox, "drop_after")
    with pytest.raises(aiohttp.ClientError):
        await sandbox.call("sendMessage", chat_id=5, text="Слова")


async def test_a_flood_that_passes_by_itself_tells_for_how_long(sandbox: Sandbox) -> None:
    olga = await sandbox.person("Ольга")
    await sandbox.control("faults", kind="429", seconds=30)
    sandbox.clock.pass_by(10)
    refused = await sandbox.call("sendMessage", chat_id=olga, text="Привет")
    assert refused.body["parameters"] == {"retry_after": 20}
    assert [fault["seconds_left"] for fault in (await sandbox.look("state"))["faults"]] == [20]
    sandbox.clock.pass_by(20)
    await sandbox.sends(olga)
    assert (await sandbox.look("state"))["faults"] == []


async def test_an_outage_meets_polling_too_until_it_has_passed(sandbox: Sandbox) -> None:
    await sandbox.control("faults", kind="502", method="*", seconds=5)
    assert (await sandbox.call("getUpdates")).code == 502
    assert (await sandbox.call("getMe")).code == 502
    sandbox.clock.pass_by(5)
    assert (await sandbox.call("getMe")).code == 200
