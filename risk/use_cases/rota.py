"""Reads at once who works here, who of them is away and who is on duty; what that means is in `risk.rota`."""

from datetime import date

from risk.people import in_order
from risk.ports import Unit
from risk.rota import Rota


async def rota_from(unit: Unit, day: date) -> Rota:
    return Rota(
        office=unit.office,
        people=await unit.people.everybody(),
        positions=in_order(await unit.people.positions(), unit.office.plan),
        absences=await unit.absences.ending_from(day),
        duties=await unit.duties.ending_from(day),
    )
