"""What python-docx has no words for, in the XML of Word: links, fields to fill in, bullets, rows that stay whole."""

from typing import Final

from docx.document import Document as Word
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.numbering import NumberingPart
from docx.shape import InlineShape
from docx.shared import Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from storage.documents.word_styles import LANGUAGE
from storage.documents.xml_text import allowed_in_xml

_LINK_BLUE: Final = RGBColor(0x05, 0x63, 0xC1)


def add_run(paragraph: Paragraph, text: str, *, bold: bool = False) -> Run:
    """Without what XML forbids; a line's end stays one."""
    run = paragraph.add_run(allowed_in_xml(text))
    if bold:
        run.bold = True
    language = _element("w:lang", val=LANGUAGE)
    run._r.get_or_add_rPr().append(language)  # noqa: SLF001 - python-docx has no language of a run
    return run


def add_link(paragraph: Paragraph, text: str, address: str, *, bold: bool = False) -> None:
    relation = paragraph.part.relate_to(allowed_in_xml(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = add_run(paragraph, text, bold=bold)
    run.font.color.rgb = _LINK_BLUE
    run.font.underline = True
    link.append(run._r)  # noqa: SLF001 - a link is an element around a run
    paragraph._p.append(link)  # noqa: SLF001 - the same


def add_field(paragraph: Paragraph, hint: str, *, number: int) -> None:
    """A content control: a press selects the whole of it, what is typed takes the place of the hint and its yellow."""
    words = allowed_in_xml(hint).strip("\n")
    run = add_run(paragraph, f"[{words}]")
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    properties = _element("w:sdtPr")
    properties.append(_element("w:alias", val=words.strip() or "…"))
    properties.append(_element("w:id", val=str(number)))
    properties.append(_element("w:showingPlcHdr"))
    content = _element("w:sdtContent")
    content.append(run._r)  # noqa: SLF001 - a control is an element around a run
    control = _element("w:sdt")
    control.append(properties)
    control.append(content)
    paragraph._p.append(control)  # noqa: SLF001 - the same


# --- bullets -----------------------------------------------------------------------------------------------------

_BULLETS: Final = (
    "<w:abstractNum {ns} w:abstractNumId='{number}'><w:multiLevelType w:val='singleLevel'/>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='bullet'/><w:lvlText w:val='–'/><w:lvlJc w:val='left'/>"
    "<w:pPr><w:ind w:left='709' w:hanging='284'/></w:pPr></w:lvl></w:abstractNum>"
)


def add_bullets(word: Word) -> int:
    """A list with dashes, as Russian papers have it; gives its number."""
    lists = _lists(word)
    taken = [int(each.get(qn("w:abstractNumId"))) for each in lists.findall(qn("w:abstractNum"))]
    abstract = max(taken, default=0) + 1
    kinds = lists.findall(qn("w:abstractNum"))
    kind = parse_xml(_BULLETS.format(ns=nsdecls("w"), number=abstract))
    if kinds:
        kinds[-1].addnext(kind)  # kinds stand before lists
    else:
        lists.insert(0, kind)
    number = max((int(each.get(qn("w:numId"))) for each in lists.findall(qn("w:num"))), default=0) + 1
    instance = _element("w:num", numId=str(number))
    instance.append(_element("w:abstractNumId", val=str(abstract)))
    present = lists.findall(qn("w:num"))
    (present or lists.findall(qn("w:abstractNum")))[-1].addnext(instance)
    return number


def number_by(paragraph: Paragraph, number: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - python-docx has no lists
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def _lists(word: Word) -> BaseOxmlElement:
    """A template without any list has no part for them, and the library cannot make one."""
    main = word.part
    for relation in main.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            present: BaseOxmlElement = main.numbering_part.element
            return present
    element = parse_xml(f"<w:numbering {nsdecls('w')}/>")
    part = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, element, main.package)
    main.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return element


# --- tables ------------------------------------------------------------------------------------------------------


def border(table: Table) -> None:
    """Thin lines around every cell, whatever styles the file has."""
    lines = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        lines.append(_element(f"w:{side}", val="single", sz="4", space="0", color="000000"))
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))  # noqa: SLF001 - borders stand before it, by the schema
    layout.addprevious(lines)


def resize(table: Table, size: float) -> None:
    """All its letters, in points: a wide table is set smaller than its style says."""
    for run in (run for row in table.rows for cell in row.cells for line in cell.paragraphs for run in line.runs):
        run.font.size = Pt(size)


def repeat(row: _Row) -> None:
    """At the top of each page that the table goes on to."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))  # noqa: SLF001 - python-docx has no such property


def keep_rows_whole(table: Table) -> None:
    for row in table.rows:
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))  # noqa: SLF001 - the same


def underline(cell: _Cell) -> None:
    lines = _element("w:tcBorders")
    lines.append(_element("w:bottom", val="single", sz="4", space="0", color="000000"))
    width = cell._tc.get_or_add_tcPr().get_or_add_tcW()  # noqa: SLF001 - borders follow the width, by the schema
    width.addnext(lines)


def align_below(*cells: _Cell) -> None:
    for cell in cells:
        cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM


# --- the rest ----------------------------------------------------------------------------------------------------


def number_pages(word: Word) -> None:
    """In the middle, from the second page on."""
    section = word.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = add_run(paragraph, "2")
    field = _element("w:fldSimple", instr="PAGE")
    field.append(run._r)  # noqa: SLF001 - a field is an element around a run
    paragraph._p.append(field)  # noqa: SLF001 - the same


def describe(picture: InlineShape, words: str) -> None:
    """For whoever has it read aloud."""
    picture._inline.docPr.set("descr", allowed_in_xml(words))  # noqa: SLF001 - python-docx has no description


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
