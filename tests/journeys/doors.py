"""How a journey invites somebody and lets them in."""

import re

from tests.support.people import Person


async def link_for(inviter: Person, seat: str) -> str:
    """What the newcomer sends when they press «Запустить» under the inviter's link."""
    await inviter.says("/invite")
    await inviter.presses(seat)
    return await newest_link(inviter)


async def newest_link(inviter: Person) -> str:
    said = await inviter.sees("Приглашение:", "https://t.me/")
    found = re.search(r"\?start=(\S+)", said.text)
    assert found is not None
    return f"/start {found[1]}"


async def enters(newcomer: Person, link: str, name: str = "Новикова А. А.") -> None:
    """To the door, under this name; the inviter has yet to confirm it."""
    await newcomer.says(link)
    await newcomer.sees("Приглашение принято", "Напишите фамилию и инициалы")
    await newcomer.says(name)
    await newcomer.sees(name, "ждём подтверждения")
