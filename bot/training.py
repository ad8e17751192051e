"""Sets up the sandbox's offices as real ones are set up: founded, people invited, entering by code, chats bound.

The people speak through the sandbox's control side; the bot hears them over HTTP like anybody else.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

import httpx

from bot.codes import new_code
from bot.presets.loading import load_preset, preset_keys
from risk.offices import OfficePlan
from risk.powers import Power
from risk.use_cases.founding import found_office
from risk.use_cases.inviting import IssuedInvitation, invite_to_vacancies
from storage.database import Database, DatabaseKind, FileLock, WrongDatabaseKind, kind_of, open_file
from storage.directory import SqlDirectory
from storage.unit_of_work import Units

PRESET: Final = "pestovo"
"""The office that people begin with."""
MEMBERS: Final = 2
CONFIRMS: Final = "Да, это так"
"""What the doorman presses under the question whether it is really them."""
PATIENCE: Final = 20.0
SQLITE_FILES: Final = ("", "-wal", "-shm", "-journal")
"""Endings of the names of the files that make one database."""

FIRST_NAMES: Final = (
    "Игорь", "Марина", "Денис", "Руслан", "Светлана", "Тимур", "Галина", "Ольга", "Пётр", "Вера", "Антон", "Нина",
    "Роман", "Лариса", "Олег", "Юлия", "Борис", "Инна", "Артём", "Зоя", "Глеб", "Майя", "Фёдор", "Алла",
)  # fmt: skip
"""Invented, for the chat page only: the bot never learns them."""
OFFICIAL_NAMES: Final = (
    "Ветлугин И. П.", "Сорокина М. А.", "Лагутин Д. С.", "Дёмин Р. О.", "Ежова С. В.", "Карпухин Т. Р.",
    "Рощина Г. Н.", "Соколова О. П.", "Бобров П. И.", "Ломакина В. С.", "Чижов А. Д.", "Ушакова Н. К.",
    "Жаров Р. А.", "Полякова Л. Ф.", "Гусев О. М.", "Шилова Ю. Е.", "Малахов Б. Т.", "Крылова И. В.",
    "Зимин А. О.", "Терёхина З. П.", "Носков Г. Л.", "Вдовина М. Ю.", "Ершов Ф. К.", "Щукина А. Г.",
)  # fmt: skip
"""The same people as papers name them, in the same order."""
STRANGER: Final = "Прохожий"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundedOffice:
    plan: OfficePlan
    invitations: tuple[IssuedInvitation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingOffice:
    """Who is who in one of the sandbox's offices: positions by the sandbox's person ids, and the alert chat's id.

    `stranger` belongs to none of them and is the same for all.
    """

    people: dict[str, int]
    stranger: int
    chat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody who has just been invited, and what they are called."""

    first_name: str
    official_name: str
    position: str
    code: str


def training_plans() -> tuple[OfficePlan, ...]:
    """Every office that ships, the one that people begin with first."""
    return tuple(load_preset(key) for key in sorted(preset_keys(), key=lambda key: key != PRESET))


async def is_set_up(sandbox: httpx.AsyncClient) -> bool:
    """Whether an earlier run has set up the people and chats of this world."""
    state = (await sandbox.get("/control/state")).raise_for_status().json()
    return bool((state["training"] or {}).get("offices"))


async def begin_anew(
    sandbox: httpx.AsyncClient, database: Path, now: datetime, presets: Sequence[OfficePlan]
) -> tuple[FoundedOffice, ...]:
    """Empty the world, drop its database and found the offices.

    Raises WrongDatabaseKind, DatabaseUnreadable or DatabaseInUse, with nothing touched, rather than delete
    a production database, a file that cannot be looked into, or one that another process works with.
    """
    with FileLock(database):
        if kind_of(database) is DatabaseKind.PRODUCTION:
            raise WrongDatabaseKind(DatabaseKind.PRODUCTION)
        await _post(sandbox, "/control/reset")
        for suffix in SQLITE_FILES:
            database.with_name(database.name + suffix).unlink(missing_ok=True)
        return await found(database, now, presets)


async def found(database: Path, now: datetime, presets: Sequence[OfficePlan]) -> tuple[FoundedOffice, ...]:
    """A new sandbox database with the offices in it and an invitation to every position."""
    opened = open_file(database, DatabaseKind.SANDBOX)
    try:
        return tuple([await _found(opened, plan, now) for plan in presets])
    finally:
        await opened.close()


async def people_enter(
    sandbox: httpx.AsyncClient, founded: Sequence[FoundedOffice], at_rest: Callable[[], Awaitable[None]]
) -> tuple[TrainingOffice, ...]:
    """Everybody enters by their link and is confirmed, and the alert chats are bound. `at_rest` waits for the bot.

    Nobody waits for anybody else but at the halts: the bot takes up all private chats beside one another.
    """

    async def heard() -> None:
        await settled(sandbox)
        await at_rest()

    awaited = [newcomers(office, index) for index, office in enumerate(founded)]
    people = [await _enter(sandbox, each) for each in awaited]
    stranger = await _post(sandbox, "/control/people", first_name=STRANGER, label="не сотрудник МЦУ")
    await heard()
    await _all_are_named(sandbox, founded, awaited, people, heard)
    chats = [await _gather(sandbox, each.plan, seated) for each, seated in zip(founded, people, strict=True)]
    for each, seated, chat in zip(founded, people, chats, strict=True):
        await _say(sandbox, _doorman(each.plan, seated), chat, "/bind")
    await heard()
    return tuple(
        TrainingOffice(people=seated, stranger=stranger["id"], chat=chat)
        for seated, chat in zip(people, chats, strict=True)
    )


def newcomers(office: FoundedOffice, index: int = 0) -> tuple[Newcomer, ...]:
    """Whom an office awaits; neighbouring offices begin at other names."""
    names = list(zip(FIRST_NAMES, OFFICIAL_NAMES, strict=True))
    begin = index * MEMBERS * 3 % len(names)
    chosen = islice(cycle(names), begin, begin + len(office.invitations))
    return tuple(
        Newcomer(first_name=first, official_name=official, position=each.position.title(office.plan), code=each.code)
        for (first, official), each in zip(chosen, office.invitations, strict=True)
    )


async def leave_note(
    sandbox: httpx.AsyncClient, founded: Sequence[FoundedOffice], offices: Sequence[TrainingOffice]
) -> None:
    """Tell the page who is who; a world with this note is set up."""
    from handlers.views.training import CARD_LINE, FILES, HINT, WALK  # noqa: PLC0415 - it takes seconds, few commands need it

    told = [_described(plan, who, index) for index, (plan, who) in enumerate(zip(founded, offices, strict=True))]
    first = told[0]
    walk = {"steps": [{"do": do, "says": says} for do, says in WALK.items()], "line": CARD_LINE, "files": FILES}
    note = {"offices": told, "begin": first["members"][0], "hint": HINT, "walk": walk}
    (await sandbox.put("/control/training", json=note)).raise_for_status()


async def settled(sandbox: httpx.AsyncClient) -> None:
    """Wait until the bot has taken everything that was said to it. Raises TimeoutError."""
    answer = await sandbox.get("/control/settled", params={"wait": PATIENCE}, timeout=PATIENCE + 5)
    if not answer.raise_for_status().json()["settled"]:
        raise TimeoutError("the bot does not take what is said to it")


async def _found(opened: Database, plan: OfficePlan, now: datetime) -> FoundedOffice:
    office = await found_office(plan, registry=SqlDirectory(opened), now=now)
    uow = Units(database=opened).of(office)
    invitations = await invite_to_vacancies(uow=uow, now=now, new_code=new_code, open_seats=MEMBERS)
    return FoundedOffice(plan=plan, invitations=invitations)


async def _enter(sandbox: httpx.AsyncClient, awaited: Sequence[Newcomer]) -> dict[str, int]:
    """All of an office's people press their links; their ids by their positions."""
    people: dict[str, int] = {}
    for each in awaited:
        person = await _post(sandbox, "/control/people", first_name=each.first_name, label=each.position)
        people[each.position] = person["id"]
        await _say(sandbox, person["id"], person["id"], f"/start i_{each.code}")
    return people


async def _all_are_named(
    sandbox: httpx.AsyncClient,
    founded: Sequence[FoundedOffice],
    awaited: Sequence[Sequence[Newcomer]],
    people: Sequence[dict[str, int]],
    heard: Callable[[], Awaitable[None]],
) -> None:
    """First whoever may invite, so that there is somebody to confirm the others; then everybody else."""
    doormen = [_doorman(office.plan, seated) for office, seated in zip(founded, people, strict=True)]
    for opening in (True, False):
        for newcomers_here, seated in zip(awaited, people, strict=True):
            for each in newcomers_here:
                person = seated[each.position]
                if (person in doormen) is opening:
                    await _say(sandbox, person, person, each.official_name)
        await heard()
    for doorman in doormen:
        await _confirm_all(sandbox, doorman)
    await heard()


async def _confirm_all(sandbox: httpx.AsyncClient, doorman: int) -> None:
    """The doorman is asked of each newcomer whether it is really them, and says yes."""
    answer = await sandbox.get(f"/control/chats/{doorman}/messages")
    for message in answer.raise_for_status().json()["messages"]:
        if any(button["text"] == CONFIRMS for row in message["buttons"] for button in row):
            press = {"as": doorman, "chat": doorman, "message_id": message["id"], "button": CONFIRMS}
            await _post(sandbox, "/control/presses", **press)


async def _gather(sandbox: httpx.AsyncClient, plan: OfficePlan, people: dict[str, int]) -> int:
    """The office's alert chat, with everybody and the bot in it."""
    members = list(people.values())
    chat = await _post(sandbox, "/control/chats", type="supergroup", title=plan.chat_title, members=members)
    rights = {"user": "bot", "status": "administrator", "by": _doorman(plan, people)}
    await _post(sandbox, f"/control/chats/{chat['id']}/members", **rights)
    return int(chat["id"])


def _doorman(plan: OfficePlan, people: dict[str, int]) -> int:
    """Whoever may invite and bind while everybody is in their seat."""
    may = plan.powers[Power.INVITE][0] & plan.powers[Power.BIND][0]
    return next(people[role.title] for role in plan.roles if role.key in may)


def _described(founded: FoundedOffice, office: TrainingOffice, index: int) -> dict[str, Any]:
    people = [
        {"id": office.people[each.position], "role": each.position, "official": each.official_name}
        for each in newcomers(founded, index)
    ]
    members = [office.people[each.position.title(founded.plan)] for each in founded.invitations if each.position.number]
    return {
        "key": founded.plan.key,
        "title": founded.plan.title,
        "chat": office.chat,
        "people": people,
        "members": members,
    }


async def _say(sandbox: httpx.AsyncClient, person: int, chat: int, text: str) -> None:
    await _post(sandbox, "/control/messages", **{"as": person, "chat": chat, "text": text})


async def _post(sandbox: httpx.AsyncClient, path: str, **body: Any) -> Any:
    answer = await sandbox.post(path, json=body)
    if answer.is_error:
        raise RuntimeError(f"the sandbox refused {path}: {answer.text}")
    return answer.json()
