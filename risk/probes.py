"""What a probe of a published link found, and which links are probed at all; nothing is fetched here."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

LONGEST_TITLE: Final = 200
"""Characters."""


class ProbeResult(Enum):
    """Only GONE and FAILED say something of the page; BARRED and FORBIDDEN say that the probe cannot tell."""

    REACHED = "reached"
    GONE = "gone"
    """404, 410, or a redirect that names no place to go."""
    FAILED = "failed"
    """Does not open: an error of the server, a refused connection, an answer that is no HTTP."""
    BARRED = "barred"
    """«Недоступна для проверки»: a certificate not trusted here, a page for some eyes only, silence, no such name."""
    FORBIDDEN = "forbidden"
    """The guard does not let the probe go there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One look at a link. `final` and `status` are those of the last answer, None when nobody answered."""

    result: ProbeResult
    address: str
    final: str | None
    """Where redirects led. Differs from `address` in spelling even where nothing redirects: compare it with another."""
    title: str | None
    """As `one_line` leaves it; only of a page that was reached."""
    status: int | None
    at: datetime


def is_probed(host: str) -> bool:
    """Platforms are known by the address of their pages and never fetched: they answer a robot as they please."""
    name = host.lower().removesuffix(".")
    return not any(name == platform or name.endswith(f".{platform}") for platform in _KNOWN_BY_PAGE)


def changed(before: Probe, after: Probe) -> bool:
    """Whether a page that opened then and opens now may be another one."""
    if before.result is not ProbeResult.REACHED or after.result is not ProbeResult.REACHED:
        return False
    return (before.final, before.title) != (after.final, after.title)


def one_line(title: str) -> str | None:
    """A stranger's title as it may be shown: no breaks, nothing invisible, not too long; None when nothing is left."""
    visible = "".join(char for char in title if char.isspace() or not unicodedata.category(char).startswith("C"))
    return " ".join(visible.split())[:LONGEST_TITLE].strip() or None


_KNOWN_BY_PAGE: Final = frozenset({"vk.com", "vk.ru", "ok.ru", "t.me", "max.ru"})
