"""What keeps the bot from Telegram, read from the exception that a call ended with; in words for the log."""

from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramServerError,
    TelegramUnauthorizedError,
)

from bot.gateways.telegram import ProxyRefused, ProxySilent
from bot.health import Part

TOKEN_REFUSED = "the token is refused"  # noqa: S105 - words about a token


def what_is_amiss(fault: AiogramError) -> tuple[Part, str]:
    match fault:
        case TelegramConflictError():
            return Part.UPDATES, "another program takes the updates of this bot"
        case TelegramUnauthorizedError() | TelegramNotFound():
            return Part.TELEGRAM, TOKEN_REFUSED
        case TelegramServerError():
            return Part.TELEGRAM, "an error of Telegram's own"
        case ClientDecodeError():
            return Part.TELEGRAM, "the answer is no Bot API's"
        case ProxySilent():
            return Part.TELEGRAM, "the proxy is out of reach"
        case ProxyRefused():
            return Part.TELEGRAM, "the proxy does not let through"
        case TelegramNetworkError():
            return Part.TELEGRAM, "out of reach"
    return Part.TELEGRAM, f"a refusal: {type(fault).__name__}"
