"""A month of daily exports: after each, states, counts, history and what is owed agree with a slow plain reckoning.

The reckoning below knows of an appeal what stands in the cells of its row, and what people did: it counts days one by
one, and shares no rule with the program but the calendar of the office.
"""

import copy
import os
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from risk.appeal_cases import AppealCase, AppealChange, AppealHappening, Press, Pressed, change_of, stood_at
from risk.appeal_lists import AppealsAsked, Standing
from risk.appeals import AppealSource
from risk.figures import Asked, Cut, GroupKey, Tally, asked_of
from risk.ids import BlockKey, PositionId
from risk.imports import Import
from risk.offices import OfficePlan
from risk.periods import PeriodKind, period_of
from storage import tables
from tests.support.importing import ECONOMY, ROADS, RULES, RURAL, SOCIAL, Desk, ReaderAtHand
from tests.support.offices import Offices, StaffedOffice
from tests.support.plain_figures import plain_tally
from tests.support.workbooks import IM_SAMPLE, POS_SAMPLE, separated, table_of

MOSCOW: Final = ZoneInfo("Europe/Moscow")
FIRST: Final = date(2026, 11, 2)
DAY: Final = timedelta(days=1)
WINDOW: Final = timedelta(days=20)
"""How far back a daily export goes."""
OURS, OTHERS = "Пестовский округ", "Боровичский округ"
IM, POS = AppealSource.IM, AppealSource.POS
NEW_ANSWER: Final = timedelta(hours=9)

Cells = dict[str, Any]
Figured = Mapping[Cut | None, Mapping[GroupKey, Tally]]


# --- the world: rows that live ---


@dataclass(kw_only=True)
class Row:
    """One appeal as the system it comes from has it; `cells` are today's."""

    source: AppealSource
    number: str
    created: datetime
    cells: Cells

    @property
    def is_ours(self) -> bool:
        return bool(self.cells.get("Муниципалитет", OURS) == OURS)


@dataclass(kw_only=True)
class World:
    dice: random.Random
    rows: list[Row]

    def lives_until(self, now: datetime) -> None:
        for row in self.rows:
            if row.created < now and self.dice.random() < 0.3:
                (self._im if row.source is IM else self._pos)(row.cells, now)

    def _im(self, cells: Cells, now: datetime) -> None:
        said = f"{(now - timedelta(hours=self.dice.randint(1, 6))):%Y-%m-%d %H:%M:%S}"
        first, ended = "Общее время первого ответа", "Дата окончания"
        step, outcome, closing = "Текущий шаг инцидента", "Итог", "Причина закрытия"
        match cells[step], self.dice.random():
            case "Готово", chance if chance < 0.1:
                cells |= {step: "Подготовка ответа", outcome: "", ended: "", closing: ""}
            case "Готово", chance if chance < 0.4:
                cells[closing] = self.dice.choice(["5", "4", "2", "Автор доволен", "Нет ответа от автора"])
            case "Готово", _:
                pass
            case "Оценка удовлетворенности", _:
                cells |= {step: "Готово", outcome: self.dice.choice(["Решено", "Разъяснено"]), ended: said}
            case _, chance if not cells[first]:
                cells |= {first: said, step: "Подготовка ответа" if chance < 0.8 else "Согласование ответа"}
            case _, chance if chance < 0.2:
                cells |= {step: "Оценка удовлетворенности", outcome: "Отложено"}
            case _, chance if chance < 0.7:
                cells |= {step: "Готово", outcome: self.dice.choice(["Решено", "Разъяснено", "Не решено"]), ended: said}
            case _:
                cells["Группа тем"] = self.dice.choice(["Дороги", "Благоустройство", "Мусор"])

    def _pos(self, cells: Cells, now: datetime) -> None:
        planned, ended, status = "Дата планируемого завершения работ", "Дата фактического завершения работ", "Статус"
        until = datetime.strptime(cells[planned], "%d.%m.%Y").replace(tzinfo=MOSCOW)
        answered = {ended: f"{now:%d.%m.%Y}", "Тип решения": self.dice.choice(["Решено", "Разъяснено", "Отказано"])}
        match cells[status], self.dice.random():
            case "Отправлен ответ заявителю", chance if chance < 0.3:
                cells |= {"Оценка ответа заявителем": self.dice.choice("12345"), "Повторное рассмотрение": "Да"}
            case (("Передано в вышестоящую организацию" | "Отклонено модератором" | "Отправлен ответ заявителю"), _):
                pass
            case _, chance if chance < 0.2:
                cells |= {status: "Перенос срока обработки утвержден. Отправлен ответ Заявителю"}
                cells[planned] = f"{until + self.dice.randint(3, 9) * DAY:%d.%m.%Y}"
            case _, chance if chance < 0.6:
                cells |= {status: "Отправлен ответ заявителю", **answered}
            case _, chance if chance < 0.7:
                cells[status] = self.dice.choice(["Передано в вышестоящую организацию", "Отклонено модератором"])
            case _, chance if chance < 0.8:
                cells[planned] = f"{until - DAY:%d.%m.%Y}"
            case _:
                cells["Категория"] = self.dice.choice(["Мусор", "Отопление"])

    def export(self, source: AppealSource, now: datetime, missing: float) -> list[Row]:
        """What the system gives that morning."""
        since = now - WINDOW
        return [
            row
            for row in self.rows
            if row.source is source and since <= row.created < now and self.dice.random() >= missing
        ]


def made_world(dice: random.Random, each: int) -> World:
    rows: list[Row] = []
    for source, sample in ((IM, IM_SAMPLE), (POS, POS_SAMPLE)):
        heading, *table = table_of(sample)
        for cells in dice.sample(table, each):
            created = datetime.combine(FIRST, time(), MOSCOW) + timedelta(minutes=dice.randint(-25 * 1440, 28 * 1440))
            row = Row(source=source, number="", created=created, cells=dict(zip(map(str, heading), cells, strict=True)))
            rows.append(row)
            _begin(row, dice)
    return World(dice=dice, rows=rows)


def _begin(row: Row, dice: random.Random) -> None:
    cells = row.cells
    if row.source is IM:
        row.number = str(int(cells["Номер инцидента"]))
        cells |= dict.fromkeys(("Общее время первого ответа", "Дата окончания", "Итог", "Причина закрытия"), "")
        cells |= {
            "Дата создания": f"{row.created:%Y-%m-%d %H:%M:%S}",
            "Текущий шаг инцидента": "Назначение исполнителя",
        }
        cells["Муниципалитет"] = dice.choice([OURS] * 9 + [OTHERS])
    else:
        row.number = str(int(cells["Номер"]))
        planned = row.created + dice.choice([10, 30]) * DAY
        cells |= dict.fromkeys(("Тип решения", "Оценка ответа заявителем", "Повторное рассмотрение"), "-")
        cells |= {
            "Дата поступления": f"{row.created:%d.%m.%Y}",
            "Дата планируемого завершения работ": f"{planned:%d.%m.%Y}",
            "Дата фактического завершения работ": "-",
            "Статус": "Назначен исполнитель",
        }


# --- the plain reckoning ---


@dataclass(kw_only=True)
class Known:
    """What the office knows of one appeal. `told` is (moment, how it stood from then on)."""

    source: AppealSource
    created: datetime
    cells: Cells
    block: BlockKey | None
    chosen: bool = False
    pressed_at: datetime | None = None
    vanished: bool = False
    extensions: int = 0
    told: list[tuple[datetime, tuple[Any, ...]]] = field(default_factory=list)


@dataclass(kw_only=True)
class Plain:
    plan: OfficePlan
    known: dict[str, Known] = field(default_factory=dict)

    def imports(self, source: AppealSource, rows: Sequence[Row], now: datetime) -> None:
        ours = {row.number: row for row in rows if row.is_ours}
        days = [row.created.date() for row in ours.values()]
        in_period = {
            number: known
            for number, known in self.known.items()
            if known.source is source and min(days) <= known.created.date() <= max(days)
        }
        missing = [known for number, known in in_period.items() if number not in ours and not known.vanished]
        for number, row in ours.items():
            self._takes(number, row, now)
        if len(missing) * 10 <= len(in_period):
            for known in missing:
                known.vanished = True
                self.tells(known, now)

    def _takes(self, number: str, row: Row, now: datetime) -> None:
        known = self.known.get(number)
        if known is None:
            known = Known(source=row.source, created=row.created, cells={}, block=None)
            self.known[number] = known
        elif row.source is POS and _day(row.cells, PLANNED) > _day(known.cells, PLANNED):
            known.extensions += 1
        known.cells = dict(row.cells)
        known.vanished = False
        if not known.chosen:
            known.block = self.block_of(row)
        if known.pressed_at is not None and known.pressed_at <= now:
            known.pressed_at = None
        self.tells(known, now)

    def tells(self, known: Known, now: datetime) -> None:
        known.told.append((now, self.stands(known)))

    def stands(self, known: Known) -> tuple[Any, ...]:
        return state_of(known), self.due(known), known.block, known.vanished, known.cells.get(REPEATED) == "Да"

    def block_of(self, row: Row) -> BlockKey | None:
        cells = row.cells
        if "комитет образования" in str(cells.get("Исполнитель", "")).lower():
            return SOCIAL
        group = str(cells.get("Группа тем", cells.get("Категория"))).lower()
        if {"дороги", "мусор"} & set(group.replace(",", " ").split()):
            return ROADS
        place = str(cells.get("Населенный пункт", "")).removeprefix("деревня ").removeprefix("село ")
        rural = next(block for block in self.plan.blocks if block.key == RURAL)
        settlements = [
            name for each in self.plan.territories if each.key in rural.territories for name in each.settlements
        ]
        return RURAL if place.replace("ё", "е") in {each.replace("ё", "е") for each in settlements} else None

    def is_open(self, known: Known) -> bool:
        state = state_of(known)
        return not known.vanished and (state == "open" or (state == "deferred" and not finished(known)))

    def due(self, known: Known) -> datetime:
        cells = known.cells
        if known.source is POS:
            return self._end_of(_day(cells, PLANNED))
        first = cells["Общее время первого ответа"]
        if first:
            return self._in_working_days(datetime.fromisoformat(first).date())
        if finished(known):
            return self._in_working_days(known.created.date())
        return self._in_working_hours(known.created)

    def _end_of(self, day: date) -> datetime:
        hours = self.plan.calendar.hours_on(day)
        end = datetime.combine(day, hours.closes) if hours else datetime.combine(day + DAY, time())
        return end.replace(tzinfo=MOSCOW).astimezone(UTC)

    def _in_working_days(self, day: date) -> datetime:
        for _ in range(7):
            day += DAY
            while self.plan.calendar.hours_on(day) is None:
                day += DAY
        return self._end_of(day)

    def _in_working_hours(self, since: datetime) -> datetime:
        """Day after day, what is left of each."""
        left, at = NEW_ANSWER, since
        while True:
            hours = self.plan.calendar.hours_on(at.date())
            if hours is None:
                at = datetime.combine(at.date() + DAY, time(), MOSCOW)
                continue
            begin = max(at, datetime.combine(at.date(), hours.opens, MOSCOW))
            end = datetime.combine(at.date(), hours.closes, MOSCOW)
            if begin + left <= end:
                return (begin + left).astimezone(UTC)
            left -= max(end - begin, timedelta())
            at = datetime.combine(at.date() + DAY, time(), MOSCOW)


PLANNED: Final = "Дата планируемого завершения работ"
REPEATED: Final = "Повторное рассмотрение"
STATES: Final = {
    "Назначение исполнителя": "open",
    "Подготовка ответа": "open",
    "Согласование ответа": "open",
    "Оценка удовлетворенности": "answered",
    "Готово": "answered",
    "Назначен исполнитель": "open",
    "Перенос срока обработки утвержден. Отправлен ответ Заявителю": "deferred",
    "Отправлен ответ заявителю": "answered",
    "Передано в вышестоящую организацию": "redirected",
    "Отклонено модератором": "rejected",
}


def state_of(known: Known) -> str:
    cells = known.cells
    state = STATES[cells.get("Текущий шаг инцидента") or cells["Статус"]]
    return "deferred" if state == "answered" and cells.get("Итог") == "Отложено" else state


def finished(known: Known) -> datetime | date | None:
    """The moment where there is one."""
    cells = known.cells
    if known.source is IM:
        ended = cells["Дата окончания"]
        return datetime.fromisoformat(ended).replace(tzinfo=MOSCOW) if ended else None
    ended = cells["Дата фактического завершения работ"]
    return None if ended == "-" else datetime.strptime(ended, "%d.%m.%Y").replace(tzinfo=UTC).date()


def is_late(known: Known, due: datetime) -> bool:
    ended = finished(known)
    if isinstance(ended, datetime):
        return ended > due
    return ended is not None and ended > _day(known.cells, PLANNED)


def _day(cells: Cells, name: str) -> date:
    return datetime.strptime(cells[name], "%d.%m.%Y").replace(tzinfo=UTC).date()


# --- the month ---


@dataclass(kw_only=True)
class Month:
    desk: Desk
    offices: Offices
    folder: Path
    world: World
    plain: Plain
    undone: int = 0
    acts: int = 0
    told: list[tuple[Asked, Figured]] = field(default_factory=list)
    """What was asked on each day, and told."""

    async def plays(self, days: int) -> None:
        for number in range(days):
            morning = datetime.combine(FIRST + number * DAY, time(8, 10), MOSCOW).astimezone(UTC)
            self.world.lives_until(morning.astimezone(MOSCOW))
            for place, source in enumerate((IM, POS)):
                if self.world.dice.random() < 0.9:
                    await self._imports(source, morning + place * timedelta(minutes=1))
            await self._acts(morning + timedelta(hours=3))
            await self._agrees(morning + timedelta(hours=4))
        await self._agrees_on_every_day(days)
        await self._tells_every_day_again()

    async def _imports(self, source: AppealSource, now: datetime) -> None:
        dice = self.world.dice
        rows = self.world.export(source, now, missing=dice.choice([0, 0, 0.02, 0.02, 0.3]))
        if not any(row.is_ours for row in rows):
            return
        file = self.folder / f"{source.value}-{now:%m-%d}.csv"
        cells = [list(row.cells.values()) for row in rows]
        file.write_text(separated([list(rows[0].cells), *cells]), encoding="utf-8")
        before = copy.deepcopy(self.plain.known)
        one = await self.desk.imports(file, now)
        self.plain.imports(source, rows, now)
        if dice.random() < 0.1:
            await self._takes_back(one, before, now)
        await self.desk.settles(now)

    async def _takes_back(self, one: Import, before: dict[str, Known], now: datetime) -> None:
        if self.world.dice.random() < 0.5:
            await self.desk.settles(now)
        await self.desk.undoes(one, now)
        self.plain.known = before
        self.undone += 1

    async def _acts(self, now: datetime) -> None:
        """People press, and give appeals to other blocks."""
        dice = self.world.dice
        cases = await self.desk.cases()
        for number, known in sorted(self.plain.known.items()):
            if not self.plain.is_open(known) or known.pressed_at is not None or dice.random() > 0.06:
                continue
            case = replace(cases[number], acted_at=now)
            if dice.random() < 0.5:
                case = replace(case, pressed=Pressed(press=Press.SENT, at=now, by=PositionId(1)))
                happening, known.pressed_at = AppealHappening.PRESSED, now
            else:
                block = dice.choice([ECONOMY, SOCIAL])
                case = replace(case, block=block, routed=None, chosen=True)
                happening, known.block, known.chosen = AppealHappening.GIVEN, block, True
            async with self.desk.office.uow() as unit:
                await unit.appeals.save(case)
                await unit.appeals.add_change(change_of(case, happening, now, position=PositionId(1)))
                await unit.commit()
            await self.desk.settles_one(case, now)
            self.plain.tells(known, now)
            self.acts += 1

    async def _agrees(self, now: datetime) -> None:
        plain, cases = self.plain, await self.desk.cases()
        assert set(cases) == set(plain.known)
        for number, known in plain.known.items():
            case = cases[number]
            stood = (case.state.value, case.due_at, case.block, case.vanished_in is not None, case.appeal.repeated)
            assert stood == plain.stands(known), number
            assert (case.extensions, case.chosen) == (known.extensions, known.chosen), number
            assert (case.pressed is not None) == (known.pressed_at is not None), number
            assert case.is_open == plain.is_open(known), number
            has_ended = not known.vanished and not plain.is_open(known)
            is_late_there = has_ended and is_late(known, plain.due(known))
            assert case.is_late(plain.plan.calendar) == is_late_there, number
        await self._agrees_in_counts(now)
        await self._agrees_in_figures(cases.values(), now)
        await self._agrees_on_what_is_owed()

    async def _agrees_in_counts(self, now: datetime) -> None:
        plain = self.plain
        standing = [known for known in plain.known.values() if plain.is_open(known)]
        by_standing = {
            Standing.OPEN: standing,
            Standing.OVERDUE: [known for known in standing if plain.due(known) <= now],
            Standing.DEFERRED: [known for known in standing if state_of(known) == "deferred"],
            Standing.PRESSED: [known for known in standing if known.pressed_at is not None],
            Standing.UNDISTRIBUTED: [known for known in standing if known.block is None],
            Standing.TO_CHECK: [known for known in plain.known.values() if known.vanished],
        }
        async with self.desk.office.view() as unit:
            for which, expected in by_standing.items():
                for block in (None, ROADS, SOCIAL, ECONOMY, RURAL):
                    asked = AppealsAsked(standing=which, block=block)
                    count = await unit.appeals.count(asked, now=now, day_ends=now)
                    assert count == sum(block in {None, known.block} for known in expected), (which, block)

    async def _agrees_in_figures(self, cases: Iterable[AppealCase], now: datetime) -> None:
        """Of the week that goes on and of yesterday, as a digest asks; they are kept as each day's snapshot."""
        calendar = self.plain.plan.calendar
        today = calendar.local(now).date()
        week, yesterday = period_of(PeriodKind.WEEK, today), period_of(PeriodKind.DAY, today - DAY)
        for period in (week, yesterday):
            asked = replace(asked_of(period, calendar, now=now), stands_at=now)
            told = await self._figures(asked)
            assert told[None] == {None: plain_tally(cases, asked)}, now
            self.told.append((replace(asked, known_at=now), told))

    async def _tells_every_day_again(self) -> None:
        """Figures as known on that day, out of the history, are those that were told on it."""
        for asked, told in self.told:
            assert await self._figures(asked) == told, asked.known_at

    async def _figures(self, asked: Asked) -> Figured:
        async with self.desk.office.view() as unit:
            cuts: dict[Cut | None, Mapping[GroupKey, Tally]] = {Cut.BLOCK: await unit.reports.tallies(asked, Cut.BLOCK)}
            return cuts | {None: {None: await unit.reports.tally(asked)}}

    async def _agrees_on_what_is_owed(self) -> None:
        owed, appeals = tables.obligations, tables.appeals
        query = select(appeals.c.number, owed.c.kind, owed.c.due_at, owed.c.block).where(
            owed.c.matter == "appeal", owed.c.matter_id == appeals.c.id, owed.c.ended_at.is_(None)
        )
        async with self.offices.database.read() as connection:
            found = sorted(map(tuple, await connection.execute(query)))
        assert found == sorted(self._owed())

    def _owed(self) -> Iterator[tuple[Any, ...]]:
        plain = self.plain
        for number, known in plain.known.items():
            if plain.is_open(known) and known.pressed_at is None and known.block is not None:
                is_first = known.source is IM and not known.cells["Общее время первого ответа"] and not finished(known)
                yield number, "first_answer" if is_first else "appeal_answer", plain.due(known), known.block

    async def _agrees_on_every_day(self, days: int) -> None:
        """From the lines of history alone any evening can be told again."""
        for number, case in (await self.desk.cases()).items():
            lines, known = await self.desk.history(case.id), self.plain.known[number]
            for day in range(days):
                evening = datetime.combine(FIRST + day * DAY, time(20), MOSCOW)
                line = stood_at(lines, evening)
                by_lines = [] if line is None else [_stood(line)]
                assert by_lines == [stood for at, stood in known.told if at <= evening][-1:], (number, day)


def _stood(line: AppealChange) -> tuple[Any, ...]:
    return line.state, line.due_at, line.block, line.vanished, line.repeated


async def play(offices: Offices, folder: Path, *, seed: int, each: int, days: int) -> Month:
    office: StaffedOffice = offices.ours
    dice = random.Random(seed)
    desk = Desk(office=office, reader=ReaderAtHand())
    await desk.sets(routing=RULES, municipalities=(OURS,))
    async with office.view() as unit:
        plan = unit.office.plan
    month = Month(desk=desk, offices=offices, folder=folder, world=made_world(dice, each), plain=Plain(plan=plan))
    try:
        await month.plays(days)
    except BaseException as fault:
        fault.add_note(f"MCU_SEED={seed}")
        raise
    return month


def seeds(count: int) -> list[int]:
    given = os.environ.get("MCU_SEED")
    return [int(given)] if given else [random.randrange(2**32) for _ in range(count)]


@pytest.mark.slow
async def test_a_month_of_daily_exports_agrees_with_a_plain_reckoning(offices: Offices, tmp_path: Path) -> None:
    month = await play(offices, tmp_path, seed=seeds(1)[0], each=30, days=30)
    assert month.acts


@pytest.mark.slow
@pytest.mark.parametrize("number", range(6))
async def test_longer_months_do_too(number: int, offices: Offices, tmp_path: Path) -> None:
    month = await play(offices, tmp_path, seed=seeds(1)[0] + number, each=280, days=40)
    assert month.acts > 20
    assert month.undone
