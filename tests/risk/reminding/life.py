"""A stretch of an office's life, played to the engine and to the plain model; what they say is compared each step."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from risk.absences import Absence
from risk.appeal_cases import AppealCase, Press, Pressed
from risk.appeals import Appeal, AppealSource, AppealState, Regime
from risk.deadlines import ClockKind, Term, deadline
from risk.duties import Duty
from risk.ids import AbsenceId, AppealId, DutyId, ImportId, PersonId, PositionId
from risk.imports import Door, Import, ImportState
from risk.ladders import RungKind
from risk.obligations import NATURES, Hold, HoldKind, Matter, Obligation, ObligationKey, ObligationKind
from risk.people import Address, MessengerKind
from risk.use_cases.nudging import nudge
from risk.use_cases.owing import put_on_hold, settle
from risk.use_cases.settling import settle_appeals
from storage import tables
from tests.risk.reminding.model import DAY, STEP, Away, Item, Message, Seat, World
from tests.support.offices import StaffedOffice

BEYOND: Final = 60
"""Days that deadlines may lie beyond the end."""

KINDS: Final = tuple(ObligationKind)


@dataclass(kw_only=True)
class Life:
    """`luck` decides what happens, the same for both. An appeal goes by its number below zero.

    `pressed` are appeals of which somebody has said that they are answered, until an export comes.
    """

    office: StaffedOffice
    world: World
    luck: random.Random
    made: int = 0
    pressed: dict[int, Item] = field(default_factory=dict)
    said: list[tuple[datetime, Message]] = field(default_factory=list)

    async def play(self, days: int) -> None:
        now = self.world.begins
        engine_at: datetime | None = None
        while now < self.world.begins + days * DAY:
            changed = await self.happen(now)
            told = self.world.step(now)
            if changed or told or (engine_at is not None and engine_at <= now):
                await nudge(uow=self.office.uow, view=self.office.view, now=now)
                engine_at = await self.next_moment()
                engine = await self.of_engine(now)
                assert sorted(engine, key=repr) == sorted(told, key=repr), f"at {self.world.local(now)}"
            self.said += [(now, each) for each in told]
            now += STEP

    async def next_moment(self) -> datetime | None:
        """When the engine's own rows say that there is something to do."""
        rungs = select(func.min(tables.obligations.c.next_at)).where(tables.obligation_open)
        nudges = select(func.min(tables.nudges.c.release_at)).where(tables.nudge_pending)
        async with self.office.units.database.read() as connection:
            found = [(await connection.execute(query)).scalar_one() for query in (rungs, nudges)]
        return min((each for each in found if each is not None), default=None)

    async def of_engine(self, now: datetime) -> Sequence[Message]:
        table = tables.nudges
        query = table.select().where(table.c.given_at == now, tables.nudge_given)
        bundles: dict[tuple[int, int], set[tuple[int, str, int]]] = {}
        async with self.office.units.database.read() as connection:
            names = {
                row.id: -row.matter_id if row.matter == Matter.APPEAL else row.matter_id
                for row in await connection.execute(tables.obligations.select())
            }
            for row in await connection.execute(query):
                said = (names[row.owed], RungKind(row.kind).name.lower(), row.step)
                bundles.setdefault((row.person, row.bundle), set()).add(said)
        return [(person, frozenset(what)) for (person, _), what in bundles.items()]

    # --- what happens in the office ----------------------------------------------------------------------------

    async def happen(self, now: datetime) -> bool:
        """Things happen on the quarter of an hour, more often by day."""
        here = self.world.local(now)
        if here.minute % 15 or self.luck.random() > (0.12 if 8 <= here.hour < 20 else 0.02):
            return False
        happening = self.luck.choices(
            (self.arises, self.appeal_comes, self.is_done, self.is_put_on_hold, self.is_moved, self.is_pressed,
             self.export_comes, self.goes_away, self.seat_changes, self.duty_is_assigned, self.hour_is_chosen),
            weights=(22, 14, 28, 8, 5, 5, 8, 2, 3, 6, 2),
        )[0]  # fmt: skip
        return await happening(now)

    async def arises(self, now: datetime) -> bool:
        if len(self.world.items) >= 25:
            return False
        plan, luck = self.world.plan, self.luck
        self.made += 1
        kind = luck.choice(KINDS)
        level = luck.choice(plan.levels)
        hours = luck.choice((2, 4, 6, 9, 18, 27, 60))
        term = Term(amount=timedelta(hours=hours), clock=ClockKind.CLOCK if level.ladder.urgent else ClockKind.WORKING)
        due = deadline(now, term, plan.calendar).due_at
        by_day = luck.random() < 0.3
        if by_day:
            due = self.end_of_some_day(now)
        seat = luck.choice(self.world.seats).name if luck.random() < 0.5 else None
        block = luck.choice(plan.blocks).key if plan.blocks and luck.random() < 0.8 else None
        obligation = Obligation(
            key=ObligationKey(matter=Matter.RISK, matter_id=self.made, round=1, kind=kind),
            due_at=due,
            counted_from=now,
            term=None if by_day else term,
            position=None if seat is None else PositionId(seat),
            block=block,
            level=level.key,
        )
        nature = NATURES[kind]
        self.world.items[self.made] = Item(
            name=self.made,
            due=due,
            since=now,
            level=level.key,
            appointment=nature.appointment,
            announced=nature.announced,
            asked_of=nature.asked_of,
            by_clock=not by_day and level.ladder.urgent,
            seat=seat,
            block=block,
        )
        await self.settled(self.made, [obligation], now)
        return True

    async def appeal_comes(self, now: datetime) -> bool:
        """With a planned date, which may be over; with no block where it was not distributed."""
        if len(self.world.items) >= 25:
            return False
        self.made += 1
        today = self.world.local(now).date()
        source = self.luck.choice((AppealSource.IM, AppealSource.POS))
        planned_on = today + self.luck.randint(-4, 12) * DAY
        blocks = self.world.plan.blocks
        block = self.luck.choice(blocks).key if blocks and self.luck.random() < 0.8 else None
        case = AppealCase(
            id=AppealId(0),
            appeal=Appeal(
                source=source,
                number=str(self.made),
                regime=Regime.POS_ORDINARY,
                created_on=today,
                planned_on=planned_on,
            ),
            state=AppealState.OPEN,
            due_at=now,
            block=block,
            chosen=True,
        )
        async with self.office.uow() as unit:
            stored = await unit.appeals.add(case)
            await unit.commit()
        await self.appeals_settle(now)
        if block is not None or not blocks:
            due = self.end_of(planned_on)
            item = Item(name=-stored.id, due=due, since=now, level=None, block=block, source=source)
            self.world.items[item.name] = item
        return True

    async def appeals_settle(self, now: datetime) -> None:
        async with self.office.uow() as unit:
            await unit.appeals.unsettle_all()
            await unit.commit()
        await settle_appeals(uow=self.office.uow, view=self.office.view, now=now)

    async def export_comes(self, now: datetime) -> bool:
        """Of what somebody had pressed it shows about half; the rest is owed again."""
        source = self.luck.choice((AppealSource.IM, AppealSource.POS))
        self.world.exports[source] = now
        made = Import(
            id=ImportId(0), state=ImportState.APPLIED, door=Door.FOLDER, file="e", path="e",
            received_at=now, made_at=now, source=source, decided_at=now,
        )  # fmt: skip
        async with self.office.uow() as unit:
            await unit.imports.add(made)
            await unit.commit()
        for name, item in [(name, item) for name, item in self.pressed.items() if item.source is source]:
            del self.pressed[name]
            is_shown = self.luck.random() < 0.5
            await self.appeal_is(name, now, pressed=None, answered=is_shown)
            if not is_shown:
                self.world.items[name] = replace(item, since=now, hold_ends=None)
        return True

    async def is_pressed(self, now: datetime) -> bool:
        """«Ответ размещён»: silence until an export shows."""
        named = sorted(name for name in self.world.items if name < 0)
        if not named:
            return False
        name = self.luck.choice(named)
        self.pressed[name] = self.world.items[name]
        self.world.done(name)
        by = PositionId(self.world.seats[0].name)
        await self.appeal_is(name, now, pressed=Pressed(press=Press.PLACED, at=now, by=by))
        return True

    async def appeal_is(
        self,
        name: int,
        now: datetime,
        *,
        pressed: Pressed | None = None,
        answered: bool = False,
        planned_on: date | None = None,
    ) -> None:
        async with self.office.uow() as unit:
            case = await unit.appeals.get(AppealId(-name))
            assert case is not None
            told = replace(
                case.appeal,
                finished_on=self.world.local(now).date() if answered else None,
                planned_on=planned_on or case.appeal.planned_on,
            )
            await unit.appeals.save(replace(case, appeal=told, pressed=pressed))
            await unit.commit()
        await self.appeals_settle(now)

    def end_of_some_day(self, now: datetime) -> datetime:
        return self.end_of(self.some_day(now))

    def some_day(self, now: datetime) -> date:
        day = self.world.local(now).date() + self.luck.randint(0, 12) * DAY
        return day if self.end_of(day) > now else self.some_day(now)

    def end_of(self, day: date) -> datetime:
        hours = self.world.plan.calendar.hours_on(day)
        return self.world.at(day + DAY, time.min) if hours is None else self.world.at(day, hours.closes)

    async def is_done(self, now: datetime) -> bool:
        name = self.one_of_items()
        if name is None:
            return False
        self.world.done(name)
        if name < 0:
            await self.appeal_is(name, now, answered=True)
        else:
            await self.settled(name, [], now)
        return True

    async def is_put_on_hold(self, now: datetime) -> bool:
        name = self.one_of_items()
        if name is None:
            return False
        day = self.world.local(now).date() + self.luck.randint(1, 9) * DAY
        kind = self.luck.choice(tuple(HoldKind))
        ends = self.world.at(day + DAY if kind is HoldKind.ACCEPTED else day, time.min)
        self.world.put_on_hold(name, ends)
        async with self.office.uow() as unit:
            owed = (await unit.obligations.open_of(*matter_of(name)))[0]
            hold = Hold(kind=kind, day=day, by=PositionId(self.world.seats[0].name), at=now)
            await put_on_hold(unit, owed, hold, now)
            await unit.commit()
        return True

    async def is_moved(self, now: datetime) -> bool:
        """A deadline is extended."""
        name = self.one_of_items()
        if name is None:
            return False
        day = self.some_day(now)
        due = self.end_of(day)
        async with self.office.uow() as unit:
            before = (await unit.obligations.open_of(*matter_of(name)))[0].obligation
        if before.due_at == due:
            return False
        self.world.move(name, due, now)
        if name < 0:
            await self.appeal_is(name, now, planned_on=day)
            return True
        self.world.items[name].by_clock = False
        moved = Obligation(
            key=before.key, due_at=due, counted_from=before.counted_from, term=None,
            position=before.position, block=before.block, level=before.level,
        )  # fmt: skip
        await self.settled(name, [moved], now)
        return True

    async def goes_away(self, now: datetime) -> bool:
        seated = sorted({seat.holder for seat in self.world.seats if seat.holder is not None})
        today = self.world.local(now).date()
        person = self.luck.choice(seated)
        first = today + self.luck.randint(0, 5) * DAY
        last = first + self.luck.randint(0, 12) * DAY
        if any(each.person == person and each.first <= last and first <= each.last for each in self.world.aways):
            return False
        deputy = self.luck.choice([None, *(each for each in seated if each != person)])
        self.world.aways.append(Away(person=person, first=first, last=last, deputy=deputy))
        async with self.office.uow() as unit:
            await unit.absences.note(
                Absence(
                    id=AbsenceId(0),
                    person=PersonId(person),
                    first_day=first,
                    last_day=last,
                    deputy=None if deputy is None else PersonId(deputy),
                    noted_by=PositionId(self.world.seats[0].name),
                    noted_at=now,
                )
            )
            await unit.commit()
        return True

    async def seat_changes(self, now: datetime) -> bool:
        """Somebody leaves, or a vacant seat is taken, sometimes by one who has another seat already."""
        seat = self.luck.choice(self.world.seats)
        people = sorted({each.holder for each in self.world.seats if each.holder is not None})
        async with self.office.uow() as unit:
            if seat.holder is not None and len(people) > 2:
                seat.holder = None
                await unit.people.vacate(PositionId(seat.name), now)
            elif seat.holder is None:
                address = Address(messenger=MessengerKind.TELEGRAM, value=str(5000 + seat.name))
                own = int(await unit.people.find_or_add(address))
                seat.holder = self.luck.choice((own, own, self.luck.choice(people)))
                await unit.people.seat(PositionId(seat.name), PersonId(seat.holder), now)
            await unit.commit()
        return True

    async def duty_is_assigned(self, now: datetime) -> bool:
        first = self.world.local(now).date() + DAY
        last = first + self.luck.randint(0, 6) * DAY
        seat = self.luck.choice([*self.world.seats, None])
        day = first
        while day <= last:
            self.world.duty[day] = -1 if seat is None else seat.name
            day += DAY
        async with self.office.uow() as unit:
            position = None if seat is None else PositionId(seat.name)
            by = PositionId(self.world.seats[0].name)
            await unit.duties.assign(
                Duty(id=DutyId(0), position=position, first_day=first, last_day=last, assigned_by=by, assigned_at=now)
            )
            await unit.commit()
        return True

    async def hour_is_chosen(self, now: datetime) -> bool:
        person = self.luck.choice([seat.holder for seat in self.world.seats])
        if person is None:
            return False
        hour = time(self.luck.randint(6, 11), self.luck.choice((0, 5, 30)))
        self.world.hours[person] = hour
        async with self.office.uow() as unit:
            await unit.people.choose_hour(PersonId(person), hour)
            await unit.commit()
        return True

    def one_of_items(self) -> int | None:
        return self.luck.choice(sorted(self.world.items)) if self.world.items else None

    async def settled(self, name: int, wanted: Sequence[Obligation], now: datetime) -> None:
        async with self.office.uow() as unit:
            await settle(unit, Matter.RISK, name, wanted, now)
            await unit.commit()


def matter_of(name: int) -> tuple[Matter, int]:
    return (Matter.RISK, name) if name > 0 else (Matter.APPEAL, -name)


async def open_life(office: StaffedOffice, first: date, days: int, seed: int) -> Life:
    """Every seat of the office has somebody, but for one in five."""
    luck = random.Random(seed)
    zone = ZoneInfo(office.plan.calendar.zone)
    begins = datetime.combine(first, time.min, tzinfo=zone).astimezone(UTC)
    world = World(plan=office.plan, begins=begins, ends=begins + (days + BEYOND) * DAY)
    async with office.uow() as unit:
        for position in await unit.people.positions():
            holder = None
            if luck.random() < 0.8:
                address = Address(messenger=MessengerKind.TELEGRAM, value=str(5000 + position.id))
                holder = await unit.people.find_or_add(address)
                await unit.people.seat(position.id, holder, begins)
            world.seats.append(Seat(name=position.id, role=position.role, holder=holder))
        await unit.commit()
    return Life(office=office, world=world, luck=luck)
