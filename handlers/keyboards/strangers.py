"""The button by which somebody who wrote as the group itself shows who they are."""

from typing import Final

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks.people import ThisIsMe
from handlers.keyboards.buttons import button
from risk.ids import OfficeId

OFFICE_OF_THE_CHAT: Final = OfficeId(0)
"""At the door it is not known which office the group belongs to, or whether it does."""

_LONGEST_COMMAND: Final = 20


def this_is_me(command: str) -> InlineKeyboardMarkup:
    press = ThisIsMe(office=OFFICE_OF_THE_CHAT, command=command[:_LONGEST_COMMAND])
    return InlineKeyboardMarkup(inline_keyboard=[[button("Это я", press)]])
