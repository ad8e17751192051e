"""Pins, bans, topics, counts and lists of commands: what they do, and what the bot is told of it."""

from typing import Any

import pytest

from tests.bot.sandbox.harness import Json, Sandbox


@pytest.fixture
async def olga(sandbox: Sandbox) -> int:
    return await sandbox.person("Ольга")


@pytest.fixture
async def petr(sandbox: Sandbox) -> int:
    return await sandbox.person("Пётр")


@pytest.fixture
async def group(sandbox: Sandbox, olga: int, petr: int) -> int:
    """Olga's supergroup; the bot administrates it and asked to be told how others fare."""
    made = await sandbox.group(olga, petr, "bot", is_forum=True)
    await sandbox.membership(made, "bot", "administrator")
    await sandbox.updates(allowed_updates=["message", "my_chat_member", "chat_member", "callback_query"])
    await sandbox.fresh_updates()
    return made


async def test_a_pin_is_announced_and_shown_by_the_chat(sandbox: Sandbox, group: int) -> None:
    card = await sandbox.sends(group, "Карточка")
    assert (await sandbox.call("pinChatMessage", chat_id=group, message_id=card["message_id"])).result is True
    [told] = await sandbox.fresh_updates()
    assert told["message"]["pinned_message"]["message_id"] == card["message_id"]
    assert told["message"]["from"]["id"] == sandbox.world.bot.id
    shown = (await sandbox.call("getChat", chat_id=group)).result
    assert shown["pinned_message"]["text"] == "Карточка"
    assert (await sandbox.look("state"))["pins"] == {str(group): [card["message_id"]]}


async def test_a_second_pin_of_the_same_message_is_no_news(sandbox: Sandbox, group: int) -> None:
    card = await sandbox.sends(group, "Карточка")
    for _ in range(2):
        await sandbox.call("pinChatMessage", chat_id=group, message_id=card["message_id"])
    assert len(await sandbox.fresh_updates()) == 1


async def test_the_latest_pin_goes_first(sandbox: Sandbox, group: int) -> None:
    cards = [(await sandbox.sends(group, words))["message_id"] for words in ("Первая", "Вторая", "Третья")]
    for card in cards:
        await sandbox.call("pinChatMessage", chat_id=group, message_id=card)
    await sandbox.call("unpinChatMessage", chat_id=group)
    await sandbox.call("unpinChatMessage", chat_id=group, message_id=cards[0])
    assert (await sandbox.call("getChat", chat_id=group)).result["pinned_message"]["message_id"] == cards[1]
    await sandbox.call("unpinAllChatMessages", chat_id=group)
    assert "pinned_message" not in (await sandbox.call("getChat", chat_id=group)).result


async def test_a_deleted_message_is_pinned_no_more(sandbox: Sandbox, group: int) -> None:
    card = await sandbox.sends(group)
    await sandbox.call("pinChatMessage", chat_id=group, message_id=card["message_id"])
    await sandbox.call("deleteMessage", chat_id=group, message_id=card["message_id"])
    assert (await sandbox.look("state"))["pins"] == {}


async def test_in_private_both_sides_pin(sandbox: Sandbox, olga: int) -> None:
    card = await sandbox.sends(olga)
    assert (await sandbox.call("pinChatMessage", chat_id=olga, message_id=card["message_id"])).result is True
    await sandbox.control(f"chats/{olga}/pins", as_=olga, message_id=card["message_id"], pinned=False)
    assert "pinned_message" not in (await sandbox.call("getChat", chat_id=olga)).result


async def test_people_pin_where_they_may(sandbox: Sandbox, olga: int, petr: int, group: int) -> None:
    words = await sandbox.writes(petr, "Важно", group)
    await sandbox.fresh_updates()
    await sandbox.control(f"chats/{group}/pins", expect=400, as_=petr, message_id=words["id"])
    await sandbox.control(f"chats/{group}/pins", as_=olga, message_id=words["id"])
    [told] = await sandbox.fresh_updates()
    assert told["message"]["from"]["id"] == olga


async def test_a_pin_in_a_topic_is_announced_in_that_topic(sandbox: Sandbox, group: int) -> None:
    topic = (await sandbox.call("createForumTopic", chat_id=group, name="ПИЛОТ")).result["message_thread_id"]
    card = await sandbox.sends(group, message_thread_id=topic)
    await sandbox.fresh_updates()
    await sandbox.call("pinChatMessage", chat_id=group, message_id=card["message_id"])
    [told] = await sandbox.fresh_updates()
    assert told["message"]["message_thread_id"] == topic


async def test_who_is_banned_is_gone_and_cannot_write(sandbox: Sandbox, petr: int, group: int) -> None:
    assert (await sandbox.call("banChatMember", chat_id=group, user_id=petr)).result is True
    member, said = await sandbox.fresh_updates()
    assert member["chat_member"]["new_chat_member"]["status"] == "kicked"
    assert said["message"]["left_chat_member"]["id"] == petr
    assert (await sandbox.call("getChatMember", chat_id=group, user_id=petr)).result["status"] == "kicked"
    await sandbox.control("messages", expect=400, as_=petr, chat=group, text="Пустите")


async def test_who_is_unbanned_may_come_back(sandbox: Sandbox, petr: int, group: int) -> None:
    await sandbox.call("banChatMember", chat_id=group, user_id=petr)
    await sandbox.fresh_updates()
    await sandbox.call("unbanChatMember", chat_id=group, user_id=petr, only_if_banned=True)
    await sandbox.membership(group, petr, "member")
    told = await sandbox.fresh_updates()
    statuses = [each["chat_member"]["new_chat_member"]["status"] for each in told if "chat_member" in each]
    assert statuses == ["left", "member"]
    assert told[-1]["message"]["new_chat_members"][0]["id"] == petr


async def test_to_unban_somebody_who_is_inside_is_to_remove_them(sandbox: Sandbox, petr: int, group: int) -> None:
    await sandbox.call("unbanChatMember", chat_id=group, user_id=petr, only_if_banned=True)
    assert await sandbox.fresh_updates() == []
    await sandbox.call("unbanChatMember", chat_id=group, user_id=petr)
    assert (await sandbox.call("getChatMember", chat_id=group, user_id=petr)).result["status"] == "left"


async def test_a_basic_group_removes_and_forgets(sandbox: Sandbox, olga: int, petr: int) -> None:
    group = await sandbox.group(olga, petr, "bot", chat_type="group")
    await sandbox.membership(group, "bot", "administrator")
    await sandbox.call("banChatMember", chat_id=group, user_id=petr)
    assert (await sandbox.call("getChatMember", chat_id=group, user_id=petr)).result["status"] == "left"


async def test_members_are_counted_and_administrators_named(sandbox: Sandbox, olga: int, petr: int, group: int) -> None:
    assert (await sandbox.call("getChatMemberCount", chat_id=group)).result == 3
    await sandbox.membership(group, petr, "left")
    assert (await sandbox.call("getChatMemberCount", chat_id=group)).result == 2
    assert (await sandbox.call("getChatMemberCount", chat_id=olga)).result == 2
    ranked = (await sandbox.call("getChatAdministrators", chat_id=group)).result
    assert [(each["user"]["id"], each["status"]) for each in ranked] == [
        (olga, "creator"),
        (sandbox.world.bot.id, "administrator"),
    ]


async def test_the_bots_own_topic_is_opened_closed_and_opened_again(sandbox: Sandbox, group: int) -> None:
    made = (await sandbox.call("createForumTopic", chat_id=group, name="ПИЛОТ")).result
    for method in ("closeForumTopic", "reopenForumTopic"):
        thread = {"message_thread_id": made["message_thread_id"]}
        assert (await sandbox.call(method, chat_id=group, **thread)).result is True
    happened = [set(each["message"]) & SERVICE for each in await sandbox.fresh_updates()]
    assert happened == [{"forum_topic_created"}, {"forum_topic_closed"}, {"forum_topic_reopened"}]


SERVICE = {"forum_topic_created", "forum_topic_closed", "forum_topic_reopened"}


async def test_a_press_shows_what_its_message_answers_one_level_deep(sandbox: Sandbox, olga: int) -> None:
    first = await sandbox.writes(olga, "Нет воды")
    second = await sandbox.writes(olga, "Где?", reply_to=first["id"])
    keyboard = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    form = await sandbox.sends(olga, reply_parameters={"message_id": second["id"]}, reply_markup=keyboard)
    await sandbox.fresh_updates()
    await sandbox.control("presses", as_=olga, chat=olga, message_id=form["message_id"], button="Да")
    [told] = await sandbox.fresh_updates()
    answered = told["callback_query"]["message"]["reply_to_message"]
    assert answered["message_id"] == second["id"]
    assert "reply_to_message" not in answered


@pytest.mark.parametrize("kind", ["voice", "video_note"])
async def test_people_send_voices_and_round_films(sandbox: Sandbox, olga: int, kind: str) -> None:
    attachment: Json = {kind: True}
    await sandbox.writes(olga, **attachment)
    [told] = await sandbox.fresh_updates()
    assert told["message"][kind]["duration"] > 0


SCOPES: list[tuple[str, Json]] = [
    ("default", {"type": "default"}),
    ("all_group_chats", {"type": "all_group_chats"}),
    ("all_chat_administrators", {"type": "all_chat_administrators"}),
    ("chat", {"type": "chat"}),
    ("chat_administrators", {"type": "chat_administrators"}),
    ("chat_member", {"type": "chat_member"}),
]
"""From the widest to the narrowest that an administrator of a group can meet."""


async def offers(sandbox: Sandbox, person: int, chat: int) -> list[str]:
    listed = (await sandbox.look(f"chats/{chat}/commands?as={person}"))["commands"]
    return [each["command"] for each in listed]


async def lists(sandbox: Sandbox, name: str, scope: Json, **more: Any) -> None:
    commands = [{"command": name, "description": "Что-нибудь"}]
    assert (await sandbox.call("setMyCommands", commands=commands, scope=scope, **more)).result is True


async def test_the_narrowest_list_of_commands_is_offered(sandbox: Sandbox, olga: int, petr: int, group: int) -> None:
    for name, kind in SCOPES:
        scope = kind | ({"chat_id": group} if name.startswith("chat") else {})
        scope |= {"user_id": olga} if name == "chat_member" else {}
        await lists(sandbox, name, scope)
        assert await offers(sandbox, olga, group) == [name]
    assert await offers(sandbox, petr, group) == ["chat"]
    assert await offers(sandbox, olga, olga) == ["default"]


async def test_a_list_that_was_taken_away_gives_place_to_a_wider_one(sandbox: Sandbox, olga: int) -> None:
    private = {"type": "all_private_chats"}
    await lists(sandbox, "help", {"type": "default"})
    await lists(sandbox, "risks", private)
    await lists(sandbox, "mine", {"type": "chat", "chat_id": olga})
    assert await offers(sandbox, olga, olga) == ["mine"]
    await sandbox.call("deleteMyCommands", scope={"type": "chat", "chat_id": olga})
    assert await offers(sandbox, olga, olga) == ["risks"]
    await sandbox.call("deleteMyCommands", scope=private)
    assert await offers(sandbox, olga, olga) == ["help"]
    await sandbox.call("deleteMyCommands")
    assert await offers(sandbox, olga, olga) == []


async def test_the_language_of_the_client_goes_first(sandbox: Sandbox, olga: int) -> None:
    await lists(sandbox, "plain", {"type": "default"})
    await lists(sandbox, "german", {"type": "default"}, language_code="de")
    await lists(sandbox, "russian", {"type": "default"}, language_code="ru")
    assert await offers(sandbox, olga, olga) == ["russian"]
