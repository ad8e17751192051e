"""Each office that ships lives through the same days by its own act: people come, file, leave, are away, on duty."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.presets.loading import load_preset, preset_keys
from risk.offices import OfficePlan, Role
from risk.powers import Power
from tests.journeys.doors import enters, link_for
from tests.support.clocks import StoryClock
from tests.support.people import Group, Person
from tests.support.slowness import one_fast
from tests.support.stage import Scenery, Stage, build_scenery, on_stage


@dataclass(frozen=True)
class Troupe:
    """An office on its stage, and the people that every office has under titles of its own."""

    stage: Stage
    plan: OfficePlan

    @property
    def inviter(self) -> Person:
        """Whoever invites, dismisses and binds while everybody is in their seat."""
        first = self.plan.powers[Power.INVITE][0]
        return self.stage.person(next(role.title for role in self.plan.roles if role.key in first))

    @property
    def growing(self) -> Role:
        """The role that grows by invitation."""
        return next(role for role in self.plan.roles if role.open_ended)

    @property
    def member(self) -> Person:
        return self.stage.person(f"{self.growing.title} 1")

    def local(self, day: int, hour: int) -> datetime:
        """A few seconds past this hour of a day of November, as clocks in the office show it."""
        return datetime(2026, 11, day, hour, 0, 5, tzinfo=ZoneInfo(self.plan.calendar.zone))

    async def name_of(self, title: str) -> str:
        """The official name that the list of people shows beside a position."""
        await self.inviter.says("/people")
        shown = await self.inviter.sees(self.plan.title, f"• {title} — ")
        line = next(line for line in shown.text.splitlines() if line.startswith(f"• {title} — "))
        return line.partition(" — ")[2]


@pytest.fixture(scope="module", params=one_fast(preset_keys(), "pestovo"))
def set_up(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenery, OfficePlan]:
    folder = tmp_path_factory.mktemp(request.param)
    return asyncio.run(build_scenery(folder, StoryClock(), request.param)), load_preset(request.param)


@pytest.fixture
async def troupe(set_up: tuple[Scenery, OfficePlan], tmp_path: Path) -> AsyncIterator[Troupe]:
    scenery, plan = set_up
    async with on_stage(scenery, tmp_path, StoryClock()) as stage:
        yield Troupe(stage, plan)


async def test_a_newcomer_comes_by_invitation_and_files_a_risk(troupe: Troupe) -> None:
    anna = await troupe.stage.newcomer("Анна")
    await enters(anna, await link_for(troupe.inviter, f"+ {troupe.growing.title}"))
    await troupe.inviter.presses("Да, это так")
    await anna.sees(f"Ваша должность: {troupe.growing.title} 3")
    await anna.forwards("Нет воды на улице Мира третий день", post="gorod/77")
    await anna.presses("Зарегистрировать")
    card = await troupe.stage.chat.sees("ИР-1/26", "Нет воды", f"Зарегистрировал: {troupe.growing.title} 3")
    assert ("Сменить блок" in card.buttons) is bool(troupe.plan.blocks)


async def test_in_an_office_without_blocks_nothing_is_said_of_them(troupe: Troupe) -> None:
    await troupe.member.says("На Советской яма")
    await troupe.member.presses("Зарегистрировать")
    card = await troupe.stage.chat.sees("ИР-1/26")
    assert ("Блок:" in card.text) is bool(troupe.plan.blocks)


async def test_whoever_is_dismissed_has_no_access_from_then_on(troupe: Troupe) -> None:
    member = troupe.member
    name = await troupe.name_of(f"{troupe.growing.title} 1")
    await member.says("Яма на дороге")
    await troupe.inviter.says("/dismiss")
    await troupe.inviter.presses(name)
    await troupe.inviter.presses("Освободить")
    await member.sees("За вами больше нет должности")
    await member.says("/risks")
    await member.does_not_see("Открытых рисков нет")
    assert await troupe.name_of(f"{troupe.growing.title} 1") == "не занята"


async def test_a_successor_gets_the_work_of_the_position(troupe: Troupe) -> None:
    member, heir = troupe.member, troupe.stage.person(f"{troupe.growing.title} 2")
    names = [await troupe.name_of(f"{troupe.growing.title} {number}") for number in (1, 2)]
    await member.says("Яма на дороге у школы")
    await member.presses("Зарегистрировать")
    await troupe.inviter.says("/transfer")
    await troupe.inviter.presses(names[0])
    await troupe.inviter.presses(names[1])
    await troupe.inviter.presses("Передать")
    await heir.sees(f"Ваша должность: {troupe.growing.title} 1", "открытых рисков: 1", "ИР-1/26")
    await member.sees("За вами больше нет должности")


async def test_when_whoever_invites_leaves_the_power_falls_to_the_next_holder(troupe: Troupe) -> None:
    inviter, ladder = troupe.inviter, troupe.plan.powers[Power.INVITE]
    title = next(role.title for role in troupe.plan.roles if role.key in ladder[0])
    name = await troupe.name_of(title)
    await inviter.says("/dismiss")
    await inviter.presses(name)
    await inviter.presses("Освободить")
    await inviter.sees("За вами больше нет должности")
    heirs = [role for role in troupe.plan.roles if role.key in ladder[1]]
    for role in heirs:  # none where the operator's shell comes next
        await troupe.stage.person(role.title).says("/invite")
        await troupe.stage.person(role.title).sees("На какую должность пригласить?")


async def test_whoever_is_away_is_deputised_for(troupe: Troupe) -> None:
    member, deputy = troupe.member, troupe.stage.person(f"{troupe.growing.title} 2")
    name = await troupe.name_of(f"{troupe.growing.title} 2")
    await member.says("/absence 20–27.11")
    await member.presses(name)
    await member.presses("Сохранить")
    await deputy.sees(f"Вы замещаете: {troupe.growing.title} 1", "с пт 20.11 по пт 27.11")
    assert (await troupe.name_of(f"{troupe.growing.title} 1")).endswith(f"отсутствует по пт 27.11, замещает {name}")


async def test_duty_over_a_weekend_is_handed_over_each_morning_of_the_offices_own_zone(troupe: Troupe) -> None:
    inviter, chat = troupe.inviter, troupe.stage.chat
    await inviter.says("/duty")
    await inviter.presses("Назначить")
    await inviter.presses(f"{troupe.growing.title} 1")
    await inviter.presses("[20]")
    await inviter.presses("22")
    await inviter.presses("Сохранить")
    await troupe.member.sees("Вам назначено дежурство: с пт 20.11, 18:00 до пн 23.11, 09:00")

    await troupe.stage.office_time_is(troupe.local(20, 18))
    await troupe.member.sees("Вы на дежурстве с пт 20.11, 18:00 до пн 23.11, 09:00")
    await troupe.stage.office_time_is(troupe.local(21, 23))
    await troupe.member.says("/risk Прорвало трубу на Советской", where=chat)
    await troupe.stage.office_time_is(troupe.local(22, 9))
    await chat.sees("Дежурство продолжает", "За смену поступило 1: ИР-1/26.")
    await troupe.stage.office_time_is(troupe.local(23, 9))
    await chat.sees("Дежурство окончено", "За смену ничего не поступило.")


async def test_a_risk_is_worked_from_its_filing_to_the_criteria_with_approval_where_the_office_asks_it(
    troupe: Troupe,
) -> None:
    member, chat = troupe.member, troupe.stage.chat
    await member.forwards("Яма на дороге у школы", post="gorod/77")
    await member.presses("Зарегистрировать")
    await _on_card(member, "Взять на проверку", chat)
    await _on_card(member, "Не подтвердился", chat)
    await member.says("Яму засыпали на прошлой неделе, снимок с места")
    await _on_card(member, "Добавить ответ", chat)
    await member.says("Яма у школы засыпана 18 ноября")
    await member.says("сайт администрации")
    if troupe.plan.approves_answers:
        await _has_it_approved_after_a_remark(troupe)
    await _on_card(member, "Ответ размещён", chat)
    await chat.sees("Отработка ИР-1/26", "Яма у школы засыпана", "Площадки: сайт администрации")
    await _on_card(member, "Добавить ссылку", chat)
    await member.says("https://vk.com/wall-2_9")
    await member.presses("Страница органа")
    await member.sees("все условия выполнены")
    await member.presses("Отработан")
    await chat.sees("ИР-1/26", "отработан", "Отработан по критериям")


async def _has_it_approved_after_a_remark(troupe: Troupe) -> None:
    member, chat = troupe.member, troupe.stage.chat
    approver = next(role for role in troupe.plan.roles if role.key in troupe.plan.powers[Power.APPROVE][0])
    head = troupe.stage.person(approver.title)
    await _on_card(member, "На согласование", chat)
    await head.sees("ответ ждёт вашего согласования", "Яма у школы засыпана 18 ноября")
    await head.presses("Вернуть с замечанием")
    await head.says("Назовите подрядчика")
    await member.sees("ответ вернули с замечанием", "Назовите подрядчика")
    await member.presses("Изменить ответ")
    await member.says("Яма у школы засыпана 18 ноября дорожной службой")
    await member.says("сайт администрации")
    await _on_card(member, "На согласование", chat)
    await head.presses("Согласовать")
    await chat.sees("ИР-1/26", "ответ согласован")


async def _on_card(person: Person, button: str, chat: Group) -> None:
    await person.presses(button, on=await chat.sees("ИР-1/26", "Зарегистрировал"))
