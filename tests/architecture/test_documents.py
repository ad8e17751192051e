"""The documents speak of today's program: of its pictures, its commands and its modules, and of no others."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import typer.main
from typer.core import TyperGroup

from bot.cli import app
from handlers.views.commands import COMMANDS
from tests.architecture.source import ROOT, name_of

READMES: Final = (ROOT / "README.md", ROOT / "README.ru.md")
GUIDE: Final = ROOT / "docs" / "ru" / "member.md"
ARCHITECTURE: Final = ROOT / "docs" / "architecture.md"
DOCUMENTS: Final = (*READMES, *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "deploy").rglob("*.md")))

LINK: Final = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)#\s]+)(?:#[^)]*)?\)")
PICTURES: Final = (
    re.compile(r"!\[(?P<says>[^\]]*)\]\((?P<target>[^)]+)\)"),
    re.compile(r'<img [^>]*src="(?P<target>[^"]+)" alt="(?P<says>[^"]*)"'),
)
"""A picture in its full width, and one beside the text."""
COMMAND: Final = re.compile(r"`/(?P<name>[a-z]+)")
OFFERED: Final = frozenset(each.name for each in COMMANDS)
PRESSED: Final = frozenset({"start"})
"""Telegram's own command: nobody is offered it, a link sends it."""
LISTS_ITS_FOLDERS: Final = frozenset({"bot/sandbox/", "deploy/", "tests/"})
"""Rows of the architecture that name what is inside by folders or in words."""


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_what_a_document_links_to_is_there(document: Path) -> None:
    targets = [match["target"] for match in LINK.finditer(document.read_text("utf-8"))]
    near = [each for each in targets if "://" not in each]
    assert [each for each in near if not (document.parent / each).exists()] == []


def test_every_picture_is_shown_somewhere_and_described_in_words() -> None:
    shown = [
        ((document.parent / match["target"]).resolve(), match["says"])
        for document in DOCUMENTS
        for pattern in PICTURES
        for match in pattern.finditer(document.read_text("utf-8"))
    ]
    assert {path for path, _ in shown} == set((ROOT / "docs" / "images").iterdir())
    assert all(says for _, says in shown)


def test_every_command_of_the_members_guide_is_one() -> None:
    named = _commands(GUIDE.read_text("utf-8"))
    assert named
    assert named <= OFFERED


@pytest.mark.parametrize("readme", READMES, ids=name_of)
def test_the_tables_of_a_readme_name_the_commands_that_there_are_and_no_others(readme: Path) -> None:
    assert _commands("\n".join(cells[0] for cells in _rows(readme))) == OFFERED | PRESSED


@pytest.mark.parametrize("readme", READMES, ids=name_of)
def test_a_readme_has_a_line_for_each_command_of_the_shell(readme: Path) -> None:
    rows = "\n".join(cells[0] for cells in _rows(readme))
    missing = [name for name in _shell_commands() if f"`{name}" not in rows]
    assert missing == []


def test_the_architecture_names_every_module_in_the_row_of_its_package() -> None:
    rows = {cells[0].strip("`"): cells[1] for cells in _rows(ARCHITECTURE) if cells[0].endswith("/`")}
    unnamed = [
        f"{package}{module.stem}"
        for package, says in rows.items()
        if package not in LISTS_ITS_FOLDERS
        for module in sorted((ROOT / package).glob("[!_]*.py"))
        if f"`{module.stem}`" not in says
    ]
    assert unnamed == []


def test_the_architecture_names_no_module_that_is_not_there() -> None:
    gone = [
        f"{cells[0]} {name}"
        for cells in _rows(ARCHITECTURE)
        if cells[0].endswith("/`")
        for name in re.findall(r"`([a-z_]+)`", cells[1])
        if not list((ROOT / cells[0].strip("`")).glob(f"{name}.py"))
    ]
    assert gone == []


def _commands(text: str) -> frozenset[str]:
    return frozenset(match["name"] for match in COMMAND.finditer(text))


def _rows(document: Path) -> Iterator[list[str]]:
    """The cells of every line of every table."""
    for line in document.read_text("utf-8").splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def _shell_commands() -> Iterator[str]:
    """As they are typed: `doctor`, `office add`."""
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    for name, command in root.commands.items():
        if isinstance(command, TyperGroup):
            yield from (f"{name} {inner}" for inner in command.commands)
        else:
            yield name
