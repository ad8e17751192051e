"""Which updates the bot gets, when, and how it is rid of them."""

import asyncio

import pytest

from tests.bot.sandbox.harness import Json, Sandbox

OVERTAKEN = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


def ids(updates: list[Json]) -> list[int]:
    return [update["update_id"] for update in updates]


def texts(updates: list[Json]) -> list[str]:
    return [update["message"]["text"] for update in updates]


@pytest.fixture
async def olga(sandbox: Sandbox) -> int:
    return await sandbox.person("Ольга")


async def written(sandbox: Sandbox, olga: int, *words: str) -> list[int]:
    """Messages to the bot; answers the ids of their updates, which were handed out once."""
    for text in words:
        await sandbox.writes(olga, text)
    return ids(await sandbox.updates())


# --- offsets ---------------------------------------------------------------------------------------------


async def test_ids_follow_each_other(sandbox: Sandbox, olga: int) -> None:
    first, second, third = await written(sandbox, olga, "1", "2", "3")
    assert (second, third) == (first + 1, first + 2)


async def test_without_an_offset_the_earliest_come_again(sandbox: Sandbox, olga: int) -> None:
    await written(sandbox, olga, "1", "2")
    assert texts(await sandbox.updates()) == ["1", "2"]
    assert texts(await sandbox.updates(limit=1)) == ["1"]


async def test_an_offset_confirms_what_lies_below_it(sandbox: Sandbox, olga: int) -> None:
    first, *_ = await written(sandbox, olga, "1", "2")
    assert texts(await sandbox.updates(offset=first + 1)) == ["2"]
    assert texts(await sandbox.updates()) == ["2"]


async def test_a_negative_offset_keeps_the_last_ones(sandbox: Sandbox, olga: int) -> None:
    await written(sandbox, olga, "1", "2", "3")
    assert texts(await sandbox.updates(offset=-1)) == ["3"]
    assert texts(await sandbox.updates()) == ["3"]


async def test_an_offset_from_the_future_confirms_nothing(sandbox: Sandbox, olga: int) -> None:
    _, last = await written(sandbox, olga, "1", "2")
    assert texts(await sandbox.updates(offset=last + 1000)) == ["1", "2"]


async def test_a_redelivered_update_comes_once_more(sandbox: Sandbox, olga: int) -> None:
    first, last = await written(sandbox, olga, "1", "2")
    assert await sandbox.updates(offset=last + 1) == []
    await sandbox.control("updates/redeliver", update_id=first)
    assert ids(await sandbox.updates(offset=last + 1)) == [first]
    assert await sandbox.updates(offset=first + 1) == []
    assert (await sandbox.look("settled"))["settled"]


async def test_after_a_jump_back_updates_come_in_order_and_are_confirmed(sandbox: Sandbox, olga: int) -> None:
    _, last = await written(sandbox, olga, "1", "2")
    await sandbox.control("update-ids", next=50)
    await sandbox.writes(olga, "3")
    updates = await sandbox.updates()
    assert (texts(updates), ids(updates)[-1]) == (["1", "2", "3"], 50)
    assert await sandbox.updates(offset=51) == []
    await sandbox.writes(olga, "4")
    assert texts(await sandbox.updates(offset=51)) == ["4"]
    assert last > 50


async def test_a_bot_that_takes_the_highest_id_after_a_jump_back_gets_stuck(sandbox: Sandbox, olga: int) -> None:
    _, last = await written(sandbox, olga, "1", "2")
    await sandbox.updates(offset=last + 1)
    await sandbox.control("update-ids", next=50)
    await sandbox.writes(olga, "3")
    assert texts(await sandbox.updates(offset=last + 1)) == ["3"]
    assert texts(await sandbox.updates(offset=last + 1)) == ["3"]


async def test_ids_jump_forward(sandbox: Sandbox, olga: int) -> None:
    (first,) = await written(sandbox, olga, "1")
    await sandbox.control("update-ids", next=first + 5000)
    await sandbox.writes(olga, "2")
    assert ids(await sandbox.updates(offset=first + 1)) == [first + 5000]


async def test_raw_updates_pass_unchecked(sandbox: Sandbox) -> None:
    made = await sandbox.control("updates/raw", update={"message": {"message_id": "poison"}})
    assert await sandbox.updates() == [{"update_id": made["update_id"], "message": {"message_id": "poison"}}]


# --- waiting ---------------------------------------------------------------------------------------------


async def test_a_long_poll_ends_with_the_first_update(sandbox: Sandbox, olga: int) -> None:
    polling = asyncio.gather(sandbox.updates(timeout=30))
    await waiting(sandbox)
    await sandbox.writes(olga, "Наконец")
    assert texts((await polling)[0]) == ["Наконец"]


async def test_what_is_queued_during_a_poll_survives_its_offset(sandbox: Sandbox, olga: int) -> None:
    _, last = await written(sandbox, olga, "1", "2")
    polling = asyncio.gather(sandbox.updates(offset=last + 1, timeout=30))
    await waiting(sandbox)
    await sandbox.control("update-ids", next=7)
    await sandbox.writes(olga, "3")
    assert ids((await polling)[0]) == [7]


async def test_of_two_polls_the_earlier_one_ends(sandbox: Sandbox, olga: int) -> None:
    earlier = asyncio.gather(sandbox.call("getUpdates", timeout=30))
    await waiting(sandbox)
    later = asyncio.gather(sandbox.updates(timeout=30))
    refused = (await earlier)[0]
    assert (refused.code, refused.description) == (409, OVERTAKEN)
    await sandbox.writes(olga, "Кому?")
    assert texts((await later)[0]) == ["Кому?"]


async def test_a_poll_ends_when_a_webhook_is_set(sandbox: Sandbox) -> None:
    polling = asyncio.gather(sandbox.call("getUpdates", timeout=30))
    await waiting(sandbox)
    await sandbox.control("webhook", url="https://example.org/hook")
    assert (await polling)[0].code == 409
    assert (await sandbox.call("getWebhookInfo")).result["url"] == "https://example.org/hook"
    assert (await sandbox.call("deleteWebhook")).result is True
    assert await sandbox.updates() == []


async def test_deleting_the_webhook_can_drop_what_is_pending(sandbox: Sandbox, olga: int) -> None:
    await sandbox.writes(olga, "Старое")
    await sandbox.call("deleteWebhook", drop_pending_updates=True)
    assert await sandbox.updates() == []


async def waiting(sandbox: Sandbox) -> None:
    """Until a getUpdates has come in and waits."""
    queue = sandbox.world.updates
    turn = queue.turn
    assert await sandbox.world.revision.until(lambda: queue.turn > turn, seconds=10)


# --- kinds -----------------------------------------------------------------------------------------------


async def test_kinds_that_were_not_asked_for_are_not_queued(sandbox: Sandbox, olga: int) -> None:
    await sandbox.updates(allowed_updates=["callback_query"])
    await sandbox.writes(olga, "Не дойдёт")
    await sandbox.updates()
    await sandbox.updates(allowed_updates=[])
    await sandbox.writes(olga, "Дойдёт")
    assert texts(await sandbox.updates()) == ["Дойдёт"]


async def test_memberships_of_others_come_only_when_asked_for_and_to_an_administrator(
    sandbox: Sandbox, olga: int
) -> None:
    petr = await sandbox.person("Пётр")
    chat = await sandbox.group(olga, "bot")
    await sandbox.membership(chat, petr, "member")
    await sandbox.membership(chat, "bot", "administrator")
    await sandbox.updates(allowed_updates=["chat_member"])
    await sandbox.membership(chat, petr, "left")
    update = (await sandbox.updates())[-1]["chat_member"]
    assert (update["old_chat_member"]["status"], update["new_chat_member"]["status"]) == ("member", "left")


# --- privacy mode ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("просто слова", False),
        ("/risks", True),
        ("смотрите /risks", True),
        ("/risks@mcu_pilot_sandbox_bot", True),
        ("/risks@other_bot", False),
        ("@mcu_pilot_sandbox_bot, привет", False),
    ],
)
async def test_privacy_mode_shows_commands_only(sandbox: Sandbox, olga: int, text: str, seen: bool) -> None:
    chat = await sandbox.group(olga, "bot")
    await sandbox.writes(olga, text, chat)
    assert bool(await sandbox.updates()) is seen


async def test_privacy_mode_shows_replies_to_the_bot(sandbox: Sandbox, olga: int) -> None:
    chat = await sandbox.group(olga, "bot")
    card = await sandbox.sends(chat, "Карточка")
    words = await sandbox.writes(olga, "ответ боту", chat, reply_to=card["message_id"])
    await sandbox.writes(olga, "ответ себе", chat, reply_to=words["id"])
    (update,) = await sandbox.updates()
    assert update["message"]["reply_to_message"]["text"] == "Карточка"


async def test_an_administrator_sees_everything(sandbox: Sandbox, olga: int) -> None:
    chat = await sandbox.group(olga, "bot")
    await sandbox.membership(chat, "bot", "administrator")
    await sandbox.fresh_updates()
    await sandbox.writes(olga, "просто слова", chat)
    assert texts(await sandbox.updates()) == ["просто слова"]


async def test_outside_a_group_the_bot_sees_nothing_of_it(sandbox: Sandbox, olga: int) -> None:
    chat = await sandbox.group(olga)
    await sandbox.writes(olga, "/risks", chat)
    assert await sandbox.updates() == []


async def test_edits_are_shown_like_messages(sandbox: Sandbox, olga: int) -> None:
    chat = await sandbox.group(olga, "bot")
    hidden = await sandbox.writes(olga, "слова", chat)
    shown = await sandbox.writes(olga, "/risks", chat)
    await sandbox.fresh_updates()
    await sandbox.control(f"messages/{chat}/{hidden['id']}/edit", as_=olga, text="другие слова")
    await sandbox.control(f"messages/{chat}/{shown['id']}/edit", as_=olga, text="/risks 2")
    (update,) = await sandbox.updates()
    assert update["edited_message"]["text"] == "/risks 2"
    assert update["edited_message"]["edit_date"]


async def test_deletions_are_told_to_nobody(sandbox: Sandbox, olga: int) -> None:
    words = await sandbox.writes(olga, "слова")
    await sandbox.fresh_updates()
    await sandbox.control(f"messages/{olga}/{words['id']}/delete")
    assert await sandbox.updates() == []


# --- memberships -----------------------------------------------------------------------------------------


async def test_the_bot_hears_of_its_coming_rising_and_going(sandbox: Sandbox, olga: int) -> None:
    chat = await sandbox.group(olga)
    for status in ("member", "administrator", "kicked"):
        await sandbox.membership(chat, "bot", status)
    updates = await sandbox.updates()
    statuses = [
        update["my_chat_member"]["new_chat_member"]["status"] for update in updates if "my_chat_member" in update
    ]
    services = [update["message"].keys() for update in updates if "message" in update]
    assert statuses == ["member", "administrator", "kicked"]
    assert ["new_chat_members" in service for service in services] == [True, False]
    assert "left_chat_member" in services[1]


async def test_a_block_and_its_end_are_memberships(sandbox: Sandbox, olga: int) -> None:
    await sandbox.control(f"people/{olga}/block", blocked=True)
    await sandbox.control(f"people/{olga}/block", blocked=False)
    changes = [update["my_chat_member"] for update in await sandbox.updates()]
    assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]
    assert changes[0]["chat"]["type"] == "private"
    assert (await sandbox.call("sendMessage", chat_id=olga, text="Снова")).code == 200


async def test_leaving_a_chat_is_heard_too(sandbox: Sandbox, olga: int) -> None:
    chat = await sandbox.group(olga, "bot")
    assert (await sandbox.call("leaveChat", chat_id=chat)).result is True
    update = (await sandbox.updates())[0]["my_chat_member"]
    assert (update["new_chat_member"]["status"], update["from"]["is_bot"]) == ("left", True)


async def test_a_migration_is_told_in_both_chats(sandbox: Sandbox, olga: int) -> None:
    old = await sandbox.group(olga, "bot", chat_type="group")
    await sandbox.sends(old)
    new = (await sandbox.control(f"chats/{old}/migrate"))["id"]
    told = [update["message"] for update in await sandbox.updates()]
    assert [message["chat"]["id"] for message in told] == [old, new]
    assert (told[0]["migrate_to_chat_id"], told[1]["migrate_from_chat_id"]) == (new, old)
    assert told[1]["message_id"] == 1
    assert (await sandbox.sends(new))["message_id"] == 2


# --- shapes of messages ----------------------------------------------------------------------------------


async def test_an_album_is_several_updates(sandbox: Sandbox, olga: int) -> None:
    await sandbox.writes(olga, photo=3, caption="Три снимка")
    messages = [update["message"] for update in await sandbox.updates()]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert len({message["date"] for message in messages}) == 1
    first = messages[0]["message_id"]
    assert [message["message_id"] for message in messages] == [first, first + 1, first + 2]
    assert [message.get("caption") for message in messages] == ["Три снимка", None, None]
    assert all(message["photo"][-1]["file_id"] for message in messages)


async def test_a_commented_forward_is_two_updates_of_one_date(sandbox: Sandbox, olga: int) -> None:
    forward = {"kind": "channel", "title": "Новости", "username": "news_example", "message_id": 17}
    await sandbox.writes(olga, "Посмотрите", with_forward={"text": "Нет воды", "forward": forward})
    comment, post = (update["message"] for update in await sandbox.updates())
    assert (comment["text"], post["text"]) == ("Посмотрите", "Нет воды")
    assert comment["date"] == post["date"]
    assert post["forward_origin"]["chat"]["username"] == "news_example"
    assert (post["forward_origin"]["message_id"], post["forward_from_message_id"]) == (17, 17)


async def test_a_hidden_author_is_only_a_name(sandbox: Sandbox, olga: int) -> None:
    await sandbox.writes(olga, "Нет воды", forward={"kind": "hidden", "name": "Житель"})
    message = (await sandbox.updates())[0]["message"]
    assert message["forward_origin"] == {
        "type": "hidden_user",
        "date": message["date"],
        "sender_user_name": "Житель",
    }
    assert "forward_from" not in message


async def test_an_author_and_a_group_are_named(sandbox: Sandbox, olga: int) -> None:
    await sandbox.writes(olga, "1", forward={"kind": "user", "name": "Житель", "id": 77})
    await sandbox.writes(olga, "2", forward={"kind": "chat", "title": "Соседи"})
    user, chat = (update["message"]["forward_origin"] for update in await sandbox.updates())
    assert user["sender_user"]["id"] == 77
    assert (chat["type"], chat["sender_chat"]["title"]) == ("chat", "Соседи")


async def test_an_anonymous_administrator_hides_behind_the_group(sandbox: Sandbox, olga: int) -> None:
    chat = await sandbox.group(olga, "bot")
    await sandbox.writes(olga, "/risks", chat, anonymous=True)
    message = (await sandbox.updates())[0]["message"]
    assert message["from"]["username"] == "GroupAnonymousBot"
    assert message["sender_chat"]["id"] == chat


async def test_first_level_messages_of_a_topic_reply_to_its_creation(sandbox: Sandbox, olga: int) -> None:
    chat = await sandbox.group(olga, "bot", is_forum=True)
    topic = (await sandbox.control(f"chats/{chat}/topics", as_=olga, name="ПИЛОТ"))["thread"]
    await sandbox.writes(olga, "/first", chat, thread=topic)
    card = await sandbox.sends(chat, "Карточка", message_thread_id=topic)
    await sandbox.writes(olga, "/second", chat, reply_to=card["message_id"])
    creation, first, second = (update["message"] for update in await sandbox.updates())
    assert creation["forum_topic_created"]["name"] == "ПИЛОТ"
    for message in (first, second, card):
        assert (message["message_thread_id"], message["is_topic_message"]) == (topic, True)
    assert first["reply_to_message"]["forum_topic_created"]
    assert card["reply_to_message"]["message_id"] == topic
    assert second["reply_to_message"]["text"] == "Карточка"


async def test_the_general_topic_has_no_thread(sandbox: Sandbox, olga: int) -> None:
    chat = await sandbox.group(olga, "bot", is_forum=True)
    await sandbox.writes(olga, "/general", chat)
    message = (await sandbox.updates())[0]["message"]
    assert not {"message_thread_id", "is_topic_message", "reply_to_message"} & message.keys()


async def test_chains_of_replies_have_a_thread_outside_forums_too(sandbox: Sandbox, olga: int) -> None:
    chat = await sandbox.group(olga, "bot")
    card = await sandbox.sends(chat, "Карточка")
    first = await sandbox.writes(olga, "раз", chat, reply_to=card["message_id"])
    answer = await sandbox.sends(chat, "два", reply_parameters={"message_id": first["id"]})
    assert answer["message_thread_id"] == card["message_id"]
    assert "is_topic_message" not in answer


async def test_supergroups_count_their_own_messages(sandbox: Sandbox, olga: int) -> None:
    one = await sandbox.group(olga, "bot")
    other = await sandbox.group(olga, "bot")
    assert (await sandbox.sends(one))["message_id"] == (await sandbox.sends(other))["message_id"]
    private = await sandbox.sends(olga)
    group = await sandbox.group(olga, "bot", chat_type="group")
    assert (await sandbox.sends(group))["message_id"] > private["message_id"]


async def test_a_press_carries_its_message_and_data(sandbox: Sandbox, olga: int) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Взять", "callback_data": "take:1"}]]}
    card = await sandbox.sends(olga, "Карточка", reply_markup=keyboard)
    press = {"as_": olga, "chat": olga, "message_id": card["message_id"]}
    made = await sandbox.control("presses", button="Взять", **press)
    query = (await sandbox.fresh_updates())[0]["callback_query"]
    assert (query["id"], query["data"], query["message"]["text"]) == (made["query_id"], "take:1", "Карточка")
    await sandbox.control(f"messages/{olga}/{card['message_id']}/delete")
    await sandbox.control("presses", data="take:1", **press)
    stale = (await sandbox.updates())[0]["callback_query"]["message"]
    assert (stale["message_id"], stale["date"]) == (card["message_id"], 0)
