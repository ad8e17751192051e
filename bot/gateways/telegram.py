"""The one place where a Bot is made, and where its own name is asked for without running it."""

from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.utils.token import TokenValidationError
from aiohttp import ClientError, ClientTimeout
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError
from pydantic import SecretStr

ANSWERS_WITHIN_SECONDS: Final = 5
NO_ANSWER: Final = (AiogramError, TokenValidationError)
"""What `make_bot` and a first question may raise: a token that is none, no network, a refusal, not a Bot API."""
NO_CONNECTION: Final = (ClientError, TimeoutError, ProxyConnectionError, ProxyTimeoutError, ProxyError)
PROXY_WANTS_PASSWORD: Final = 407


class ProxySilent(TelegramNetworkError):
    """The proxy is out of reach: the request never left this machine."""


class ProxyRefused(TelegramNetworkError):
    """The proxy answers and does not let through: the request never reached Telegram."""

    def __init__(self, method: TelegramMethod[TelegramType], *, wants_password: bool) -> None:
        super().__init__(method=method, message="the proxy does not let through")
        self.wants_password = wants_password


class TelegramSession(AiohttpSession):
    """aiogram's own, which lets the faults of a proxy through as they are: here they are faults of the network."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's signature
    ) -> TelegramType:
        try:
            return await super().make_request(bot, method, timeout)
        except (ProxyConnectionError, ProxyTimeoutError):
            raise ProxySilent(method=method, message="the proxy is out of reach") from None
        except ProxyError as error:
            raise ProxyRefused(method, wants_password=_wants_password(error)) from None


def make_bot(token: SecretStr, api_url: str, proxy: SecretStr | None = None) -> Bot:
    """Raises TokenValidationError for what does not look like a token."""
    server = TelegramAPIServer.from_base(api_url.rstrip("/"))
    session = TelegramSession(proxy=None if proxy is None else proxy.get_secret_value(), api=server)
    return Bot(token.get_secret_value(), session=session)


async def username_of(token: SecretStr, api_url: str, proxy: SecretStr | None = None) -> str | None:
    """The bot's name. Raises NO_ANSWER."""
    async with make_bot(token, api_url, proxy) as bot:
        return (await bot.get_me(request_timeout=ANSWERS_WITHIN_SECONDS)).username


async def time_of_telegram(bot: Bot) -> datetime | None:
    """By the header of any answer, which aiogram does not hand over; None when Telegram does not say."""
    assert isinstance(bot.session, TelegramSession)
    url = bot.session.api.api_url(bot.token, "getMe")
    session = await bot.session.create_session()
    try:
        async with session.get(url, timeout=ClientTimeout(total=ANSWERS_WITHIN_SECONDS)) as answer:
            return parsedate_to_datetime(answer.headers["Date"])
    except (*NO_CONNECTION, KeyError, ValueError):
        return None


def _wants_password(error: ProxyError) -> bool:
    """HTTP proxies say 407; SOCKS ones say it in words."""
    return error.error_code == PROXY_WANTS_PASSWORD or "authentication" in str(error).lower()
