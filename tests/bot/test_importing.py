"""Each sample, variant and hostile file on its whole way: a preview or a plain refusal, nothing personal, no harm."""

import random
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from bot.gateways.sheet_reader import ReadingCaps
from bot.job_worker import JobWorker
from bot.tasks import TaskOwner
from risk.appeals import Appeal
from risk.export_columns import Fate
from risk.export_layouts import recognise
from risk.ids import JobId
from risk.imports import Door, Import, ImportRefusal, ImportState, Letter
from risk.jobs import MOST_ATTEMPTS, Job, JobKind, JobState
from risk.notices import RemoveMessage
from risk.sheet_faults import SheetFault
from risk.sheets import Cell
from storage import tables
from storage.documents.file_caps import FileCaps
from storage.hindrance import DatabaseUnavailable, Hindrance
from storage.jobs import JobBook
from tests.risk.exports import IM_ROW, POS_ROW, personal_cells, read
from tests.support.importing import RULES, Desk, importer_of
from tests.support.offices import NOW, Offices, StaffedOffice, planned
from tests.support.workbooks import (
    EVERY_SAMPLE,
    IM_SAMPLE,
    OLDER_POS_SAMPLE,
    POS_SAMPLE,
    Formula,
    Made,
    separated,
    sheet_xml,
    table_of,
    with_sheet,
    workbook,
)

MEBIBYTE: Final = 2**20
IM_TABLE: Final = table_of(IM_SAMPLE)[:41]
POS_TABLE: Final = table_of(POS_SAMPLE)[:41]
TIGHT: Final = ReadingCaps(memory_bytes=256 * MEBIBYTE, seconds=20.0)
SMALL: Final = ReadingCaps(file=FileCaps(file_bytes=MEBIBYTE, unpacked_bytes=2 * MEBIBYTE, rows=100, columns=60))

Table = Sequence[Sequence[Made]]


@pytest.fixture
async def desk(office: StaffedOffice) -> Desk:
    desk = Desk(office=office)
    await desk.sets(routing=RULES, municipalities=("Пестовский округ",))
    return desk


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "выгрузка.xlsx"


def put(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def own(table: Sequence[Sequence[Cell]]) -> dict[str, Appeal]:
    """What of a table is the office's, by number, as it is read without a database."""
    return {
        row.number: row
        for row in read(table)
        if isinstance(row, Appeal) and row.municipality in {None, "Пестовский округ"}
    }


async def kept(desk: Desk) -> dict[str, Appeal]:
    return {number: case.appeal for number, case in (await desk.cases()).items()}


# --- samples and variants of them ---


@pytest.mark.parametrize("sample", [IM_SAMPLE, POS_SAMPLE, OLDER_POS_SAMPLE], ids=lambda path: path.stem)
async def test_of_each_sample_what_is_the_offices_is_kept(sample: Path, desk: Desk) -> None:
    one = await desk.imports(sample, NOW)
    expected = own(table_of(sample))
    assert await kept(desk) == expected
    assert one.found.rows == len(table_of(sample)) - 1
    assert one.found.new == len(expected) == one.found.rows - one.found.foreign - one.found.faulty


def shuffled(table: Table) -> Table:
    places = list(range(len(table[0])))
    random.Random(7).shuffle(places)
    return [[row[place] for place in places] for row in table]


def renamed(table: Table) -> Table:
    return [[f"  {str(name).upper().replace(' ', '  ')} " for name in table[0]], *table[1:]]


def without(table: Table, *names: str) -> Table:
    left = [place for place, name in enumerate(table[0]) if name not in names]
    return [[row[place] for place in left] for row in table]


def doubled(table: Table, name: str) -> Table:
    place = list(table[0]).index(name)
    return [[*row, row[place]] for row in table]


def as_formulas(table: Table) -> Table:
    """Numbers worked out by the sheet."""
    place = list(table[0]).index("Номер инцидента")
    return [table[0], *[[*row[:place], Formula("A1+1", row[place]), *row[place + 1 :]] for row in table[1:]]]  # type: ignore[arg-type]  # floats


SAME_APPEALS: Final[dict[str, Callable[[Table], bytes]]] = {
    "columns shuffled": lambda table: workbook(shuffled(table)),
    "columns renamed by case and spaces": lambda table: workbook(renamed(table)),
    "columns missing that nobody needs": lambda table: workbook(without(table, "Кабинет", "ID", "Улица", "Дом")),
    "columns doubled": lambda table: workbook(doubled(table, "Тема")),
    "unknown columns": lambda table: workbook([[*table[0], "Новое"], *[[*row, "слово"] for row in table[1:]]]),
    "formulas": lambda table: workbook(as_formulas(table)),
    "merged rows above": lambda table: workbook([["Выгрузка за ноябрь"], [], *table], merged=["A1:AU1"]),
    "numbers of columns below": lambda table: workbook([table[0], list(range(1, len(table[0]) + 1)), *table[1:]]),
    "text in cp1251": lambda table: separated(table).encode("cp1251"),  # type: ignore[arg-type]  # no formulas here
    "text with a mark of order and tabs": lambda table: separated(table, "\t").encode("utf-8-sig"),  # type: ignore[arg-type]  # nor here
    "a sheet of remarks before it": lambda table: workbook(table, above=[[["Пояснения"]]]),
}


@pytest.mark.parametrize("variant", SAME_APPEALS)
async def test_a_variant_of_a_sample_says_the_same_of_the_same_appeals(variant: str, desk: Desk, file: Path) -> None:
    put(file, SAME_APPEALS[variant](IM_TABLE))
    await desk.imports(file, NOW)
    assert await kept(desk) == own(IM_TABLE)


async def test_a_wrong_extension_does_not_matter(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "выгрузка.pdf"
    put(file, workbook(POS_TABLE))
    await desk.imports(file, NOW)
    assert await kept(desk) == own(POS_TABLE)


async def test_odd_cells_are_read_or_told_of_by_row_and_column(desk: Desk, file: Path) -> None:
    base = {**IM_ROW, "Исполнитель": "'Отдел ЖКХ"}
    time = "Время с даты создания инцидента до времени первого ответа, рабочее время"
    rows = [
        base,
        {**base, "Номер инцидента": "700001.0", time: "4 days, 13:57:57.384000"},
        {**base, "Номер инцидента": "'700002", "Тема": "'Ямы"},
        {**base, "Номер инцидента": 700003, "Дата создания": "1900-01-01 00:00:00"},
        {**base, "Номер инцидента": 700004, "Дата окончания": "9999-12-31 00:00:00"},
        {**base, "Номер инцидента": 700005.5},
        {**base, "Номер инцидента": 700006, time: "когда-то"},
        {**base, "Номер инцидента": 700000},
    ]
    put(file, workbook([list(base), *[list(row.values()) for row in rows]]))
    one = await desk.imports(file, NOW)
    assert one.found.faulty == len(one.found.faults) == 8 - len(await desk.cases())
    assert set(await desk.cases()) >= {"700000", "700001", "700002"}
    assert {fault.row for fault in one.found.faults} >= {5, 6, 9}
    long = (await desk.case("700001")).appeal.first_answer_time
    assert str(long) == "4 days, 13:57:57.384000"
    assert (await desk.case("700002")).appeal.topic == "Ямы"
    assert (await desk.case("700000")).appeal.executor == "Отдел ЖКХ"


# --- what is refused ---

ENCRYPTED: Final = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(99)
BILLIONS: Final = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
FAULTY: Final[dict[str, tuple[Callable[[], bytes], SheetFault, ReadingCaps | None]]] = {
    "empty": (lambda: b"", SheetFault.EMPTY, None),
    "no table": (lambda: b"%PDF-1.7\n\x00\x01", SheetFault.NOT_A_SHEET, None),
    "truncated": (lambda: POS_SAMPLE.read_bytes()[:9000], SheetFault.TRUNCATED, None),
    "text cut off": ((separated(IM_TABLE) + "5;оборвано").encode, SheetFault.TRUNCATED, None),
    "damaged": (lambda: with_sheet(b"<worksheet><sheetData><row><c r='!!'"), SheetFault.DAMAGED, None),
    "encrypted": (lambda: ENCRYPTED, SheetFault.ENCRYPTED, None),
    "zip bomb": (lambda: with_sheet(sheet_xml("") + " " * 800 * MEBIBYTE), SheetFault.UNPACKS_TOO_BIG, None),
    "two cells billions apart": (lambda: with_sheet(sheet_xml(BILLIONS)), SheetFault.UNPACKS_TOO_BIG, TIGHT),
    "a million columns": (lambda: b";" * 1_000_000 + b"\n", SheetFault.TOO_MANY_COLUMNS, None),
    "many rows": (lambda: workbook([["а"]] * 101), SheetFault.TOO_MANY_ROWS, SMALL),
    "a big file": (lambda: bytes(MEBIBYTE + 1), SheetFault.TOO_BIG, SMALL),
    "read too long": (lambda: workbook(IM_TABLE), SheetFault.TOOK_TOO_LONG, ReadingCaps(seconds=0.001)),
}


@pytest.mark.parametrize("hostile", FAULTY)
async def test_a_file_that_cannot_be_read_is_refused_with_its_fault_and_leaves_nothing(
    hostile: str, desk: Desk, file: Path, offices: Offices
) -> None:
    made, fault, caps = FAULTY[hostile]
    put(file, made())
    one = await replace(desk, caps=caps).reads(file, NOW)
    assert (one.state, one.fault, one.refusal) == (ImportState.REFUSED, fault, None)
    await leaves_nothing(offices)


async def leaves_nothing(offices: Offices) -> None:
    for table in (tables.staged_appeals, tables.appeals, tables.appeal_changes, tables.first_answers):
        assert await offices.rows(table) == []
    assert {row["state"] for row in await offices.rows(tables.jobs)} == {"done"}


@pytest.mark.parametrize("table", [IM_TABLE, POS_TABLE], ids=["im", "pos"])
async def test_an_export_without_the_numbers_or_the_dates_is_refused_by_their_names(
    table: Table, desk: Desk, file: Path, offices: Offices
) -> None:
    needed = {"Дата создания", "Дата поступления"}
    put(file, workbook(without(table, *needed)))
    one = await desk.reads(file, NOW)
    assert one.state is not ImportState.WAITING
    if one.state is ImportState.REFUSED:
        assert one.refusal is ImportRefusal.MISSING_COLUMNS
        assert set(one.found.missing) <= needed
    await leaves_nothing(offices)


async def test_columns_that_contradict_one_another_are_faults_of_their_rows(
    desk: Desk, file: Path, offices: Offices
) -> None:
    row = [*POS_ROW.values(), "Свалка иная"]
    put(file, workbook([[*POS_ROW, "Подкатегория"], row]))
    one = await desk.reads(file, NOW)
    assert (one.refusal, one.found.faulty) == (ImportRefusal.NO_ROWS, 1)
    assert one.found.doubled == ("Подкатегория",)
    await leaves_nothing(offices)


async def test_a_file_that_falls_out_of_its_reading_half_way_leaves_nothing(
    desk: Desk, file: Path, offices: Offices
) -> None:
    rows = [[number, *list(IM_ROW.values())[1:]] for number in range(3000)]
    put(file, (separated([list(IM_ROW), *rows]) + "5;оборвано").encode())
    one = await desk.reads(file, NOW)
    assert (one.state, one.fault) == (ImportState.REFUSED, SheetFault.TRUNCATED)
    await leaves_nothing(offices)


@pytest.mark.parametrize("lets_in", [False, True])
async def test_what_tells_of_residents_is_refused_at_the_bots_door_and_its_message_removed(
    lets_in: bool, desk: Desk, offices: Offices
) -> None:
    letter = Letter(place=desk.office.private(desk.officer), message=77)
    there = replace(desk, lets_residents_in=lets_in)
    one = await there.reads(IM_SAMPLE, NOW, door=Door.BOT, letter=letter)
    removals = [notice for notice, _ in await planned(offices) if isinstance(notice, RemoveMessage)]
    if lets_in:
        assert (one.state, removals) == (ImportState.WAITING, [])
    else:
        assert (one.state, one.refusal) == (ImportState.REFUSED, ImportRefusal.TELLS_OF_RESIDENTS)
        assert [each.message for each in removals] == [77]
        await leaves_nothing(offices)


async def test_an_export_without_columns_about_residents_passes_the_bots_door(desk: Desk) -> None:
    letter = Letter(place=desk.office.private(desk.officer), message=77)
    assert (await desk.reads(POS_SAMPLE, NOW, door=Door.BOT, letter=letter)).state is ImportState.WAITING


async def test_others_are_served_while_a_file_is_read(desk: Desk, file: Path, offices: Offices) -> None:
    rows = [[number, *list(IM_ROW.values())[1:]] for number in range(20_000)]
    put(file, separated([list(IM_ROW), *rows]).encode())
    read: list[Import] = []

    async def reads() -> None:
        read.append(await desk.reads(file, NOW))

    reading = TaskOwner().start(reads(), name="an import", awaited=True)
    filed = 0
    while not reading.done():
        await desk.office.filed(f"Яма {filed}")
        filed += 1
    await reading
    assert read[0].found.new == 20_000
    assert filed > 5


# --- nothing personal ---


async def test_nothing_personal_of_any_sample_is_anywhere_in_the_database(desk: Desk, offices: Offices) -> None:
    for sample in EVERY_SAMPLE:
        await desk.imports(sample, NOW)
    await desk.settles(NOW)
    told = [text async for text in everything_told(offices)]
    words = " ".join(told)
    personal = set(personal_of_samples())
    assert len(personal) > 1000
    assert [each for each in personal if each in words] == []
    assert not re.search(r"\[id\d|[/.]id\d|wall\d|reply=|/im\?|/gim", words)
    files = b"".join(each.read_bytes() for each in sorted(offices.path.parent.glob(f"{offices.path.name}*")))
    assert [each for each in personal if each.encode() in files] == []


async def everything_told(offices: Offices) -> AsyncIterator[str]:
    for table in tables.metadata.sorted_tables:
        for row in await offices.rows(table):
            for value in row.values():
                if isinstance(value, str):
                    yield value


def personal_of_samples() -> Iterator[str]:
    """Texts, authors, streets, houses, staff: but what also stands in a column that is kept."""
    for sample in EVERY_SAMPLE:
        table = table_of(sample)
        found = recognise(table)
        ours = [column.place for column in found.columns if column.fate is Fate.KEPT]
        kept_words = " ".join(str(row[place]) for row in table for place in ours)
        for text in personal_cells(table):
            if len(text) > 3 and text not in kept_words and not text.isdigit():
                yield text


# --- the worker ---


class Works:
    """Long work that ends as it is told to, in order."""

    def __init__(self, *ends: BaseException | None) -> None:
        self._ends = list(ends)
        self.done: list[JobId] = []
        self.given_up: list[JobId] = []

    async def do(self, job: Job) -> None:
        end = self._ends.pop(0) if self._ends else None
        if end is not None:
            raise end
        self.done.append(job.id)

    async def give_up(self, job: Job) -> None:
        self.given_up.append(job.id)


async def worked(offices: Offices, works: Works, boot: str = "this run") -> None:
    """The worker until it is idle."""
    worker = JobWorker(JobBook(offices.database, boot=boot), {JobKind.READ_EXPORT: works.do}, given_up=works.give_up)
    tasks = TaskOwner()
    running = tasks.start(worker.run(), name="long work", awaited=True)
    await worker.idle()
    worker.stop()
    await running


async def plans(office: StaffedOffice, *subjects: int) -> None:
    async with office.uow() as unit:
        for subject in subjects:
            await unit.jobs.plan(JobKind.READ_EXPORT, subject, NOW)
        await unit.commit()


async def states(offices: Offices) -> list[tuple[str, str | None]]:
    return [(row["state"], row["why"]) for row in await offices.rows(tables.jobs)]


async def test_work_is_done_in_its_order_and_once(offices: Offices) -> None:
    await plans(offices.ours, 1, 2, 2)
    await plans(offices.theirs, 3)
    works = Works()
    await worked(offices, works)
    assert works.done == [1, 2, 3]
    assert await states(offices) == [("done", None)] * 3


async def test_work_that_fails_is_given_up_at_once_and_the_next_one_done(offices: Offices) -> None:
    await plans(offices.ours, 1, 2)
    works = Works(RuntimeError("ours"))
    await worked(offices, works)
    assert (works.given_up, works.done) == ([1], [2])
    assert await states(offices) == [("failed", "fault"), ("done", None)]


async def test_work_that_the_disk_hinders_is_taken_up_again(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.job_worker.PAUSE_FOR_DISK", 0.0)
    await plans(offices.ours, 1)
    works = Works(*[DatabaseUnavailable(Hindrance.NO_ROOM)] * 5)
    await worked(offices, works)
    assert (works.given_up, works.done) == ([], [1])
    [row] = await offices.rows(tables.jobs)
    assert row["attempts"] == 1


async def test_work_that_took_the_bot_down_too_often_is_given_up(offices: Offices) -> None:
    await plans(offices.ours, 1)
    for life in range(MOST_ATTEMPTS):
        book = JobBook(offices.database, boot=f"life {life}")
        assert await book.recover() == []
        assert await book.claim() is not None
    works = Works()
    await worked(offices, works, boot="the last life")
    assert (works.given_up, works.done) == ([1], [])
    assert await states(offices) == [("failed", "restarts")]


async def test_what_is_given_up_stays_so_until_that_is_noted(offices: Offices) -> None:
    """A kill between the two gives it up once more: whoever waits for the import hears of it."""
    await plans(offices.ours, 1)
    for life in range(MOST_ATTEMPTS):
        await JobBook(offices.database, boot=f"life {life}").recover()
        await JobBook(offices.database, boot=f"life {life}").claim()
    for boot in ("one", "another"):
        book = JobBook(offices.database, boot=boot)
        assert [job.subject for job in await book.recover()] == [1]
        assert await book.claim() is None
    await book.ended(JobId(1), JobState.FAILED, "restarts")
    assert await JobBook(offices.database, boot="yet another").recover() == []


async def test_an_import_whose_work_is_given_up_has_failed_and_leaves_nothing(
    desk: Desk, offices: Offices, file: Path
) -> None:
    one = await desk.reads(IM_SAMPLE, NOW)
    async with desk.office.uow() as unit:
        await unit.imports.save(replace(one, state=ImportState.READING))
        await unit.commit()
    job = Job(id=JobId(1), office=desk.office.id, kind=JobKind.READ_EXPORT, subject=one.id, attempts=3)
    await importer_of(desk.office, lambda: NOW).give_up(job)
    failed: Import = await desk.found(one.id)
    assert failed.state is ImportState.FAILED
    await leaves_nothing(offices)
