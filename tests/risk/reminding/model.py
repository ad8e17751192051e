"""The rules of reminding once more, as a slow and plain simulator: five minutes at a time, by counting.

It shares nothing with `risk.ladders`, `risk.chains` and `risk.nudges`: of the program it takes the office's settings
and the names of things. What it says and what the engine says must be the same.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from typing import Final
from zoneinfo import ZoneInfo

from risk.appeals import AppealSource
from risk.deadlines import ClockKind
from risk.ids import BlockKey, LevelKey, RoleKey
from risk.offices import Ladder, LeadUnit, OfficePlan
from risk.powers import Power

STEP: Final = timedelta(minutes=5)
SIX: Final = time(6)
DAY: Final = timedelta(days=1)


@dataclass(kw_only=True)
class Item:
    """Something owed. `appointment`: it cannot be done before its time. `announced`: said at once where urgent.

    `source` is whose exports alone tell that it is still owed.
    """

    name: int
    due: datetime
    since: datetime
    level: LevelKey | None
    appointment: bool = False
    announced: bool = False
    by_clock: bool = False
    seat: int | None = None
    block: BlockKey | None = None
    asked_of: Power | None = None
    hold_ends: datetime | None = None
    source: AppealSource | None = None


@dataclass(kw_only=True)
class Seat:
    name: int
    role: RoleKey
    holder: int | None = None


@dataclass(kw_only=True)
class Away:
    person: int
    first: date
    last: date
    deputy: int | None


@dataclass(kw_only=True)
class Waiting:
    """A reminder that was planned or held."""

    item: Item
    kind: str
    step: int
    release: datetime
    at: datetime
    of_morning: bool
    held: bool = False


RANKS: Final = ("before", "on_the_day", "at_once", "at_its_time", "as_asked", "overdue", "up")
Message = tuple[int, frozenset[tuple[int, str, int]]]
"""Whom, and what of: the name of the item, the kind, the step."""


@dataclass(kw_only=True)
class World:
    plan: OfficePlan
    begins: datetime
    ends: datetime
    seats: list[Seat] = field(default_factory=list)
    aways: list[Away] = field(default_factory=list)
    duty: dict[date, int] = field(default_factory=dict)
    """The seat that has the shift which begins that day."""
    hours: dict[int, time] = field(default_factory=dict)
    items: dict[int, Item] = field(default_factory=dict)
    exports: dict[AppealSource, datetime] = field(default_factory=dict)
    """When the last export of each came."""
    waiting: list[Waiting] = field(default_factory=list)
    unreachable: set[int] = field(default_factory=set)
    said_today: Counter[tuple[int, date]] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    """How often something was held, dropped or folded, for the report."""

    def __post_init__(self) -> None:
        self.zone = ZoneInfo(self.plan.calendar.zone)
        steps = (self.ends - self.begins) // STEP
        self.open = [self._is_open(self.begins + at * STEP) for at in range(steps)]
        self.worked = [0, *accumulate(self.open)]

    # --- time, by counting -------------------------------------------------------------------------------------

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=self.zone).astimezone(UTC)

    def works(self, day: date) -> bool:
        return self.plan.calendar.hours_on(day) is not None

    def _is_open(self, moment: datetime) -> bool:
        here = moment.astimezone(self.zone)
        hours = self.plan.calendar.hours_on(here.date())
        return hours is not None and hours.opens <= here.time() < hours.closes

    def is_open(self, moment: datetime) -> bool:
        return self.open[(moment - self.begins) // STEP]

    def work(self, earlier: datetime, later: datetime) -> timedelta:
        first, last = (earlier - self.begins) // STEP, (later - self.begins) // STEP
        return (self.worked[last] - self.worked[first]) * STEP if later > earlier else timedelta()

    def last_day(self, due: datetime) -> date:
        """The last working day whose dawn is before the deadline."""
        day = self.local(due).date()
        while not (self.works(day) and self.at(day, SIX) < due):
            day -= DAY
        return day

    # --- who ---------------------------------------------------------------------------------------------------

    def rank(self, role: RoleKey) -> int | None:
        return self.plan.role(role).rank

    def holding(self, power: Power) -> list[Seat]:
        held = {seat.role for seat in self.seats if seat.holder is not None}
        for step in self.plan.powers[power]:
            if step & held:
                return [seat for seat in self.seats if seat.role in step and seat.holder is not None]
        return []

    def of_role(self, role: RoleKey) -> list[Seat]:
        all_of = [seat for seat in self.seats if seat.role == role]
        return ([seat for seat in all_of if seat.holder is not None] or all_of)[:1]

    def wanted_seats(self, item: Item) -> list[Seat]:
        seats = [seat for seat in self.seats if seat.name == item.seat]
        if item.asked_of is not None:
            seats += self.holding(item.asked_of)
        block = self.plan.block(item.block)
        if block is not None:
            seats += self.of_role(block.head)
            if block.owner is not None:
                seats += self.of_role(block.owner)
        for role in self.plan.escalation:
            seats += self.of_role(role)
        return seats + self.holding(Power.DECIDE)

    def chain(self, item: Item, today: date) -> list[int]:
        people: list[int] = []
        senior = 0
        for place, seat in enumerate(self.wanted_seats(item)):
            rank = self.rank(seat.role)
            if rank is not None and rank < senior:
                continue
            person = None if seat.holder is None else self.standing_for(seat.holder, today)
            fresh = person is not None and person not in people
            if fresh and person is not None:
                people.append(person)
            if rank is not None and (fresh or place == 0):
                senior = max(senior, rank)
        return people

    def standing_for(self, person: int, today: date) -> int | None:
        seen = {person}
        while True:
            away = next(
                (each for each in self.aways if each.person == person and each.first <= today <= each.last), None
            )
            if away is None:
                return person
            if away.deputy is None or away.deputy in seen or not self.sits(away.deputy):
                return None
            person = away.deputy
            seen.add(person)

    def sits(self, person: int) -> bool:
        return any(seat.holder == person for seat in self.seats)

    def hour(self, person: int | None) -> time:
        return self.plan.nudged_at if person is None else self.hours.get(person, self.plan.nudged_at)

    # --- by which export -----------------------------------------------------------------------------------------

    def is_stale(self, item: Item, today: date) -> bool:
        """More working days than the office allows have begun since the day of the export; or there was none."""
        if item.source is None:
            return False
        if item.source not in self.exports:
            return True
        day, begun = self.local(self.exports[item.source]).date(), 0
        while day < today:
            day += DAY
            begun += self.works(day)
        return begun > self.plan.exports_fresh_for

    # --- when --------------------------------------------------------------------------------------------------

    def reasons(self, item: Item, now: datetime) -> Iterator[tuple[str, int, bool]]:
        """Kinds of reminders that fall on this moment: the kind, the step, whether it belongs to the morning."""
        if item.hold_ends is not None and now < item.hold_ends:
            return
        ladder = self.ladder(item)
        here = self.local(now)
        if here.time() == SIX and self.works(here.date()):
            yield from ((kind, 0, True) for kind in self.of_morning(item, here.date(), now))
        if now == item.since and ladder.urgent and item.announced:
            yield "at_once", 0, False
        if self.is_before(item, now):
            yield "before", 0, False
        if item.appointment and now == item.due:
            yield "at_its_time", 0, False
        yield from ((kind, step, False) for kind, step in self.upwards(item, now))

    def upwards(self, item: Item, now: datetime) -> Iterator[tuple[str, int]]:
        base = max(item.due, item.since, *([] if item.hold_ends is None else [item.hold_ends]))
        for step, term in enumerate(self.ladder(item).up_after, 1):
            if term.clock is ClockKind.CLOCK:
                if now == base + term.amount:
                    yield "up", step
            elif self.work(base, now) == term.amount and self.work(base, now - STEP) < term.amount:
                yield "up", step

    def is_before(self, item: Item, now: datetime) -> bool:
        lead = self.ladder(item).lead
        if lead is None or lead.unit is not LeadUnit.HOURS or item.appointment:
            return False
        amount = timedelta(hours=lead.amount)
        if item.by_clock:
            return now == item.due - amount
        return self.is_open(now) and self.work(now, item.due) == amount

    def of_morning(self, item: Item, today: date, now: datetime) -> Iterator[str]:
        lead = self.ladder(item).lead
        last = self.last_day(item.due)
        if not item.appointment:
            ahead = sum(self.works(today + count * DAY) for count in range(1, max(0, (last - today).days) + 1))
            if lead is not None and lead.unit is LeadUnit.DAYS and today < last and ahead == lead.amount:
                yield "before"
            if today == last:
                yield "on_the_day"
        if item.hold_ends is not None and self.is_first_morning_after(item.hold_ends, today):
            yield "as_asked"
        if now > item.due:
            yield "overdue"

    def is_first_morning_after(self, hold_ends: datetime, today: date) -> bool:
        day = self.local(hold_ends).date()
        while not self.works(day):
            day += DAY
        return day == today

    def ladder(self, item: Item) -> Ladder:
        """What has no level goes by the office's usual one."""
        return self.plan.level(self.plan.default_level if item.level is None else item.level).ladder

    # --- one step ----------------------------------------------------------------------------------------------

    def step(self, now: datetime) -> list[Message]:
        today = self.local(now).date()
        for item in self.items.values():
            if item.since <= now:
                self.plan_reminders(item, now, today)
        return self.give_out(now, today)

    def plan_reminders(self, item: Item, now: datetime, today: date) -> None:
        found = list(self.reasons(item, now))
        own = [each for each in found if not each[1]]
        loudest = max(own, key=lambda each: RANKS.index(each[0]), default=None)
        self.told["folded"] += max(0, len(own) - 1)
        for kind, step, of_morning in [*([loudest] if loudest else []), *(each for each in found if each[1])]:
            release = now
            if of_morning:
                first = next(iter(self.chain(item, today)), None)
                chosen = self.at(today, self.hour(first))
                release = max(now, min(chosen, item.due)) if now < item.due else chosen
            self.waiting.append(
                Waiting(item=item, kind=kind, step=step, release=release, at=now, of_morning=of_morning)
            )

    def give_out(self, now: datetime, today: date) -> list[Message]:
        due = [each for each in self.waiting if each.release <= now]
        if not due:
            return []
        loudest: dict[tuple[int, int], Waiting] = {}
        for each in due:
            key = (each.item.name, each.step)
            other = loudest.get(key)
            if other is None or (RANKS.index(other.kind), other.at) < (RANKS.index(each.kind), each.at):
                loudest[key] = each
        for each in due:
            if each is not loudest[each.item.name, each.step]:
                self.waiting.remove(each)
                self.told["folded"] += 1
        to_whom: dict[int, list[Waiting]] = {}
        for each in loudest.values():
            person = self.whom(each, now, today)
            if person is not None:
                to_whom.setdefault(person, []).append(each)
        return [said for person in sorted(to_whom) for said in self.say(person, to_whom[person], now, today)]

    def whom(self, each: Waiting, now: datetime, today: date) -> int | None:
        """Whoever hears it now; None when it is held or dropped."""
        people = self.chain(each.item, today)
        person = people[each.step] if each.step < len(people) else None
        if self.is_stale(each.item, today):
            self.hold(each, person, now, "stale")
            return None
        if not self.is_fit(each, now, today):
            if self.ladder(each.item).urgent and not each.step:
                standing_by = self.on_duty(now)
                if standing_by is not None and standing_by not in self.unreachable:
                    return standing_by
            self.hold(each, person, now, "closed")
            return None
        if person is not None:
            return self.reached(person, each)
        if each.step:
            self.waiting.remove(each)
            self.told["top"] += 1
        else:
            self.hold(each, None, now, "nobody")
        return None

    def reached(self, person: int, each: Waiting) -> int | None:
        if person in self.unreachable:
            self.waiting.remove(each)
            self.told["refused"] += 1
            return None
        return person

    def is_fit(self, each: Waiting, now: datetime, today: date) -> bool:
        if self.is_open(now):
            return True
        hours = self.plan.calendar.hours_on(today)
        if hours is None or not (each.of_morning or each.held):
            return False
        return SIX <= self.local(now).time() < hours.opens

    def on_duty(self, now: datetime) -> int | None:
        """Of the shift that is under way, which began at the closing of a day or in the morning of a day off."""
        here = self.local(now)
        hours = self.plan.calendar.hours_on(here.date())
        usual = min(each.opens for each in self.plan.calendar.week if each is not None)
        morning = usual if hours is None else hours.opens
        day = here.date() if here.time() >= morning else here.date() - DAY
        seat = next((seat for seat in self.seats if seat.name == self.duty.get(day)), None)
        return None if seat is None or seat.holder is None else self.standing_for(seat.holder, day)

    def hold(self, each: Waiting, person: int | None, now: datetime, why: str) -> None:
        day = self.local(now).date()
        hour = self.hour(person)
        while not (self.works(day) and self.at(day, hour) > now):
            day += DAY
        each.release, each.held = self.at(day, hour), True
        self.told[why] += 1

    def say(self, person: int, what: list[Waiting], now: datetime, today: date) -> Iterator[Message]:
        urgent = any(self.ladder(each.item).urgent for each in what)
        if not urgent and self.said_today[person, today] >= self.plan.nudges_a_day:
            for each in what:
                self.hold(each, person, now, "budget")
            return
        for each in what:
            self.waiting.remove(each)
        self.said_today[person, today] += 1
        yield person, frozenset((each.item.name, each.kind, each.step) for each in what)

    # --- what happens ------------------------------------------------------------------------------------------

    def done(self, name: int) -> None:
        del self.items[name]
        self.forget(name)

    def put_on_hold(self, name: int, ends: datetime) -> None:
        self.items[name].hold_ends = ends
        self.forget(name)

    def move(self, name: int, due: datetime, now: datetime) -> None:
        item = self.items[name]
        item.due, item.since, item.hold_ends = due, now, None
        self.forget(name)

    def forget(self, name: int) -> None:
        self.waiting = [each for each in self.waiting if each.item.name != name]
