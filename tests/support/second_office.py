"""A second office in the same installation, whose first member already works in the first one."""

from dataclasses import dataclass, replace
from typing import Final

from bot.codes import new_code
from bot.presets.loading import load_preset
from risk.use_cases.founding import found_office
from risk.use_cases.inviting import invite_to_vacancies
from storage.directory import SqlDirectory
from storage.unit_of_work import Units
from tests.support.people import Group, Person
from tests.support.stage import Stage

FIRST: Final = "МЦУ Пестовского округа"
SECOND: Final = "МЦУ Зареченского округа"


@dataclass(frozen=True, slots=True)
class SecondOffice:
    """Its head and one member are people of the first office; nobody else has come yet."""

    head: Person
    member: Person
    chat: Group


async def found_second_office(stage: Stage, *, head: Person, member: Person) -> SecondOffice:
    """As the operator does it with the bot down; the people then enter by their links."""
    codes = await _invitations(stage)
    for person, title in ((head, "руководитель МЦУ"), (member, "член проектного офиса 1")):
        await person.says(f"/start i_{codes[title]}")
        await person.says("Соколова О. П.")
        if person is member:
            await head.presses("Да, это так")
    made = await stage.control("chats", type="supergroup", title="Зареченск", members=[head.id, member.id, "bot"])
    chat = Group(stage, made["id"])
    await stage.rest()
    await head.says("/office")
    await head.presses(SECOND)
    await head.says("/bind", where=chat)
    return SecondOffice(head, member, chat)


async def _invitations(stage: Stage) -> dict[str, str]:
    await stage.stop_bot()
    plan = replace(load_preset("pestovo"), key="zarechny", title=SECOND)
    async with stage.opened_database() as database:
        office = await found_office(plan, registry=SqlDirectory(database), now=stage.clock.now())
        issued = await invite_to_vacancies(
            uow=Units(database=database).of(office), now=stage.clock.now(), new_code=new_code
        )
    await stage.start_bot()
    return {each.position.title(plan): each.code for each in issued}
