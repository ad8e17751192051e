"""Files as sheets: by content, within caps, and each unsound one with its own fault."""

import os
import zipfile
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from risk.sheet_faults import SheetFault, SheetRefused
from risk.sheets import Cell, Row
from storage.documents.file_caps import FileCaps
from storage.documents.sheet_files import sheets_of
from tests.support.workbooks import (
    EVERY_SAMPLE,
    IM_SAMPLE,
    POS_SAMPLE,
    Formula,
    separated,
    sheet_xml,
    table_of,
    with_sheet,
    workbook,
    zipped,
)

TABLE: list[list[Cell]] = [["Номер", "Тема", "Дата"], ["1", "Ямы", "06.11.2026"], ["2", "Свет; мусор", "07.11.2026"]]
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
SMALL = FileCaps(file_bytes=100_000, unpacked_bytes=200_000, rows=50, columns=20)


def rows_of(path: Path, caps: FileCaps | None = None) -> list[list[Cell]]:
    return [list(row) for sheet in sheets_of(path, caps or FileCaps()) for row in sheet.rows]


def fault_of(path: Path, caps: FileCaps | None = None) -> SheetFault:
    with pytest.raises(SheetRefused) as refused:
        rows_of(path, caps)
    return refused.value.fault


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Somewhere to write, with an extension that says nothing."""
    return tmp_path / "выгрузка.dat"


@pytest.mark.parametrize("sample", EVERY_SAMPLE, ids=lambda path: path.stem)
def test_each_sample_is_read_cell_by_cell(sample: Path) -> None:
    assert rows_of(sample) == table_of(sample)


@pytest.mark.parametrize("sample", EVERY_SAMPLE, ids=lambda path: path.stem)
def test_the_extension_does_not_matter(sample: Path, tmp_path: Path) -> None:
    for name in ("а.csv", "а.xlsx", "а.xls", "а"):
        renamed = tmp_path / name
        renamed.write_bytes(sample.read_bytes())
        assert len(rows_of(renamed)) == len(table_of(sample))


# --- separated text ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_text_is_read_in_each_encoding_and_with_each_separator(file: Path, encoding: str, separator: str) -> None:
    file.write_bytes(separated(TABLE, separator).encode(encoding))
    assert rows_of(file) == TABLE


def test_a_header_with_commas_does_not_hide_the_separator(file: Path) -> None:
    file.write_text("Время, рабочее, ч:м:с;Номер\n1:00:00;5\n", encoding="utf-8")
    assert rows_of(file)[0] == ["Время, рабочее, ч:м:с", "Номер"]


def test_excels_line_about_the_separator_is_no_row_but_counts_as_one(file: Path) -> None:
    file.write_text("sep=,\nНомер;а,Тема\n1,Ямы\n", encoding="utf-8")
    assert rows_of(file) == [[], ["Номер;а", "Тема"], ["1", "Ямы"]]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_system_ends_them_and_texts_may_hold_ends_of_lines(file: Path, ending: str) -> None:
    file.write_bytes(ending.join(["Номер;Текст", '1;"два' + ending + 'слова"', "2;нет", ""]).encode())
    rows = rows_of(file)
    assert [row[0] for row in rows] == ["Номер", "1", "2"]


def test_a_file_without_an_end_of_its_last_line_is_whole(file: Path) -> None:
    file.write_text(separated(TABLE).rstrip(), encoding="utf-8")
    assert rows_of(file) == TABLE


# --- workbooks ---


def test_cells_of_a_workbook_come_as_plain_values(file: Path) -> None:
    at = datetime.fromisoformat("2026-11-06 02:51:43")
    file.write_bytes(
        workbook(
            [
                ["'с апострофом", 6100013.0, True, at, date(2026, 11, 6)],
                [timedelta(hours=30), timedelta(minutes=71), date(1900, 3, 1), date(9999, 12, 31), None],
            ]
        )
    )
    assert rows_of(file) == [
        ["'с апострофом", 6100013.0, True, at, date(2026, 11, 6)],
        [timedelta(hours=30), timedelta(minutes=71), date(1900, 3, 1), date(9999, 12, 31), ""],
    ]


def test_of_a_formula_what_it_showed_is_read_and_nothing_is_worked_out(file: Path) -> None:
    file.write_bytes(
        workbook([[Formula("1+1", 2), Formula('HYPERLINK("http://x","Ямы")', "Ямы"), Formula("cmd|'/c calc'!A0"), "а"]])
    )
    assert rows_of(file) == [[2.0, "Ямы", "", "а"]]


def test_merged_cells_and_empty_rows_above_keep_the_numbers_of_rows(file: Path) -> None:
    file.write_bytes(workbook([[], ["Выгрузка"], [], ["Номер", "Тема"], [1, "Ямы"]], merged=["A2:B2"]))
    rows = rows_of(file)
    assert rows[3] == ["Номер", "Тема"]
    assert len(rows) == 5


def test_hidden_and_empty_sheets_are_passed_over(file: Path) -> None:
    file.write_bytes(workbook([["видимый"]], above=[[["скрытый"]]], hidden=True))
    assert rows_of(file) == [["видимый"]]
    file.write_bytes(workbook([["второй"]], above=[[]]))
    assert rows_of(file) == [["второй"]]


# --- faults ---


def test_what_is_not_there_or_is_no_file_is_gone_or_no_sheet(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "нет") is SheetFault.GONE
    assert fault_of(tmp_path) is SheetFault.NOT_A_SHEET


def test_a_pipe_is_no_file_and_nobody_waits_for_its_other_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "труба")
    assert fault_of(tmp_path / "труба") is SheetFault.NOT_A_SHEET


@pytest.mark.parametrize("content", [b"", b"\n \r\n\t", workbook([]), workbook([[None, ""]])])
def test_a_file_without_a_cell_is_empty(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert fault_of(file) is SheetFault.EMPTY


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)),
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n",
        "<html><body><table><tr><td>Номер</td></tr></table></body></html>".encode(),
        b'{"a": 1, "b": 2}',
        "Просто слова без разделителей\nи ещё одна строка".encode(),
        zipped({"word/document.xml": "<w/>"}),
        zipped({"а.txt": "б"}),
        b"PK\x05\x06" + bytes(18),
        OLE + bytes(2048),
        b"\x98\x98;\x98",
    ],
    ids=[
        "picture",
        "pdf",
        "web page",
        "json",
        "prose",
        "document",
        "archive",
        "empty archive",
        "old container",
        "bytes",
    ],
)
def test_what_is_no_sheet_is_said_to_be_none(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert fault_of(file) is SheetFault.NOT_A_SHEET


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_workbook_that_was_cut_off_is_truncated(file: Path, share: float) -> None:
    content = POS_SAMPLE.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    assert fault_of(file) is SheetFault.TRUNCATED


@pytest.mark.parametrize(
    "text",
    ["Номер;Тема;Дата\n1;Ямы;06.11.2026\n2;Све", 'Номер;Тема;Дата\n1;Ямы;06.11.2026\n2;Свет;"07.11'],
    ids=["within a row", "within quotes"],
)
def test_a_text_that_was_cut_off_is_truncated(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    assert fault_of(file) is SheetFault.TRUNCATED


def test_a_text_that_was_cut_off_within_a_letter_is_truncated(file: Path) -> None:
    file.write_bytes("Номер;Тема\n1;Ямы".encode()[:-1])
    assert fault_of(file) is SheetFault.TRUNCATED


def test_a_workbook_with_spoilt_bytes_in_it_is_damaged(file: Path) -> None:
    content = bytearray(IM_SAMPLE.read_bytes())
    content[20_000:21_000] = bytes(1000)
    file.write_bytes(content)
    assert fault_of(file) is SheetFault.DAMAGED


def test_a_workbook_whose_sheet_is_no_xml_is_damaged(file: Path) -> None:
    file.write_bytes(with_sheet(b"<worksheet><sheetData><row><c r='!!'"))
    assert fault_of(file) is SheetFault.DAMAGED


def test_a_workbook_closed_by_a_password_is_encrypted(file: Path) -> None:
    file.write_bytes(OLE + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(1024))
    assert fault_of(file) is SheetFault.ENCRYPTED


def test_an_archive_closed_by_a_password_is_encrypted(file: Path) -> None:
    content = bytearray(workbook([["а"]]))
    with zipfile.ZipFile(BytesIO(bytes(content))) as archive:
        first = archive.infolist()[0].header_offset
    content[first + 6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(content)
    assert fault_of(file) is SheetFault.ENCRYPTED


def test_a_file_past_the_cap_on_bytes_is_not_even_read(file: Path) -> None:
    with file.open("wb") as sparse:
        sparse.truncate(SMALL.file_bytes + 1)
    assert fault_of(file, SMALL) is SheetFault.TOO_BIG


def test_an_archive_that_says_it_unpacks_past_the_cap_is_not_unpacked(file: Path) -> None:
    file.write_bytes(with_sheet(sheet_xml("") + " " * 300_000))
    assert file.stat().st_size < SMALL.file_bytes
    assert fault_of(file, SMALL) is SheetFault.UNPACKS_TOO_BIG


def test_an_archive_of_very_many_entries_is_not_unpacked(file: Path) -> None:
    file.write_bytes(zipped({"xl/workbook.xml": ""} | {str(number): "" for number in range(6000)}))
    assert fault_of(file) is SheetFault.UNPACKS_TOO_BIG


def test_rows_and_columns_are_counted_against_their_caps(file: Path) -> None:
    tall: list[Row] = [["а", "б"]] * (SMALL.rows + 1)
    wide: list[Row] = [["а"] * (SMALL.columns + 1)]
    for rows, fault in ((tall, SheetFault.TOO_MANY_ROWS), (wide, SheetFault.TOO_MANY_COLUMNS)):
        file.write_bytes(workbook(rows))
        assert fault_of(file, SMALL) is fault
        file.write_text(separated(rows), encoding="utf-8")
        assert fault_of(file, SMALL) is fault


def test_a_million_columns_of_text_are_too_many(file: Path) -> None:
    file.write_text(";" * 1_000_000 + "\n", encoding="utf-8")
    assert fault_of(file) is SheetFault.TOO_MANY_COLUMNS


def test_a_million_columns_of_a_workbook_are_too_many(file: Path) -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c><c r="BDWGN1"><v>1</v></c></row>'
    file.write_bytes(with_sheet(sheet_xml(far)))
    assert fault_of(file) is SheetFault.TOO_MANY_COLUMNS


def test_a_cell_of_megabytes_is_refused(file: Path) -> None:
    file.write_text("Номер;Текст\n1;" + "а" * 2_000_000 + "\n", encoding="utf-8")
    assert fault_of(file) is SheetFault.DAMAGED
