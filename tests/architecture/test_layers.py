"""Who may import whom."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, modules, name_of, tree_of

FOR_THE_DOMAIN = sys.stdlib_module_names | {"risk"}


@pytest.mark.parametrize("module", modules("risk"), ids=name_of)
def test_the_domain_imports_the_standard_library_and_itself_only(module: Path) -> None:
    assert set(_imported(module)) <= FOR_THE_DOMAIN


def test_every_contract_of_the_layers_is_kept() -> None:
    """In a process of its own: the linter rearranges logging for the whole of the one it runs in."""
    lint = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"]
    ended = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def _imported(module: Path) -> Iterator[str]:
    """Names of the top-level packages; a relative import counts as a foreign one."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0] if node.level == 0 else "."
