"""Pictures drawn with matplotlib, never with pyplot; it is loaded when the first one is drawn: that takes a while."""

from pathlib import Path
from typing import assert_never

from risk.documents import BarChart, Board, HeatMap, Picture


def draw(picture: Picture, path: Path) -> None:
    """A PNG."""
    match picture:
        case Board():
            _board(picture, path)
        case BarChart() | HeatMap():
            raise NotImplementedError
        case other:
            assert_never(other)


def _board(board: Board, path: Path) -> None:
    from matplotlib.figure import Figure  # noqa: PLC0415 - a second or two that a start need not wait for

    figure = Figure(figsize=(6, 4), dpi=150)
    figure.text(0.05, 0.9, board.title)
    for place, tile in enumerate(board.tiles):
        figure.text(0.05, 0.7 - 0.2 * place, f"{tile.value} {tile.label}")
    figure.savefig(path, format="png")
