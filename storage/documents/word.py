"""A document set as a Word file, as ГОСТ Р 7.0.97 has papers look, or by an office's own template.

It loads python-docx: see `setting` for who imports it.
"""

import io
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Final, assert_never

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Cm, Length, Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph

from risk.documents import (
    Align,
    Block,
    Bullets,
    Document,
    Field,
    Figure,
    Heading,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
)
from storage.documents import pictures, word_marks, word_styles
from storage.documents.archives import settled
from storage.documents.looks import PAGE
from storage.documents.table_widths import column_widths, fitting_size
from storage.documents.templates import TemplateRefused, check_template
from storage.documents.word_styles import BODY, BULLET, CELL, SIGNATURE, Measures

PLACE_OF_DOCUMENT: Final = "{{документ}}"
"""The paragraph of a template that the document takes the place of; without one it follows whatever is there."""

_ALIGNED: Final = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
}
_TALLEST_PICTURE: Final = Cm(20)


def write_document(document: Document, path: Path, *, made_at: datetime) -> None:
    """The same document of the same moment gives the same bytes."""
    measures = word_styles.CLOSE if document.on_one_page else word_styles.USUAL
    word = docx.Document()
    word_styles.set_page(word, measures)
    word_styles.set_plain_styles(word, measures)
    if not document.on_one_page:
        word_marks.number_pages(word)
    _Setter(word, measures).set(document.blocks)
    _end_with_paragraph(word)
    _save(word, document, path, made_at)


def write_by_template(document: Document, path: Path, *, made_at: datetime, template: Path) -> None:
    """With the letterhead, styles, headers and footers of the template.

    Raises TemplateRefused.
    """
    check_template(template)
    measures = word_styles.CLOSE if document.on_one_page else word_styles.USUAL
    try:
        word = docx.Document(str(template))
        before = list(word.element.body)
        _Setter(word, measures).set(document.blocks)
        _put_in_place(word, [element for element in word.element.body if element not in before])
        _save(word, document, path, made_at)
    except Exception as failed:
        # Whatever a template breaks in the library, its office gets the paper: without it.
        raise TemplateRefused(type(failed).__name__) from failed


class _Setter:
    """Puts blocks at the end of a Word document."""

    def __init__(self, word: Word, measures: Measures) -> None:
        self._word = word
        self._measures = measures
        self._fields = 0
        word_styles.add_missing_styles(word, measures)
        self._bullets = word_marks.add_bullets(word)
        section = word.sections[-1]
        width, left, right = section.page_width, section.left_margin, section.right_margin
        assert width is not None
        self._width = Length(width - (left or 0) - (right or 0))

    def set(self, blocks: tuple[Block, ...]) -> None:
        """A list stays with what it is of, down to its second item; a signature with the last words above it."""
        for before, block, following in zip_longest((None, *blocks)[: len(blocks)], blocks, blocks[1:]):
            begun = len(self._word.paragraphs)
            self._block(block)
            if isinstance(block, Paragraph) and isinstance(following, Bullets):
                self._word.paragraphs[-1].paragraph_format.keep_with_next = True
            if isinstance(block, Bullets) and isinstance(before, Paragraph) and len(block.items) > 1:
                self._word.paragraphs[begun].paragraph_format.keep_with_next = True
            if isinstance(block, Paragraph | Field | Bullets) and isinstance(following, Signature):
                self._word.paragraphs[-1].paragraph_format.keep_with_next = True

    def _block(self, block: Block) -> None:
        match block:
            case Heading(text=text, level=level):
                word_marks.add_run(self._word.add_paragraph(style=f"Heading {level}"), text)
            case Paragraph(runs=runs, align=align):
                self._paragraph(runs, align)
            case Bullets(items=items):
                for item in items:
                    paragraph = self._word.add_paragraph(style=BULLET)
                    word_marks.number_by(paragraph, self._bullets)
                    self._runs(paragraph, item)
            case Table():
                self._table(block)
            case Field(hint=hint):
                self._field(self._word.add_paragraph(style=BODY), hint)
            case Signature():
                self._signature(block)
            case Figure(picture=picture):
                self._picture(picture)
            case other:
                assert_never(other)

    def _paragraph(self, runs: tuple[Run, ...], align: Align) -> None:
        """Of the body's style; what stands aside or in the middle is no body, so it has no indent."""
        paragraph = self._word.add_paragraph(style=BODY)
        if align is not Align.LEFT:
            paragraph.alignment = _ALIGNED[align]
            paragraph.paragraph_format.first_line_indent = Cm(0)
        self._runs(paragraph, runs)

    def _runs(self, paragraph: WordParagraph, runs: tuple[Run, ...]) -> None:
        for run in runs:
            if run.link is None:
                word_marks.add_run(paragraph, run.text, bold=run.bold)
            else:
                word_marks.add_link(paragraph, run.text, run.link, bold=run.bold)

    def _field(self, paragraph: WordParagraph, hint: str) -> None:
        self._fields += 1
        word_marks.add_field(paragraph, hint, number=self._fields)

    def _table(self, table: Table) -> None:
        size = fitting_size(table, self._width, self._measures.cell)
        set_table = self._grid(1 + len(table.rows), column_widths(table, self._width, size))
        word_marks.border(set_table)
        for column, cell in zip(table.columns, set_table.rows[0].cells, strict=True):
            self._cell(cell, column.title, Align.CENTRE, bold=True, with_next=True)
        word_marks.repeat(set_table.rows[0])
        last = len(table.rows) - 1
        is_whole = len(table.rows) <= _KEPT_WHOLE
        for number, (row, words) in enumerate(zip(list(set_table.rows)[1:], table.rows, strict=True)):
            is_total = table.has_total and number == last
            goes_on = (is_whole and number < last) or (table.has_total and number == last - 1)
            for column, cell, text in zip(table.columns, row.cells, words, strict=True):
                self._cell(cell, text, column.align, bold=is_total, with_next=goes_on)
        if size != self._measures.cell:
            word_marks.resize(set_table, size)
        word_styles.leave_room_after(self._word.add_paragraph(style=CELL), self._measures)

    def _grid(self, height: int, widths: list[Length]) -> WordTable:
        grid: WordTable = self._word.add_table(rows=height, cols=len(widths))
        grid.autofit = False
        word_marks.keep_rows_whole(grid)
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        for row in grid.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width
        return grid

    def _cell(self, cell: WordCell, text: str, align: Align, *, bold: bool, with_next: bool) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.style = CELL
        paragraph.alignment = _ALIGNED[align]
        paragraph.paragraph_format.keep_with_next = with_next or None
        word_marks.add_run(paragraph, text, bold=bold)

    def _signature(self, signature: Signature) -> None:
        """The position, a line to sign on, the name: as papers are signed."""
        room = self._word.add_paragraph(style=SIGNATURE)
        room.paragraph_format.keep_with_next = True
        line = Cm(3.5)
        name = Length((self._width - line) * 2 // 5)
        grid = self._grid(1, [Length(self._width - line - name), line, name])
        position, place, by = grid.rows[0].cells
        word_marks.align_below(position, place, by)
        for cell in (position, place, by):
            cell.paragraphs[0].style = SIGNATURE
        word_marks.add_run(position.paragraphs[0], signature.position)
        word_marks.underline(place)
        by.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if signature.name is None:
            self._field(by.paragraphs[0], _BLANK_NAME)
        else:
            word_marks.add_run(by.paragraphs[0], signature.name)

    def _picture(self, picture: Picture) -> None:
        drawn = io.BytesIO()
        pictures.draw(picture, drawn, PAGE)
        drawn.seek(0)
        paragraph = self._word.add_paragraph(style=BODY)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.first_line_indent = Cm(0)
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        shown = paragraph.add_run().add_picture(drawn, width=self._width)
        if shown.height > _TALLEST_PICTURE:
            shown.width = Length(shown.width * _TALLEST_PICTURE // shown.height)
            shown.height = _TALLEST_PICTURE
        word_marks.describe(shown, picture.title)


_KEPT_WHOLE: Final = 10
"""Rows of a table that is not torn between two pages."""
_BLANK_NAME: Final = "\u00a0" * 24


def _put_in_place(word: Word, new: list[object]) -> None:
    places = [each for each in word.paragraphs if each.text.strip() == PLACE_OF_DOCUMENT]
    if not places:
        return
    place = places[0]._p  # noqa: SLF001 - python-docx has no other way to move a block
    for element in new:
        place.addprevious(element)
    place.getparent().remove(place)


def _end_with_paragraph(word: Word) -> None:
    """A file of Word may not end with a table."""
    last = word.element.body[-2] if len(word.element.body) > 1 else None
    if last is not None and last.tag.endswith("}tbl"):
        end = word.add_paragraph(style=CELL)
        end.paragraph_format.line_spacing = Pt(1)


def _save(word: Word, document: Document, path: Path, made_at: datetime) -> None:
    about, moment = word.core_properties, made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    about.title, about.language = document.title, word_styles.LANGUAGE
    about.author = about.last_modified_by = about.comments = about.keywords = about.subject = ""
    about.created = about.modified = moment
    about.revision = 1
    written = io.BytesIO()
    word.save(written)
    path.write_bytes(settled(written.getvalue()))
