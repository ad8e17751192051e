"""What a sheet would run, made text: whoever wrote a cell, opening a file must do nothing."""

from typing import Final

_STARTS_A_FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")


def harmless(cell: str) -> str:
    """As text: a sheet takes what begins like a formula for one, whoever wrote it."""
    return f"'{cell}" if cell[:1] in _STARTS_A_FORMULA else cell
