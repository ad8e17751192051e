"""The control side: what it shows, what it refuses, and whom it lets in."""

import asyncio
from typing import Any

import pytest

from tests.bot.sandbox.harness import Json, Sandbox

KEYBOARD: Json = {
    "inline_keyboard": [[{"text": "Взять", "callback_data": "take"}, {"text": "Пост", "url": "https://example.org/1"}]]
}


@pytest.fixture
async def olga(sandbox: Sandbox) -> int:
    return await sandbox.person("Ольга", label="Оператор")


async def test_the_state_shows_people_groups_and_the_note(sandbox: Sandbox, olga: int) -> None:
    chat = await sandbox.group(olga, "bot", is_forum=True)
    await sandbox.control(f"chats/{chat}/topics", as_=olga, name="ПИЛОТ")
    await sandbox.control("training", verb="PUT", office="Учебный МЦУ")
    await sandbox.call("setMyCommands", commands=[{"command": "risks", "description": "Риски"}])
    state = await sandbox.look("state")
    assert [(person["id"], person["label"]) for person in state["people"]] == [(olga, "Оператор")]
    (shown,) = state["chats"]
    assert (shown["id"], shown["type"], shown["is_forum"]) == (chat, "supergroup", True)
    assert [(member["id"], member["status"]) for member in shown["members"]] == [
        (olga, "creator"),
        (sandbox.world.bot.id, "member"),
    ]
    assert shown["topics"][0]["name"] == "ПИЛОТ"
    assert state["training"] == {"office": "Учебный МЦУ"}
    assert state["bot"]["commands"] == [{"command": "risks", "description": "Риски"}]
    assert state["profile"] == "fast"


async def test_a_chat_is_shown_as_a_client_would_show_it(sandbox: Sandbox, olga: int) -> None:
    words = await sandbox.writes(olga, "Смотрите https://example.org")
    card = await sandbox.sends(
        olga,
        "Карточка",
        reply_markup=KEYBOARD,
        disable_notification=True,
        reply_parameters={"message_id": words["id"]},
    )
    edit = {"chat_id": olga, "message_id": card["message_id"], "text": "Другая", "reply_markup": KEYBOARD}
    await sandbox.call("editMessageText", **edit)
    shown = (await sandbox.look(f"chats/{olga}/messages?as={olga}"))["messages"]
    assert [message["own"] for message in shown] == [True, True, False]
    assert shown[1]["entities"] == [{"type": "url", "offset": 9, "length": 19}]
    assert shown[1]["from"]["label"] == "Оператор"
    last = shown[-1]
    assert (last["text"], last["edited"], last["edit_count"], last["silent"]) == ("Другая", True, 1, True)
    assert last["reply_to"] == words["id"]
    assert last["buttons"] == [[{"text": "Взять", "data": "take"}, {"text": "Пост", "url": "https://example.org/1"}]]


async def test_deleted_messages_are_shown_on_request(sandbox: Sandbox, olga: int) -> None:
    card = await sandbox.sends(olga)
    await sandbox.call("deleteMessage", chat_id=olga, message_id=card["message_id"])
    path = f"chats/{olga}/messages"
    assert [message["text"] for message in (await sandbox.look(path))["messages"]] == ["/start"]
    with_deleted = (await sandbox.look(f"{path}?include_deleted=1"))["messages"]
    assert [message["deleted"] for message in with_deleted] == [False, True]


async def test_attachments_and_service_lines_are_shown(sandbox: Sandbox, olga: int) -> None:
    chat = await sandbox.group(olga, "bot")
    await sandbox.writes(olga, chat=chat, document="смета.xlsx", caption="Смета")
    service, sent = (await sandbox.look(f"chats/{chat}/messages"))["messages"]
    assert service["service"] == "Теперь в чате: МЦУ-ПИЛОТ"
    assert sent["media"] == {"kind": "document", "file_name": "смета.xlsx", "file": None, "size": None}


async def test_a_private_chat_is_empty_before_its_first_message(sandbox: Sandbox) -> None:
    petr = await sandbox.person("Пётр", started=False)
    assert await sandbox.look(f"chats/{petr}/messages") == {"messages": []}


async def test_a_press_waits_for_its_answer(sandbox: Sandbox, olga: int) -> None:
    card = await sandbox.sends(olga, "Карточка", reply_markup=KEYBOARD)
    press = {"as_": olga, "chat": olga, "message_id": card["message_id"]}
    query = (await sandbox.control("presses", button="Взять", **press))["query_id"]
    assert (await sandbox.look(f"presses/{query}"))["answered"] is False
    waiting = asyncio.gather(sandbox.look(f"presses/{query}?wait=30"))
    await sandbox.call("answerCallbackQuery", callback_query_id=query, text="Готово", show_alert=True)
    assert (await waiting)[0] == {"answered": True, "text": "Готово", "show_alert": True, "url": None}


async def test_an_address_cannot_be_pressed(sandbox: Sandbox, olga: int) -> None:
    card = await sandbox.sends(olga, "Карточка", reply_markup=KEYBOARD)
    press = {"as_": olga, "chat": olga, "message_id": card["message_id"]}
    refused = await sandbox.control("presses", expect=400, button="Пост", **press)
    assert "https://example.org/1" in refused["error"]
    refused = await sandbox.control("presses", expect=400, button="Нет такой", **press)
    assert "«Взять», «Пост»" in refused["error"]


async def test_settled_means_that_everything_is_confirmed(sandbox: Sandbox, olga: int) -> None:
    await sandbox.writes(olga, "Вопрос")
    (update,) = await sandbox.updates()
    assert (await sandbox.look("settled"))["settled"] is False
    waiting = asyncio.gather(sandbox.look("settled?wait=30"))
    await sandbox.updates(offset=update["update_id"] + 1)
    assert (await waiting)[0] == {"settled": True}


async def test_changes_are_waited_for(sandbox: Sandbox, olga: int) -> None:
    revision = (await sandbox.look("changes"))["revision"]
    waiting = asyncio.gather(sandbox.look(f"changes?since={revision}&wait=30"))
    await sandbox.writes(olga, "Новость")
    assert (await waiting)[0]["revision"] > revision


async def test_every_call_but_get_updates_is_logged(sandbox: Sandbox, olga: int) -> None:
    await sandbox.sends(olga, "Привет")
    await sandbox.updates()
    await sandbox.call("sendMessage", chat_id=5, text="Никому")
    sent, refused = (await sandbox.look("calls"))["calls"]
    assert (sent["method"], sent["ok"], sent["result"]["text"]) == ("sendMessage", True, "Привет")
    assert (refused["ok"], refused["error"]) == (False, "Bad Request: chat not found")
    assert (await sandbox.look(f"calls?since={sent['n']}"))["calls"] == [refused]


async def test_a_reset_empties_the_world_and_goes_on_counting_updates(sandbox: Sandbox, olga: int) -> None:
    await sandbox.writes(olga, "Старое")
    (old,) = await sandbox.updates()
    await sandbox.control("reset")
    state = await sandbox.look("state")
    assert (state["people"], state["chats"], state["faults"]) == ([], [], [])
    assert await sandbox.updates() == []
    other = await sandbox.person("Пётр", started=False)
    await sandbox.writes(other, "/start")
    assert (await sandbox.updates())[0]["update_id"] == old["update_id"] + 1


async def test_people_may_bring_their_own_id_once(sandbox: Sandbox) -> None:
    assert await sandbox.person("Пётр", id=55) == 55
    refused = await sandbox.control("people", expect=400, first_name="Другой", id=55)
    assert "55" in refused["error"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("people", {}, 400),
        ("people", {"first_name": "Ольга", "surname": "лишнее"}, 400),
        ("people/5/block", {"blocked": True}, 404),
        ("messages", {"as_": 5, "chat": 5, "text": "Кто я"}, 404),
        ("chats", {"type": "channel", "title": "Канал"}, 400),
        ("chats", {"type": "group", "title": "Чат", "members": [], "is_forum": True}, 400),
        ("faults", {"kind": "418"}, 400),
        ("updates/redeliver", {"update_id": 1}, 404),
        ("updates/raw", {"update": {"update_id": "x"}}, 400),
        ("nonsense", {}, 404),
    ],
)
async def test_mistakes_are_answered_in_plain_words(
    sandbox: Sandbox, path: str, body: dict[str, Any], status: int
) -> None:
    told = await sandbox.control(path, expect=status, **body)
    assert list(told) == ["error"]


async def test_nobody_writes_where_they_are_not(sandbox: Sandbox, olga: int) -> None:
    petr = await sandbox.person("Пётр", started=False)
    chat = await sandbox.group(olga, "bot")
    body: Json = {"as_": petr, "chat": chat, "text": "Пустите"}
    assert "not in chat" in (await sandbox.control("messages", expect=400, **body))["error"]
    body = {"as_": petr, "chat": olga, "text": "Чужая переписка"}
    assert (await sandbox.control("messages", expect=400, **body))["error"]


async def test_who_has_blocked_the_bot_cannot_write_to_it(sandbox: Sandbox, olga: int) -> None:
    await sandbox.control(f"people/{olga}/block", blocked=True)
    body: Json = {"as_": olga, "chat": olga, "text": "Слова"}
    assert "blocked" in (await sandbox.control("messages", expect=400, **body))["error"]


async def test_a_message_that_could_not_be_written_starts_no_chat(sandbox: Sandbox) -> None:
    petr = await sandbox.person("Пётр", started=False)
    await sandbox.control("messages", expect=400, as_=petr, chat=petr, text="  ")
    assert (await sandbox.call("sendMessage", chat_id=petr, text="Привет")).code == 403


async def test_only_the_author_rewrites_a_message(sandbox: Sandbox, olga: int) -> None:
    petr = await sandbox.person("Пётр")
    chat = await sandbox.group(olga, petr, "bot")
    words = await sandbox.writes(olga, "Моё", chat)
    path = f"messages/{chat}/{words['id']}/edit"
    await sandbox.control(path, expect=400, as_=petr, text="Не моё")
    assert (await sandbox.control(path, as_=olga, text="Всё ещё моё"))["edited"] is True


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8090", "127.0.0.1.evil.example"])
@pytest.mark.parametrize("path", ["/", "/control/state", "/bot4200000001:sandbox/getMe"])
async def test_a_foreign_host_is_not_served(sandbox: Sandbox, host: str, path: str) -> None:
    async with sandbox.client.get(path, headers={"Host": host}) as answer:
        assert answer.status == 403


async def test_a_page_of_another_origin_changes_nothing(sandbox: Sandbox) -> None:
    own = sandbox.url
    for origin, status in (("https://evil.example", 403), ("null", 403), (own, 200)):
        async with sandbox.client.post("/control/reset", headers={"Origin": origin}) as answer:
            assert answer.status == status


async def test_the_page_is_served_strictly(sandbox: Sandbox) -> None:
    async with sandbox.client.get("/") as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")
        assert answer.headers["Content-Security-Policy"] == "default-src 'self'"
        assert answer.headers["Cache-Control"] == "no-store"
    async with sandbox.client.get("/page/main.js") as answer:
        assert (answer.status, answer.content_type) == (200, "text/javascript")


@pytest.mark.parametrize(
    "path", ["/page/%2e%2e/server.py", "/page/..%2fserver.py", "/server.py", "/page/nothing.js", "/page/"]
)
async def test_the_page_serves_only_its_own_files(sandbox: Sandbox, path: str) -> None:
    async with sandbox.client.get(path) as answer:
        body = await answer.text()
    assert answer.status == 404 or "<html" in body
