"""Why a file cannot be read as a sheet, as values: whoever reads files raises them, the wording is the views'.

SheetRefused          the whole file is left alone, with its `SheetFault`
"""

from enum import StrEnum


class SheetFault(StrEnum):
    """What is wrong with the file as a whole. A wrong extension is none: the content tells what it is."""

    GONE = "gone"
    """There is no such file, or it may not be read."""
    EMPTY = "empty"
    NOT_A_SHEET = "not_a_sheet"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_BIG = "too_big"
    """The file itself has more bytes than may be read."""
    UNPACKS_TOO_BIG = "unpacks_too_big"
    """It is small and unpacks into more than may be held: a zip bomb, or a sheet of a million columns."""
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOOK_TOO_LONG = "took_too_long"


class SheetRefused(Exception):
    """Nothing of the file is used. Holds no word of it."""

    def __init__(self, fault: SheetFault) -> None:
        super().__init__(fault.value)
        self.fault = fault
