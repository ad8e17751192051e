"""An export comes, is read, shown and confirmed; only what changed changes; the last one can be taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from risk.appeal_cases import AppealHappening, Press, Pressed, Redirected, change_of
from risk.appeals import AppealSource, AppealState, Regime
from risk.errors import ImportActedUpon, ImportDatesUnfit, ImportNotOpen, NotPermitted, UnknownChoice
from risk.export_columns import Field, LayoutKind
from risk.ids import ImportId, PositionId
from risk.imports import ASKED_FIELDS, Import, ImportRefusal, ImportState
from risk.periods import Period
from risk.records import RecordKind
from risk.reports import asked_in
from risk.sheets import Cell
from risk.standing import Subject
from risk.use_cases.appeal_records import OpenAppealRecord, open_appeal_record
from risk.use_cases.import_columns import (
    ColumnNamed,
    SourceNamed,
    confirm_columns,
    name_column,
    name_columns_anew,
    name_source,
)
from risk.use_cases.import_deciding import ConfirmImport, ImportDates, cancel_import, confirm_import, date_import
from risk.use_cases.import_keeping import OfImport
from risk.use_cases.import_telling import read_imports
from risk.use_cases.recording import OfRecord, cancel_record
from risk.use_cases.settling import reckon_appeals
from storage import tables
from tests.risk.exports import IM_ROW, POS_ROW
from tests.risk.worked import open_record_of
from tests.storage.dumps import dump
from tests.support.importing import ROADS, RULES, SOCIAL, Desk, ReaderAtHand
from tests.support.offices import NOW, Offices, StaffedOffice
from tests.support.workbooks import OLDER_POS_SAMPLE, POS_SAMPLE, separated, table_of

Row = Mapping[str, Cell]
DAY: Final = timedelta(days=1)
OPEN: Final = {"Текущий шаг инцидента": "Подготовка ответа", "Итог": "", "Дата окончания": "", "Причина закрытия": ""}
FIRST_POS: Final = {"Номер": 6100000.0}


def im(number: int, **changed: Cell) -> Row:
    return {**IM_ROW, "Номер инцидента": float(number), **OPEN, **changed}


def pos(number: int, **changed: Cell) -> Row:
    return {**POS_ROW, "Номер": float(number), **changed}


def done(row: Row) -> Row:
    return {**IM_ROW, "Номер инцидента": row["Номер инцидента"], "Дата создания": row["Дата создания"]}


class Folder:
    """Where exports are put, each under a name of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._made = 0

    def holds(self, rows: Sequence[Row]) -> Path:
        self._made += 1
        file = self._path / f"выгрузка-{self._made}.csv"
        file.write_text(separated([list(rows[0]), *(list(row.values()) for row in rows)]), encoding="utf-8")
        return file


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
async def desk(office: StaffedOffice) -> Desk:
    desk = Desk(office=office, reader=ReaderAtHand())
    await desk.sets(routing=RULES, municipalities=("Пестовский округ",))
    return desk


async def happenings(desk: Desk, number: str) -> list[AppealHappening]:
    return [line.happening for line in await desk.history((await desk.case(number)).id)]


def counted(one: Import) -> tuple[int, int, int, int]:
    return one.found.new, one.found.changed, one.found.same, one.found.vanished


def at(day: int) -> datetime:
    return NOW + day * DAY


TEN: Final = [im(number) for number in range(1, 11)]


# --- what counts ---


async def test_nothing_counts_before_it_is_confirmed_and_all_of_it_after(desk: Desk, folder: Folder) -> None:
    read = await desk.reads(folder.holds(TEN), NOW)
    assert read.state is ImportState.WAITING
    assert counted(read) == (10, 0, 0, 0)
    assert await desk.cases() == {}
    applied = await desk.loads(read, NOW)
    assert applied.state is ImportState.APPLIED
    assert len(await desk.cases()) == 10


async def test_the_same_file_changes_nothing_and_writes_no_history(desk: Desk, folder: Folder) -> None:
    await desk.imports(folder.holds(TEN), NOW)
    before = await desk.cases()
    again = await desk.imports(folder.holds(TEN), at(1))
    assert counted(again) == (0, 0, 10, 0)
    assert await desk.cases() == before
    assert {len(await desk.history(case.id)) for case in before.values()} == {1}


async def test_only_what_changed_gets_a_line_of_history(desk: Desk, folder: Folder) -> None:
    await desk.imports(folder.holds(TEN), NOW)
    later = await desk.imports(folder.holds([done(TEN[0]), *TEN[1:], im(11)]), at(1))
    assert counted(later) == (1, 1, 9, 0)
    case = await desk.case("1")
    assert case.state is AppealState.ANSWERED
    lines = await desk.history(case.id)
    assert [(line.state, line.at, line.imported) for line in lines] == [
        (AppealState.OPEN, NOW, ImportId(1)),
        (AppealState.ANSWERED, at(1), later.id),
    ]
    assert await happenings(desk, "2") == [AppealHappening.IMPORTED]
    assert await happenings(desk, "11") == [AppealHappening.IMPORTED]


async def test_a_change_that_nobody_counts_is_kept_without_a_line(desk: Desk, folder: Folder) -> None:
    await desk.imports(folder.holds(TEN), NOW)
    changed = await desk.imports(
        folder.holds([im(1, **{"Текущий шаг инцидента": "Согласование ответа"}), *TEN[1:]]), at(1)
    )
    assert counted(changed) == (0, 1, 9, 0)
    assert (await desk.case("1")).appeal.step == "Согласование ответа"
    assert len(await desk.history((await desk.case("1")).id)) == 1


async def test_rows_of_another_municipality_and_faulty_ones_are_counted_and_left(desk: Desk, folder: Folder) -> None:
    rows = [*TEN, im(11, Муниципалитет="Боровичский округ"), im(12, **{"Дата создания": "вчера"}), im(1)]
    one = await desk.imports(folder.holds(rows), NOW)
    assert (one.found.rows, one.found.foreign, one.found.faulty) == (13, 1, 2)
    assert [fault.row for fault in one.found.faults] == [13, 14]
    assert len(await desk.cases()) == 10


async def test_another_office_is_untouched(offices: Offices, desk: Desk, folder: Folder) -> None:
    theirs = Desk(office=offices.theirs, reader=ReaderAtHand())
    await theirs.imports(folder.holds([im(1), im(99)]), NOW)
    before = await dumped(offices, offices.theirs)
    first = await desk.imports(folder.holds(TEN), at(1))
    await desk.undoes(first, at(1))
    assert await dumped(offices, offices.theirs) == before


# --- what people did ---


async def test_a_block_given_by_hand_sticks_and_one_by_a_rule_follows_the_rule(desk: Desk, folder: Folder) -> None:
    await desk.imports(folder.holds(TEN), NOW)
    case = await desk.case("1")
    assert (case.block, case.routed and case.routed.rule) == (ROADS, 2)
    await desk.keeps(replace(case, block=SOCIAL, routed=None, chosen=True))
    moved = [im(number, Исполнитель="Комитет образования") for number in (1, 2)]
    await desk.imports(folder.holds([*moved, *TEN[2:]]), at(1))
    first, second = await desk.case("1"), await desk.case("2")
    assert (first.block, first.chosen, first.appeal.executor) == (SOCIAL, True, "Комитет образования")
    assert (second.block, second.chosen) == (SOCIAL, False)
    third = await desk.case("3")
    await desk.imports(folder.holds([im(1, Тема="Лужи"), *moved[1:], *TEN[2:]]), at(2))
    assert (await desk.case("1")).routed is None
    assert await desk.case("3") == third


async def test_a_press_before_the_moment_of_the_export_is_answered_by_it(desk: Desk, folder: Folder) -> None:
    await desk.imports(folder.holds(TEN), NOW)
    for number in ("1", "2"):
        await press(desk, number, at(1) - timedelta(hours=1))
    await desk.imports(folder.holds([done(TEN[0]), *TEN[1:]]), at(1))
    confirmed, not_confirmed = await desk.case("1"), await desk.case("2")
    assert confirmed.pressed is None
    assert not_confirmed.pressed is None
    assert (await happenings(desk, "1"))[-1] is AppealHappening.IMPORTED
    assert (await happenings(desk, "2"))[-1] is AppealHappening.NOT_CONFIRMED
    assert not_confirmed.is_owed


async def test_a_press_after_the_moment_of_the_export_stays(desk: Desk, folder: Folder) -> None:
    await desk.imports(folder.holds(TEN), NOW)
    await press(desk, "1", at(1) + timedelta(hours=1))
    await press(desk, "2", at(1) + timedelta(hours=1))
    await desk.imports(folder.holds([*TEN[:1], im(2, Тема="Лужи"), *TEN[2:]]), at(1))
    assert (await desk.case("1")).pressed is not None
    assert (await desk.case("2")).pressed is not None
    assert await happenings(desk, "1") == [AppealHappening.IMPORTED, AppealHappening.PRESSED]


async def press(desk: Desk, number: str, moment: datetime) -> None:
    case = await desk.case(number)
    pressed = Pressed(press=Press.PLACED, at=moment, by=PositionId(1))
    case = replace(case, pressed=pressed, acted_at=moment)
    async with desk.office.uow() as unit:
        await unit.appeals.save(case)
        line = change_of(case, AppealHappening.PRESSED, moment, position=PositionId(1))
        await unit.appeals.add_change(line)
        await unit.commit()


async def test_a_redirection_by_hand_outlives_an_export_that_does_not_show_it(desk: Desk, folder: Folder) -> None:
    await desk.imports(folder.holds(TEN), NOW)
    sent = Redirected(to="Министерство", on=NOW.date())
    await desk.keeps(replace(await desk.case("1"), redirected=sent))
    await desk.imports(folder.holds([im(1, Тема="Лужи"), *TEN[1:]]), at(1))
    assert (await desk.case("1")).redirected == sent


# --- planned dates ---


async def test_a_planned_date_moved_later_is_an_extension_and_one_moved_back_is_none(
    desk: Desk, folder: Folder
) -> None:
    planned = "Дата планируемого завершения работ"
    dues = []
    for day, until in enumerate(("18.11.2026", "25.11.2026", "24.11.2026", "-", "30.11.2026", "01.12.2026")):
        await desk.imports(folder.holds([pos(1, **{planned: until})]), at(day))
        case = await desk.case("1")
        dues.append((case.extensions, case.due_at.date()))
    assert dues[:3] == [(0, date(2026, 11, 18)), (1, date(2026, 11, 25)), (1, date(2026, 11, 24))]
    assert dues[-1] == (2, date(2026, 12, 1))
    lines = await desk.history((await desk.case("1")).id)
    assert [line.due_at.date() for line in lines[:3]] == [due for _, due in dues[:3]]


# --- what vanished ---


async def test_what_vanished_is_to_be_checked_and_comes_back_when_it_returns(desk: Desk, folder: Folder) -> None:
    twenty = [im(number) for number in range(1, 21)]
    await desk.imports(folder.holds(twenty), NOW)
    without = await desk.imports(folder.holds(twenty[1:]), at(1))
    assert counted(without) == (0, 0, 19, 1)
    gone = await desk.case("1")
    assert (gone.vanished_in, gone.is_open) == (without.id, False)
    assert await happenings(desk, "1") == [AppealHappening.IMPORTED, AppealHappening.VANISHED]
    still = await desk.imports(folder.holds(twenty[1:]), at(2))
    assert counted(still) == (0, 0, 19, 0)
    await desk.imports(folder.holds(twenty), at(3))
    back = await desk.case("1")
    assert (back.vanished_in, back.is_open) == (None, True)
    assert await happenings(desk, "1") == [
        *[AppealHappening.IMPORTED, AppealHappening.VANISHED],
        AppealHappening.IMPORTED,
    ]


async def test_an_export_that_lacks_more_than_a_tenth_marks_nothing_unless_somebody_says_it_is_complete(
    desk: Desk, folder: Folder
) -> None:
    await desk.imports(folder.holds(TEN), NOW)
    few = await desk.imports(folder.holds(TEN[2:]), at(1))
    assert few.found.is_complete_in_doubt
    assert (await desk.case("1")).vanished_in is None
    complete = await desk.imports(folder.holds(TEN[2:]), at(2), complete=True)
    assert {number for number, case in (await desk.cases()).items() if case.vanished_in == complete.id} == {"1", "2"}


async def test_only_what_lies_in_the_period_of_the_export_can_vanish_from_it(desk: Desk, folder: Folder) -> None:
    earlier = im(99, **{"Дата создания": "2026-10-01 10:00:00"})
    await desk.imports(folder.holds([earlier, *TEN]), NOW)
    await desk.imports(folder.holds([pos(5)]), at(1))
    one = await desk.imports(folder.holds(TEN), at(2))
    assert (one.found.vanished, one.found.in_period) == (0, 10)


# --- columns that a file lacks ---

FULL_POS: Final = {"Фаст-трек": "Да", "Дата планируемого завершения работ": "18.11.2026"}


def without(row: Row, *headers: str) -> Row:
    return {header: cell for header, cell in row.items() if header not in headers}


async def test_a_file_without_a_column_changes_only_what_it_says_otherwise(desk: Desk, folder: Folder) -> None:
    rows = [pos(number, **FULL_POS) for number in range(1, 4)]
    await desk.imports(folder.holds(rows), NOW)
    before = await desk.cases()
    older = [without(row, *FULL_POS) for row in (pos(1, Категория="Дороги"), *rows[1:])]
    one = await desk.imports(folder.holds(older), at(1))
    assert counted(one) == (0, 1, 2, 0)
    after = await desk.cases()
    assert {number: after[number] for number in ("2", "3")} == {number: before[number] for number in ("2", "3")}
    first = after["1"]
    assert (first.appeal.group, first.block) == ("Дороги", ROADS)
    assert (first.appeal.regime, first.appeal.planned_on) == (Regime.POS_FAST_TRACK, date(2026, 11, 18))
    assert (first.due_at, first.extensions) == (before["1"].due_at, 0)
    again = await desk.imports(folder.holds([pos(1, **FULL_POS, Категория="Дороги"), *rows[1:]]), at(2))
    assert counted(again) == (0, 0, 3, 0)
    assert await desk.cases() == after


async def test_the_same_export_in_the_older_layout_changes_nothing(desk: Desk, folder: Folder) -> None:
    heading, *table = table_of(POS_SAMPLE)
    known = {str(header) for header in table_of(OLDER_POS_SAMPLE)[0]}
    rows = [dict(zip(map(str, heading), cells, strict=True)) for cells in table]
    older = [{header: cell for header, cell in row.items() if header in known} for row in rows]
    first = await desk.imports(POS_SAMPLE, NOW)
    before = await desk.cases()
    assert Regime.POS_FAST_TRACK in {case.appeal.regime for case in before.values()}
    one = await desk.imports(folder.holds(older), at(1))
    assert counted(one) == (0, 0, first.found.new, 0)
    assert await desk.cases() == before


async def test_an_empty_cell_of_a_column_that_is_there_says_that_there_is_nothing(desk: Desk, folder: Folder) -> None:
    await desk.imports(folder.holds([pos(1, **FULL_POS)]), NOW)
    await desk.imports(folder.holds([pos(1, **FULL_POS | {"Дата планируемого завершения работ": "-"})]), at(1))
    assert (await desk.case("1")).appeal.planned_on is None


async def test_a_waiting_file_that_lacks_a_column_follows_what_is_known_when_it_is_confirmed(
    desk: Desk, folder: Folder
) -> None:
    full = await desk.imports(folder.holds([pos(1, **FULL_POS), pos(2, **FULL_POS)]), NOW)
    bare = [without(pos(number), *FULL_POS) for number in (1, 2)]
    taken_back = await desk.reads(folder.holds(bare), at(1))
    assert counted(taken_back) == (0, 0, 2, 0)
    await desk.undoes(full, at(2))
    loaded = await desk.loads(taken_back, at(3))
    assert counted(loaded) == (2, 0, 0, 0)
    case = await desk.case("1")
    assert (case.appeal.regime, case.appeal.planned_on) == (Regime.POS_ORDINARY, None)


# --- an older export after a newer one ---


async def dated(desk: Desk, one: Import, made_at: datetime, now: datetime) -> Import:
    command = ImportDates(one=one.id, made_at=made_at)
    await date_import(command, actor=desk.officer, uow=desk.office.uow, now=now)
    return await desk.found(one.id)


async def test_an_older_export_does_not_roll_back_what_a_newer_one_has_told(desk: Desk, folder: Folder) -> None:
    await desk.imports(folder.holds(TEN[:9]), NOW)
    await desk.imports(folder.holds([done(TEN[0]), *TEN[1:9], im(11)]), at(5))
    before = await desk.cases()
    old = await desk.reads(folder.holds([*TEN[:1], im(2, Тема="Лужи"), *TEN[2:]]), at(6))
    assert (counted(old), old.found.newer) == ((1, 2, 7, 1), 0)
    old = await dated(desk, old, at(3), at(6))
    assert (counted(old), old.found.newer) == ((1, 0, 7, 0), 2)
    await desk.loads(old, at(6))
    after = await desk.cases()
    assert {number: after[number] for number in before} == before
    assert set(after) - set(before) == {"10"}


async def test_what_had_vanished_from_a_newer_export_is_not_brought_back_by_an_older_one(
    desk: Desk, folder: Folder
) -> None:
    twenty = [im(number) for number in range(1, 21)]
    await desk.imports(folder.holds(twenty), NOW)
    await desk.imports(folder.holds(twenty[1:]), at(5))
    before = await desk.cases()
    old = await dated(desk, await desk.reads(folder.holds(twenty), at(6)), at(3), at(6))
    await desk.loads(old, at(6))
    assert await desk.cases() == before


async def test_an_older_export_still_tells_what_no_newer_one_was_about(desk: Desk, folder: Folder) -> None:
    earlier = im(99, **{"Дата создания": "2026-10-01 10:00:00"})
    await desk.imports(folder.holds([earlier, *TEN]), NOW)
    await desk.imports(folder.holds(TEN), at(5))
    changed = im(99, **{"Дата создания": "2026-10-01 10:00:00", "Тема": "Лужи"})
    old = await dated(desk, await desk.reads(folder.holds([changed, *TEN]), at(6)), at(3), at(6))
    assert (counted(old), old.found.newer) == ((0, 1, 10, 0), 0)
    await desk.loads(old, at(6))
    assert (await desk.case("99")).appeal.topic == "Лужи"


async def test_a_newer_export_that_was_taken_back_or_is_of_another_source_holds_nothing_up(
    desk: Desk, folder: Folder
) -> None:
    await desk.imports(folder.holds(TEN), NOW)
    await desk.undoes(await desk.imports(folder.holds([done(TEN[0]), *TEN[1:]]), at(5)), at(5))
    await desk.imports(folder.holds([pos(5)]), at(5))
    old = await dated(desk, await desk.reads(folder.holds([im(1, Тема="Лужи"), *TEN[1:]]), at(6)), at(3), at(6))
    assert (counted(old), old.found.newer) == ((0, 1, 9, 0), 0)


# --- taking back ---


async def dumped(offices: Offices, office: StaffedOffice) -> dict[str, list[Any]]:
    """But for the marks of what is still to be settled."""
    async with offices.database.read() as connection:
        rows = await dump(connection, office.id)
    place = list(tables.appeals.c.keys()).index("unsettled")
    told = {name: rows[name] for name in ("appeals", "appeal_changes", "first_answers", "records")}
    return told | {"appeals": [(*row[:place], *row[place + 1 :]) for row in rows["appeals"]]}


async def owed(office: StaffedOffice) -> set[tuple[object, ...]]:
    """What is owed once all is settled; under which numbers does not matter."""
    await reckon_appeals(uow=office.uow, view=office.view, now=NOW)
    async with office.view() as unit:
        standing = [each.obligation for each in await unit.obligations.all_open()]
    return {(each.key, each.due_at, each.block) for each in standing}


async def test_taking_back_restores_every_row(offices: Offices, desk: Desk, folder: Folder) -> None:
    twenty = [im(number) for number in range(1, 21)]
    await desk.imports(folder.holds(twenty), NOW)
    await press(desk, "2", NOW + timedelta(hours=1))
    await desk.keeps(replace(await desk.case("3"), block=SOCIAL, routed=None, chosen=True))
    owed_before = await owed(desk.office)
    before = await dumped(offices, desk.office)
    rows = [im(2), im(3, Тема="Лужи"), done(im(4)), *twenty[4:], im(21), im(22)]
    later = await desk.imports(folder.holds(rows), at(1))
    assert counted(later) == (2, 2, 17, 1)
    assert await dumped(offices, desk.office) != before
    await desk.undoes(later, at(2))
    assert await dumped(offices, desk.office) == before
    assert await owed(desk.office) == owed_before
    assert (await desk.found(later.id)).state is ImportState.UNDONE
    assert await offices.rows(tables.staged_appeals) == []


async def test_what_was_owed_about_new_rows_ends_with_them(desk: Desk, folder: Folder, offices: Offices) -> None:
    one = await desk.imports(folder.holds(TEN), NOW)
    await desk.settles(NOW)
    await desk.undoes(one, at(1))
    await desk.settles(at(1))
    assert await desk.cases() == {}
    assert {row["ended_at"] for row in await offices.rows(tables.obligations)} == {at(1)}


async def test_an_import_is_not_taken_back_once_somebody_has_acted_on_its_rows(desk: Desk, folder: Folder) -> None:
    one = await desk.imports(folder.holds(TEN), NOW)
    await press(desk, "3", NOW + timedelta(hours=1))
    await press(desk, "5", NOW + timedelta(hours=1))
    with pytest.raises(ImportActedUpon) as refused:
        await desk.undoes(one, at(1))
    assert refused.value.numbers == ("3", "5")
    assert len(await desk.cases()) == 10


async def test_what_was_done_to_rows_that_the_import_left_alone_does_not_hold_it(desk: Desk, folder: Folder) -> None:
    await desk.imports(folder.holds(TEN), NOW)
    later = await desk.imports(folder.holds([*TEN, im(11)]), at(1))
    await press(desk, "3", at(1) + timedelta(hours=1))
    await desk.undoes(later, at(2))
    assert set(await desk.cases()) == {str(number) for number in range(1, 11)}


async def test_only_the_last_import_can_be_taken_back_and_only_once(desk: Desk, folder: Folder) -> None:
    first = await desk.imports(folder.holds(TEN), NOW)
    second = await desk.imports(folder.holds([*TEN, im(11)]), at(1))
    with pytest.raises(UnknownChoice):
        await desk.undoes(first, at(2))
    await desk.undoes(second, at(2))
    for one in (first, second):
        with pytest.raises(UnknownChoice):
            await desk.undoes(one, at(2))


async def test_a_file_that_was_taken_back_can_be_loaded_again(desk: Desk, folder: Folder) -> None:
    first = await desk.imports(folder.holds(TEN), NOW)
    await desk.undoes(first, at(1))
    again = await desk.imports(folder.holds(TEN), at(2))
    assert counted(again) == (10, 0, 0, 0)


# --- statistics of first answers ---

REGIONAL: Final[Row] = {
    "Муниципалитет": "Пестовский округ",
    "Отдел": "Администрация",
    "Исполнитель": "",
    "Дата создания": "20.11.2026 09:00:00",
    "Время до ответа, ч:м:с": "0:42:39",
    "Важность": "Высокая",
}


def regional(*days: int) -> list[Row]:
    return [{**REGIONAL, "Дата создания": f"{day:02}.11.2026 09:00:00"} for day in days]


async def first_answers(offices: Offices) -> list[tuple[int, int]]:
    """(day of the month, how many) that count now."""
    rows = await offices.rows(tables.first_answers)
    counting = [row for row in rows if not row["is_staged"] and row["replaced_in"] is None]
    return sorted((row["day"].day, row["total"]) for row in counting)


async def test_statistics_replace_their_own_period_and_no_more(desk: Desk, folder: Folder, offices: Offices) -> None:
    await desk.imports(folder.holds(regional(10, 11, 12, 12)), NOW)
    assert await first_answers(offices) == [(10, 1), (11, 1), (12, 2)]
    later = await desk.imports(folder.holds(regional(11, 11, 13)), at(1))
    assert later.layout is LayoutKind.FIRST_ANSWERS
    assert await first_answers(offices) == [(10, 1), (11, 2), (13, 1)]
    days = Period(first=date(2026, 11, 11), last=date(2026, 11, 12))
    async with desk.office.view() as unit:
        asked = asked_in(unit.office.plan, days, now=at(2))
        told = await unit.reports.first_answer_times(asked)
    assert (told.total, told.answered, told.median) == (2, 2, timedelta(minutes=42, seconds=39))
    assert await desk.cases() == {}
    await desk.undoes(later, at(2))
    assert await first_answers(offices) == [(10, 1), (11, 1), (12, 2)]


# --- several at once ---


async def test_an_earlier_one_of_the_same_kind_that_waits_is_replaced(
    desk: Desk, folder: Folder, offices: Offices
) -> None:
    earlier = await desk.reads(folder.holds(TEN), NOW)
    other = await desk.reads(folder.holds([pos(1)]), NOW)
    statistics = await desk.reads(folder.holds(regional(10)), NOW)
    newer = await desk.reads(folder.holds([*TEN, im(11)]), at(1))
    states = [(await desk.found(one.id)).state for one in (earlier, other, statistics, newer)]
    assert states == [ImportState.REPLACED, *[ImportState.WAITING] * 3]
    assert {row["import_id"] for row in await offices.rows(tables.staged_appeals)} == {other.id, newer.id}
    with pytest.raises(UnknownChoice):
        await desk.loads(earlier, at(1))


async def test_loading_one_leaves_the_other_that_waits_as_it_was(desk: Desk, folder: Folder) -> None:
    of_im = await desk.reads(folder.holds(TEN), NOW)
    of_pos = await desk.reads(folder.holds([pos(101), pos(102)]), NOW)
    await desk.loads(of_im, NOW)
    loaded = await desk.loads(of_pos, at(1))
    assert counted(loaded) == (2, 0, 0, 0)
    assert len(await desk.cases()) == 12


async def test_what_is_known_by_then_is_compared_anew_when_it_is_loaded(desk: Desk, folder: Folder) -> None:
    plain = await desk.reads(folder.holds([pos(101)]), NOW)
    await desk.loads(plain, NOW)
    waiting = await desk.reads(folder.holds([pos(101), pos(102)]), NOW)
    async with desk.office.uow() as unit:
        case = (await unit.appeals.numbered("101"))[0]
        await unit.appeals.add(replace(case, appeal=replace(case.appeal, number="102"), imported=None))
        await unit.commit()
    loaded = await desk.loads(waiting, at(1))
    assert loaded.found.new == 0
    assert len(await desk.cases()) == 2


# --- deciding ---


async def test_a_cancelled_file_leaves_nothing_and_cannot_be_loaded(
    desk: Desk, folder: Folder, offices: Offices
) -> None:
    one = await desk.reads(folder.holds(TEN), NOW)
    await cancel_import(OfImport(one=one.id), actor=desk.officer, uow=desk.office.uow, now=NOW)
    assert (await desk.found(one.id)).state is ImportState.CANCELLED
    assert await offices.rows(tables.staged_appeals) == []
    with pytest.raises(UnknownChoice):
        await desk.loads(one, NOW)


async def test_a_second_press_on_load_loads_nothing_twice(desk: Desk, folder: Folder) -> None:
    one = await desk.imports(folder.holds(TEN), NOW)
    with pytest.raises(UnknownChoice):
        await desk.loads(one, NOW)


async def test_the_moment_and_the_period_can_be_told_otherwise(desk: Desk, folder: Folder) -> None:
    earlier = [im(number, **{"Дата создания": "2026-10-01 10:00:00"}) for number in range(90, 110)]
    await desk.imports(folder.holds([*earlier, *TEN]), NOW)
    one = await desk.reads(folder.holds([*earlier[1:10], *TEN]), at(2))
    assert one.found.vanished == 11
    made_at = at(1)
    dates = ImportDates(one=one.id, made_at=made_at, first_day=date(2026, 11, 1))
    await date_import(dates, actor=desk.officer, uow=desk.office.uow, now=at(2))
    dated = await desk.found(one.id)
    assert (dated.found.vanished, dated.made_at, dated.first_day) == (0, made_at, date(2026, 11, 1))
    loaded = await desk.loads(dated, at(2))
    assert (await desk.case("90")).vanished_in is None
    assert loaded.made_at == made_at


@pytest.mark.parametrize(
    "dates",
    [{"made_at": at(5)}, {"first_day": date(2026, 12, 1)}, {"last_day": date(2026, 1, 1)}],
    ids=["a moment to come", "begins after it ends", "ends before it begins"],
)
async def test_dates_that_cannot_be_are_refused(desk: Desk, folder: Folder, dates: dict[str, Any]) -> None:
    one = await desk.reads(folder.holds(TEN), NOW)
    with pytest.raises(ImportDatesUnfit):
        await date_import(ImportDates(one=one.id, **dates), actor=desk.officer, uow=desk.office.uow, now=NOW)


async def test_the_office_of_another_officer_knows_nothing_of_it(offices: Offices, desk: Desk, folder: Folder) -> None:
    one = await desk.reads(folder.holds(TEN), NOW)
    theirs = Desk(office=offices.theirs)
    with pytest.raises(UnknownChoice):
        await theirs.loads(one, NOW)
    facts = await read_imports(actor=theirs.officer, view=theirs.office.view, now=NOW)
    assert facts.imports == []
    with pytest.raises(NotPermitted):
        await read_imports(actor=desk.office.olga, view=desk.office.view, now=NOW)


# --- a plain table ---

PLAIN: Final[Row] = {"№": 5, "Когда": "06.11.2026", "О чём": "Яма", "Где": "Вятка"}
NAMED: Final = {Field.NUMBER: 0, Field.CREATED: 1, Field.TOPIC: 2, Field.SETTLEMENT: 3}


async def names_columns(desk: Desk, one: Import, named: Mapping[Field, int] = NAMED) -> None:
    await name_source(SourceNamed(one=one.id, source=AppealSource.POS), actor=desk.officer, uow=desk.office.uow)
    for step, asked in enumerate(ASKED_FIELDS):
        command = ColumnNamed(one=one.id, step=step, place=named.get(asked))
        await name_column(command, actor=desk.officer, uow=desk.office.uow)


async def test_the_columns_of_a_plain_table_are_asked_once_and_remembered(desk: Desk, folder: Folder) -> None:
    asking = await desk.reads(folder.holds([PLAIN]), NOW)
    assert asking.state is ImportState.ASKING_COLUMNS
    assert asking.asking is not None
    assert asking.asking.headers == tuple(PLAIN)
    await names_columns(desk, asking)
    await confirm_columns(OfImport(one=asking.id), actor=desk.officer, uow=desk.office.uow, now=NOW)
    await desk.works_off(NOW)
    await desk.loads(await desk.found(asking.id), NOW)
    case = await desk.case("5")
    assert (case.appeal.topic, case.appeal.source) == ("Яма", AppealSource.POS)
    again = await desk.reads(folder.holds([PLAIN, {**PLAIN, "№": 6}]), at(1))
    assert (again.state, counted(again)) == (ImportState.WAITING, (1, 0, 1, 0))


async def test_columns_are_not_confirmed_before_all_are_named(desk: Desk, folder: Folder) -> None:
    one = await desk.reads(folder.holds([PLAIN]), NOW)
    confirm = OfImport(one=one.id)
    with pytest.raises(UnknownChoice):
        await confirm_columns(confirm, actor=desk.officer, uow=desk.office.uow, now=NOW)
    await names_columns(desk, one)
    await name_columns_anew(confirm, actor=desk.officer, uow=desk.office.uow)
    with pytest.raises(UnknownChoice):
        await confirm_columns(confirm, actor=desk.officer, uow=desk.office.uow, now=NOW)


@pytest.mark.parametrize(("step", "place"), [(0, None), (1, 0), (0, 9), (0, -1)])
async def test_a_button_of_another_question_and_a_needed_field_without_a_column_are_refused(
    desk: Desk, folder: Folder, step: int, place: int | None
) -> None:
    one = await desk.reads(folder.holds([PLAIN]), NOW)
    with pytest.raises(UnknownChoice):
        await name_column(ColumnNamed(one=one.id, step=step, place=place), actor=desk.officer, uow=desk.office.uow)


async def test_one_column_does_not_answer_two_questions(desk: Desk, folder: Folder) -> None:
    one = await desk.reads(folder.holds([PLAIN]), NOW)
    await name_column(ColumnNamed(one=one.id, step=0, place=0), actor=desk.officer, uow=desk.office.uow)
    with pytest.raises(UnknownChoice):
        await name_column(ColumnNamed(one=one.id, step=1, place=0), actor=desk.officer, uow=desk.office.uow)


# --- refusals ---


async def test_an_export_without_a_row_of_the_office_changes_nothing(desk: Desk, folder: Folder) -> None:
    one = await desk.reads(folder.holds([im(1, Муниципалитет="Боровичский округ")]), NOW)
    assert (one.state, one.refusal, one.found.foreign) == (ImportState.REFUSED, ImportRefusal.NO_ROWS, 1)


async def test_a_file_that_is_gone_is_refused(desk: Desk, tmp_path: Path) -> None:
    one = await desk.reads(tmp_path / "нет.csv", NOW)
    assert one.state is ImportState.REFUSED


# --- what must not be taken for something else ---


async def test_an_appeal_whose_row_cannot_be_read_has_not_vanished(desk: Desk, folder: Folder) -> None:
    twenty = [im(number) for number in range(1, 21)]
    await desk.imports(folder.holds(twenty), NOW)
    faulty = im(1, **{"Дата окончания": "вчера"})
    later = await desk.imports(folder.holds([faulty, *twenty[1:]]), at(1))
    assert (later.found.faulty, later.found.vanished) == (1, 0)
    assert (await desk.case("1")).vanished_in is None


async def test_whose_numbers_a_table_has_is_said_once(desk: Desk, folder: Folder) -> None:
    one = await desk.reads(folder.holds([PLAIN]), NOW)
    of_pos, of_im = (SourceNamed(one=one.id, source=source) for source in (AppealSource.POS, AppealSource.IM))
    await name_source(of_pos, actor=desk.officer, uow=desk.office.uow)
    with pytest.raises(ImportNotOpen):
        await name_source(of_im, actor=desk.officer, uow=desk.office.uow)


async def test_nothing_is_taken_back_while_a_later_import_is_applied(desk: Desk, folder: Folder) -> None:
    first = await desk.imports(folder.holds([TEN[0]]), NOW)
    later = await desk.reads(folder.holds(TEN), at(1))
    await confirm_import(ConfirmImport(one=later.id), actor=desk.officer, uow=desk.office.uow, now=at(1))
    with pytest.raises(ImportNotOpen):
        await desk.undoes(first, at(1) + timedelta(seconds=2))
    await desk.works_off(at(1) + timedelta(seconds=3))
    await desk.undoes(await desk.found(later.id), at(2))


async def test_a_cancelled_question_about_an_appeal_goes_with_it(desk: Desk, folder: Folder) -> None:
    office, officer = desk.office, desk.officer
    one = await desk.imports(folder.holds([im(1)]), NOW)
    place, case = office.private(officer), await desk.case("1")
    opened = OpenAppealRecord(appeal=case.id, kind=RecordKind.GIVE, place=place)
    await open_appeal_record(opened, actor=officer, uow=office.uow, now=NOW)
    record = await open_record_of(office, officer)
    assert record is not None
    await cancel_record(OfRecord(record=record.id), actor=officer, uow=office.uow)
    await desk.undoes(one, at(1))
    async with office.view() as unit:
        assert await unit.standing.of(Subject.RECORD, record.id) == []
