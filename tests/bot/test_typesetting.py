"""A paper as a file: by the office's own template where there is one, plainly where it cannot be opened."""

import sys
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from PIL import Image

from bot.gateways.paper_templates import PaperTemplates, templates_folder
from bot.typesetting import typeset
from risk.papers import PaperKind
from tests.storage.documents.papers import CHART, MADE_AT, PAPER
from tests.support.programs import finished

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"docx", "matplotlib", "xlsxwriter", "numpy", "PIL", "lxml"}


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = templates_folder(tmp_path / "mcu.sqlite3") / "office"
    folder.mkdir(parents=True)
    return folder


def template(folder: Path, header: str = "Администрация") -> Path:
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = header
    word.save(str(folder / "memo.docx"))
    return folder / "memo.docx"


def header_of(path: Path) -> str:
    said: str = docx.Document(str(path)).sections[0].header.paragraphs[0].text
    return said


def test_an_office_has_a_template_of_a_memo_where_it_put_one(templates: Path) -> None:
    lookup = PaperTemplates(templates.parent)
    assert lookup.of("office", PaperKind.MEMO) is None
    path = template(templates)
    assert lookup.of("office", PaperKind.MEMO) == path
    assert lookup.of("another", PaperKind.MEMO) is None
    assert lookup.of("office", PaperKind.DIGEST_PAGE) is None


def test_a_paper_is_set_by_the_template(templates: Path, tmp_path: Path) -> None:
    path = tmp_path / "1.docx"
    assert not typeset(PAPER, path, made_at=MADE_AT, template=template(templates))
    assert header_of(path) == "Администрация"


def test_without_a_template_a_paper_is_set_plainly_and_that_is_no_fault(tmp_path: Path) -> None:
    assert not typeset(PAPER, tmp_path / "1.docx", made_at=MADE_AT, template=None)


def test_a_template_that_cannot_be_opened_costs_the_letterhead_only(templates: Path, tmp_path: Path) -> None:
    broken, path = templates / "memo.docx", tmp_path / "1.docx"
    broken.write_bytes(b"PK\x03\x04 no archive")
    assert typeset(PAPER, path, made_at=MADE_AT, template=broken)
    plainly = tmp_path / "2.docx"
    typeset(PAPER, plainly, made_at=MADE_AT, template=None)
    assert path.read_bytes() == plainly.read_bytes()


def test_a_picture_is_drawn(tmp_path: Path) -> None:
    assert not typeset(replace(CHART, title="Т"), tmp_path / "1.png", made_at=MADE_AT, template=None)
    with Image.open(tmp_path / "1.png") as image:
        assert image.width == 1080


@pytest.mark.slow
async def test_the_bot_starts_without_what_papers_are_set_with() -> None:
    look = "import sys, bot.assembly; print(*{name.partition('.')[0] for name in sys.modules})"
    ended = await finished(sys.executable, "-c", look, environment={}, folder=ROOT)
    loaded = set(ended.said.split())
    assert "aiogram" in loaded
    assert not loaded & HEAVY
