"""Files are read in a process of their own: it may swell, hang or die, and the bot answers others meanwhile."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.gateways import sheet_reader
from bot.gateways.sheet_reader import NotHeldIn, ReadingCaps, SheetReader
from bot.gateways.sheet_wire import FrameKind, frame, read_rows, written_row
from risk.appeals import Appeal, AppealSource
from risk.cells import Wrong
from risk.export_columns import Field, LayoutKind
from risk.export_layouts import ColumnMapping, recognise
from risk.export_rows import ReadRow, RowFault
from risk.first_answers import FirstAnswer
from risk.sheet_faults import SheetFault, SheetRefused
from risk.sheets import Cell, CellKind
from storage.documents.file_caps import FileCaps
from tests.risk.exports import IM_ROW, read
from tests.support.programs import finished
from tests.support.workbooks import (
    EVERY_SAMPLE,
    IM_SAMPLE,
    POS_SAMPLE,
    separated,
    sheet_xml,
    table_of,
    with_sheet,
    workbook,
)

ROOT = Path(__file__).resolve().parents[2]
MEBIBYTE = 2**20
MOSCOW = "Europe/Moscow"
TIGHT = ReadingCaps(memory_bytes=256 * MEBIBYTE, seconds=20.0)
LOADED = "import sys, bot.gateways.sheet_{which}; print(*{{name.partition('.')[0] for name in sys.modules}})"


async def all_of(path: Path, caps: ReadingCaps | None = None, **other: Any) -> list[ReadRow]:
    async with SheetReader(caps).reading(path, zone=MOSCOW, **other) as reading:
        return [row async for batch in reading.batches() for row in batch]


async def fault_of(path: Path, caps: ReadingCaps | None = None) -> SheetFault:
    with pytest.raises(SheetRefused) as refused:
        await all_of(path, caps)
    return refused.value.fault


def put(path: Path, content: bytes) -> None:
    path.write_bytes(content)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "выгрузка.xlsx"


@pytest.mark.parametrize("sample", EVERY_SAMPLE, ids=lambda path: path.stem)
async def test_what_comes_back_is_what_the_sheet_says(sample: Path) -> None:
    async with SheetReader().reading(sample, zone=MOSCOW) as reading:
        rows = [row async for batch in reading.batches() for row in batch]
    table = table_of(sample)
    assert reading.recognition == recognise(table)
    assert rows == read(table)
    assert (reading.height or 0) >= len(table)


async def test_faults_mappings_and_unfamiliar_words_come_back_too(file: Path) -> None:
    put(file, workbook([["Номер", "Дата", "Шаг"], [1, "06.11.2026", "На контроле"], [2, "вчера", ""]]))
    mapping = ColumnMapping.of(AppealSource.HAND, {"Номер": Field.NUMBER, "Дата": Field.CREATED, "Шаг": Field.STEP})
    async with SheetReader().reading(file, zone=MOSCOW, mappings=[mapping]) as reading:
        rows = [row async for batch in reading.batches() for row in batch]
    assert reading.recognition.layout is LayoutKind.MAPPED
    assert isinstance(rows[0], Appeal)
    assert rows[1] == RowFault(row=3, column="Дата", wrong=Wrong.NOT_A_DATE, found=CellKind.TEXT, number="2")
    assert reading.unfamiliar == {("Шаг", "На контроле"): 1}


async def test_a_file_that_is_no_export_says_its_headers_and_gives_no_rows(file: Path) -> None:
    put(file, workbook([["Номер карточки", "Поступило"], [1, "06.11.2026"]]))
    async with SheetReader().reading(file, zone=MOSCOW) as reading:
        assert [batch async for batch in reading.batches()] == []
    assert reading.recognition.layout is None
    assert [column.header for column in reading.recognition.columns] == ["Номер карточки", "Поступило"]


async def test_of_several_sheets_the_export_is_read(file: Path) -> None:
    put(file, workbook(table_of(POS_SAMPLE)[:5], above=[[["Пояснения", "к выгрузке"]]]))
    assert len(await all_of(file)) == 4


# --- what a file may do to its reader ---


async def test_each_unsound_file_is_refused_with_its_fault(file: Path) -> None:
    assert await fault_of(file) is SheetFault.GONE
    for content, fault in (
        (b"", SheetFault.EMPTY),
        (b"\x00\x01\x02", SheetFault.NOT_A_SHEET),
        (POS_SAMPLE.read_bytes()[:9000], SheetFault.TRUNCATED),
        (with_sheet(b"<worksheet><sheetData><row><c r='!!'"), SheetFault.DAMAGED),
    ):
        put(file, content)
        assert await fault_of(file) is fault


async def test_a_bomb_that_unpacks_past_all_memory_ends_its_reader_alone(file: Path) -> None:
    """The cap on unpacked bytes is wide here, as for an archive that lies: only memory is left to stop it."""
    filling = b"<row><c t='inlineStr'><is><t>" + b"a" * (300 * MEBIBYTE) + b"</t></is></c></row>"
    bomb = with_sheet(sheet_xml("%s").encode().replace(b"%s", filling))
    assert len(bomb) < MEBIBYTE
    put(file, bomb)
    wide = ReadingCaps(file=FileCaps(unpacked_bytes=2**34), memory_bytes=256 * MEBIBYTE)
    assert await fault_of(file, wide) is SheetFault.UNPACKS_TOO_BIG


async def test_two_cells_at_the_ends_of_a_sheet_of_billions_are_refused(file: Path) -> None:
    ends = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    put(file, with_sheet(sheet_xml(ends)))
    assert await fault_of(file, TIGHT) is SheetFault.UNPACKS_TOO_BIG


async def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await fault_of(IM_SAMPLE, ReadingCaps(seconds=0.001)) is SheetFault.TOOK_TOO_LONG


@pytest.mark.parametrize(
    ("end", "fault"),
    [
        (signal.SIGABRT, SheetFault.UNPACKS_TOO_BIG),
        (signal.SIGKILL, SheetFault.UNPACKS_TOO_BIG),
        (signal.SIGXCPU, SheetFault.TOOK_TOO_LONG),
        (signal.SIGSEGV, SheetFault.DAMAGED),
    ],
)
async def test_however_the_reader_dies_the_file_is_refused(
    end: signal.Signals, fault: SheetFault, played_by: "PlayedBy"
) -> None:
    played_by(f"import os; os.kill(os.getpid(), {int(end)})")
    assert await fault_of(IM_SAMPLE) is fault


async def test_no_file_is_read_where_the_reader_may_not_limit_itself(played_by: "PlayedBy") -> None:
    played_by(
        "import resource, sys; from bot.gateways import sheet_child\n"
        "def refuse(*_): raise PermissionError\n"
        "resource.setrlimit = refuse; sys.exit(sheet_child.main())"
    )
    with pytest.raises(NotHeldIn):
        await all_of(IM_SAMPLE)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\xff\xff\xff\xff",
        b"\x00\x00\x00\x02{}",
        b"\x00\x00\x00\x03abc",
        frame(FrameKind.ENDED, []),
        frame(FrameKind.RECOGNISED, {"layout": "im"}, 1),
        frame(FrameKind.REFUSED, "no such fault"),
        frame(FrameKind.REFUSED),
    ],
)
async def test_a_reader_that_says_something_else_than_it_should_is_not_believed(
    said: bytes, played_by: "PlayedBy"
) -> None:
    played_by(f"import sys; sys.stdout.buffer.write({said!r})")
    assert await fault_of(IM_SAMPLE) is SheetFault.DAMAGED


async def test_a_reader_that_hangs_is_ended_and_leaves_nothing_behind(played_by: "PlayedBy", tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    played_by(f"import os, time; open({str(mark)!r}, 'w').write(str(os.getpid())); time.sleep(600)")
    assert await fault_of(IM_SAMPLE, ReadingCaps(seconds=2.0)) is SheetFault.TOOK_TOO_LONG
    with pytest.raises(ProcessLookupError):
        os.kill(int(mark.read_text()), 0)


async def test_whoever_stops_listening_ends_the_reader(tmp_path: Path) -> None:
    file = tmp_path / "много.csv"
    rows: list[Sequence[Cell]] = [list(IM_ROW), *([[number, *list(IM_ROW.values())[1:]] for number in range(20_000)])]
    put(file, separated(rows).encode())
    reader = SheetReader()
    async with reader.reading(file, zone=MOSCOW) as reading:
        async for _ in reading.batches():
            break
        process = reading._process
    assert process.returncode == -signal.SIGKILL
    assert len(await asyncio.wait_for(_counted(reader, POS_SAMPLE), 30)) == 300


async def test_others_are_served_while_a_file_is_read(file: Path) -> None:
    rows: list[Sequence[Cell]] = [list(IM_ROW), *([[number, *list(IM_ROW.values())[1:]] for number in range(5_000)])]
    put(file, separated(rows).encode())
    served = 0

    async def others() -> None:
        nonlocal served
        while True:
            await asyncio.sleep(0)
            served += 1

    meanwhile = asyncio.get_running_loop().create_task(others())
    try:
        assert len(await all_of(file)) == 5_000
    finally:
        meanwhile.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await meanwhile
    assert served > 100


async def test_two_files_are_read_one_after_another() -> None:
    reader = SheetReader()
    found = await asyncio.gather(_counted(reader, IM_SAMPLE), _counted(reader, POS_SAMPLE))
    assert [len(rows) for rows in found] == [420, 300]


async def _counted(reader: SheetReader, path: Path) -> list[ReadRow]:
    async with reader.reading(path, zone=MOSCOW) as reading:
        return [row async for batch in reading.batches() for row in batch]


# --- what the reader has and has not ---


@pytest.mark.parametrize("which", ["child", "reader"])
async def test_neither_end_of_the_pipe_needs_telegram_or_the_database(which: str) -> None:
    ended = await finished(sys.executable, "-c", LOADED.format(which=which), environment={}, folder=ROOT)
    loaded = set(ended.said.split())
    assert "risk" in loaded
    assert not loaded & {"aiogram", "aiohttp", "sqlalchemy", "handlers", "pydantic"}
    assert ("python_calamine" in loaded) == (which == "child")


async def test_the_reader_gets_no_secret(
    played_by: "PlayedBy", monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "42:invented")
    mark = tmp_path / "environment"
    played_by(f"import os, json; json.dump(dict(os.environ), open({str(mark)!r}, 'w'))")
    await fault_of(IM_SAMPLE)
    assert "BOT_TOKEN" not in json.loads(mark.read_text())


class PlayedBy:
    """Puts other code in the place of the process that reads."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._start = asyncio.create_subprocess_exec

    def __call__(self, code: str) -> None:
        async def start(program: str, *_: str, **how: Any) -> asyncio.subprocess.Process:
            return await self._start(program, "-c", code, **how)

        self._monkeypatch.setattr(sheet_reader.asyncio, "create_subprocess_exec", start)  # type: ignore[attr-defined]  # the module's own import


@pytest.fixture
def played_by(monkeypatch: pytest.MonkeyPatch) -> PlayedBy:
    return PlayedBy(monkeypatch)


# --- the wire ---


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.from_type(Appeal), st.from_type(FirstAnswer), st.from_type(RowFault)))
def test_a_row_comes_out_of_the_wire_as_it_went_in(row: ReadRow) -> None:
    body = frame(FrameKind.ROWS, [written_row(row)])[4:]
    assert read_rows(json.loads(body)[1]) == (row,)


@pytest.mark.parametrize(
    "row", [["Secret"], ["Appeal"], ["Appeal", 1, 2], [], ["RowFault", "a", None, "missing", "text"]]
)
def test_what_is_no_row_is_not_read(row: list[Any]) -> None:
    with pytest.raises((KeyError, IndexError, TypeError, ValueError)):
        read_rows([row])
