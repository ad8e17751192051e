"""What each platform's addresses show: a public page, a closed chat, or what may be a resident's own page.

Privacy comes first: an address that no rule below calls public is taken for somebody's own page.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType
from typing import Final

from risk.addresses import Address


class Reach(Enum):
    """Who may see what stands at an address, as far as the address itself tells."""

    PUBLIC = "public"
    PERSONAL = "personal"
    CLOSED = "closed"
    HIDDEN_TARGET = "hidden_target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`page` is the one spelling of a public page; `platform` names the messenger of a closed chat."""

    reach: Reach
    page: str | None = None
    platform: str | None = None


def judge(address: Address, *, hops: int = 3) -> Verdict:
    """What the address shows. A platform's own redirect is followed, for nothing but its target counts."""
    target = _target(address)
    if target is not None:
        return judge(target, hops=hops - 1) if hops else _PERSONAL
    if address.names_person or _leads_to_person(_addresses_in_path(address), hops):
        return _PERSONAL
    verdict = _judge_host(address)
    if verdict is not None:
        return verdict
    values = (value for _, value in address.query)
    is_clean = not _leads_to_person(map(Address.read, values), hops)
    return _public((address if is_clean else replace(address, query=())).page)


class PageFault(Enum):
    """Why no post could be told by the address of its page."""

    NOT_PUBLIC = "not_public"
    """It may be somebody's own page, or a closed chat, or a short address that hides where it leads."""
    WHOLE_PLATFORM = "whole_platform"
    NAMED_COMMUNITY = "named_community"
    """Posts of a community of VK stand under its number, which its name does not tell."""


def page_of_posts(address: Address) -> str | PageFault:
    """How addresses of the page's posts begin, in the one spelling that their links are stored in.

    A channel's own address may be a person's; it is the address of a post on it that tells.
    """
    if address.host in _RULES and not address.path and not address.query:
        return PageFault.WHOLE_PLATFORM
    page = judge(address).page
    if page is not None:
        return page
    if _joined(address) and (rule := _POSTS_BELOW.get(address.host)) is not None:
        post = judge(replace(address, path=(*address.path, *rule)))
        if post.page is not None:
            return post.page.removesuffix("/" + "/".join(rule))
    named = address.host in _VK_HOSTS and len(address.path) == 1 and not _VK_PERSON.fullmatch(address.path[0])
    return PageFault.NAMED_COMMUNITY if named else PageFault.NOT_PUBLIC


_PERSONAL: Final = Verdict(reach=Reach.PERSONAL)
_SHORTENED: Final = Verdict(reach=Reach.HIDDEN_TARGET)

_Rule = Callable[[Address], Verdict]


def _public(page: str) -> Verdict:
    return Verdict(reach=Reach.PUBLIC, page=page)


def _closed(platform: str) -> Verdict:
    return Verdict(reach=Reach.CLOSED, platform=platform)


def _judge_host(address: Address) -> Verdict | None:
    """The verdict of the platform that owns the host or a domain above it; None for any other site."""
    if address.host in _RULES and not address.path and not address.query:
        return None  # the front page of a platform is nobody's
    labels = address.host.split(".")
    for start in range(len(labels) - 1):
        rule = _RULES.get(".".join(labels[start:]))
        if rule is not None:
            return rule(address)
    return None


def _joined(address: Address) -> str:
    return "/".join(address.path)


# --- redirects ------------------------------------------------------------------------------------

_REDIRECTS: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("vk.com", "away.php"): "to",
        ("vk.com", "away"): "to",
        ("vk.ru", "away.php"): "to",
        ("m.vk.com", "away.php"): "to",
        ("m.vk.com", "away"): "to",
        ("t.me", "iv"): "url",
        ("t.me", "share/url"): "url",
        ("ok.ru", "dk"): "st.link",
        ("google.com", "url"): "q",
    }
)


def _target(address: Address) -> Address | None:
    parameter = _REDIRECTS.get((address.host, _joined(address).lower()))
    value = None if parameter is None else address.value(parameter)
    return None if value is None else Address.read(value)


def _addresses_in_path(address: Address) -> Iterator[Address | None]:
    """An archive or a translator has the address of another page in its own."""
    for place, segment in enumerate(address.path):
        if segment.lower() in {"http:", "https:"} or segment.lower() in _RULES:
            yield Address.read("/".join(address.path[place:]))


def _leads_to_person(inner: Iterable[Address | None], hops: int) -> bool:
    found = (each for each in inner if each is not None)
    return any(not hops or judge(each, hops=hops - 1).reach is not Reach.PUBLIC for each in found)


# --- ВКонтакте ------------------------------------------------------------------------------------

_VK_OBJECT: Final = re.compile(
    r"(wall|photo|video|clip|topic|album|story|doc|product|page|podcast|article|poll)(-\d+(?:_\d+)?)(?:_r\d+|[/?%].*)?",
    re.IGNORECASE | re.DOTALL,
)
"""An object of a community: its owner's number is negative. A person's owner number is positive."""
_VK_HOSTS: Final = frozenset({"vk.com", "vk.ru", "vkontakte.ru", "m.vk.com", "m.vk.ru"})
_VK_PERSON: Final = re.compile(r"id\d+", re.IGNORECASE)
_VK_COMMUNITY: Final = re.compile(r"(?:club|public|event)\d+", re.IGNORECASE)


def _vk(address: Address) -> Verdict:
    """An object opened over another page (`?w=`, `?z=`) is what is meant; `?reply=` leads to a resident."""
    opened = address.value("w", "z")
    for place in (_joined(address),) if opened is None else (opened,):
        found = _VK_OBJECT.fullmatch(place)
        if found:
            return _public(f"vk.com/{found[1].lower()}{found[2]}")
    if opened is None and len(address.path) == 1 and _VK_COMMUNITY.fullmatch(address.path[0]):
        return _public(f"vk.com/{address.path[0].lower()}")
    return _PERSONAL


# --- Одноклассники --------------------------------------------------------------------------------

_OK_PAGE: Final = re.compile(
    r"(group/?\d+(?:/(?:topic|album|photos|video)(?:/\d+){0,2})?|video/\d+|live/\d+|(?!profile/)[\w.-]+/topic/\d+)",
    re.IGNORECASE,
)


def _ok(address: Address) -> Verdict:
    found = _OK_PAGE.match(_joined(address) + "/")
    is_whole = found is not None and found.end() == len(_joined(address))
    return _public(f"ok.ru/{_joined(address).lower()}") if is_whole else _PERSONAL


# --- Telegram -------------------------------------------------------------------------------------

_TELEGRAM_NAME: Final = re.compile(r"[a-z]\w{3,31}", re.ASCII | re.IGNORECASE)
_TELEGRAM_OWN: Final = frozenset(
    {
        "joinchat",
        "addlist",
        "addstickers",
        "addemoji",
        "addtheme",
        "share",
        "proxy",
        "socks",
        "contact",
        "boost",
        "giftcode",
        "invoice",
        "login",
        "setlanguage",
        "confirmphone",
        "nft",
    }
)
_CLOSED_TELEGRAM: Final = frozenset({"joinchat", "addlist", "c"})


def _telegram(address: Address) -> Verdict:
    path = [address.host.split(".")[0], *address.path] if _is_named_host(address.host) else list(address.path)
    if path[:1] == ["s"]:
        path = path[1:]
    if not path:
        return _PERSONAL
    if path[0].lower() in _CLOSED_TELEGRAM or re.match(r"\+(?!\d{7,15}$)", path[0]):
        return _closed("Telegram")
    is_name = _TELEGRAM_NAME.fullmatch(path[0]) is not None and path[0].lower() not in _TELEGRAM_OWN
    posts = path[1:]
    if is_name and 1 <= len(posts) <= 2 and all(post.isascii() and post.isdigit() for post in posts):
        return _public("/".join(("t.me", path[0].lower(), *posts)))
    return _PERSONAL


def _is_named_host(host: str) -> bool:
    """`name.t.me` is another spelling of `t.me/name`."""
    return host.count(".") == 2 and host.endswith(".t.me")


# --- MAX ------------------------------------------------------------------------------------------

_MAX_POST: Final = re.compile(
    r"(?:c/-\d+|(?!(?:u|join|c|m|id\d+)/)[a-z]\w+|id\d+_gos)/[\w-]+", re.ASCII | re.IGNORECASE
)
_MAX_OFFICE: Final = re.compile(r"id\d+_gos", re.ASCII | re.IGNORECASE)


def _max(address: Address) -> Verdict:
    """Only a channel has posts at `name/post`; `idИНН_gos` is the channel of a public body."""
    if address.path[:1] == ("join",):
        return _closed("MAX")
    is_public = _MAX_POST.fullmatch(_joined(address)) or _MAX_OFFICE.fullmatch(_joined(address))
    if not is_public:
        return _PERSONAL
    return _public("/".join(("max.ru", address.path[0].lower(), *address.path[1:])))


# --- video and other networks ---------------------------------------------------------------------

_YOUTUBE_VIDEO: Final = re.compile(r"[\w-]{5,20}", re.ASCII)


def _youtube(address: Address) -> Verdict:
    """A film has an address of its own; channels belong to people as often as to bodies."""
    kind, *rest = address.path or ("",)
    film = address.value("v") if kind == "watch" else None
    if address.host == "youtu.be":
        film = kind
    elif kind in {"shorts", "live", "embed"} and len(rest) == 1:
        film = rest[0]
    if film is None or not _YOUTUBE_VIDEO.fullmatch(film):
        return _PERSONAL
    return _public(f"youtube.com/watch?v={film}")


def _only(*starts: str) -> _Rule:
    """Pages right under one of the given first segments are public, the rest may be people's own."""

    def rule(address: Address) -> Verdict:
        page = replace(address, host=_without_mobile(address.host), query=()).page
        is_public = len(address.path) == 2 and address.path[0].lower() in starts
        return _public(page) if is_public else _PERSONAL

    return rule


def _without_mobile(host: str) -> str:
    return host.removeprefix("m.")


def _always(verdict: Verdict) -> _Rule:
    return lambda _: verdict


_RULES: Final[Mapping[str, _Rule]] = MappingProxyType(
    {
        **dict.fromkeys(("vk.com", "vk.ru", "vkontakte.ru", "vkvideo.ru"), _vk),
        **dict.fromkeys(("ok.ru", "odnoklassniki.ru"), _ok),
        **dict.fromkeys(("t.me", "telegram.me", "telegram.dog"), _telegram),
        "max.ru": _max,
        **dict.fromkeys(("youtube.com", "youtu.be"), _youtube),
        "rutube.ru": _only("video", "shorts"),
        "dzen.ru": _only("a", "b", "video", "news", "story"),
        "pikabu.ru": _only("story", "community"),
        **dict.fromkeys(
            ("instagram.com", "facebook.com", "fb.com", "x.com", "twitter.com", "tiktok.com", "threads.net"),
            _always(_PERSONAL),
        ),
        **dict.fromkeys(
            ("livejournal.com", "my.mail.ru", "wa.me", "api.whatsapp.com", "tenchat.ru", "linkedin.com"),
            _always(_PERSONAL),
        ),
        "chat.whatsapp.com": _always(_closed("WhatsApp")),
        "invite.viber.com": _always(_closed("Viber")),
        **dict.fromkeys(
            ("vk.cc", "clck.ru", "bit.ly", "goo.gl", "tinyurl.com", "is.gd", "u.to", "goo.su"),
            _always(_SHORTENED),
        ),
    }
)
"""Hosts with rules of their own; a host below one of them (`m.vk.com`) follows the same rule."""

_POSTS_BELOW: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"t.me": ("1",), "telegram.me": ("1",), "max.ru": ("1",), "ok.ru": ("topic", "1")}
)
"""Where a post's address begins with its page's: what stands between them and the post, with any number for it."""
