"""The files of the tree as text and as syntax trees; which rules they must keep is in the tests."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PRODUCT: Final = ("bot", "handlers", "risk", "storage", "scheduler")


def name_of(path: Path) -> str:
    """As tests print it and rules list it: from the root of the tree."""
    return path.relative_to(ROOT).as_posix()


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=name_of(path))


def dotted(node: ast.expr) -> str:
    """`datetime.now` for an attribute of a name; empty for anything more involved."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value) or '…'}.{node.attr}"
    return ""


SAMPLES: Final = "tests/samples/"
"""Files as offices have them, in whatever encoding: data, not text of ours."""


def texts() -> Iterator[tuple[str, str]]:
    """Every text file that belongs to the tree: its name and its words."""
    for path in _files(ROOT, _ignored()):
        if name_of(path).startswith(SAMPLES):
            continue
        content = path.read_bytes()
        if b"\0" not in content:
            yield name_of(path), content.decode("utf-8")


def _files(folder: Path, ignored: tuple[str, ...]) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if any(fnmatch(path.name, pattern) for pattern in ignored):
            continue
        if path.is_dir():
            yield from _files(path, ignored)
        else:
            yield path


def _ignored() -> tuple[str, ...]:
    """`.gitignore` holds plain names and patterns of names only, so no other reading of it is needed."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    return (".git", *(line.rstrip("/") for line in lines))
