"""Papers and pictures, made as long work: what was asked for, by whom, where it goes; not what stands in them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from risk.digests import NOTABLY_LATE
from risk.figures import WHOLE_OFFICE, Scope
from risk.ids import DigestId, PaperId, PersonId
from risk.jobs import JobKind
from risk.people import Place
from risk.periods import Period


class PaperKind(StrEnum):
    """The values travel in buttons."""

    MEMO = "memo"
    REGISTERS = "registers"
    DIGEST_PAGE = "digest_page"
    DIGEST_PICTURE = "digest_picture"
    HEAT_OF_TERRITORIES = "heat_t"
    """«Темы по территориям»."""
    HEAT_OF_WEEKS = "heat_w"
    """«Темы по неделям»."""


PICTURES: Final = frozenset({PaperKind.DIGEST_PICTURE, PaperKind.HEAT_OF_TERRITORIES, PaperKind.HEAT_OF_WEEKS})
ENDINGS: Final = {
    PaperKind.MEMO: "docx",
    PaperKind.REGISTERS: "xlsx",
    PaperKind.DIGEST_PAGE: "docx",
    PaperKind.DIGEST_PICTURE: "png",
    PaperKind.HEAT_OF_TERRITORIES: "png",
    PaperKind.HEAT_OF_WEEKS: "png",
}
"""Of files."""


LIES_AT_MOST: Final = timedelta(days=1)
"""A file that could not be sent for so long is dropped."""


class PaperState(StrEnum):
    PLANNED = "planned"
    READY = "ready"
    """Its file lies there until it has been sent."""
    SENT = "sent"
    FAILED = "failed"


class PaperFault(StrEnum):
    """Why there is no paper."""

    FAULT = "fault"
    TOO_LARGE = "too_large"
    """More than a messenger takes."""
    GONE = "gone"
    """Its file was not in its place, twice."""
    REFUSED = "refused"
    """The messenger did not take it."""
    NOT_SENT = "not_sent"
    """It could not be sent in time."""
    NOT_THEIRS = "not_theirs"
    """Whoever had asked may not read it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """`digest` is the snapshot that a page or picture of a digest shows; the others are of a `period`.

    `asked_by` is None for what comes by itself. `place` is where it goes.
    """

    id: PaperId
    kind: PaperKind
    state: PaperState
    place: Place
    planned_at: datetime
    period: Period | None = None
    digest: DigestId | None = None
    scope: Scope = WHOLE_OFFICE
    asked_by: PersonId | None = None
    made_at: datetime | None = None
    file: str | None = None
    """Its name in the folder of papers; None while there is none."""
    caption: str = ""
    """What is said under it: worded when it was made, for that is what it shows."""
    why: PaperFault | None = None
    times: int = 0
    """How often it was begun anew."""
    due_at: datetime | None = None
    """When what comes by itself was to come; None where nobody waited for it."""
    plain: bool = False
    """The office's own template could not be opened: the paper is set without it."""

    @property
    def is_common(self) -> bool:
        """Whoever reads the digest may have it; anything else is of what somebody may read."""
        return self.kind is PaperKind.DIGEST_PAGE

    @property
    def is_own_memo(self) -> bool:
        """One that nobody has asked for: it comes by itself, and no message tells how far it is."""
        return self.kind is PaperKind.MEMO and self.asked_by is None

    @property
    def is_late(self) -> bool:
        """Of one that comes by itself: whoever has asked for one knows when."""
        was_due = self.due_at is not None and self.made_at is not None and self.made_at - self.due_at >= NOTABLY_LATE
        return was_due and self.is_own_memo

    @property
    def is_picture(self) -> bool:
        return self.kind in PICTURES

    @property
    def once(self) -> str:
        """Under which name its message is planned: once for each making."""
        return f"paper {self.id} {self.times}" if self.times else f"paper {self.id}"

    @property
    def ending(self) -> str:
        return ENDINGS[self.kind]

    @property
    def own_file(self) -> str:
        """The name of its file in the folder of papers: another one for each making."""
        return f"{self.id}-{self.times}.{self.ending}"

    @property
    def work(self) -> JobKind:
        """By what kind of long work it is made."""
        if self.is_picture:
            return JobKind.DRAW_PICTURE
        return JobKind.WRITE_REGISTERS if self.kind is PaperKind.REGISTERS else JobKind.MAKE_PAPER
