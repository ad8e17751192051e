"""`.env.example` is what an operator copies: it must be `Settings`, line by line."""

import re

import pytest
from pydantic_core import PydanticUndefined

from bot.settings import Settings
from tests.architecture.source import ROOT

EXAMPLE = ROOT / ".env.example"
SETTING = re.compile(r"^# (?P<comment>.+)\n(?P<name>[A-Z_]+)=(?P<value>.*)$", re.MULTILINE)


def test_the_example_lists_each_setting_in_order_with_its_default_and_its_description() -> None:
    listed = [match.group("name", "value", "comment") for match in SETTING.finditer(EXAMPLE.read_text("utf-8"))]
    assert listed == [
        (name.upper(), _default(name), field.description) for name, field in Settings.model_fields.items()
    ]


def test_the_example_sets_nothing_without_a_comment() -> None:
    text = EXAMPLE.read_text("utf-8")
    assert len(re.findall(r"^[^#\n]+=", text, re.MULTILINE)) == len(SETTING.findall(text))


def test_a_copy_of_the_example_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    nothing_set = Settings(_env_file=None)
    copied = Settings(_env_file=EXAMPLE)
    assert copied == nothing_set


def _default(name: str) -> str:
    """As it is written in a file; what depends on the machine is left empty there."""
    default = Settings.model_fields[name].default
    if default is None or default is PydanticUndefined:
        return ""
    return str(default).lower() if isinstance(default, bool) else str(default)
