"""Links that an appeal may keep: a card of ПОС, a public post without its query; never what may be a resident's."""

import re
from typing import Final

from risk.addresses import Address
from risk.platforms import Reach, judge

POS_CARD: Final = "https://pos.gosuslugi.ru/backoffice/appeals/"


def pos_card(number: str) -> str:
    """Where whoever works in ПОС opens the appeal of that number."""
    return f"{POS_CARD}{number}"


def public_post(raw: str) -> str | None:
    """The address of the post, without its scheme; None for a wall, a dialogue or a page that may be somebody's own.

    The query goes before anything is judged: `?reply=` leads to a resident's comment, `?w=` to somebody's wall.
    """
    post = _VK_POST.fullmatch(raw)
    if post is not None:
        return f"vk.com/wall-{post[1]}_{post[2]}"
    address = Address.read(re.split(r"[?#]", raw, maxsplit=1)[0])
    verdict = None if address is None else judge(address)
    if verdict is None or verdict.reach is not Reach.PUBLIC or verdict.page is None:
        return None
    is_post = "/" in verdict.page and "?" not in verdict.page  # a bare host is no post, a query is never kept
    return verdict.page if is_post else None


def platform_of(raw: str) -> str | None:
    """The host of the network that the address is of; None for a host with nobody's rules: it may be somebody's own."""
    host = _HOST.match(raw)
    return None if host is None else _PLATFORMS.get(host[1].lower())


_VK_POST: Final = re.compile(r"https?://(?:m\.|www\.)?vk\.(?:com|ru)/wall-([0-9]+)_([0-9]+)(?:[?#][^\s]*)?")
"""Nearly every row of an export has one, and it is judged alike here and by the slower rules: a test compares them."""
_HOST: Final = re.compile(r"\s*(?:https?://)?(?:m\.|www\.)?([a-z0-9.-]+)", re.IGNORECASE)
_PLATFORMS: Final = {
    **{host: host for host in ("vk.com", "ok.ru", "t.me", "max.ru", "youtube.com", "rutube.ru", "dzen.ru")},
    "vk.ru": "vk.com",
    "vkontakte.ru": "vk.com",
    "odnoklassniki.ru": "ok.ru",
    "telegram.me": "t.me",
}
"""By the name that the network is spoken of here."""
