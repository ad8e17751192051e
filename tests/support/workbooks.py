"""Workbooks made cell by cell, sound and unsound, and the samples as tables; what they should mean is in the tests."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from python_calamine import load_workbook

from risk.sheets import Cell, Row, Sheet

SAMPLES: Final = Path(__file__).parents[1] / "samples"
IM_SAMPLE: Final = SAMPLES / "incident_management.xlsx"
IM_TEXT_SAMPLE: Final = SAMPLES / "incident_management_cp1251.csv"
POS_SAMPLE: Final = SAMPLES / "pos.xlsx"
OLDER_POS_SAMPLE: Final = SAMPLES / "pos_older_layout.xlsx"
REGIONAL_SAMPLE: Final = SAMPLES / "im_crimea_incidents.xlsx"
EVERY_SAMPLE: Final = (IM_SAMPLE, IM_TEXT_SAMPLE, POS_SAMPLE, OLDER_POS_SAMPLE, REGIONAL_SAMPLE)


@dataclass(frozen=True, slots=True)
class Formula:
    """`cached` is what the sheet shows; None when nobody has worked it out yet."""

    text: str
    cached: float | str | None = None


Made = Cell | Formula


def table_of(path: Path) -> list[list[Cell]]:
    """A sample, read without our own code."""
    if path.suffix == ".csv":
        with path.open(encoding="cp1251", newline="") as file:
            return [list(row) for row in csv.reader(file, delimiter=";")]
    rows: Iterable[Sequence[Any]] = load_workbook(path).get_sheet_by_index(0).iter_rows()
    return [list(row) for row in rows]


def as_sheet(rows: Iterable[Row]) -> Sheet:
    return Sheet(title="Лист1", rows=rows)


def workbook(
    rows: Sequence[Sequence[Made]],
    *,
    merged: Sequence[str] = (),
    above: Sequence[Sequence[Sequence[Made]]] = (),
    hidden: bool = False,
) -> bytes:
    """An .xlsx of one sheet, or, with `above`, of those sheets before it. `hidden` hides all but the last."""
    sheets = [*above, rows]
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES.format(
            sheets="".join(_SHEET_TYPE.format(number=number) for number in range(1, len(sheets) + 1))
        ),
        "_rels/.rels": _RELATIONS.format(
            relations=_RELATION.format(number=1, type="officeDocument", target="xl/workbook.xml")
        ),
        "xl/workbook.xml": _WORKBOOK.format(
            sheets="".join(
                f'<sheet name="Лист{number}" sheetId="{number}" r:id="rId{number}"'
                f"{' state=' + chr(34) + 'hidden' + chr(34) if hidden and number < len(sheets) else ''}/>"
                for number in range(1, len(sheets) + 1)
            )
        ),
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(
            relations="".join(
                _RELATION.format(number=number, type="worksheet", target=f"worksheets/sheet{number}.xml")
                for number in range(1, len(sheets) + 1)
            )
            + _RELATION.format(number=len(sheets) + 1, type="styles", target="styles.xml")
        ),
        "xl/styles.xml": _STYLES,
    }
    for number, content in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet_xml(_rows_xml(content), merged if content is rows else ())
    return zipped(parts)


def sheet_xml(rows: str, merged: Sequence[str] = ()) -> str:
    merges = "".join(f'<mergeCell ref="{each}"/>' for each in merged)
    return _SHEET.format(rows=rows, merges=f"<mergeCells>{merges}</mergeCells>" if merges else "")


def with_sheet(xml: str | bytes) -> bytes:
    """A workbook whose sheet is this, whatever it is."""
    source = io.BytesIO(workbook([["x"]]))
    with zipfile.ZipFile(source) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts | {"xl/worksheets/sheet1.xml": xml})


def zipped(parts: dict[str, str] | dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def separated(rows: Iterable[Row], separator: str = ";") -> str:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=separator).writerows(rows)
    return made.getvalue()


def _rows_xml(rows: Sequence[Sequence[Made]]) -> str:
    return "".join(
        f'<row r="{number}">'
        + "".join(_cell_xml(cell, f"{_letters(place)}{number}") for place, cell in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )


def _cell_xml(cell: Made, at: str) -> str:
    match cell:
        case None | "":
            return ""
        case Formula(text, None):
            return f'<c r="{at}"><f>{escape(text)}</f></c>'
        case Formula(text, str(cached)):
            return f'<c r="{at}" t="str"><f>{escape(text)}</f><v>{escape(cached)}</v></c>'
        case Formula(text, cached):
            return f'<c r="{at}"><f>{escape(text)}</f><v>{cached}</v></c>'
        case str():
            return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
        case bool():
            return f'<c r="{at}" t="b"><v>{int(cell)}</v></c>'
        case datetime():
            return f'<c r="{at}" s="1"><v>{_serial(cell)}</v></c>'
        case date():
            return f'<c r="{at}" s="2"><v>{_serial(datetime(cell.year, cell.month, cell.day))}</v></c>'  # noqa: DTZ001 - local
        case timedelta():
            return f'<c r="{at}" s="3"><v>{cell / timedelta(days=1)}</v></c>'
        case _:
            return f'<c r="{at}"><v>{cell}</v></c>'


def _serial(moment: datetime) -> float:
    return (moment - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001 - as sheets count


def _letters(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CONTENT_TYPES: Final = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>{{sheets}}</Types>'
)
_SHEET_TYPE: Final = f'<Override PartName="/xl/worksheets/sheet{{number}}.xml" ContentType="{_KIND}.worksheet+xml"/>'
_RELATIONS: Final = f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{{relations}}</Relationships>'
_RELATION: Final = f'<Relationship Id="rId{{number}}" Type="{_OFFICE}/{{type}}" Target="{{target}}"/>'
_WORKBOOK: Final = f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{{sheets}}</sheets></workbook>'
_STYLES: Final = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="14"/>'
    '<xf numFmtId="46"/></cellXfs></styleSheet>'
)
_SHEET: Final = f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{{rows}}</sheetData>{{merges}}</worksheet>'
