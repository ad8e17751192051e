"""Who the bot is to its Telegram, and how generous this Telegram is; nothing that changes."""

from dataclasses import dataclass
from enum import StrEnum

GROUP_ANONYMOUS_BOT_ID = 1087968824
"""The account that Telegram shows as the sender when a group's administrator writes anonymously."""


class Profile(StrEnum):
    """How many messages the sandbox lets the bot send."""

    FAST = "fast"
    TELEGRAM = "telegram"


@dataclass(frozen=True, slots=True, kw_only=True)
class BotIdentity:
    """The one bot that this sandbox serves."""

    id: int = 4200000001
    token: str = "4200000001:sandbox"  # noqa: S105 - invented; it opens nothing but this sandbox
    username: str = "mcu_pilot_sandbox_bot"
    first_name: str = "МЦУ-ПИЛОТ"
    can_read_all_group_messages: bool = False
    """False is the privacy mode that every new bot has."""
