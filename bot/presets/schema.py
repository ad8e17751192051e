"""The shape of a preset file, table by table; what the tables owe one another is in `agreements`."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from bot.presets.fields import (
    BundleHour,
    Hour,
    Hours,
    Key,
    Line,
    PublicLink,
    Quiet,
    Sign,
    Weekday,
    WeekdayOrNever,
    Zone,
)
from risk.deadlines import ClockKind
from risk.office_settings import LONGEST_INVITATION, SHORTEST_INVITATION
from risk.offices import PublicationKind, QuietRule
from risk.powers import Power
from risk.report_terms import FEWEST_RATED, MOST_RATED, LatenessTold
from risk.routing import RoutingField


class Table(BaseModel):
    """A table that knows all its keys; an unknown one is answered with the list of those it has."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _name_unknown_keys(cls, data: object) -> object:
        unknown = [key for key in data if key not in cls.model_fields] if isinstance(data, Mapping) else []
        if unknown:
            allowed = ", ".join(cls.model_fields)
            raise PydanticCustomError(
                "unknown_key", "такого ключа нет; можно: {allowed}", {"key": unknown[0], "allowed": allowed}
            )
        return data


class RoleTable(Table):
    key: Key
    title: Line
    seats: Annotated[StrictInt, Field(ge=0, le=100)] = 1
    open_ended: StrictBool = False
    rank: Annotated[StrictInt, Field(ge=0, le=100)] | None = None


class TerritoryTable(Table):
    key: Key
    title: Line
    settlements: Annotated[tuple[Line, ...], Field(min_length=1)]


class BlockTable(Table):
    key: Key
    title: Line
    head: str
    owner: str | None = None
    topics: tuple[Line, ...] = ()
    words: tuple[Line, ...] = ()
    territories: tuple[str, ...] = ()


class TermTable(Table):
    hours: Annotated[StrictInt, Field(ge=1, le=2000)]
    clock: ClockKind


class LeadTable(Table):
    """How long before a deadline: by one of the two."""

    hours: Annotated[StrictInt, Field(ge=1, le=200)] | None = None
    days: Annotated[StrictInt, Field(ge=1, le=30)] | None = None


class LevelTable(Table):
    key: Key
    title: Line
    sign: Sign
    verify_within: TermTable
    answer_within: TermTable
    check_after: tuple[TermTable, ...]
    nudge_before: LeadTable | None = None
    up_after: tuple[TermTable, ...]
    urgent: StrictBool = False
    may_go_unanswered: StrictBool = False
    words: tuple[Line, ...] = ()


class PageTable(Table):
    """A page or medium of the office's register."""

    title: Line
    link: PublicLink
    kind: PublicationKind


class DaysTermTable(Table):
    days: Annotated[StrictInt, Field(ge=1, le=60)]
    clock: ClockKind


class AppealsTable(Table):
    """How the office answers appeals. The term of 59-ФЗ is law, so it has no key here."""

    approves: StrictBool
    fresh_for_days: Annotated[StrictInt, Field(ge=1, le=30)]
    asked_at: BundleHour
    first_answer: TermTable
    im: DaysTermTable
    pos_ordinary: DaysTermTable
    pos_fast_track: DaysTermTable
    by_hand: DaysTermTable


class ReportsTable(Table):
    """How the office reports; weekdays are in English, as those of its week are."""

    digest_at: BundleHour
    lateness_told: LatenessTold
    week_begins: Weekday
    memo_on: WeekdayOrNever
    memo_at: Hour
    rating_minimum: Annotated[StrictInt, Field(ge=FEWEST_RATED, le=MOST_RATED)]
    addressee: Line | None = None
    signed_by: str | None = None


class RoutingTable(Table):
    """A rule of distribution: of each list that it has, one entry must stand in the appeal."""

    block: str
    departments: tuple[Line, ...] = ()
    executors: tuple[Line, ...] = ()
    organisations: tuple[Line, ...] = ()
    groups: tuple[Line, ...] = ()
    topics: tuple[Line, ...] = ()
    settlements: tuple[Line, ...] = ()

    @property
    def words(self) -> Mapping[RoutingField, tuple[str, ...]]:
        """By field, in the order of the fields; of those alone that the rule names."""
        named = {
            RoutingField.DEPARTMENT: self.departments,
            RoutingField.EXECUTOR: self.executors,
            RoutingField.ORGANISATION: self.organisations,
            RoutingField.GROUP: self.groups,
            RoutingField.TOPIC: self.topics,
            RoutingField.SETTLEMENT: self.settlements,
        }
        return {field: words for field, words in named.items() if words}


class WeekTable(Table):
    """A day that is not named is a day off."""

    monday: Hours | None = None
    tuesday: Hours | None = None
    wednesday: Hours | None = None
    thursday: Hours | None = None
    friday: Hours | None = None
    saturday: Hours | None = None
    sunday: Hours | None = None


class CalendarTable(Table):
    """The ordinary week, and days of the office's own; national days are not written in presets.

    `days_off`: lists of dates under any heading; `hours_on`: working Saturdays and shortened days.
    """

    zone: Zone
    week: WeekTable
    days_off: dict[str, tuple[date, ...]] = {}
    hours_on: dict[date, Hours] = {}


class PresetSheet(Table):
    """A whole preset. Lists keep the order of the file: roles by seniority, levels from the lowest up."""

    title: Line
    chat_title: Line
    member_word: Line
    default_level: str
    quiet_hours: Quiet
    invitation_days: Annotated[StrictInt, Field(ge=SHORTEST_INVITATION, le=LONGEST_INVITATION)]
    escalation: tuple[str, ...]
    reminds_juniors: StrictBool
    nudged_at: BundleHour
    nudges_a_day: Annotated[StrictInt, Field(ge=1, le=20)]
    approves_answers: StrictBool
    quiet_rule: QuietRule
    counted_publications: Annotated[tuple[PublicationKind, ...], Field(min_length=1)]
    municipalities: tuple[Line, ...] = ()
    pages: tuple[PageTable, ...] = ()
    roles: tuple[RoleTable, ...]
    powers: dict[Power, tuple[tuple[str, ...], ...]]
    levels: Annotated[tuple[LevelTable, ...], Field(min_length=2)]
    appeals: AppealsTable
    reports: ReportsTable
    calendar: CalendarTable
    blocks: tuple[BlockTable, ...] = ()
    routing: tuple[RoutingTable, ...] = ()
    territories: tuple[TerritoryTable, ...] = ()
