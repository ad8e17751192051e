"""Long work as rows: claimed like messages, told of by its progress, taken up again by the next run of the bot."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from risk.ids import JobId, OfficeId

MOST_ATTEMPTS: Final = 3
"""Work that has taken the bot down so often is given up."""


class JobKind(StrEnum):
    READ_EXPORT = "read_export"
    APPLY_IMPORT = "apply_import"
    DRAW_PICTURE = "draw_picture"
    MAKE_PAPER = "make_paper"
    WRITE_REGISTERS = "write_registers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Work of these kinds waits for work of these kinds alone; so much of it is done at one time."""

    name: str
    kinds: frozenset[JobKind]
    at_once: int = 1


LANES: Final = (
    Lane(name="imports", kinds=frozenset({JobKind.READ_EXPORT, JobKind.APPLY_IMPORT})),
    Lane(name="pictures", kinds=frozenset({JobKind.DRAW_PICTURE})),
    Lane(name="papers", kinds=frozenset({JobKind.MAKE_PAPER}), at_once=2),
    Lane(name="registers", kinds=frozenset({JobKind.WRITE_REGISTERS})),
)
"""A memo does not wait for an import, nor a picture for the registers of a year."""
OF_PAPERS: Final = frozenset({JobKind.DRAW_PICTURE, JobKind.MAKE_PAPER, JobKind.WRITE_REGISTERS})


class JobState(StrEnum):
    PLANNED = "planned"
    CLAIMED = "claimed"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """`subject` is what it is about: an import, a paper. `done` of `total` steps, where the total is known."""

    id: JobId
    office: OfficeId
    kind: JobKind
    subject: int
    attempts: int
    done: int = 0
    total: int | None = None
