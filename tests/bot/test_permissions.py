"""The developers' table of permissions is the one that code and presets make now."""

from bot.permissions import document
from bot.presets.loading import load_preset, preset_keys
from risk.powers import POWER_FOR, Power
from tests.architecture.source import ROOT


def test_the_document_is_current() -> None:
    written = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")
    assert written == document(), "write it anew: make permissions"


def test_every_use_case_and_every_power_of_every_office_has_its_line() -> None:
    lines = document().splitlines()
    assert [line for line in lines if line.startswith("| `")] != []
    for action, power in POWER_FOR.items():
        assert f"| `{action}` | `{power}` |" in lines
    for power in Power:
        assert sum(line.startswith(f"| `{power}` | ") and line.endswith("the operator |") for line in lines) == len(
            preset_keys()
        )


def test_roles_are_named_by_their_titles_in_falling_order() -> None:
    head, curator = (load_preset("pestovo").roles[place].title for place in (1, 0))
    assert f"| `invite` | {head} → {curator} → the operator |" in document()
