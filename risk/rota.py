"""Who works here, who of them is away and who is on duty, read at once; how that is changed lives in other modules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from risk.absences import Absence, away_on, deputy_of
from risk.duties import Duty, on_duty
from risk.errors import UnknownChoice
from risk.ids import PersonId
from risk.offices import Office
from risk.people import Person, Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who works here, with their positions in the office's order."""

    person: Person
    positions: tuple[Position, ...]

    @property
    def main_position(self) -> Position:
        return self.positions[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDuty:
    """Whose shift it is and who answers: the holder, whoever stands in for them, or nobody."""

    position: Position
    here: Colleague | None
    holder_away: bool


@dataclass(frozen=True, kw_only=True)
class Rota:
    """The office from some day on: absences and assignments that were over before it are not here."""

    office: Office
    people: Mapping[PersonId, Person]
    positions: tuple[Position, ...]
    absences: Sequence[Absence]
    duties: Sequence[Duty]

    @cached_property
    def colleagues(self) -> Mapping[PersonId, Colleague]:
        """Everybody who holds a position, in the office's order."""
        seats: dict[PersonId, list[Position]] = {}
        for position in self.positions:
            if position.holder is not None:
                seats.setdefault(position.holder, []).append(position)
        return {person: Colleague(person=self.people[person], positions=tuple(own)) for person, own in seats.items()}

    def colleague(self, person: PersonId) -> Colleague:
        """Raises UnknownChoice for somebody who does not work here, or not any more."""
        if person not in self.colleagues:
            raise UnknownChoice
        return self.colleagues[person]

    def standing_in(self, person: PersonId, day: date) -> Colleague | None:
        deputy = deputy_of(person, day, self.absences, self.colleagues)
        return None if deputy is None else self.colleagues[deputy]

    def away_on(self, day: date) -> Mapping[PersonId, Absence]:
        return away_on(day, self.absences)

    def on_duty(self, day: date) -> OnDuty | None:
        """Who answers in the shift that begins that day; None when it was given to nobody."""
        assigned = on_duty(self.duties, day)
        position = next((each for each in self.positions if each.id == assigned), None)
        if position is None:
            return None
        if position.holder is None:
            return OnDuty(position=position, here=None, holder_away=False)
        away = position.holder in self.away_on(day)
        here = self.standing_in(position.holder, day) if away else self.colleagues[position.holder]
        return OnDuty(position=position, here=here, holder_away=away)
