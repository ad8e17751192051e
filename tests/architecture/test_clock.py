"""Time is read and tasks are started in the files that own this, and nowhere else."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.source import PRODUCT, dotted, modules, name_of, tree_of

CLOCKS: Final = {"bot/clock.py", "bot/sandbox/clock.py"}
TASKS: Final = {"bot/tasks.py", "bot/sandbox/tasks.py"}
OWNERS: Final = {
    "datetime.now": CLOCKS,
    "datetime.utcnow": CLOCKS,
    "datetime.today": CLOCKS,
    "date.today": CLOCKS,
    "time.time": CLOCKS,
    "time.monotonic": CLOCKS,
    "time.perf_counter": CLOCKS,
    "create_task": TASKS,
    "ensure_future": TASKS,
    "time.sleep": set(),
}
"""Calls by the end of their dotted name, and the files that may make them."""


@pytest.mark.parametrize("module", modules(*PRODUCT), ids=name_of)
def test_the_clock_and_the_tasks_are_touched_by_their_owners_only(module: Path) -> None:
    for name in _names(tree_of(module)):
        for owned, owners in OWNERS.items():
            if f".{name}".endswith(f".{owned}"):
                assert name_of(module) in owners, name


@pytest.mark.parametrize("owned", OWNERS)
def test_every_listed_owner_is_a_file(owned: str) -> None:
    assert OWNERS[owned] <= {name_of(module) for module in modules(*PRODUCT)}


def _names(tree: ast.Module) -> Iterator[str]:
    """Dotted names as they are used; a name imported by itself counts with its module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield dotted(node)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
