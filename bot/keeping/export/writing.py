"""How the files of an export are written: private, a row at a time, as Russian spreadsheets open them."""

import csv
import json
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Final

from risk.harmless import harmless

WITH_MARK: Final = "utf-8-sig"
"""The mark at the beginning is what Excel knows UTF-8 by."""


async def write_sheet(path: Path, columns: Sequence[str], lines: AsyncIterator[Sequence[str]]) -> int:
    """How many lines there are under the heading."""
    count = 0
    with _opened(path, WITH_MARK) as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(columns)
        async for cells in lines:
            writer.writerow([harmless(cell) for cell in cells])
            count += 1
    return count


async def write_json(
    path: Path, head: Mapping[str, Any], tables: Mapping[str, AsyncIterator[Mapping[str, Any]]]
) -> None:
    """`head` and then, under «tables», the rows of each, a row in a line."""
    with _opened(path, "utf-8") as file:
        file.write(
            json.dumps(head, ensure_ascii=False, indent=1).rstrip().removesuffix("}").rstrip() + ',\n "tables": {'
        )
        for number, (name, rows) in enumerate(tables.items()):
            file.write(("," if number else "") + f"\n  {json.dumps(name)}: [")
            first = True
            async for row in rows:
                file.write(("" if first else ",") + "\n   " + json.dumps(row, ensure_ascii=False))
                first = False
            file.write("]")
        file.write("\n }\n}\n")


def write_text(path: Path, lines: Sequence[str]) -> None:
    with _opened(path, WITH_MARK) as file:
        file.writelines(f"{line}\r\n" for line in lines)


def write_as_is(path: Path, text: str) -> None:
    with _opened(path, "utf-8") as file:
        file.write(text)


def _opened(path: Path, encoding: str) -> IO[str]:
    """A new file for its owner alone."""
    return open(path, "x", encoding=encoding, newline="", opener=lambda name, flags: os.open(name, flags, 0o600))
