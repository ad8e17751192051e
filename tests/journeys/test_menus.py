"""Nobody has to learn commands: the menu and Telegram's own lists offer each person what they may do."""

from datetime import datetime
from typing import Any

import pytest

from storage.upkeep import Upkeep, note_upkeep
from tests.support.people import Chat, Group, Person
from tests.support.stage import Stage


@pytest.fixture
def head(stage: Stage) -> Person:
    return stage.person("руководитель МЦУ")


@pytest.fixture
def curator(stage: Stage) -> Person:
    return stage.person("куратор")


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


async def offered(person: Person, where: Chat | None = None) -> set[str]:
    """What Telegram offers them when they type «/» there."""
    chat = person if where is None else where
    answer = await person.stage.sandbox.get(f"/control/chats/{chat.id}/commands", params={"as": person.id})
    assert answer.is_success, answer.text
    commands: list[dict[str, Any]] = answer.json()["commands"]
    return {each["command"] for each in commands}


async def test_everybody_is_offered_in_private_what_they_may_do(head: Person, olga: Person) -> None:
    assert {"menu", "risk", "risks", "people", "help"} <= await offered(olga)
    assert not {"invite", "dismiss", "transfer", "bind"} & await offered(olga)
    assert {"invite", "dismiss", "transfer"} <= await offered(head)


REPORTS = {
    "Сводка": "Сводка",
    "Проблемные темы": "Проблемные темы",
    "Рейтинг": "Работа с обращениями",
    "Нагрузка": "Нагрузка",
    "Тепловая карта": "Тепловая карта",
    "Справка": "справк",
    "Реестры": "Реестры офиса в Excel",
}
"""The buttons of the menu's page of reports, with words of what each opens."""
OF_FIGURES = {"summary", "problems", "rating", "workload", "heatmap", "memo", "export"}


async def test_figures_are_offered_to_those_who_may_read_them_and_the_digest_to_everybody(
    stage: Stage, head: Person, curator: Person, olga: Person
) -> None:
    roads = stage.person("руководитель блока «Дороги, ЖКХ, благоустройство»")
    for reader in (head, curator, roads):
        assert await offered(reader) >= OF_FIGURES
        await reader.says("/menu")
        menu = await reader.sees("Что нужно сделать?")
        await reader.presses("Отчёты", on=menu)
        assert (await menu.now()).buttons == [*REPORTS, "Меню"]
    assert not OF_FIGURES & await offered(olga)
    assert "digest" in await offered(olga)


async def test_in_the_alert_chat_its_administrators_are_offered_to_bind_it(
    stage: Stage, chat: Group, olga: Person, head: Person
) -> None:
    await stage.control(f"chats/{chat.id}/members", user=head.id, status="administrator")
    assert await offered(olga, chat) == {"risk", "risks", "card", "duty", "help"}
    assert await offered(head, chat) == {"risk", "risks", "card", "duty", "bind", "help"}


async def test_a_stranger_is_offered_nothing(stage: Stage) -> None:
    assert await offered(stage.stranger) == set()


async def test_a_power_that_passes_on_shows_in_the_lists_of_both(head: Person, curator: Person) -> None:
    assert "invite" not in await offered(curator)
    await head.says("/dismiss")
    asked = await head.sees("Какую должность освободить?")
    await head.presses(next(each for each in asked.buttons if "руководитель МЦУ" in each), on=asked)
    await head.presses("Освободить", on=asked)
    assert await offered(head) == set()
    assert "invite" in await offered(curator)


async def test_another_group_bound_takes_the_commands_along(
    stage: Stage, head: Person, olga: Person, chat: Group
) -> None:
    made = await stage.control("chats", type="supergroup", title="Новый чат", members=[head.id, olga.id, "bot"])
    another = Group(stage, made["id"])
    await head.says("/bind", where=another)
    assert await offered(olga, another) == {"risk", "risks", "card", "duty", "help"}
    assert await offered(olga, chat) == set()


async def test_the_commands_follow_the_chat_that_moves(stage: Stage, olga: Person, chat: Group) -> None:
    moved = await stage.control(f"chats/{chat.id}/migrate")
    await stage.rest()
    assert "risk" in await offered(olga, Group(stage, moved["id"]))


async def test_a_program_that_knows_other_commands_shows_them_to_everybody_once(stage: Stage, olga: Person) -> None:
    shown = len(await stage.calls("setMyCommands"))
    await stage.restart_bot()
    await stage.rest()
    assert len(await stage.calls("setMyCommands")) == shown

    await stage.stop_bot()
    await earlier_commands_noted(stage, stage.clock.now())
    await stage.start_bot()
    await stage.rest()
    anew = [call["params"]["scope"] for call in (await stage.calls("setMyCommands"))[shown:]]
    assert len(anew) == len(stage.office.people) + len(("everybody in the chat", "its administrators"))


async def earlier_commands_noted(stage: Stage, at: datetime) -> None:
    """As the last version of the program left it."""
    async with stage.opened_database() as database:
        await note_upkeep(database, Upkeep.COMMANDS, at, {"known": "earlier"})


async def test_the_menu_opens_what_a_command_opens(olga: Person, head: Person, chat: Group) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    await olga.says("/menu")
    menu = await olga.sees("Что нужно сделать?")
    assert menu.buttons == [
        "Новый риск",
        "Открытые риски",
        "Обращения",
        "Что за мной",
        "Найти",
        "Дайджест",
        "Люди",
        "Отсутствие",
        "Дежурство",
    ]
    await olga.presses("Открытые риски", on=menu)
    assert "Яма на дороге" in (await menu.now()).text

    await head.says("/menu")
    menu = await head.sees("Что нужно сделать?")
    await head.presses("Пригласить", on=menu)
    assert "На какую должность пригласить?" in (await menu.now()).text


async def test_every_report_and_paper_is_behind_a_button(curator: Person) -> None:
    for button, words in REPORTS.items():
        await curator.says("/menu")
        menu = await curator.sees("Что нужно сделать?")
        await curator.presses("Отчёты", on=menu)
        await curator.presses(button, on=menu)
        assert words in (await menu.now()).text


async def test_the_menu_opens_what_is_owed_the_digest_and_the_ledger(head: Person) -> None:
    for button, words in (
        ("Что за мной", "За вами сейчас"),
        ("Дайджест", "по состоянию на"),
        ("Найти", "/find"),
        ("Журнал напоминаний", "Напоминания с"),
    ):
        await head.says("/menu")
        menu = await head.sees("Что нужно сделать?")
        await head.presses(button, on=menu)
        assert words in (await menu.now()).text


async def test_help_tells_a_member_nothing_that_they_would_be_refused(olga: Person, head: Person) -> None:
    await olga.says("/help")
    told = (await olga.last()).text
    assert not [each for each in ("/settings", "/invite", "/ledger", "/memo", "/summary") if each in told]
    await head.says("/help")
    assert "/settings" in (await head.last()).text


async def test_the_menu_explains_how_a_risk_is_filed_and_comes_back(olga: Person) -> None:
    await olga.says("/menu")
    menu = await olga.sees("Что нужно сделать?")
    await olga.presses("Новый риск", on=menu)
    assert "Перешлите сюда пост" in (await menu.now()).text
    await olga.presses("Меню", on=menu)
    assert "Что нужно сделать?" in (await menu.now()).text


async def test_the_menu_is_private(olga: Person, chat: Group) -> None:
    await olga.says("/menu", where=chat)
    await chat.sees("Отвечу в личных сообщениях")
