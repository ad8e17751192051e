"""The closed list of names that a handler may ask for by its arguments; `bot` fills them in."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypedDict

from aiogram import Bot

from risk.ids import OfficeId
from risk.people import Actor, Address
from risk.ports import ChatRightsProbe, Directory, Groups, OpenUnit, OpenView, Understand
from risk.use_cases.inviting import NewCode

Enter = Callable[[OfficeId], OpenUnit]
"""Opens units of a named office: one that somebody is about to join, or another one where they work."""


class Injected(TypedDict, total=False):
    """Beside these a handler gets what its own filters found: `command`, `callback_data`.

    A sender who is in no office yet has no `actor`, `uow` and `view`: only `/start CODE` is let through then, and what
    they type in private at the door of one, which is `entering`. Nobody else has `entering`.
    `desks` are the offices where the sender works, the one that they mean first. A commit of `uow` and of what `enter`
    opens settles the update, one of `elsewhere` does not.
    The bot's own coming to a group that no office has bound has no `actor` either.
    """

    bot: Bot
    address: Address
    actor: Actor
    uow: OpenUnit
    view: OpenView
    desks: Sequence[OfficeId]
    enter: Enter
    elsewhere: Enter
    entering: OfficeId
    new_code: NewCode
    now: datetime
    understand: Understand
    directory: Directory
    chat_rights: ChatRightsProbe
    groups: Groups
