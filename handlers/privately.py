"""What a command gets in a group when its answer is for one person alone: where to ask instead."""

from aiogram.types import Message

from handlers.replies import respond
from handlers.views.help import ASK_IN_PRIVATE
from risk.people import Actor
from risk.ports import OpenView
from risk.use_cases.staff import may_ask_about_staff


async def ask_in_private(message: Message, actor: Actor, view: OpenView) -> None:
    """Only in the alert chat: in any other group the bot keeps silent about the office."""
    await may_ask_about_staff(actor=actor, view=view)
    await respond(message, ASK_IN_PRIVATE)
