"""The drawing of the states is made from the table of moves."""

from bot.drawing import drawing
from handlers.views.moves import MOVES
from risk.moves import Move
from risk.risks import RiskState
from tests.architecture.source import ROOT


def test_the_drawing_is_current() -> None:
    assert (ROOT / "docs" / "ru" / "states.md").read_text(encoding="utf-8") == drawing(), "draw it anew: make states"


def test_every_state_and_every_move_stands_in_it() -> None:
    assert all(f"    {state}: " in drawing() for state in RiskState)
    assert all(MOVES[move] in drawing() for move in Move)
