"""The one place where a Bot is made, and where its own name is asked for without running it."""

from typing import Final

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError
from aiogram.utils.token import TokenValidationError
from pydantic import SecretStr

ANSWERS_WITHIN_SECONDS: Final = 5
NO_ANSWER: Final = (AiogramError, TokenValidationError)
"""What `make_bot` and a first question may raise: a token that is none, no network, a refusal, not a Bot API."""


def make_bot(token: SecretStr, api_url: str) -> Bot:
    """Raises TokenValidationError for what does not look like a token."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api_url.rstrip("/")))
    return Bot(token.get_secret_value(), session=session)


async def username_of(token: SecretStr, api_url: str) -> str | None:
    """The bot's name. Raises NO_ANSWER."""
    async with make_bot(token, api_url) as bot:
        return (await bot.get_me(request_timeout=ANSWERS_WITHIN_SECONDS)).username
