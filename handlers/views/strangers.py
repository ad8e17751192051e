"""What is said to those of whom the bot does not know who they are."""

from typing import Final

from handlers.keyboards.strangers import this_is_me
from handlers.views.message import Outgoing

STRANGER: Final = (
    "Здравствуйте. Этот бот работает для сотрудников МЦУ. "
    "Если вы сотрудник, попросите руководителя прислать приглашение."
)

STRANGER_PRESS: Final = "Эта кнопка для сотрудников МЦУ."

GROUP_ENTERED: Final = (
    "Чтобы сделать эту группу алерт-чатом, руководитель пишет /bind. Если за сутки этого не произойдёт, бот выйдет."
)

CARRIED_OUT_FOR_ANONYMOUS: Final = frozenset({"bind", "risk"})
"""Commands that the press itself carries out; any other is answered in private alone."""

CONFIRMED: Final = Outgoing(text="Команду подтвердил сотрудник офиса.")
COMMAND_GONE: Final = "Команды уже не видно. Повторите её."


def anonymous(command: str) -> Outgoing:
    """To a command that was written in the name of the group or of a channel."""
    return Outgoing(
        text="Команда пришла не от имени человека: не видно, кто пишет. Если это вы, нажмите кнопку.",
        keyboard=this_is_me(command),
    )


def say_it_in_private(command: str) -> str:
    return f"Напишите мне в личные сообщения: /{command}"
