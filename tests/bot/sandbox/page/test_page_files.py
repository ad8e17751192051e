"""What the page's files must never hold, read as text; how the page behaves is driven in a browser elsewhere."""

import re
from pathlib import Path

import pytest

import bot.sandbox

PAGE = Path(bot.sandbox.__file__).parent / "page"
FILES = sorted(path for path in PAGE.rglob("*") if path.is_file())
SCRIPTS = [path for path in FILES if path.suffix == ".js"]
SVG_NAMESPACE = "http://www.w3.org/2000/svg"
MARKUP_SINKS = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser")
INLINE_CODE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)


def name_of(path: Path) -> str:
    return path.relative_to(PAGE).as_posix()


@pytest.mark.parametrize("script", SCRIPTS, ids=name_of)
def test_no_script_turns_outside_text_into_markup(script: Path) -> None:
    assert not MARKUP_SINKS.search(script.read_text(encoding="utf-8"))


def test_the_page_has_no_inline_code_that_its_policy_would_refuse() -> None:
    assert not INLINE_CODE.search((PAGE / "index.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_no_file_names_an_address_outside_the_sandbox(file: Path) -> None:
    text = file.read_text(encoding="utf-8").replace(SVG_NAMESPACE, "")
    assert not re.search(r"https?://\w|[\"'(]//\w", text)


@pytest.mark.parametrize("script", SCRIPTS, ids=name_of)
def test_every_import_leads_to_a_file_of_the_page(script: Path) -> None:
    for target in re.findall(r"from \"(.+?)\"", script.read_text(encoding="utf-8")):
        assert (script.parent / target).is_file(), target


@pytest.mark.parametrize("file", [PAGE / "index.html", PAGE / "style.css"], ids=name_of)
def test_every_asset_that_is_asked_for_exists(file: Path) -> None:
    asked = re.findall(r"/page/([\w./]+)", file.read_text(encoding="utf-8"))
    assert asked
    for target in asked:
        assert (PAGE / target).is_file(), target


@pytest.mark.parametrize("file", [path for path in FILES if path.suffix in {".js", ".css"}], ids=name_of)
def test_every_file_begins_by_saying_what_lives_there(file: Path) -> None:
    assert file.read_text(encoding="utf-8").startswith(("// ", "/* "))
