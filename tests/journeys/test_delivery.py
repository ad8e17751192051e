"""What the bot shows is kept equal to what is true, whatever Telegram does meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.people import Group, Person
from tests.support.stage import Stage


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
def head(stage: Stage) -> Person:
    return stage.person("руководитель МЦУ")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


async def test_a_flood_delays_the_card_and_loses_nothing(stage: Stage, olga: Person, chat: Group) -> None:
    await stage.control("faults", kind="429", method="sendMessage", chat=chat.id, retry_after=1, times=2)
    await olga.says("/risk Яма на дороге", where=chat)
    assert len([message for message in await chat.of_bot() if "ИР-1/26" in message.text]) == 1


async def test_a_server_error_is_tried_again(stage: Stage, olga: Person, chat: Group) -> None:
    await stage.control("faults", kind="502", method="sendMessage", chat=chat.id, times=2)
    await olga.says("/risk Яма на дороге", where=chat)
    await chat.sees("ИР-1/26")


async def test_a_connection_broken_before_the_request_loses_nothing(stage: Stage, olga: Person, chat: Group) -> None:
    await stage.control("faults", kind="drop_before", method="sendMessage", chat=chat.id, times=1)
    await olga.says("/risk Яма на дороге", where=chat)
    await chat.sees("ИР-1/26")


async def test_a_person_who_blocked_the_bot_stops_nothing(stage: Stage, olga: Person, chat: Group) -> None:
    await olga.says("Нет света в парке")
    await stage.control(f"people/{olga.id}/block", blocked=True)
    await stage.rest()
    await stage.person("член проектного офиса 2").says("/risk Яма на дороге", where=chat)
    await chat.sees("ИР-1/26")


async def test_a_deleted_card_is_posted_anew_at_its_next_change(
    stage: Stage, olga: Person, head: Person, chat: Group
) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    card = await chat.sees("ИР-1/26")
    await head.presses("Сменить критичность", on=card)
    await stage.control(f"messages/{chat.id}/{card.id}/delete")
    anew = await chat.messages()
    assert card.id not in {message.id for message in anew}
    await head.says("/card 1", where=chat)
    assert (await chat.sees("ИР-1/26")).id != card.id


async def test_a_card_deleted_in_the_chat_is_noticed_by_the_edit_that_fails(
    stage: Stage, olga: Person, chat: Group
) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    card = await chat.sees("ИР-1/26")
    await stage.control(f"messages/{chat.id}/{card.id}/delete")
    await stage.office_time_is(datetime(2026, 11, 30, 9, 0, tzinfo=UTC))
    anew = await chat.sees("ИР-1/26", "просрочено")
    assert anew.id != card.id


async def test_not_modified_is_success(stage: Stage, olga: Person, head: Person, chat: Group) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    card = await chat.sees("ИР-1/26")
    await stage.control(
        "faults",
        kind="400",
        method="editMessageText",
        description="Bad Request: message is not modified: specified new message content is the same",
        times=1,
    )
    await head.presses("Сменить критичность", on=card)
    await head.presses("Назад", on=card) if "Назад" in (await card.now()).buttons else None
    assert len(await stage.calls("editMessageText")) == 1


async def test_the_alert_chat_is_followed_to_its_new_address(stage: Stage, olga: Person, chat: Group) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    moved = await stage.control(f"chats/{chat.id}/migrate")
    await stage.rest()
    new_chat = Group(stage, moved["id"])
    await olga.says("/risk Нет света в парке", where=new_chat)
    await new_chat.sees("ИР-2/26", "Нет света в парке")
    await new_chat.sees("ИР-1/26", "Яма на дороге")


async def test_a_press_changes_the_card_for_everybody_and_the_history_tells_who(
    olga: Person, head: Person, chat: Group
) -> None:
    await olga.says("/risk Что-то случилось", where=chat)
    card = await chat.sees("ИР-1/26", "Блок: не назначен")
    await head.presses("Сменить блок", on=card)
    await head.presses("Социальная политика", on=card)
    assert "Социальная политика" in (await card.now()).text
    await head.presses("Сменить критичность", on=card)
    level = next(button for button in (await card.now()).buttons if "низкая" in button)
    await head.presses(level, on=card)
    assert "низкая" in (await card.now()).text
    await olga.says("/history 1")
    await olga.sees("зарегистрирован", "Социальная политика", "руководитель МЦУ")


async def test_the_deadline_can_show_its_arithmetic(olga: Person, chat: Group) -> None:
    await olga.says("/risk Что-то случилось", where=chat)
    await olga.presses("Ещё", on=await chat.sees("ИР-1/26"))
    answer = await olga.presses("Как посчитан срок", on=await chat.sees("ИР-1/26"))
    assert answer["show_alert"]
    assert "4 рабочих часа: пт 20.11 10:00–14:00" in answer["text"]


async def test_an_overdue_card_says_so_once(stage: Stage, olga: Person, chat: Group) -> None:
    await olga.says("/risk Что-то случилось", where=chat)
    card = await chat.sees("ИР-1/26", "Проверить до: пт 20.11, 14:00")
    await stage.office_time_is(stage.clock.now() + timedelta(hours=5))
    assert "просрочено" in (await card.now()).text
    await olga.says("/history 1")
    assert (await olga.last()).text.count("срок проверки прошёл") == 1


async def test_cards_at_night_arrive_without_a_sound(stage: Stage, olga: Person, chat: Group) -> None:
    await olga.says("/risk Днём", where=chat)
    assert not (await chat.sees("Днём")).data["silent"]
    await stage.office_time_is(datetime(2026, 11, 20, 20, 30, tzinfo=UTC))
    await olga.says("/risk Ночью", where=chat)
    assert (await chat.sees("Ночью")).data["silent"]


async def test_open_risks_are_listed_by_pages(olga: Person, chat: Group) -> None:
    await olga.says("/risks")
    await olga.sees("Открытых рисков нет")
    for number in range(1, 11):
        await olga.says(f"/risk Случай номер {number}", where=chat)
    await olga.says("/risks")
    first = await olga.sees("Открыто рисков: 10", "ИР-1/26")
    forward = next(each for each in first.buttons if each.startswith("Дальше"))
    await olga.presses(forward, on=first)
    assert "ИР-10/26" in (await first.now()).text


async def test_every_press_is_answered(olga: Person, head: Person, chat: Group) -> None:
    await olga.says("/risk Что-то случилось", where=chat)
    card = await chat.sees("ИР-1/26")
    for button in ("Сменить блок", "Назад", "Сменить критичность", "Назад", "Ещё", "Как посчитан срок"):
        assert (await head.presses(button, on=card))["answered"]


@pytest.mark.parametrize(
    "hostile",
    [
        "<b>жирный</b> & <script>alert(1)</script>",
        'кавычки "двойные" и «ёлочки» и `обратные`',
        "_курсив_ *звёзды* [ссылка](http://x) ||спойлер||",
        "👩‍👩‍👧‍👦 семья и флаг 🇷🇺 на площади",
        "справа налево \u200fשלום\u200f и \u200bнулевая\u200b ширина",
    ],
)
async def test_hostile_text_stands_on_the_card_as_typed(hostile: str, olga: Person, chat: Group) -> None:
    await olga.says(f"/risk {hostile}", where=chat)
    await chat.sees("ИР-1/26", hostile)


async def test_a_text_longer_than_a_message_fits_on_the_card(olga: Person, chat: Group) -> None:
    await olga.forwards("очень длинно " * 300)
    await olga.presses("Зарегистрировать")
    assert len((await chat.sees("ИР-1/26", "очень длинно")).text) < 4096


async def test_cards_refused_while_the_bot_was_silenced_are_posted_once_it_may_write(
    stage: Stage, olga: Person, head: Person, chat: Group
) -> None:
    silenced = {"user": "bot", "status": "restricted", "rights": {"can_send_messages": False}, "by": head.id}
    await stage.control(f"chats/{chat.id}/members", **silenced)
    await stage.rest()
    await head.sees("Бот больше не может писать в алерт-чат")
    await olga.says("Нет света в парке")
    await olga.presses("Зарегистрировать")
    await chat.does_not_see("Нет света в парке")

    await stage.control(f"chats/{chat.id}/members", user="bot", status="administrator", by=head.id)
    await stage.rest()
    await chat.sees("ИР-1/26", "Нет света в парке")


async def test_open_cards_come_along_to_a_newly_bound_chat(
    stage: Stage, olga: Person, head: Person, chat: Group
) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    made = await stage.control("chats", type="supergroup", title="Новый чат", members=[olga.id, head.id])
    new_chat = Group(stage, made["id"])
    await stage.control(f"chats/{new_chat.id}/members", user="bot", status="administrator", by=head.id)
    await head.says("/bind", where=new_chat)
    await new_chat.sees("Теперь это алерт-чат")
    await new_chat.sees("ИР-1/26", "Яма на дороге")


async def test_a_basic_group_cannot_become_the_alert_chat(stage: Stage, head: Person) -> None:
    made = await stage.control("chats", type="group", title="Малый чат", members=[head.id])
    group = Group(stage, made["id"])
    await stage.control(f"chats/{group.id}/members", user="bot", status="member", by=head.id)
    await head.says("/bind", where=group)
    await group.sees("супергрупп")


async def test_a_card_wanted_anew_twice_leaves_no_live_copy_behind(
    stage: Stage, olga: Person, head: Person, chat: Group
) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    first = await chat.sees("ИР-1/26")
    for _ in range(2):
        await stage.control("messages", **{"as": head.id, "chat": chat.id, "text": "/card 1"})
    await stage.rest()
    live = [message for message in await chat.of_bot() if message.buttons]
    assert len(live) == 1
    assert "больше не обновляется" in (await first.now()).text


async def test_cards_in_the_former_alert_chat_take_their_leave(
    stage: Stage, olga: Person, head: Person, chat: Group
) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    old_card = await chat.sees("ИР-1/26")
    made = await stage.control("chats", type="supergroup", title="Новый чат", members=[olga.id, head.id])
    new_chat = Group(stage, made["id"])
    await stage.control(f"chats/{new_chat.id}/members", user="bot", status="administrator", by=head.id)
    await head.says("/bind", where=new_chat)
    await head.presses("Сменить критичность", on=await new_chat.sees("ИР-1/26"))
    assert "больше не обновляется" in (await old_card.now()).text
    assert (await old_card.now()).buttons == []


@pytest.mark.parametrize("kind", ["502", "429", "drop_before"])
async def test_a_press_is_answered_though_the_first_answer_fails(
    kind: str, stage: Stage, olga: Person, chat: Group
) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    await stage.control("faults", kind=kind, method="answerCallbackQuery", retry_after=1, times=1)
    assert (await olga.presses("Сменить блок", on=await chat.sees("ИР-1/26")))["answered"]


async def test_a_reply_that_must_wait_does_not_hold_up_the_presses_of_its_chat(
    stage: Stage, olga: Person, head: Person, chat: Group
) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    card = await chat.sees("ИР-1/26")
    await stage.control("faults", kind="429", method="sendMessage", chat=chat.id, retry_after=3, times=1)
    await stage.control("messages", **{"as": olga.id, "chat": chat.id, "text": "/risks"})
    assert (await head.presses("Сменить блок", on=card, settle=False))["answered"]
    assert not [message for message in await chat.of_bot() if "Открыто рисков" in message.text]
    await stage.rest()
    await chat.sees("Открыто рисков: 1")


async def test_a_card_wanted_anew_in_a_chat_that_refuses_it_is_not_tried_without_end(
    stage: Stage, olga: Person, head: Person, chat: Group
) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    silenced = {"user": "bot", "status": "restricted", "rights": {"can_send_messages": False}, "by": head.id}
    await stage.control(f"chats/{chat.id}/members", **silenced)
    await stage.rest()
    before = len(await stage.calls("sendMessage"))
    await head.says("/card 1", where=chat)
    assert len(await stage.calls("sendMessage")) - before <= 3


async def test_a_list_is_said_though_the_server_fails_first(stage: Stage, olga: Person) -> None:
    await stage.control("faults", kind="502", method="sendMessage", chat=olga.id, times=1)
    await olga.says("/risks")
    await olga.sees("Открытых рисков нет")
