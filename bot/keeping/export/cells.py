"""What stands in the cells of the sheets: local times, titles, words for states."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from risk.calendar import WorkingCalendar
from risk.ids import PersonId, PositionId
from risk.offices import OfficePlan
from risk.risks import RiskNumber
from storage.mapping import AnyRow

FORMER: Final = "не занимает должности"


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Titles of positions, and of what each person holds; no names."""

    plan: OfficePlan
    titles: Mapping[PositionId, str]
    held: Mapping[PersonId, tuple[str, ...]]
    addresses: Mapping[str, PersonId]

    @property
    def calendar(self) -> WorkingCalendar:
        return self.plan.calendar

    def position(self, position: int | None) -> str:
        return "" if position is None else self.titles[PositionId(position)]

    def person(self, person: int | None) -> str:
        return "" if person is None else "; ".join(self.held.get(PersonId(person), ())) or FORMER

    def at(self, address: str) -> str:
        """Who is reached there: somebody of the office in private, or a chat."""
        person = self.addresses.get(address)
        return "чат" if person is None else self.person(person)

    def moment(self, at: datetime | None) -> str:
        return "" if at is None else f"{self.calendar.local(at):%d.%m.%Y %H:%M}"


APPEAL: Final = "обращение"


def risk_number(row: AnyRow) -> str:
    """Of a row that was read along with its risk; what is about an appeal has none."""
    return APPEAL if row.serial is None else str(RiskNumber(serial=row.serial, year=row.year))


def day(at: date) -> str:
    return f"{at:%d.%m.%Y}"
