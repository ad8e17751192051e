"""The way to Telegram: token, proxy, webhook, and how far the machine's clock is from Telegram's."""

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.types import WebhookInfo
from pydantic import SecretStr

from bot.clock import MachineClock
from bot.doctor.finding import Finding, amiss, fine
from bot.gateways.telegram import ANSWERS_WITHIN_SECONDS, NO_ANSWER, make_bot, time_of_telegram
from bot.plain_errors import plain_line
from bot.settings import Settings

CLOCK_MAY_BE_OFF: Final = timedelta(seconds=60)
NEWS_FOR: Final = timedelta(hours=1)
"""Telegram names its last failure to deliver for ever."""


async def look_at_telegram(settings: Settings, token: SecretStr, machine: MachineClock) -> list[Finding]:
    try:
        async with make_bot(token, settings.telegram_api_url, settings.proxy_url) as bot:
            username = (await bot.get_me(request_timeout=ANSWERS_WITHIN_SECONDS)).username
            findings = [fine(f"Токен принят, бот @{username}."), *_proxy(settings)]
            info = await bot.get_webhook_info(request_timeout=ANSWERS_WITHIN_SECONDS)
            findings.append(_webhook(settings.webhook_url, info, machine.wall()))
            return findings + await _clock(bot, machine)
    except NO_ANSWER as error:
        return [amiss(plain_line(error) or f"Telegram не ответил ({type(error).__name__}).")]


def _proxy(settings: Settings) -> list[Finding]:
    """Telegram has answered, so the proxy has."""
    if settings.proxy_url is None:
        return []
    return [fine(f"Прокси {_without_login(settings.proxy_url)} отвечает и пропускает к Telegram.")]


def _without_login(url: SecretStr) -> str:
    parts = urlsplit(url.get_secret_value())
    return f"{parts.hostname}:{parts.port}"


def _webhook(ours: str, info: WebhookInfo, now: datetime) -> Finding:
    if not ours:
        if info.url:
            return amiss(
                f"У бота стоит webhook ({urlsplit(info.url).hostname}), а WEBHOOK_URL не задан. При запуске бот его "
                "снимет; если его ставит другая программа, остановите её."
            )
        return fine("Webhook не задан: бот сам спрашивает Telegram о новых сообщениях.")
    if info.url != ours:
        return amiss("Webhook не стоит или стоит на чужой адрес. Запустите бота: он поставит его сам.")
    if info.pending_update_count and info.last_error_date is not None and now - info.last_error_date < NEWS_FOR:
        return amiss(
            f"Telegram не может доставить сообщения ({info.last_error_message}), ждут {info.pending_update_count}. "
            "Проверьте обратный прокси, сертификат и WEBHOOK_PORT."
        )
    return fine(f"Webhook стоит на наш адрес, ждут доставки {info.pending_update_count}.")


async def _clock(bot: Bot, machine: MachineClock) -> list[Finding]:
    """No line when Telegram does not say what time it is."""
    telegram = await time_of_telegram(bot)
    if telegram is None:
        return []
    off = machine.wall() - telegram
    if abs(off) <= CLOCK_MAY_BE_OFF:
        return [fine("Часы машины верны.")]
    way = "спешат" if off > timedelta() else "отстают"
    seconds = round(abs(off).total_seconds())
    return [amiss(f"Часы машины {way} на {seconds} с: сроки считаются неверно. Включите синхронизацию времени (NTP).")]
