"""Words that members type on the record of a risk, made safe to keep; what they mean is not judged here."""

from collections.abc import Callable
from typing import Final

from risk.gist import without_placeholders
from risk.masking import mask, mask_ranges
from risk.sources import SourceKind, find_links
from risk.understanding import RawMessage
from risk.units import shortened

LONGEST_NOTE: Final = 600
LONGEST_ANSWER: Final = 2500
"""UTF-16 units: the report of an answer is one message, its platforms and links included."""

PERSONAL_PAGE_HIDDEN: Final = "[личная страница]"


def note(typed: str) -> str | None:
    """Words of one paragraph or several, without what leads to a person; None without letters and digits."""
    return _kept(typed, LONGEST_NOTE, lambda text: mask(text).text)


def said_as_note(said: RawMessage) -> str | None:
    """The author's own words in a chat, as a note keeps them; people whom the messenger names there are hidden too."""
    return None if said.is_forward else note(mask_ranges(said.text, said.name_ranges))


def official_text(typed: str) -> str | None:
    """The text of an official answer: phones of services stay as they were typed, residents' pages do not."""
    return _kept(typed, LONGEST_ANSWER, lambda text: text)


def _kept(typed: str, longest: int, made_safe: Callable[[str], str]) -> str | None:
    text = made_safe(_without_personal_pages(typed))
    tidy = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    has_words = any(map(str.isalnum, without_placeholders(tidy).replace(PERSONAL_PAGE_HIDDEN, "")))
    return shortened(tidy, longest) if has_words else None


def _without_personal_pages(typed: str) -> str:
    pieces, end = [], 0
    for link in find_links(typed):
        if link.source.kind is SourceKind.PERSONAL_PAGE:
            pieces += [typed[end : link.begins], PERSONAL_PAGE_HIDDEN]
            end = link.ends
    return "".join((*pieces, typed[end:]))
