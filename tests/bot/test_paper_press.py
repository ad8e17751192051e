"""A paper's file is made in a process of its own: what it fails with comes back, and nobody leaves it behind."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from bot.gateways.paper_press import NotMade, made_apart
from bot.gateways.paper_wire import End, Part, Rows, SetPaper, Sheet, WriteWorkbook, packed
from tests.storage.documents.papers import CHART, MADE_AT, PAPER

ROOT = Path(__file__).resolve().parents[2]
HEAD = Sheet(title="Лист", columns=("Номер", "Что"), widths=(10, 20))


def workbook(path: Path) -> WriteWorkbook:
    return WriteWorkbook(title="Реестры", path=path, made_at=MADE_AT)


def picture(path: Path) -> SetPaper:
    return SetPaper(composed=CHART, path=path, made_at=MADE_AT, template=None)


async def given(*parts: Part) -> AsyncIterator[Part]:
    for part in parts:
        yield part


def children() -> Iterator[int]:
    """Processes of ours that make a paper."""
    for entry in Path("/proc").iterdir():
        try:
            told, parent = (entry / "cmdline").read_bytes(), (entry / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if b"bot.gateways.paper_child" in told.split(b"\0") and int(parent) == os.getpid():
            yield int(entry.name)


async def test_rows_arrive_as_they_were_given(tmp_path: Path) -> None:
    path = tmp_path / "1.xlsx"
    rows = [Rows(rows=((number, "да"), (number + 1, None))) for number in (1, 3)]
    assert await made_apart(workbook(path), given(HEAD, *rows, HEAD, End())) is None
    book = CalamineWorkbook.from_path(str(path))
    first, second = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert first[1:] == [[1.0, "да"], [2.0, ""], [3.0, "да"], [4.0, ""]]
    assert second == [[*HEAD.columns]]


async def test_why_a_template_was_refused_comes_back_with_the_paper(tmp_path: Path) -> None:
    broken, path = tmp_path / "memo.docx", tmp_path / "1.docx"
    broken.write_bytes(b"PK\x03\x04 no archive")
    order = SetPaper(composed=PAPER, path=path, made_at=MADE_AT, template=broken)
    assert await made_apart(order) == "not a .docx"
    assert path.exists()


async def test_what_it_fails_with_comes_back_and_says_where_but_nobodys_words(tmp_path: Path) -> None:
    with pytest.raises(NotMade, match=r"(?s)FileNotFoundError.*pictures\.py") as failed:
        await made_apart(picture(tmp_path / "no such folder" / "1.png"))
    assert "no such folder" not in str(failed.value)
    assert not [*children()]


async def test_one_that_is_killed_makes_no_paper(tmp_path: Path) -> None:
    async def killing() -> AsyncIterator[Part]:
        yield HEAD
        [child] = children()
        os.kill(child, signal.SIGKILL)
        while True:  # for as long as somebody takes them
            yield Rows(rows=((1, "нет"),) * 1000)

    with pytest.raises(NotMade, match="-9"):
        await made_apart(workbook(tmp_path / "1.xlsx"), killing())
    assert not [*children()]


async def test_what_the_reading_fails_with_is_raised_and_ends_it(tmp_path: Path) -> None:
    async def failing() -> AsyncIterator[Part]:
        yield HEAD
        raise LookupError

    with pytest.raises(LookupError):
        await made_apart(workbook(tmp_path / "1.xlsx"), failing())
    assert not [*children()]


async def test_whoever_gives_it_up_ends_it(tmp_path: Path) -> None:
    begun = asyncio.Event()

    async def endless() -> AsyncIterator[Part]:
        yield HEAD
        begun.set()
        await asyncio.Event().wait()

    making = asyncio.create_task(made_apart(workbook(tmp_path / "1.xlsx"), endless()))  # noqa: TID251 - ours to cancel
    await begun.wait()
    making.cancel()
    with pytest.raises(asyncio.CancelledError):
        await making
    assert not [*children()]


@pytest.mark.parametrize("parts", [(), (HEAD,)], ids=["before a sheet", "within a sheet"])
async def test_it_ends_with_a_bot_that_is_killed(tmp_path: Path, parts: tuple[Part, ...]) -> None:
    """Its input ends then: the kernel sees to that."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.gateways.paper_child"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdin is not None
    process.stdin.writelines(map(packed, (workbook(tmp_path / "1.xlsx"), *parts)))
    process.stdin.close()
    async with asyncio.timeout(30):
        await process.wait()
