"""An office as its preset describes it: roles, powers, blocks, territories, criticality levels, hours; no people."""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, TypeVar

from risk.appeal_terms import DEFAULT_TERMS, AppealTerms
from risk.calendar import WorkingCalendar, WorkingHours
from risk.deadlines import ClockKind, Term
from risk.ids import BlockKey, LevelKey, OfficeId, RoleKey, TerritoryKey
from risk.powers import Power
from risk.report_terms import DEFAULT_REPORTS, ReportTerms
from risk.routing import Distribution, RoutingRule

OPERATOR: Final = RoleKey("operator")
"""Whoever has the shell of the server: the last holder of every power, never a position in the chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A kind of position. `seats` positions are made with the office; `open_ended` roles grow by invitation.

    `rank` is service seniority where the office tells it, the higher the more senior: it bounds escalation, no powers.
    """

    key: RoleKey
    title: str
    seats: int = 1
    open_ended: bool = False
    rank: int | None = None

    @property
    def is_numbered(self) -> bool:
        """Whether its seats are told apart by numbers: «член проектного офиса 3»."""
        return self.open_ended or self.seats > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """A part of the municipality, known by the settlements that people name in posts."""

    key: TerritoryKey
    title: str
    settlements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A field of work. `words` are what residents write about it; a territorial block is found by its territories.

    `owner` answers for the block above its head, in an office whose blocks have two levels.
    """

    key: BlockKey
    title: str
    head: RoleKey
    owner: RoleKey | None = None
    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    territories: tuple[TerritoryKey, ...] = ()


class PublicationKind(StrEnum):
    """Whose page or medium an answer is published on (Порядок, п. 3б). The act does not name local media."""

    BODY_PAGE = "body_page"
    OFFICIAL_PAGE = "official_page"
    FEDERAL_MEDIA = "federal_media"
    REGIONAL_MEDIA = "regional_media"
    LOCAL_MEDIA = "local_media"


IN_THE_ACT: Final = frozenset(PublicationKind) - {PublicationKind.LOCAL_MEDIA}


class QuietRule(StrEnum):
    """How «нет распространения / негативной реакции» is read (Порядок, п. 5), for its «/» reads both ways."""

    BOTH = "both"
    EITHER = "either"


_VK_COMMUNITY: Final = re.compile(r"vk\.com/(?:public|club|event)(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page or medium of the office's register; `link` is how addresses on it begin, without a scheme.

    Posts of a community of VK stand under its number: its page is named «vk.com/public1», «vk.com/club1» or
    «vk.com/wall-1», and holds «vk.com/wall-1_2».
    """

    title: str
    link: str
    kind: PublicationKind

    def holds(self, link: str) -> bool:
        """Whether the link leads to this page or to something below it."""
        return link in {self.link, self.beginning} or link.startswith(
            tuple(f"{self.beginning}{mark}" for mark in "/?_")
        )

    @property
    def beginning(self) -> str:
        """How addresses of its posts begin; two entries with the same one are the same page."""
        return _VK_COMMUNITY.sub(r"vk.com/wall-\1", self.link)


class LeadUnit(StrEnum):
    HOURS = "hours"
    """Hours, counted as the deadline itself is."""
    DAYS = "days"
    """Working days, reminded of in the morning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How long before a deadline the first reminder comes."""

    amount: int
    unit: LeadUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """How somebody is reminded: the office's own setting by criticality, for no act gives an order of reminders.

    `up_after`: how long after the deadline each next person above hears of it. `urgent`: a matter that does not wait
    for the morning, so whoever is on duty hears of it at once.
    """

    lead: Lead | None
    up_after: tuple[Term, ...]
    urgent: bool = False


DEFAULT_LADDER: Final = Ladder(
    lead=Lead(amount=1, unit=LeadUnit.DAYS),
    up_after=tuple(Term(amount=timedelta(hours=hours), clock=ClockKind.WORKING) for hours in (9, 27)),
)
DEFAULT_CHECKS: Final = tuple(Term(amount=timedelta(hours=hours), clock=ClockKind.WORKING) for hours in (4, 9, 18))


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A criticality level with its inner deadlines. Neither levels nor hours stand in any act: they are settings.

    `check_after`: when after publication residents' reaction is looked at; each must be longer than the one before.
    """

    key: LevelKey
    title: str
    sign: str
    verify_within: Term
    answer_within: Term
    words: tuple[str, ...] = ()
    check_after: tuple[Term, ...] = DEFAULT_CHECKS
    may_go_unanswered: bool = False
    ladder: Ladder = DEFAULT_LADDER


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """The part of the night, in local time, when messages make no sound. May span midnight."""

    begins: time
    ends: time

    def cover(self, moment: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= moment < self.ends
        return moment >= self.begins or moment < self.ends


PowerLadder = tuple[frozenset[RoleKey], ...]
"""Roles that hold a power at once; when none of them has a holder, the next step does; the operator is last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retired:
    """What earlier presets named and the present one does not: still readable, never again to be chosen."""

    roles: tuple[Role, ...] = ()
    blocks: tuple[Block, ...] = ()
    territories: tuple[Territory, ...] = ()
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePlan:
    """What the preset says of an office. `levels` go from the lowest to the highest.

    `calendar` is the one in force, with the national days; `own_days` are the exceptions that the preset itself names.
    `escalation`: roles above the blocks in the order in which they hear of what is overdue; it goes by `rank`, never
    from a senior to a junior, unless `reminds_juniors`. `nudged_at`: the usual hour of a person's reminders.
    Look up by key to read what is stored, among the `retired` too; go through the tuples to offer a choice.
    """

    key: str
    title: str
    chat_title: str
    member_word: str
    roles: tuple[Role, ...]
    powers: Mapping[Power, PowerLadder]
    blocks: tuple[Block, ...]
    territories: tuple[Territory, ...]
    levels: tuple[Level, ...]
    default_level: LevelKey
    calendar: WorkingCalendar
    quiet_hours: QuietHours
    invitation_days: int
    approves_answers: bool = False
    quiet_rule: QuietRule = QuietRule.BOTH
    counted_publications: frozenset[PublicationKind] = IN_THE_ACT
    pages: tuple[Page, ...] = ()
    escalation: tuple[RoleKey, ...] = ()
    reminds_juniors: bool = False
    nudged_at: time = time(9)
    nudges_a_day: int = 3
    municipalities: tuple[str, ...] = ()
    routing: tuple[RoutingRule, ...] = ()
    appeal_terms: AppealTerms = DEFAULT_TERMS
    approves_appeals: bool = False
    exports_fresh_for: int = 2
    exports_asked_at: time = time(8, 15)
    reports: ReportTerms = DEFAULT_REPORTS
    own_days: Mapping[date, WorkingHours | None] = field(default_factory=dict, hash=False)
    retired: Retired = field(default_factory=Retired)

    def role(self, key: RoleKey) -> Role:
        """Raises LookupError for a role that this office never had."""
        return _sure(_keyed(key, (*self.roles, *self.retired.roles)), key)

    def block(self, key: BlockKey | None) -> Block | None:
        return _keyed(key, (*self.blocks, *self.retired.blocks))

    def territory(self, key: TerritoryKey | None) -> Territory | None:
        return _keyed(key, (*self.territories, *self.retired.territories))

    def level(self, key: LevelKey) -> Level:
        """Raises LookupError for a level that this office never had."""
        return _sure(self.level_if_known(key), key)

    def level_if_known(self, key: LevelKey) -> Level | None:
        return _keyed(key, (*self.levels, *self.retired.levels))

    @property
    def role_keys(self) -> frozenset[RoleKey]:
        """Roles that people may be invited to."""
        return frozenset(role.key for role in self.roles)

    @property
    def block_keys(self) -> frozenset[BlockKey]:
        """Blocks that may be chosen."""
        return frozenset(block.key for block in self.blocks)

    @property
    def territory_keys(self) -> frozenset[TerritoryKey]:
        """Territories that may be chosen."""
        return frozenset(territory.key for territory in self.territories)

    @property
    def level_keys(self) -> frozenset[LevelKey]:
        """Levels that may be chosen."""
        return frozenset(level.key for level in self.levels)

    @property
    def distribution(self) -> Distribution:
        """Which block an imported appeal goes to."""
        territorial = {territory: block.key for block in self.blocks for territory in block.territories}
        return Distribution(rules=self.routing, block_of_territory=territorial)

    def page_of(self, link: str) -> Page | None:
        """The entry of the register that the link belongs to, the most particular one."""
        return max((page for page in self.pages if page.holds(link)), key=lambda page: len(page.link), default=None)

    def place_of(self, key: RoleKey) -> int:
        """Where the role stands in the order of the preset; the retired come last."""
        return (*self.roles, *self.retired.roles).index(self.role(key))

    def ladder(self, level: LevelKey | None) -> Ladder:
        """How somebody is reminded of what has this level; of what has none, as the office usually does."""
        known = self.level_if_known(self.default_level if level is None else level)
        return DEFAULT_LADDER if known is None else known.ladder

    @property
    def highest(self) -> Level:
        return self.levels[-1]

    @property
    def highest_without_confirmation(self) -> Level:
        """The highest level is set only by a person's own second press; this is the one below it."""
        return self.levels[max(0, len(self.levels) - 2)]

    def powers_of(self, roles: AbstractSet[RoleKey], *, held: AbstractSet[RoleKey]) -> frozenset[Power]:
        """Powers of a person in `roles`, when the roles in `held` have at least one holder in the office."""
        return frozenset(power for power, ladder in self.powers.items() if roles & _step_in_force(ladder, held))

    def left_to_operator(self, *, held: AbstractSet[RoleKey]) -> frozenset[Power]:
        """Powers that nobody has but the operator, when the roles in `held` have at least one holder in the office."""
        return frozenset(power for power, ladder in self.powers.items() if OPERATOR in _step_in_force(ladder, held))

    def is_quiet(self, now: datetime) -> bool:
        return self.quiet_hours.cover(self.calendar.local(now).time())


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A municipality's office in this installation."""

    id: OfficeId
    plan: OfficePlan


def _step_in_force(ladder: PowerLadder, held: AbstractSet[RoleKey]) -> frozenset[RoleKey]:
    return next((step for step in ladder if step & held), frozenset({OPERATOR}))


_Named = TypeVar("_Named", Role, Block, Territory, Level)


def _keyed(key: str | None, among: Iterable[_Named]) -> _Named | None:
    return next((each for each in among if each.key == key), None)


def _sure(found: _Named | None, key: str) -> _Named:
    if found is None:
        raise LookupError(key)
    return found
