"""What each office still lacks: its alert chat, its people."""

from pathlib import Path

from bot.doctor.finding import Finding, amiss, fine
from risk.seats import wanted_seats
from storage.database import Database
from storage.directory import SqlDirectory
from storage.unit_of_work import Units


async def look_at_offices(path: Path, hint: str) -> list[Finding]:
    """`hint` is how a command is given here, with a place for its name."""
    database = Database(path)
    try:
        units = Units(database=database)
        findings = []
        for office in await SqlDirectory(database).offices():
            async with units.view_of(office.id)() as unit:
                positions = await unit.people.positions()
                bound = await unit.chats.alert_chat() is not None
            vacant = [each.title(office.plan) for each in wanted_seats(positions, office.plan)]
            findings.append(_chat(office.plan.title, bound=bound))
            findings.append(_vacancies(office.plan.title, vacant, hint.format(f"office invites {office.plan.key}")))
    finally:
        await database.close()
    return findings or [amiss(f"Офисов нет: {hint.format('office add pestovo')}")]


def _chat(title: str, *, bound: bool) -> Finding:
    says = "алерт-чат привязан." if bound else "алерт-чат не привязан: добавьте бота в группу и скажите /bind."
    return Finding(fine=bound, says=f"{title}: {says}")


def _vacancies(title: str, vacant: list[str], invite: str) -> Finding:
    if not vacant:
        return fine(f"{title}: все должности заняты.")
    return amiss(f"{title}: не заняты {'; '.join(vacant)}. Пригласить: {invite}")
