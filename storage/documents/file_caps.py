"""How big a file may be that is read as a sheet."""

from dataclasses import dataclass
from typing import Final

_MEBIBYTE: Final = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCaps:
    """What a file may have at most. A month of ИМ of a whole region is below a half of each."""

    file_bytes: int = 64 * _MEBIBYTE
    unpacked_bytes: int = 768 * _MEBIBYTE
    rows: int = 200_000
    columns: int = 512
