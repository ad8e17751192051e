"""What keeps the bot from Telegram, read from the exception that a call ended with; nothing is asked here."""

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
from bot.health import Part, Why


def what_is_amiss(fault: AiogramError) -> tuple[Part, Why]:
    match fault:
        case TelegramConflictError():
            return Part.UPDATES, Why.TAKEN_BY_ANOTHER
        case TelegramUnauthorizedError() | TelegramNotFound():
            return Part.TELEGRAM, Why.TOKEN_REFUSED
        case TelegramServerError():
            return Part.TELEGRAM, Why.SERVER_ERROR
        case ClientDecodeError():
            return Part.TELEGRAM, Why.GARBLED
        case ProxySilent():
            return Part.TELEGRAM, Why.PROXY_SILENT
        case ProxyRefused():
            return Part.TELEGRAM, Why.PROXY_REFUSES
        case TelegramNetworkError():
            return Part.TELEGRAM, Why.OUT_OF_REACH
    return Part.TELEGRAM, Why.REFUSED
