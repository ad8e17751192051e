"""Web addresses made equal: one spelling per page, without what tracks or names its reader.

Whose page stands at an address is not judged here.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import quote, unquote, urlsplit

from risk.masking import mask

LONGEST: Final = 4096
"""Characters in an address: a message holds no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A public http(s) address: decoded segments of its path, and what of its query finds the page."""

    host: str
    path: tuple[str, ...] = ()
    query: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, raw: str) -> Self | None:
        """The address that was typed or pasted, with its scheme or without; None when it is not public."""
        typed = _typed(raw)
        if typed is None:
            return None
        try:
            parts = urlsplit(typed)
            port = parts.port
        except ValueError:
            return None
        host = _readable_host(parts.hostname or "")
        if host is None or port not in {None, 80, 443}:
            return None
        return cls(host=host, path=_segments(parts.path), query=_telling_pairs(parts.query))

    def value(self, *names: str) -> str | None:
        """The value of the first of the named query parameters that is there."""
        return next((value for name in names for key, value in self.query if key == name), None)

    @property
    def page(self) -> str:
        """The address as it is shown and compared: no scheme, no reader's traces."""
        path = "".join(f"/{_quoted(segment, also='+')}" for segment in self.path)
        query = "&".join("=".join(map(_quoted, filter(None, pair))) for pair in self.query)
        return f"{self.host}{path}{'?' if query else ''}{query}"

    @property
    def names_person(self) -> bool:
        """Whether the path itself holds somebody's e-mail or number."""
        return bool(mask("/".join((f"https://{self.host}", *self.path))).hidden)


def _typed(raw: str) -> str | None:
    """The address with a scheme and without invisible characters; None when it is no http(s) address."""
    visible = "".join(char for char in raw if unicodedata.category(char) not in {"Cf", "Cs"})
    visible = visible.strip().replace("\\", "/")
    if not visible or len(visible) > LONGEST or _BLANK.search(visible):
        return None
    scheme = _SCHEME.match(visible)
    if scheme is None:
        is_other = _OTHER_SCHEME.match(visible) or _E_MAIL.match(visible)
        return None if is_other else f"https://{visible.removeprefix('//')}"
    return f"https://{visible[scheme.end() :]}" if scheme[1].lower() in {"http", "https"} else None


_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_BLANK: Final = re.compile(r"[\s\x00-\x1f\x7f]")
_E_MAIL: Final = re.compile(r"[^/?#]*@")
_OTHER_SCHEME: Final = re.compile(r"[a-z][a-z0-9+-]*:(?!\d)", re.IGNORECASE)


# --- host -----------------------------------------------------------------------------------------

_LONGEST_HOST: Final = 253
_PRIVATE_ZONES: Final = frozenset(
    {"localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "onion", "arpa", "invalid"}
)
_LABEL: Final = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")
_LAST_LABEL: Final = re.compile(r"[^\W\d_]{2,}|xn--[a-z0-9-]+")
"""A bare IP address ends in digits, and is nobody's public page."""


def _readable_host(host: str) -> str | None:
    """The host in lower case with its own letters; None when nobody but the sender could open it."""
    if not host or len(host) > _LONGEST_HOST:
        return None
    try:
        encoded = host.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError:
        return None
    labels = [_readable_label(label) for label in encoded.split(".")]
    while labels[0] == "www" and len(labels) > 2:
        del labels[0]
    return ".".join(labels) if _is_public(labels) else None


def _is_public(labels: list[str]) -> bool:
    if len(labels) < 2 or labels[-1] in _PRIVATE_ZONES or not all(map(_LABEL.fullmatch, labels)):
        return False
    return _LAST_LABEL.fullmatch(labels[-1]) is not None


def _readable_label(label: str) -> str:
    """A punycode label in its own letters, unless it mixes alphabets in order to look like another."""
    if not label.startswith("xn--"):
        return label
    try:
        readable = label.encode("ascii").decode("idna").lower()
        is_same = readable.encode("idna").decode("ascii") == label
    except UnicodeError:
        return label
    return readable if is_same and len(_alphabets(readable)) == 1 else label


def _alphabets(label: str) -> set[str]:
    return {unicodedata.name(char, "?").split()[0] for char in label if char.isalpha()}


# --- path and query -------------------------------------------------------------------------------

_TRACES: Final = re.compile(
    r"utm_\w+|ya?clid|fbclid|gclid|gclsrc|dclid|ysclid|msclkid|mc_[ce]id|_openstat|from|ref(?:_\w+)?|referrer|single|si"
    r"|igsh(?:id)?|feature|share|_ga|erid|roistat|comment(?:_?id)?|reply|replies|thread|lc",
    re.IGNORECASE,
)
"""Parameters that say where the reader came from, or lead to a resident's comment under the page."""

_PERSONAL: Final = re.compile(
    r"(?:user|author|owner|profile|account|person|client)(?:_?(?:id|name))?|u?uid|login|(?:user|first|last|full)_?name"
    r"|fio|phone|tel|e?mail|snils|passport|inn|address|token|access_token|auth\w*|session\w*|sid|key|hash|password|pwd|secret",
    re.IGNORECASE,
)
"""Parameters that name a person or open somebody's own session."""


def _segments(path: str) -> tuple[str, ...]:
    """What stands between slashes, as a browser walks it; a double slash inside may matter to the site."""
    found: list[str] = []
    for segment in map(_decoded, path.split("/")):
        if segment == "..":
            del found[-1:]
        elif segment != "." and (segment or found):
            found.append(segment)
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _telling_pairs(query: str) -> tuple[tuple[str, str], ...]:
    """The query without traces, in order; nothing of it when it tells of a person."""
    pairs = sorted(pair for pair in _pairs(query) if not _TRACES.fullmatch(pair[0]))
    return () if _tells_of_person(pairs) else tuple(pairs)


def _pairs(query: str) -> Iterable[tuple[str, str]]:
    for pair in query.split("&"):
        key, _, value = pair.partition("=")
        if key:
            yield _decoded(key.replace("+", " ")), _decoded(value.replace("+", " "))


def _tells_of_person(pairs: Iterable[tuple[str, str]]) -> bool:
    return any(_PERSONAL.fullmatch(key) or mask(key).hidden or mask(value).hidden for key, value in pairs)


def _decoded(piece: str) -> str:
    """Percent escapes read as UTF-8; bytes of another encoding come through as they are."""
    return unquote(piece, errors="surrogateescape")


def _quoted(piece: str, *, also: str = "") -> str:
    """Letters of any alphabet stay readable; what could end or break the address is escaped."""
    plain = "-._~!$'()*,;:@" + also
    return "".join(
        char if char.isalnum() or char in plain else quote(char, safe="", errors="surrogateescape") for char in piece
    )
