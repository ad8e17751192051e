"""A file with appeals comes, by the messenger or into the office's folder; how it is read is elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from risk.ids import ImportId
from risk.imports import Door, Import, ImportState, Letter
from risk.jobs import JobKind
from risk.people import Actor, Member, Place
from risk.ports import OpenUnit, OpenView, Unit, UnitOfWork
from risk.powers import Action, Power
from risk.standing import Subject
from risk.use_cases.permission import holders, permitted


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """`file` is what people know it by, `path` where whoever reads it finds it; `letter` is how it came to the bot."""

    door: Door
    file: str
    path: str
    letter: Letter | None = None


async def receive_file(command: NewFile, *, uow: OpenUnit, now: datetime) -> ImportId:
    """From the office's own server: whoever could put it there needs no seat. The officers are asked in private."""
    async with uow() as unit:
        received = await _received(unit, command, None, now)
        await unit.commit()
    return received


async def send_file(command: NewFile, *, actor: Actor, uow: OpenUnit, now: datetime) -> ImportId:
    """From an officer, through the messenger."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.IMPORT_APPEALS)
        received = await _received(unit, command, member, now)
        await unit.commit()
    return received


async def file_received(path: str, *, view: OpenView) -> Import | None:
    """What has become of the file that lies there; None when nobody has heard of it."""
    async with view() as unit:
        return await unit.imports.of_path(path)


async def _received(unit: UnitOfWork, command: NewFile, member: Member | None, now: datetime) -> ImportId:
    one = await unit.imports.add(
        Import(
            id=ImportId(0),
            state=ImportState.READING,
            door=command.door,
            file=command.file,
            path=command.path,
            letter=command.letter,
            received_at=now,
            made_at=now,
            sent_by=None if member is None else member.acting_as.id,
        )
    )
    await unit.jobs.plan(JobKind.READ_EXPORT, one.id, now)
    for place in await _places(unit, command.letter):
        await unit.standing.post(Subject.IMPORT, one.id, place)
    return one.id


async def _places(unit: Unit, letter: Letter | None) -> Collection[Place]:
    """Where it is told of: every officer in private; whoever sent it among them."""
    people = {each.holder for each in await holders(unit, Power.IMPORT) if each.holder is not None}
    places = [Place(address=await unit.people.address_of(person)) for person in sorted(people)]
    return dict.fromkeys([*places, *([letter.place] if letter is not None else [])])
