"""Papers as Word files: what navigation, a reader of the screen and whoever signs find in them."""

import asyncio
import shutil
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from risk.documents import Bullets, Column, Document, Paragraph, Run, Signature, Table
from storage.documents.table_widths import SMALLEST, column_widths, fitting_size
from storage.documents.templates import MOST_BYTES, TemplateRefused
from storage.documents.word import PLACE_OF_DOCUMENT, write_by_template, write_document
from tests.storage.documents.papers import BLOCKS, CHART, LINK, MADE_AT, PAPER, TABLE
from tests.support.programs import finished


def written(tmp_path: Path, document: Document = PAPER) -> Word:
    path = tmp_path / "paper.docx"
    write_document(document, path, made_at=MADE_AT)
    return docx.Document(str(path))


def is_about(length: int | None, centimetres: float) -> bool:
    """Word keeps lengths in twentieths of a point."""
    return length is not None and abs(length - Cm(centimetres)) < Pt(0.1)


def texts(word: Word) -> list[str]:
    return [each.text for each in word.paragraphs]


# --- as a whole --------------------------------------------------------------------------------------------------


def test_the_same_paper_of_the_same_moment_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "1.docx", tmp_path / "2.docx"
    write_document(PAPER, one, made_at=MADE_AT)
    write_document(PAPER, other, made_at=MADE_AT)
    assert one.read_bytes() == other.read_bytes()


def test_a_paper_tells_its_title_moment_and_language_and_no_author(tmp_path: Path) -> None:
    about = written(tmp_path).core_properties
    assert (about.title, about.language) == (PAPER.title, "ru-RU")
    assert (about.author, about.last_modified_by, about.comments, about.keywords) == ("", "", "", "")
    assert about.created == about.modified == MADE_AT


def test_the_page_is_as_the_standard_has_it(tmp_path: Path) -> None:
    section = written(tmp_path).sections[0]
    sizes = (section.page_width, section.page_height, section.left_margin, section.right_margin, section.top_margin)
    assert all(is_about(*each) for each in zip(sizes, (21, 29.7, 2, 1, 2), strict=True))


def test_every_run_is_russian_and_of_one_family(tmp_path: Path) -> None:
    word = written(tmp_path)
    runs = [run for run in word.element.body.iter(qn("w:r")) if run.find(qn("w:t")) is not None]
    assert {run.rPr.find(qn("w:lang")).get(qn("w:val")) for run in runs} == {"ru-RU"}
    assert {word.styles[name].base_style.name for name in ("Table Text", "Signature")} == {"Normal"}
    for name in ("Normal", "Heading 1", "Heading 3", "Body Text", "List Bullet"):
        fonts = word.styles[name].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs")} == {"Times New Roman"}
        assert not [attribute for attribute in fonts.attrib if "Theme" in attribute]


def test_pages_are_numbered_from_the_second_on(tmp_path: Path) -> None:
    section = written(tmp_path).sections[0]
    [field] = section.footer._element.iter(qn("w:fldSimple"))
    assert field.get(qn("w:instr")) == "PAGE"
    assert section.different_first_page_header_footer
    assert not list(section.first_page_footer._element.iter(qn("w:fldSimple")))


def test_one_page_is_set_closer_and_has_no_number(tmp_path: Path) -> None:
    word = written(tmp_path, Document(title="Т", blocks=BLOCKS[:4], on_one_page=True))
    size, usual = word.styles["Body Text"].font.size, written(tmp_path).styles["Body Text"].font.size
    assert size is not None
    assert usual is not None
    assert size < usual
    assert not list(word.sections[0].footer._element.iter(qn("w:fldSimple")))


def test_a_file_ends_with_a_paragraph(tmp_path: Path) -> None:
    body = written(tmp_path).element.body
    assert [each.tag for each in body[-2:]] == [qn("w:p"), qn("w:sectPr")]


# --- block by block ----------------------------------------------------------------------------------------------


def test_navigation_sees_the_headings(tmp_path: Path) -> None:
    word = written(tmp_path)
    styled = [(each.style.name or "", each.text) for each in word.paragraphs if each.style]
    headings = [(name, text) for name, text in styled if name.startswith("Heading")]
    assert headings == [("Heading 1", "1. Обращения"), ("Heading 2", "По каналам"), ("Heading 3", "Предложения")]
    assert word.styles["Heading 2"].element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "1"
    assert word.styles["Heading 1"].paragraph_format.keep_with_next


def test_what_stands_aside_or_in_the_middle_has_no_indent(tmp_path: Path) -> None:
    word = written(tmp_path)
    aside, middle, _, body = word.paragraphs[:4]
    assert (aside.alignment, middle.alignment) == (WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER)
    assert (aside.paragraph_format.first_line_indent, body.paragraph_format.first_line_indent) == (0, None)
    assert is_about(word.styles["Body Text"].paragraph_format.first_line_indent, 1.25)


def test_a_table_repeats_its_header_and_tears_no_row(tmp_path: Path) -> None:
    table = written(tmp_path).tables[0]
    header, *rows = (row._tr.trPr for row in table.rows)
    assert header.find(qn("w:tblHeader")) is not None
    assert all(row.find(qn("w:cantSplit")) is not None for row in (header, *rows))
    assert not [row for row in rows if row.find(qn("w:tblHeader")) is not None]


def test_an_answer_stays_with_its_risk_and_a_signature_with_the_words_above_it(tmp_path: Path) -> None:
    line = Paragraph(runs=(Run(text="ИР-1/26. Яма"),))
    items = Bullets(items=tuple((Run(text=each),) for each in ("следим", "Ответ: закрыли", "ссылка")))
    blocks = (line, items, line, Signature(position="Руководитель", name=None))
    word = written(tmp_path, Document(title="", blocks=blocks))
    kept = [each.paragraph_format.keep_with_next for each in word.paragraphs[:5]]
    assert kept == [True, True, None, None, True]


def test_a_small_table_is_not_torn_and_a_line_stays_with_the_list_below_it(tmp_path: Path) -> None:
    line, items = Paragraph(runs=(Run(text="ИР-1/26. Яма"),)), Bullets(items=((Run(text="закрыт"),),))
    rows = tuple((str(number),) for number in range(30))
    small, long = (Table(columns=(Column(title="Тема"),), rows=these) for these in (rows[:3], rows))
    word = written(tmp_path, Document(title="", blocks=(line, items, small, long)))
    assert [each.paragraph_format.keep_with_next for each in word.paragraphs[:2]] == [True, None]
    kept = [[row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in each.rows] for each in word.tables]
    assert kept == [[True, True, True, None], [True, *([None] * 30)]]


def test_a_table_says_what_it_was_given_and_its_total_is_bold(tmp_path: Path) -> None:
    table = written(tmp_path).tables[0]
    cells = [tuple(cell.text for cell in row.cells) for row in table.rows]
    assert cells == [tuple(column.title for column in TABLE.columns), *TABLE.rows]
    bold = [row.cells[0].paragraphs[0].runs[0].bold for row in table.rows]
    assert [place for place, each in enumerate(bold) if each] == [0, len(TABLE.rows)]
    assert table.rows[1].cells[1].paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT


def test_two_tables_stay_two(tmp_path: Path) -> None:
    assert len(written(tmp_path).tables) == 4  # with those of the signatures


def test_columns_share_the_width_but_no_word_is_torn() -> None:
    columns = (Column(title="Название", share=20), Column(title="Поступило"), Column(title="Просрочено"))
    name, came, late = column_widths(Table(columns=columns, rows=(("а", "1", "2"),)), Cm(18), 12)
    assert name + came + late <= Cm(18)
    assert name > came
    assert late > came > Cm(2)


def test_a_table_of_too_many_columns_is_set_smaller_and_no_word_of_it_is_torn() -> None:
    titles = ("Блок", "Новые", "Повторные", "Завершены", "Открыты", "Просрочено", "Отложено")
    wide = Table(columns=tuple(map(column_titled, titles)), rows=(("благоустройство", *["164 (−21)"] * 6),))
    size = fitting_size(wide, Cm(18), 12)
    assert SMALLEST < size < 12
    assert min(column_widths(wide, Cm(18), size)) > Cm(1.5)
    assert fitting_size(Table(columns=wide.columns[:3], rows=()), Cm(18), 12) == 12
    assert fitting_size(wide, Cm(3), 12) == SMALLEST


def column_titled(title: str) -> Column:
    return Column(title=title)


def test_a_link_is_one_and_leads_where_it_says(tmp_path: Path) -> None:
    word = written(tmp_path)
    [link] = word.element.body.iter(qn("w:hyperlink"))
    relation = word.part.rels[link.get(qn("r:id"))]
    assert (relation.reltype, relation.is_external, relation.target_ref) == (RELATIONSHIP_TYPE.HYPERLINK, True, LINK)
    assert "".join(each.text for each in link.iter(qn("w:t"))) == "ответ"


def test_items_of_a_list_are_a_list(tmp_path: Path) -> None:
    items = [each for each in written(tmp_path).paragraphs if each._p.pPr is not None and each._p.pPr.numPr is not None]
    assert [each.text for each in items] == ["ИР-12/26: ответ", "ИР-13/26"]


def test_a_field_to_fill_in_is_marked_and_named(tmp_path: Path) -> None:
    controls = list(written(tmp_path).element.body.iter(qn("w:sdt")))
    assert [each.find(qn("w:sdtPr")).find(qn("w:alias")).get(qn("w:val")) for each in controls] == ["предложения", "…"]
    ids = [each.find(qn("w:sdtPr")).find(qn("w:id")).get(qn("w:val")) for each in controls]
    assert len(set(ids)) == len(ids)
    [shown] = controls[0].iter(qn("w:t"))
    [colour] = controls[0].iter(qn("w:highlight"))
    assert (shown.text, colour.val) == ("[предложения]", WD_COLOR_INDEX.YELLOW)


def test_who_signs_has_the_position_a_line_and_the_name_or_a_place_for_it(tmp_path: Path) -> None:
    named, unnamed = written(tmp_path).tables[2:]
    assert [cell.text for cell in named.rows[0].cells] == [
        "Руководитель муниципального центра управления",
        "",
        "А. Б. Примерова",
    ]
    assert list(named.rows[0].cells[1]._tc.iter(qn("w:tcBorders")))
    assert list(unnamed._tbl.iter(qn("w:sdt")))


def test_a_chart_is_inside_as_wide_as_the_text_and_is_described_in_words(tmp_path: Path) -> None:
    [shown] = written(tmp_path).inline_shapes
    assert is_about(shown.width, 18)
    assert shown._inline.docPr.get("descr") == CHART.title


def test_what_xml_forbids_is_left_out(tmp_path: Path) -> None:
    word = written(tmp_path, Document(title="Т", blocks=(Paragraph(runs=(Run(text="све\x00т\x0b \ud800нет"),)),)))
    assert texts(word) == ["свет нет"]


def test_a_paper_of_nothing_opens(tmp_path: Path) -> None:
    assert texts(written(tmp_path, Document(title="Т", blocks=()))) == []


# --- by a template -----------------------------------------------------------------------------------------------


def template_of(tmp_path: Path, *paragraphs: str) -> Path:
    """With a letterhead, a footer, and a font of its own."""
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Администрация муниципального округа"
    word.sections[0].footer.paragraphs[0].text = "ул. Советская, 10"
    word.sections[0].left_margin = Cm(3)
    word.styles["Normal"].font.name = "PT Astra Serif"
    word.core_properties.author = "машинистка"
    for text in paragraphs:
        word.add_paragraph(text)
    path = tmp_path / "memo.docx"
    word.save(str(path))
    return path


def by_template(tmp_path: Path, template: Path) -> Word:
    path = tmp_path / "paper.docx"
    write_by_template(PAPER, path, made_at=MADE_AT, template=template)
    return docx.Document(str(path))


def test_an_offices_letterhead_footer_margins_and_font_are_kept(tmp_path: Path) -> None:
    word = by_template(tmp_path, template_of(tmp_path))
    section = word.sections[0]
    assert section.header.paragraphs[0].text == "Администрация муниципального округа"
    assert section.footer.paragraphs[0].text == "ул. Советская, 10"
    assert is_about(section.left_margin, 3)
    assert word.styles["Normal"].font.name == "PT Astra Serif"
    assert word.core_properties.author == ""


def test_the_paper_takes_the_place_that_the_template_keeps_for_it(tmp_path: Path) -> None:
    said = texts(by_template(tmp_path, template_of(tmp_path, "Исх. №", PLACE_OF_DOCUMENT, "Исполнитель")))
    assert said[0] == "Исх. №"
    assert said[1] == "Главе муниципального округа"
    assert said[-1] == "Исполнитель"
    assert PLACE_OF_DOCUMENT not in said


def test_without_a_place_the_paper_follows_what_is_there(tmp_path: Path) -> None:
    assert texts(by_template(tmp_path, template_of(tmp_path, "Исх. №")))[:2] == [
        "Исх. №",
        "Главе муниципального округа",
    ]


def test_a_template_without_lists_and_styles_gets_what_it_lacks(tmp_path: Path) -> None:
    bare = _changed(template_of(tmp_path), tmp_path / "bare.docx", drop="word/numbering.xml")
    word = docx.Document(str(bare))
    for style in [each for each in word.styles if each.name != "Normal"]:
        style.delete()
    word.save(str(bare))

    set_by_it = by_template(tmp_path, bare)

    assert set_by_it.styles["Body Text"].font.name is None, "letters are those of the template"
    names = {each.style.name for each in set_by_it.paragraphs if each.style}
    assert {"Heading 1", "Heading 2", "Body Text", "List Bullet"} <= names
    assert set_by_it.part.numbering_part is not None


def test_lists_of_a_template_stay_as_they_are(tmp_path: Path) -> None:
    template = template_of(tmp_path)
    before = len(docx.Document(str(template)).part.numbering_part.element.findall(qn("w:num")))
    after = by_template(tmp_path, template).part.numbering_part.element.findall(qn("w:num"))
    assert len(after) == before + 1


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 cut", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 encrypted", b"just text", b"x" * (MOST_BYTES + 1)],
    ids=["empty", "cut", "encrypted", "text", "too big"],
)
def test_what_is_no_docx_is_refused(tmp_path: Path, content: bytes) -> None:
    template = tmp_path / "memo.docx"
    template.write_bytes(content)
    with pytest.raises(TemplateRefused):
        by_template(tmp_path, template)


@pytest.mark.parametrize(
    ("add", "why"),
    [
        ({"word/vbaProject.bin": b"macro"}, "macros"),
        ({"word/bomb.xml": b"\0" * (65 * 2**20)}, "unpacks too big"),
        ({"word/x.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "declares entities"),
        ({"word/document.xml": b"<broken"}, "XMLSyntaxError"),
        ({"word/document.xml": b"<a/>"}, None),
    ],
    ids=["macros", "bomb", "entities", "broken", "no document"],
)
def test_a_template_that_is_unsound_is_refused(tmp_path: Path, add: dict[str, bytes], why: str | None) -> None:
    template = _changed(template_of(tmp_path), tmp_path / "unsound.docx", add=add)
    with pytest.raises(TemplateRefused) as refused:
        by_template(tmp_path, template)
    assert why is None or refused.value.why == why


def test_a_template_that_is_gone_or_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.docx", tmp_path):
        with pytest.raises(TemplateRefused):
            by_template(tmp_path, path)


def _changed(template: Path, to: Path, *, add: dict[str, bytes] | None = None, drop: str | None = None) -> Path:
    add = add or {}
    with zipfile.ZipFile(template) as read, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in read.namelist():
            content = read.read(name)
            if drop is not None and name.endswith(".rels"):
                content = b"".join(
                    piece if drop.rpartition("/")[2].encode() not in piece else b"" for piece in _elements(content)
                )
            if name != drop and name not in add:
                parts.writestr(name, content)
        for name, content in add.items():
            parts.writestr(name, content)
    return to


def _elements(xml: bytes) -> list[bytes]:
    return [b"<" + piece if place else piece for place, piece in enumerate(xml.split(b"<"))]


# --- by another program ------------------------------------------------------------------------------------------


@pytest.mark.slow
async def test_libreoffice_opens_a_paper_and_prints_every_word_of_it(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice Writer")
    path = tmp_path / "paper.docx"
    await asyncio.to_thread(write_document, PAPER, path, made_at=MADE_AT)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    into = ("--convert-to", "txt:Text (encoded):UTF8", "--outdir", tmp_path)
    ended = await finished("soffice", profile, "--headless", *into, path, environment={}, folder=tmp_path)
    said = await asyncio.to_thread((tmp_path / "paper.txt").read_text, "utf-8")
    assert ended.code == 0, ended.said
    for words in ("1. Обращения", "Канал 59", "1770", "ИР-12/26: ответ", "[предложения]", "А. Б. Примерова"):
        assert words in said
    assert "warn" not in ended.said.lower()
