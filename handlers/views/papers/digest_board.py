"""The picture of a digest: its big numbers."""

from risk.digests import Digest
from risk.documents import Board, Tile
from risk.figures import Figure
from risk.offices import Office


def digest_board(office: Office, digest: Digest) -> Board:
    tiles = (
        Tile(label="риски открыты", value=str(digest.total[Figure.RISKS_OPEN])),
        Tile(label="обращения просрочены", value=str(digest.total[Figure.OVERDUE])),
    )
    return Board(title=office.plan.title, tiles=tiles, bars=(), bars_title="", source="")
