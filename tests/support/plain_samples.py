"""The two samples counted plainly, out of their cells: no reader, rule or SQL of ours between; for Пестово's terms."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from risk.sheets import Cell
from tests.support.workbooks import IM_SAMPLE, POS_SAMPLE, table_of

DAY: Final = timedelta(days=1)
OPENS, CLOSES, CLOSES_EARLY = time(9), time(18), time(17)
SHORT_DAYS: Final = frozenset({date(2026, 11, 3)})
HOLIDAYS: Final = frozenset({date(2026, 11, 4)})
ANSWER_WITHIN: Final = 7
"""Working days after the first answer of ИМ, or after creation where an end came without one."""
OURS: Final = "Пестовский округ"
"""An export of the region has rows of its neighbours too."""
OPEN_STEPS: Final = {
    "Назначение исполнителя", "Подготовка ответа", "Согласование ответа",
    "Назначен исполнитель", "Направлено в подведомственную организацию",
}  # fmt: skip
MOVED: Final = "Перенос срока обработки утвержден. Отправлен ответ Заявителю"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRow:
    """`due` is a wall-clock moment of the office. `is_moved`: its term was moved, or a later solution is promised."""

    number: str
    created: date
    due: datetime
    finished: date | None
    is_in_work: bool
    is_moved: bool
    repeated: bool

    @property
    def is_open(self) -> bool:
        return self.is_in_work or (self.is_moved and self.finished is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Of days, both included, and of a moment after which nothing came: how many of the rows are what."""

    new: int
    repeated: int
    finished: int
    open: int
    overdue: int
    deferred: int


def counted(rows: list[SampleRow], first: date, last: date, moment: datetime) -> Counted:
    """By the definitions of docs/decisions/0033: days are those that the rows name."""

    def number(belongs: Callable[[SampleRow], bool]) -> int:
        return sum(map(belongs, rows))

    def ended(row: SampleRow) -> bool:
        return row.finished is not None and first <= row.finished <= last and not row.is_open

    return Counted(
        new=number(lambda row: first <= row.created <= last),
        repeated=number(lambda row: first <= row.created <= last and row.repeated),
        finished=number(ended),
        open=number(lambda row: row.is_open),
        overdue=number(lambda row: row.is_open and row.due <= moment),
        deferred=number(lambda row: row.is_moved and (row.is_open or ended(row))),
    )


def sample_rows() -> list[SampleRow]:
    return [*_of_pos(), *_of_im()]


def _of_pos() -> Iterator[SampleRow]:
    for row in _named(table_of(POS_SAMPLE)):
        planned = _day(row["Дата планируемого завершения работ"])
        assert planned is not None
        yield SampleRow(
            number=f"{row['Номер']:.0f}",
            created=_day(row["Дата поступления"]) or date.min,
            due=_end_of(planned),
            finished=_day(row["Дата фактического завершения работ"]),
            is_in_work=row["Статус"] in OPEN_STEPS,
            is_moved=row["Статус"] == MOVED or row["Тип решения"] == "Отложено",
            repeated=row["Повторное рассмотрение"] == "Да",
        )


def _of_im() -> Iterator[SampleRow]:
    for row in _named(table_of(IM_SAMPLE)):
        if row["Муниципалитет"] != OURS:
            continue
        created, answered = _moment(row["Дата создания"]), _moment(row["Общее время первого ответа"])
        assert created is not None
        finished = _moment(row["Дата окончания"])
        unanswered = answered is None and finished is None
        yield SampleRow(
            number=f"{row['Номер инцидента']:.0f}",
            created=created.date(),
            due=_a_working_day_later(created) if unanswered else _in_days((answered or created).date(), ANSWER_WITHIN),
            finished=None if finished is None else finished.date(),
            is_in_work=row["Текущий шаг инцидента"] in OPEN_STEPS,
            is_moved=row["Итог"] == "Отложено",
            repeated=False,
        )


def _named(table: list[list[Cell]]) -> Iterator[dict[str, Cell]]:
    header, *rows = table
    return (dict(zip(map(str, header), row, strict=True)) for row in rows)


def _day(cell: Cell) -> date | None:
    return None if cell in {"", "-"} else datetime.strptime(str(cell), "%d.%m.%Y").date()  # noqa: DTZ007 - a wall clock


def _moment(cell: Cell) -> datetime | None:
    return datetime.fromisoformat(str(cell)) if cell else None


def _works(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def _end_of(day: date) -> datetime:
    """A day off is over at the midnight after it."""
    if not _works(day):
        return datetime.combine(day + DAY, time())
    return datetime.combine(day, CLOSES_EARLY if day in SHORT_DAYS else CLOSES)


def _in_days(since: date, days: int) -> datetime:
    day = since
    while days:
        day += DAY
        days -= _works(day)
    return _end_of(day)


def _a_working_day_later(moment: datetime) -> datetime:
    """Nine working hours, the length of a day, hour by hour of the clock: an hour of a short day is missed."""
    left = timedelta(hours=9)
    day, since = moment.date(), moment
    while True:
        if _works(day):
            opens, closes = datetime.combine(day, OPENS), _end_of(day)
            begins = min(max(since, opens), closes)
            if left <= closes - begins:
                return begins + left
            left -= closes - begins
        day += DAY
        since = datetime.combine(day, time())
