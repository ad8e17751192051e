"""Published links are watched: a page that goes or changes is heard of; what no machine can open, a person confirms."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from tests.support.clocks import FRIDAY_MORNING, StoryClock
from tests.support.people import Group, Person
from tests.support.sites import InventedSite
from tests.support.stage import Scenery, Stage, on_stage

HOST: Final = "pestovo-novosti.example"
PAGE: Final = "/novosti/9"
SOON: Final = FRIDAY_MORNING + timedelta(hours=1)
NEXT_DAY: Final = SOON + timedelta(days=1, minutes=1)
AGAIN: Final = "Вернуть в работу"


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[InventedSite]:
    site = InventedSite(HOST, tmp_path)
    site.pages[PAGE] = "Вода на улице Мира есть"
    async with site.open():
        yield site


@pytest.fixture
async def stage(scenery: Scenery, tmp_path: Path, site: InventedSite) -> AsyncIterator[Stage]:
    async with on_stage(scenery, tmp_path, StoryClock(), probe=site.probe()) as playing:
        yield playing


@pytest.fixture
def olga(stage: Stage) -> Person:
    """She files the risk, so she follows the reaction."""
    return stage.person("член проектного офиса 1")


@pytest.fixture
def ivan(stage: Stage) -> Person:
    return stage.person("член проектного офиса 2")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


async def on_card(person: Person, button: str, chat: Group) -> None:
    await person.presses(button, on=await chat.sees("ИР-1/26", "Зарегистрировал"))


async def published(olga: Person, ivan: Person, chat: Group, *, link: str = f"https://{HOST}{PAGE}") -> None:
    """Not confirmed, answered, and the link to the answer given."""
    await olga.forwards("Нет воды на улице Мира третий день")
    await olga.presses("Зарегистрировать")
    await on_card(ivan, "Взять на проверку", chat)
    await on_card(ivan, "Не подтвердился", chat)
    await ivan.says("Водоканал: вода есть")
    await on_card(ivan, "Добавить ответ", chat)
    await ivan.says("Вода на улице Мира есть.")
    await ivan.says("новости Пестова")
    await on_card(ivan, "Ответ размещён", chat)
    await on_card(ivan, "Добавить ссылку", chat)
    await ivan.says(link)
    await ivan.presses("Региональное СМИ")


async def reads_details(person: Person, chat: Group, *words: str) -> None:
    await on_card(person, "Подробнее", chat)
    await person.sees("Публикация: ", *words)


async def came_to(stage: Stage, moment: datetime) -> None:
    await stage.office_time_is(moment)


async def offers_of_return(person: Person) -> int:
    return sum(AGAIN in message.buttons for message in await person.of_bot())


async def test_a_page_that_goes_is_heard_of_the_day_after_and_the_risk_can_be_worked_again(
    stage: Stage, site: InventedSite, olga: Person, ivan: Person, chat: Group
) -> None:
    await published(olga, ivan, chat)
    await came_to(stage, SOON)
    assert site.asked == [PAGE]
    await reads_details(ivan, chat, f"{HOST}{PAGE}", "доступна, «Вода на улице Мира есть», проверено пт 20.11, 11:00")

    del site.pages[PAGE]
    await came_to(stage, SOON + timedelta(hours=23))
    assert site.asked == [PAGE]
    assert await offers_of_return(olga) == 0

    await came_to(stage, NEXT_DAY)
    assert site.asked == [PAGE, PAGE]
    await olga.sees("ИР-1/26", "ссылка не на месте", "удалена, проверено сб 21.11, 11:01")
    await chat.sees("ИР-1/26", "следим за реакцией", "Публикации: 1 ссылка, не на месте: 1")
    await came_to(stage, NEXT_DAY + timedelta(days=1, minutes=1))
    assert len(site.asked) == 3
    assert await offers_of_return(olga) == 1
    await olga.says("/history 1")
    await olga.sees(f"ссылка не на месте: {HOST}{PAGE}")

    await olga.presses(AGAIN)
    await olga.says("Сайт удалил ответ")
    await olga.says("Вопросы будут")
    await chat.sees("ИР-1/26", "готовится ответ", "работа 2-й раз")


async def test_a_closed_risk_is_looked_at_weekly_and_a_page_that_comes_back_is_in_its_place(
    stage: Stage, site: InventedSite, olga: Person, ivan: Person, chat: Group
) -> None:
    await published(olga, ivan, chat)
    await came_to(stage, SOON)
    await olga.presses("Отработан")
    await chat.sees("ИР-1/26", "отработан")
    title = site.pages.pop(PAGE)
    await came_to(stage, SOON + timedelta(days=6))
    assert site.asked == [PAGE]
    await came_to(stage, SOON + timedelta(days=7, minutes=1))
    await olga.sees("ИР-1/26", "ссылка не на месте", "удалена")
    assert await offers_of_return(olga) == 1

    site.pages[PAGE] = title
    await came_to(stage, SOON + timedelta(days=14, minutes=2))
    await olga.says("/history 1")
    await olga.sees(f"ссылка не на месте: {HOST}{PAGE}", f"ссылка на месте: {HOST}{PAGE}")
    assert await offers_of_return(olga) == 1
    await came_to(stage, SOON + timedelta(days=61))
    asked = len(site.asked)
    await came_to(stage, SOON + timedelta(days=200))
    assert len(site.asked) == asked


async def test_a_page_under_another_title_is_heard_of_until_a_person_says_that_it_is_as_it_should_be(
    stage: Stage, site: InventedSite, olga: Person, ivan: Person, chat: Group
) -> None:
    await published(olga, ivan, chat)
    await came_to(stage, SOON)
    site.pages[PAGE] = "Продам гараж"
    await came_to(stage, NEXT_DAY)
    await olga.sees("ИР-1/26", "доступна, «Продам гараж», страница изменилась, проверено сб 21.11")
    assert await offers_of_return(olga) == 1
    answer = await olga.presses("Проверено, на месте")
    assert "ссылка на месте" in answer["text"]
    await came_to(stage, NEXT_DAY + timedelta(days=1, minutes=1))
    assert await offers_of_return(olga) == 1
    await reads_details(olga, chat, "доступна, «Продам гараж», проверено вс 22.11")


async def test_a_page_that_cannot_be_looked_at_is_not_gone_and_a_persons_look_counts(
    stage: Stage, site: InventedSite, olga: Person, ivan: Person, chat: Group
) -> None:
    site.has_a_name = False
    await published(olga, ivan, chat)
    await came_to(stage, SOON)
    await reads_details(ivan, chat, "недоступна для проверки, проверено пт 20.11, 11:00")
    assert await offers_of_return(olga) == 0
    await ivan.presses("Проверено, на месте")
    await reads_details(ivan, chat, "на месте, проверено пт 20.11", "проверил член проектного офиса 2")
    await olga.says("/history 1")
    await olga.sees(f"ссылка на месте: {HOST}{PAGE}")
    await came_to(stage, NEXT_DAY)
    await reads_details(olga, chat, "недоступна для проверки, проверено сб 21.11", "проверил член проектного офиса 2")
    assert await offers_of_return(olga) == 0
    assert site.asked == []


async def test_pages_of_platforms_are_never_fetched(
    stage: Stage, site: InventedSite, olga: Person, ivan: Person, chat: Group
) -> None:
    await published(olga, ivan, chat, link="https://vk.com/wall-2_9")
    await came_to(stage, SOON)
    await came_to(stage, NEXT_DAY)
    await reads_details(olga, chat, "vk.com/wall-2_9", "ещё не проверена")
    assert site.asked == []
