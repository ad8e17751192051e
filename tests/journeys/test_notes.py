"""A reply to a card in the alert chat, and the one press that keeps it in the history."""

import asyncio
import json
from datetime import timedelta

import pytest

from tests.journeys.steps import filed, number_of, on_card
from tests.support.people import Group, Person, Shown
from tests.support.stage import Stage

OFFER = "Записать эти слова в историю ИР-1/26?"
WORDS = "Водоканал обещает воду к вечеру"
PRESS = "nt:1:1"
"""The button under the first offer, as it was."""


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
def ivan(stage: Stage) -> Person:
    return stage.person("член проектного офиса 2")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


@pytest.fixture
async def card(olga: Person, chat: Group) -> Shown:
    await filed(olga, chat)
    return await chat.sees("ИР-1/26", "Зарегистрировал")


async def read_history(person: Person) -> str:
    await person.says("/history 1")
    return (await person.last()).text


async def test_a_reply_to_a_card_becomes_a_note_by_one_press(
    stage: Stage, olga: Person, ivan: Person, chat: Group, card: Shown
) -> None:
    reply = await ivan.replies(card, WORDS)
    offer = await chat.sees(OFFER)
    assert offer.buttons == ["Записать заметкой"]
    [call] = [call for call in await stage.calls("sendMessage") if call["params"].get("text") == OFFER]
    assert call["params"]["disable_notification"] == "true"
    assert json.loads(call["params"]["reply_parameters"])["message_id"] == reply
    assert "заметка" not in await read_history(olga)

    answer = await ivan.presses("Записать заметкой", on=offer)

    assert answer["text"] == "Записано в историю ИР-1/26."
    over = await offer.now()
    assert (over.text, over.buttons) == ("Записано в историю ИР-1/26.", [])
    assert f"заметка: {WORDS} · член проектного офиса 2" in await read_history(olga)
    await on_card(olga, "Подробнее", chat)
    await olga.sees("ИР-1/26", f"{WORDS} · член проектного офиса 2")


async def test_a_colleague_keeps_the_words_and_history_says_whose_they_were(
    olga: Person, ivan: Person, chat: Group, card: Shown
) -> None:
    await ivan.replies(card, WORDS)
    offer = await chat.sees(OFFER)
    await olga.presses("Записать заметкой", on=offer)
    second = await ivan.presses_data(PRESS, on=offer)
    assert (second["text"], second["show_alert"]) == ("Уже записано в историю ИР-1/26.", True)
    story = await read_history(olga)
    assert f"заметка со слов «член проектного офиса 2»: {WORDS} · член проектного офиса 1" in story
    assert story.count(WORDS) == 1


async def test_two_presses_at_once_keep_the_words_once(olga: Person, ivan: Person, chat: Group, card: Shown) -> None:
    await ivan.replies(card, WORDS)
    offer = await chat.sees(OFFER)
    await asyncio.gather(*(person.presses_data(PRESS, on=offer) for person in (olga, ivan)))
    assert (await read_history(olga)).count(WORDS) == 1


async def test_without_a_press_nothing_is_kept_and_the_words_are_dropped(
    stage: Stage, olga: Person, chat: Group, card: Shown
) -> None:
    await olga.replies(card, WORDS)
    offer = await chat.sees(OFFER)
    await stage.office_time_is(stage.clock.now() + timedelta(days=4))
    over = await offer.now()
    assert over.text == "Слова остались только в чате, в историю ИР-1/26 не записаны."
    assert over.buttons == []
    assert "заметка" not in await read_history(olga)
    await stage.stop_bot()
    assert WORDS not in stage.database.read_bytes().decode("utf-8", "ignore")


async def test_the_words_outlive_a_restart_between_the_reply_and_the_press(
    stage: Stage, olga: Person, chat: Group, card: Shown
) -> None:
    await olga.replies(card, WORDS)
    await stage.restart_bot()
    await olga.presses("Записать заметкой", on=await chat.sees(OFFER))
    assert f"заметка: {WORDS}" in await read_history(olga)


async def test_a_residents_data_is_hidden_before_it_is_offered(
    stage: Stage, olga: Person, chat: Group, card: Shown
) -> None:
    await olga.replies(card, "Звонила жительница, 8 921 555-01-23, vk.com/id123456")
    await olga.presses("Записать заметкой", on=await chat.sees(OFFER, "Личные данные в записи будут скрыты."))
    assert "заметка: Звонила жительница, [номер скрыт], [личная страница]" in await read_history(olga)


async def test_commands_and_talk_are_no_notes(stage: Stage, olga: Person, chat: Group, card: Shown) -> None:
    await olga.replies(card, "/risk")
    await olga.replies(card, "/history 1")
    await olga.says(WORDS, where=chat)
    await stage.control(f"chats/{chat.id}/members", user=stage.stranger.id, status="member")
    await stage.stranger.replies(card, WORDS)
    await olga.says("/risk https://vk.com/wall-5_6", where=chat)
    await olga.replies(await chat.sees("В чём суть, одной фразой?"), "Третий день не вывозят мусор")
    await chat.sees("ИР-2/26", "Третий день не вывозят мусор")
    assert await number_of(chat, "Записать эти слова") == 0
