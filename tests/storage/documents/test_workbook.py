"""Registers as workbooks: read back cell by cell, and what an office program would act on, in the file itself."""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from risk.documents import Cell, Register
from storage.documents import workbook
from storage.documents.workbook import LONGEST_CELL, LONGEST_TITLE, write_workbook
from tests.storage.documents.papers import MADE_AT

AT_TEN = MADE_AT.replace(hour=10, tzinfo=None)
Read = dict[str, list[list[object]]]


def register(*rows: tuple[Cell, ...], title: str = "Риски", columns: int = 1) -> Register:
    titles = tuple(f"Столбец {number}" for number in range(columns))
    return Register(title=title, columns=titles, widths=(20,) * columns, rows=rows)


def write(tmp_path: Path, *registers: Register) -> Path:
    path = tmp_path / "book.xlsx"
    write_workbook("Реестры", registers, path, made_at=MADE_AT)
    return path


def read(path: Path) -> Read:
    book = CalamineWorkbook.from_path(str(path))
    return {name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names}


def cell_of(tmp_path: Path, cell: Cell) -> object:
    return read(write(tmp_path, register((cell, "конец"), columns=2)))["Риски"][1][0]


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def test_what_was_given_is_read_back_and_dates_are_dates(tmp_path: Path) -> None:
    row: tuple[Cell, ...] = ("ИР-12/26", 3, 0.5, date(2026, 11, 9), AT_TEN, None)
    [header, read_row] = read(write(tmp_path, register(row, columns=6)))["Риски"]
    assert header == [f"Столбец {number}" for number in range(6)]
    assert read_row == ["ИР-12/26", 3, 0.5, date(2026, 11, 9), AT_TEN, ""]


def test_the_header_stays_and_the_whole_sheet_can_be_filtered(tmp_path: Path) -> None:
    sheet = part(write(tmp_path, register(("а", "б"), ("в", "г"), columns=2)), "xl/worksheets/sheet1.xml")
    assert 'ySplit="1" topLeftCell="A2"' in sheet
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:B3"' in sheet
    assert "<cols>" in sheet


@pytest.mark.parametrize("start", list("=+-@\t＝＋－＠"))
def test_nothing_runs_in_a_sheet(tmp_path: Path, start: str) -> None:
    text = f'{start}cmd|"/c calc"!A1'
    path = write(tmp_path, register((text,)))
    assert read(path)["Риски"][1] == [f"'{text}"]
    assert "<f>" not in part(path, "xl/worksheets/sheet1.xml")


def test_an_address_is_text_and_no_link(tmp_path: Path) -> None:
    path = write(tmp_path, register(("https://vk.com/wall-1_2",)))
    assert read(path)["Риски"][1] == ["https://vk.com/wall-1_2"]
    assert "hyperlink" not in part(path, "xl/worksheets/sheet1.xml").lower()
    assert "formula" not in part(path, "xl/workbook.xml").lower()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("све\x00т\x1b\uffff", "свет"),
        ("\ud800нет", "нет"),
        ("две\nстроки", "две\nстроки"),
        ("0012", "0012"),
        (10**20, "1" + "0" * 20),
        (date(1812, 9, 7), "07.09.1812"),
        (float("nan"), ""),
        (float("inf"), ""),
        ("", ""),
    ],
)
def test_what_a_sheet_cannot_hold_is_held_as_near_as_can_be(tmp_path: Path, given: Cell, kept: str) -> None:
    assert cell_of(tmp_path, given) == kept


def test_a_longest_text_is_cut_between_signs(tmp_path: Path) -> None:
    kept = cell_of(tmp_path, "я" * (LONGEST_CELL - 1) + "😀")
    assert kept == "я" * (LONGEST_CELL - 1)


def test_more_rows_than_a_sheet_has_go_on_on_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    sheets = read(write(tmp_path, register(*((number,) for number in range(5)))))
    assert {name: [row[0] for row in rows] for name, rows in sheets.items()} == {
        "Риски": ["Столбец 0", 0, 1],
        "Риски (2)": ["Столбец 0", 2, 3],
        "Риски (3)": ["Столбец 0", 4],
    }


def test_a_register_of_nothing_is_a_sheet_with_its_header(tmp_path: Path) -> None:
    assert read(write(tmp_path, register())) == {"Риски": [["Столбец 0"]]}


def test_titles_of_sheets_are_such_as_may_be_and_no_two_alike(tmp_path: Path) -> None:
    titles = ["Риски: [все] */?\\ 2026", "РИСКИ все 2026", "'", "History", "о" * 40, "о" * 41, "😀" * 20]
    names = list(read(write(tmp_path, *(register(title=title) for title in titles))))
    assert names[:4] == ["Риски все 2026", "РИСКИ все 2026 (2)", "–", "History (2)"]
    assert len({name.lower() for name in names}) == len(titles)
    assert all(len(name.encode("utf-16-le")) // 2 <= LONGEST_TITLE for name in names)


def test_rows_are_taken_one_by_one_and_once(tmp_path: Path) -> None:
    taken: list[int] = []

    def rows() -> Iterator[tuple[Cell, ...]]:
        for number in range(1000):
            taken.append(number)
            yield (number,)

    lazily: Iterable[tuple[Cell, ...]] = rows()
    path = write(tmp_path, Register(title="Обращения", columns=("№",), widths=(9,), rows=lazily))
    assert taken == list(range(1000))
    assert len(read(path)["Обращения"]) == 1001


def test_the_same_registers_give_the_same_bytes_and_name_nobody(tmp_path: Path) -> None:
    first = write(tmp_path, register(("а",))).read_bytes()
    path = write(tmp_path, register(("а",)))
    assert path.read_bytes() == first
    about = part(path, "docProps/core.xml")
    assert "<dc:creator></dc:creator>" in about
    assert "2026-11-23T06:00:00Z" in about


def test_no_scraps_are_left_beside_it(tmp_path: Path) -> None:
    write(tmp_path, register(("а",)), register(("б",), title="Обращения"))
    assert [each.name for each in tmp_path.iterdir()] == ["book.xlsx"]
