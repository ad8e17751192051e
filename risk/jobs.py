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
    MAKE_PAPER = "make_paper"


OF_PAPERS: Final = frozenset({JobKind.MAKE_PAPER})


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
