"""The closed list of names that a handler may ask for by its arguments; `bot` fills them in."""

from collections.abc import Callable
from datetime import datetime
from typing import TypedDict

from aiogram import Bot

from risk.ids import OfficeId
from risk.people import Actor, Address
from risk.ports import ChatRightsProbe, Directory, OpenUnit, OpenView, Understand
from risk.use_cases.inviting import NewCode

Enter = Callable[[OfficeId], OpenUnit]
"""Opens units of a named office, for whoever is about to join it."""


class Injected(TypedDict, total=False):
    """Beside these a handler gets what its own filters found: `command`, `callback_data`.

    A sender who is in no office yet has no `actor`, `uow` and `view`: only `/start CODE` is let through then, and what
    they type in private at the door of one, which is `entering`. Nobody else has `entering`.
    An update of a chat without a person behind it has no `address` and no `actor`.
    """

    bot: Bot
    address: Address
    actor: Actor
    uow: OpenUnit
    view: OpenView
    enter: Enter
    entering: OfficeId
    new_code: NewCode
    now: datetime
    understand: Understand
    directory: Directory
    chat_rights: ChatRightsProbe
