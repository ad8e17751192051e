"""People as lists and notices name them: by position, with the official name where it is known."""

from risk.offices import OfficePlan
from risk.people import Person, Position
from risk.rota import Colleague


def named(position: Position, person: Person | None, plan: OfficePlan) -> str:
    """«ответственный за ИМ и ПОС (Иванова О. П.)»."""
    title = position.title(plan)
    return title if person is None or person.official_name is None else f"{title} ({person.official_name})"


def colleague(who: Colleague, plan: OfficePlan) -> str:
    return named(who.main_position, who.person, plan)


def short_name(who: Colleague, plan: OfficePlan) -> str:
    """For a button: the official name, else the position."""
    return who.person.official_name or who.main_position.title(plan)


def stands_in(deputy: Colleague | None, plan: OfficePlan) -> str:
    """«замещает руководитель МЦУ (Петров П. П.)», or that nobody does."""
    return "замещающего нет" if deputy is None else f"замещает {colleague(deputy, plan)}"
