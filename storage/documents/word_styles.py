"""Styles and the page of a Word file: ГОСТ Р 7.0.97-2016 where it says something, else what is usual.

A template keeps the styles that it has; those that it lacks are added.
"""

from dataclasses import dataclass
from typing import Final

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph

LANGUAGE: Final = "ru-RU"
FAMILY: Final = "Times New Roman"
"""One of those that the standard recommends (п. 3.3)."""
BODY: Final = "Body Text"
BULLET: Final = "List Bullet"
CELL: Final = "Table Text"
SIGNATURE: Final = "Signature"
HEADING: Final = "Heading "
LEVELS: Final = (1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Sizes are in points, margins in centimetres: left, right, top, bottom."""

    body: float
    heading: tuple[float, float, float]
    cell: float
    line: float
    indent: float
    after: float
    before_heading: float
    margins: tuple[float, float, float, float]


USUAL: Final = Measures(
    body=14, heading=(14, 14, 14), cell=12, line=1.15, indent=1.25, after=0, before_heading=12, margins=(2, 1, 2, 2)
)
"""Margins of the standard's п. 3.2, sizes and the indent of its п. 3.3."""
CLOSE: Final = Measures(
    body=11, heading=(12, 11, 11), cell=9.5, line=1.0, indent=0, after=2, before_heading=5, margins=(2, 1, 1.2, 1.2)
)
"""For what has to stand on one page."""


def set_page(word: Word, measures: Measures) -> None:
    """A4, upright."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    left, right, top, bottom = (Cm(each) for each in measures.margins)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = left, right, top, bottom
    section.header_distance = section.footer_distance = Cm(1) if measures is USUAL else Cm(0.6)


def set_plain_styles(word: Word, measures: Measures) -> None:
    """The library's own headings are blue and of another family."""
    settings = word.settings.element
    compatibility = OxmlElement("w:compat")
    mode = OxmlElement("w:compatSetting")
    mode.set(qn("w:name"), "compatibilityMode")
    mode.set(qn("w:uri"), "http://schemas.microsoft.com/office/word")
    mode.set(qn("w:val"), "15")
    compatibility.append(mode)
    for old in settings.findall(qn("w:compat")):
        settings.replace(old, compatibility)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    normal = word.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    _letter(normal, measures.body)
    for name in (*(f"{HEADING}{level}" for level in LEVELS), BODY, BULLET):
        style = word.styles[name]
        assert isinstance(style, ParagraphStyle)
        _letter(style, measures.heading[int(name[-1]) - 1] if name.startswith(HEADING) else measures.body)
        _shape(style, name, measures)


def add_missing_styles(word: Word, measures: Measures) -> None:
    """Letters are those of the file's own plain text."""
    there = {style.name for style in word.styles}
    for name in (*(f"{HEADING}{level}" for level in LEVELS), BODY, BULLET, CELL, SIGNATURE):
        if name not in there:
            style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name != CELL)
            assert isinstance(style, ParagraphStyle)
            if "Normal" in there:
                style.base_style = word.styles["Normal"]
            _shape(style, name, measures)


def leave_room_after(paragraph: WordParagraph, measures: Measures) -> None:
    """Of a table: two tables with nothing between them are one."""
    paragraph.paragraph_format.line_spacing = Pt(max(4.0, measures.body * 0.6))
    paragraph.paragraph_format.space_after = Pt(0)


def _shape(style: ParagraphStyle, name: str, measures: Measures) -> None:
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(0), Pt(measures.after)
    shape.line_spacing = measures.line
    if name == BODY:
        shape.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        shape.first_line_indent = Cm(measures.indent)
        shape.widow_control = True
    elif name == BULLET:
        shape.alignment = WD_ALIGN_PARAGRAPH.LEFT
    elif name == CELL:
        style.font.size = Pt(measures.cell)
        shape.line_spacing = 1.0
        shape.space_after = Pt(0)
    elif name == SIGNATURE:
        shape.line_spacing = 1.0
        shape.left_indent = Cm(0)
    else:
        _shape_heading(style, int(name[-1]), measures)


def _shape_heading(style: ParagraphStyle, level: int, measures: Measures) -> None:
    shape = style.paragraph_format
    style.font.bold, style.font.italic = True, level == max(LEVELS)
    shape.space_before = Pt(measures.before_heading if level == 1 else measures.before_heading / 2)
    shape.space_after = Pt(measures.before_heading / 2)
    shape.keep_with_next = True
    shape.alignment = WD_ALIGN_PARAGRAPH.LEFT
    shape.first_line_indent = Cm(measures.indent)
    _see_in_navigation(style, level)


def _see_in_navigation(style: ParagraphStyle, level: int) -> None:
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:outlineLvl")):
        properties.remove(old)
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level - 1))
    properties.append(outline)


def _letter(style: ParagraphStyle, size: float) -> None:
    """The family for every script: a theme's would have its way with Cyrillic."""
    font = style.font
    font.name, font.size = FAMILY, Pt(size)
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if "heme" in attribute:
            del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FAMILY)
