"""What is written in the files: docstrings, reasons, no names that belong elsewhere, nothing left for later."""

import ast
import re
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from bot.presets.loading import preset_keys
from tests.architecture.source import PRODUCT, modules, name_of, texts, tree_of

ONE_CONSTANT: Final = "bot/training.py"
"""Whose office the sandbox plays."""
EXAMPLES: Final = ("office add {}", "например {}")
"""How the lines of the operator's shell may name a preset."""
PRESETS: Final = "bot/presets/"
SANDBOX: Final = "bot/sandbox/"

MACHINE_PATH: Final = re.compile(r"(?:^|[^A-Za-z0-9_.])/(?:home|root|work|farm|Users)/[A-Za-z]", re.MULTILINE)
REGISTRY: Final = re.compile(
    r"https?://[^ )\"]*(?:/simple/|/packages/[0-9a-f]{2}/|\.whl|\.tgz|/-/)|pypi[.]org|python[h]osted"
)
LEFT_FOR_LATER: Final = re.compile(r"\b(?:TO[D]O|FIX[M]E|X[X]X)\b|NotImplemented[E]rror")
HTML: Final = re.compile(r"parse_mode(?!\"?(?:=|: )None\b)|as_html\(|html_text")
IGNORED: Final = re.compile(r"#\s*(?:no[q]a|type:\s*ign[o]re)")
IGNORED_WITH_REASON: Final = re.compile(r"# no[q]a: [A-Z0-9, ]+ - \w|# type: ign[o]re\[[a-z, -]+\]  # \w")

PYTHON: Final = modules(*PRODUCT, "tests", "bench", "deploy")
TEXTS: Final = dict(texts())


@pytest.mark.parametrize("module", PYTHON, ids=name_of)
def test_a_module_begins_with_one_sentence_of_what_lives_there(module: Path) -> None:
    first_line = (ast.get_docstring(tree_of(module)) or "").partition("\n")[0]
    assert first_line.endswith((".", ":", "?"))


@pytest.mark.parametrize("module", PYTHON, ids=name_of)
def test_an_exception_from_a_rule_gives_its_reason(module: Path) -> None:
    for line in module.read_text(encoding="utf-8").splitlines():
        assert not IGNORED.search(line) or IGNORED_WITH_REASON.search(line), line


@pytest.mark.parametrize("key", preset_keys())
def test_a_preset_is_named_in_no_code_but_its_own(key: str) -> None:
    product = tuple(f"{folder}/" for folder in PRODUCT)
    naming = Counter(
        {
            name: _without_examples(text, key).count(key)
            for name, text in TEXTS.items()
            if name.startswith(product) and not name.startswith(PRESETS)
        }
    )
    assert +naming <= Counter({ONE_CONSTANT: 1})


def test_messages_are_never_sent_as_html() -> None:
    doors = tuple(f"{folder}/" for folder in ("bot", "handlers"))
    sending = {name: text for name, text in TEXTS.items() if name.startswith(doors) and not name.startswith(SANDBOX)}
    assert _where(HTML, sending) == []


@pytest.mark.parametrize("unwanted", [MACHINE_PATH, REGISTRY], ids=["a path of a machine", "an address of a registry"])
def test_no_file_names(unwanted: re.Pattern[str]) -> None:
    assert _where(unwanted, TEXTS) == []


def test_nothing_is_left_for_later() -> None:
    code = {name: text for name, text in TEXTS.items() if not name.endswith((".md", ".txt"))}
    assert _where(LEFT_FOR_LATER, code) == []


def _where(unwanted: re.Pattern[str], files: dict[str, str]) -> list[str]:
    return [f"{name}: {found[0].strip()}" for name, text in files.items() for found in [unwanted.search(text)] if found]


def _without_examples(text: str, key: str) -> str:
    for example in EXAMPLES:
        text = text.replace(example.format(key), "")
    return text
