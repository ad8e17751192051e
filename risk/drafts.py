"""A draft: what a member sent, what the bot understood of it, what the member chose instead; not how it is shown."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from risk.ids import BlockKey, DraftId, LevelKey, PersonId, RiskId, TerritoryKey
from risk.offices import OfficePlan
from risk.people import Place
from risk.sources import Source
from risk.understanding import Part, Understanding
from risk.workings import ReachSeen

SENT_TOGETHER = timedelta(seconds=2)
"""Clients send a comment and its forward, or the pictures of an album, as messages of (nearly) one date."""


class DraftStatus(StrEnum):
    OPEN = "open"
    FILED = "filed"
    CANCELLED = "cancelled"
    JOINED = "joined"
    """It was the same as a risk that there is: a mention of that one."""
    MOVED = "moved"
    """Its author chose another of their offices: the form goes on there."""


class DraftField(StrEnum):
    """What a question of the form may ask to be typed."""

    GIST = "gist"
    SOURCE = "source"
    SERVICE_NUMBER = "service_number"
    REACH = "reach"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the member set by hand; None leaves the bot's suggestion in force."""

    gist: str | None = None
    sources: tuple[Source, ...] = ()
    block: BlockKey | None = None
    without_block: bool = False
    level: LevelKey | None = None
    territory: TerritoryKey | None = None
    without_territory: bool = False
    reach: ReachSeen | None = None
    """Nothing suggests it: it is there when the member has typed figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A filing in the making. The suggestion is worked out anew from all parts, so their order does not matter."""

    id: DraftId
    author: PersonId
    place: Place
    status: DraftStatus
    touched_at: datetime
    parts: tuple[Part, ...]
    understood: Understanding
    choices: Choices = field(default_factory=Choices)
    risk: RiskId | None = None

    @property
    def gist(self) -> str | None:
        return self.choices.gist or self.understood.gist

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(dict.fromkeys((*self.understood.sources, *self.choices.sources)))

    @property
    def block(self) -> BlockKey | None:
        if self.choices.without_block:
            return None
        return self.choices.block or self.understood.block

    @property
    def level(self) -> LevelKey:
        return self.choices.level or self.understood.level

    @property
    def territory(self) -> TerritoryKey | None:
        if self.choices.without_territory:
            return None
        return self.choices.territory or self.understood.territory

    def belongs_with(self, part: Part) -> bool:
        """Whether `part` was sent in one movement with this draft: an album, or a forward with its comment."""
        return any(_sent_together(earlier, part) for earlier in self.parts)

    def with_part(self, part: Part) -> tuple[Part, ...]:
        """All parts with `part` among them; an edited message takes the place of its earlier text."""
        others = [earlier for earlier in self.parts if earlier.message_id != part.message_id]
        return tuple(sorted((*others, part), key=lambda each: each.message_id))

    def holds(self, message_id: int) -> bool:
        return any(part.message_id == message_id for part in self.parts)

    @property
    def is_empty(self) -> bool:
        return all(part.is_empty for part in self.parts)

    def closed(self, status: DraftStatus, *, risk: RiskId | None = None) -> Self:
        """The form after its end: nothing of what was sent to it is kept."""
        return replace(
            self,
            status=status,
            risk=risk,
            parts=(),
            choices=Choices(),
            understood=self.understood.forgotten(),
        )

    def choosing(self, choices: Choices) -> Self:
        return replace(self, choices=choices)

    def within(self, plan: OfficePlan) -> Self:
        """The draft without blocks, territories and levels that the office does not offer, or offers no more."""
        chosen, understood = self.choices, self.understood
        if understood.block not in {None, *plan.block_keys}:
            understood = replace(understood, block=None, block_words=())
        if understood.territory not in {None, *plan.territory_keys}:
            understood = replace(understood, territory=None, territory_word=None)
        if understood.level not in plan.level_keys:
            understood = replace(understood, level=plan.default_level, level_words=())
        offered = replace(
            chosen,
            block=chosen.block if chosen.block in plan.block_keys else None,
            territory=chosen.territory if chosen.territory in plan.territory_keys else None,
            level=chosen.level if chosen.level in plan.level_keys else None,
        )
        return replace(self, choices=offered, understood=understood)


def _sent_together(one: Part, other: Part) -> bool:
    if abs(one.sent_at - other.sent_at) > SENT_TOGETHER:
        return False
    if one.album is not None and one.album == other.album:
        return True
    return one.is_forward != other.is_forward
