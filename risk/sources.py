"""Where a risk was seen: public links made equal and safe to keep; what is personal keeps no address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from risk.addresses import LONGEST, Address
from risk.masking import mask
from risk.platforms import Reach, judge
from risk.units import shortened

LONGEST_LABEL: Final = 80
"""UTF-16 units in what a member types instead of a link."""


class SourceKind(StrEnum):
    """How a source may be shown."""

    LINK = "link"
    PERSONAL_PAGE = "personal_page"
    SPOKEN = "spoken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A place where the topic spreads.

    A LINK has `link` (no scheme), a SPOKEN one has `label`, a PERSONAL_PAGE has neither.
    """

    kind: SourceKind
    link: str | None = None
    label: str | None = None

    @property
    def address(self) -> str | None:
        """The full address of a LINK, for a button or a probe."""
        return None if self.link is None else f"https://{self.link}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLink:
    """A link inside a text: `text[begins:ends]`, in code points."""

    begins: int
    ends: int
    source: Source


def read_link(raw: str) -> Source | None:
    """The source behind a typed or pasted address; None when it is no address of a public web page."""
    address = Address.read(raw)
    if address is None:
        return None
    verdict = judge(address)
    if verdict.reach is Reach.PUBLIC:
        return Source(kind=SourceKind.LINK, link=verdict.page)
    if verdict.reach is Reach.PERSONAL:
        return Source(kind=SourceKind.PERSONAL_PAGE)
    label = f"закрытый чат {verdict.platform}" if verdict.reach is Reach.CLOSED else "сокращённая ссылка"
    return Source(kind=SourceKind.SPOKEN, label=label)


def spoken(typed: str) -> Source | None:
    """A source that has no link: «домовой чат», «звонок». None when there are no words."""
    label = shortened(" ".join(mask(without_links(typed)).text.split()), LONGEST_LABEL)
    has_words = any(char.isalpha() for char in label)
    return Source(kind=SourceKind.SPOKEN, label=label) if has_words else None


def find_links(text: str) -> tuple[FoundLink, ...]:
    """Links with a scheme or `www.`, and those without it on platforms where news spread, in order."""
    return tuple(filter(None, map(_found, _LINK.finditer(text))))


def without_links(text: str) -> str:
    """The text with a space in place of each link; everything else stays as it was typed."""
    pieces, end = [], 0
    for link in find_links(text):
        pieces.append(text[end : link.begins])
        end = link.ends
    return " ".join((*pieces, text[end:]))


_HOSTS_WITHOUT_SCHEME: Final = (
    "vk.com",
    "vk.ru",
    "vk.cc",
    "vkvideo.ru",
    "ok.ru",
    "t.me",
    "telegram.me",
    "max.ru",
    "youtube.com",
    "youtu.be",
    "rutube.ru",
    "dzen.ru",
    "wa.me",
    "clck.ru",
    "instagram.com",
    "facebook.com",
)
_STOPS: Final = r"\s<>«»“”„\"`|\\^{}\[\]"
_HOST: Final = "|".join(map(re.escape, _HOSTS_WITHOUT_SCHEME))
_LINK: Final = re.compile(
    rf"""
    (?: https?:// | (?<![a-z0-9_@.-])www\. ) (?: (?! (?<![=/])https?:// ) [^{_STOPS}] ){{1,{LONGEST}}}
    | (?<![a-z0-9_@-])(?<![a-z0-9]\.) (?:[a-z0-9_-]{{1,32}}\.){{0,4}} (?:{_HOST}) [/?][^{_STOPS}]{{1,{LONGEST}}}
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words and links are often typed without a space between them, so only Latin letters may not stand before."""
_TRAILING: Final = ".,;:!?…'*_~"
_BRACKETS: Final[Mapping[str, str]] = MappingProxyType({")": "(", "]": "["})


def _found(match: re.Match[str]) -> FoundLink | None:
    link = _without_trailing_marks(match[0])
    source = read_link(link)
    if source is None:
        return None
    return FoundLink(begins=match.start(), ends=match.start() + len(link), source=source)


def _without_trailing_marks(link: str) -> str:
    """Marks after a link belong to the sentence; so does a closing bracket that was opened before it."""
    while link:
        last = link[-1]
        is_strange = last in _BRACKETS and link.count(last) > link.count(_BRACKETS[last])
        if last not in _TRAILING and not is_strange:
            break
        link = link[:-1]
    return link
