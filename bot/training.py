"""Sets up the sandbox's office as a real one is set up: founded, people invited, entering by code, chat bound.

The people speak through the sandbox's control side; the bot hears them over HTTP like anybody else.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import httpx

from bot.codes import new_code
from bot.presets.loading import load_preset
from risk.ids import RoleKey
from risk.offices import OfficePlan
from risk.use_cases.founding import found_office
from risk.use_cases.inviting import IssuedInvitation, invite_to_vacancies
from storage.database import DatabaseKind, FileLock, WrongDatabaseKind, kind_of, open_file
from storage.directory import SqlDirectory
from storage.unit_of_work import Units

PRESET: Final = "pestovo"
MEMBERS: Final = 2
BINDER: Final = RoleKey("head")
CONFIRMS: Final = "Да, это так"
PATIENCE: Final = 20.0
SQLITE_FILES: Final = ("", "-wal", "-shm", "-journal")
"""Endings of the names of the files that make one database."""

FIRST_NAMES: Final = (
    "Игорь", "Марина", "Денис", "Руслан", "Светлана", "Тимур", "Галина", "Ольга", "Пётр", "Вера", "Антон", "Нина",
)  # fmt: skip
"""Invented, for the chat page only: the bot never learns them."""
OFFICIAL_NAMES: Final = (
    "Гордеев И. С.", "Лапина М. В.", "Зотов Д. А.", "Мельник Р. О.", "Юдина С. П.", "Ахметов Т. Р.", "Быкова Г. Н.",
    "Соколова О. П.", "Крылов П. Е.", "Орлова В. И.", "Жуков А. Л.", "Белова Н. К.",
)  # fmt: skip
"""Invented too, beside the first names: what each of them says at the door."""
STRANGER: Final = "Прохожий"
HINT: Final = "Начните так: выберите члена проектного офиса и перешлите боту сообщение или напишите суть риска."


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundedOffice:
    plan: OfficePlan
    invitations: tuple[IssuedInvitation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingOffice:
    """Who is who in the sandbox: positions by the sandbox's person ids, and the alert chat's id."""

    people: dict[str, int]
    stranger: int
    chat: int


async def is_set_up(sandbox: httpx.AsyncClient) -> bool:
    """Whether an earlier run has set up the people and chats of this world."""
    state = (await sandbox.get("/control/state")).raise_for_status().json()
    return bool((state["training"] or {}).get("office"))


async def begin_anew(sandbox: httpx.AsyncClient, database: Path, now: datetime) -> FoundedOffice:
    """Empty the world, drop its database and found the office.

    Raises WrongDatabaseKind, DatabaseUnreadable or DatabaseInUse, with nothing touched, rather than delete
    a production database, a file that cannot be looked into, or one that another process works with.
    """
    with FileLock(database):
        if kind_of(database) is DatabaseKind.PRODUCTION:
            raise WrongDatabaseKind(DatabaseKind.PRODUCTION)
        await _post(sandbox, "/control/reset")
        for suffix in SQLITE_FILES:
            database.with_name(database.name + suffix).unlink(missing_ok=True)
        return await found(database, now)


async def found(database: Path, now: datetime) -> FoundedOffice:
    """A new sandbox database with the office in it and an invitation to every position."""
    opened = open_file(database, DatabaseKind.SANDBOX)
    try:
        plan = load_preset(PRESET)
        office = await found_office(plan, registry=SqlDirectory(opened), now=now)
        uow = Units(database=opened).of(office)
        invitations = await invite_to_vacancies(uow=uow, now=now, new_code=new_code, open_seats=MEMBERS)
        return FoundedOffice(plan=plan, invitations=invitations)
    finally:
        await opened.close()


async def people_enter(
    sandbox: httpx.AsyncClient, founded: FoundedOffice, at_rest: Callable[[], Awaitable[None]]
) -> TrainingOffice:
    """Everybody enters by their link, the head binds the alert chat. `at_rest` waits for the running bot."""

    async def heard() -> None:
        await settled(sandbox)
        await at_rest()

    plan = founded.plan
    people: dict[str, int] = {}
    for first_name, invitation in zip(FIRST_NAMES, founded.invitations, strict=False):
        title = invitation.position.title(plan)
        person = await _post(sandbox, "/control/people", first_name=first_name, label=title)
        people[title] = person["id"]
        await _say(sandbox, person["id"], person["id"], f"/start i_{invitation.code}")
    await heard()
    doorman = people[plan.role(BINDER).title]
    names = dict(zip(people.values(), OFFICIAL_NAMES, strict=False))
    await _say(sandbox, doorman, doorman, names.pop(doorman))
    await heard()  # from now on there is somebody who confirms the others
    for newcomer, official_name in names.items():
        await _say(sandbox, newcomer, newcomer, official_name)
    await heard()
    await _confirm_all(sandbox, doorman)
    stranger = await _post(sandbox, "/control/people", first_name=STRANGER, label="не сотрудник МЦУ")
    chat = await _post(
        sandbox, "/control/chats", type="supergroup", title=plan.chat_title, members=list(people.values())
    )
    binder = people[plan.role(BINDER).title]
    rights = {"user": "bot", "status": "administrator", "by": binder}
    await _post(sandbox, f"/control/chats/{chat['id']}/members", **rights)
    await heard()
    await _say(sandbox, binder, chat["id"], "/bind")
    await heard()
    return TrainingOffice(people=people, stranger=stranger["id"], chat=chat["id"])


async def leave_note(sandbox: httpx.AsyncClient, plan: OfficePlan, office: TrainingOffice) -> None:
    """Tell the page who is who; a world with this note is set up."""
    roles = {str(person): {"role": title} for title, person in office.people.items()}
    note = {"office": plan.title, "people": roles, "hint": HINT}
    (await sandbox.put("/control/training", json=note)).raise_for_status()


async def settled(sandbox: httpx.AsyncClient) -> None:
    """Wait until the bot has taken everything that was said to it. Raises TimeoutError."""
    answer = await sandbox.get("/control/settled", params={"wait": PATIENCE}, timeout=PATIENCE + 5)
    if not answer.raise_for_status().json()["settled"]:
        raise TimeoutError("the bot does not take what is said to it")


async def _confirm_all(sandbox: httpx.AsyncClient, doorman: int) -> None:
    """The doorman is asked of each newcomer whether it is really them, and says yes."""
    answer = await sandbox.get(f"/control/chats/{doorman}/messages")
    for message in answer.raise_for_status().json()["messages"]:
        if any(button["text"] == CONFIRMS for row in message["buttons"] for button in row):
            press = {"as": doorman, "chat": doorman, "message_id": message["id"], "button": CONFIRMS}
            await _post(sandbox, "/control/presses", **press)


async def _say(sandbox: httpx.AsyncClient, person: int, chat: int, text: str) -> None:
    await _post(sandbox, "/control/messages", **{"as": person, "chat": chat, "text": text})


async def _post(sandbox: httpx.AsyncClient, path: str, **body: Any) -> Any:
    answer = await sandbox.post(path, json=body)
    if answer.is_error:
        raise RuntimeError(f"the sandbox refused {path}: {answer.text}")
    return answer.json()
