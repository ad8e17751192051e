"""How far a topic has spread: figures at the filing, and what the looks at the reaction find beside them."""

from datetime import UTC, datetime

import pytest

from tests.journeys.steps import answered, on_card, placed, verified
from tests.support.people import Group, Person
from tests.support.stage import Stage

SEEN = "просмотров 1\xa0200, репостов 30"
GROWN = "просмотров 4\xa0000, было 1\xa0200 при регистрации"


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


async def gives_figures(person: Person, figures: str) -> None:
    await person.presses("Изменить")
    await person.presses("Охват")
    await person.says(figures)


async def test_figures_of_the_filing_are_shown_and_a_look_is_compared_with_them(
    stage: Stage, olga: Person, chat: Group
) -> None:
    await olga.forwards("Нет воды на улице Мира третий день")
    preview = await olga.sees("Проверьте, прежде чем отправить")
    assert "хват" not in preview.text
    await gives_figures(olga, "просмотров 1200, репостов 30")
    await olga.sees("Проверьте, прежде чем отправить", f"Охват: {SEEN}")
    await olga.presses("Зарегистрировать")
    await chat.sees("ИР-1/26", f"охват: {SEEN}")
    await olga.says("/history 1")
    await olga.sees("ИР-1/26 · история", f"зарегистрирован ({SEEN})")

    await verified(olga, chat, "Не подтвердился")
    await answered(olga, chat)
    await placed(olga, chat)
    await stage.office_time_is(datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
    await on_card(olga, "Проверить реакцию", chat)
    await olga.presses("Реакции нет")
    await olga.presses("Не распространяется")
    await olga.says("просмотров 4 тыс.")
    await chat.sees("ИР-1/26", f"охват: {GROWN}")
    await on_card(olga, "Подробнее", chat)
    await olga.sees("ИР-1/26", "Охват при регистрации, ", f"не распространяется ({GROWN})")


async def test_figures_are_given_again_taken_back_and_left_out(olga: Person, chat: Group) -> None:
    await olga.says("Яма на Советской")
    await gives_figures(olga, "много")
    await olga.sees("Это не похоже на ответ")
    await olga.says("300")
    await olga.sees("Проверьте", "Охват: просмотров 300")
    await gives_figures(olga, "просмотров 500")
    await olga.sees("Проверьте", "Охват: просмотров 500")
    await olga.presses("Изменить")
    await olga.presses("Охват")
    await olga.sees("Сейчас охват: просмотров 500")
    await olga.presses("Цифр не видно")
    assert "хват" not in (await olga.sees("Проверьте, прежде чем отправить")).text
    await olga.presses("Изменить")
    await olga.presses("Охват")
    await olga.presses("Назад")
    await olga.presses("Зарегистрировать")
    assert "охват" not in (await chat.sees("ИР-1/26", "Яма на Советской")).text
