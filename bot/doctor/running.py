"""The running bot, asked on its status port: is it the one that was meant, and what does it lack."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import httpx

from bot.doctor.file import KINDS
from bot.doctor.finding import Finding, amiss, fine
from bot.health import Part, Why
from bot.settings import Settings
from storage.database import DatabaseKind
from storage.hindrance import Hindrance

READY: Final = "ready"
ILLS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Why.STARTING: "ещё запускается. Повторите проверку через минуту.",
        Why.SILENT: "давно не слышит Telegram. Проверьте сеть и PROXY_URL.",
        Why.TOKEN_REFUSED: "Telegram не принимает его токен. Впишите новый BOT_TOKEN и перезапустите бота.",
        Why.OUT_OF_REACH: "Telegram недоступен. Проверьте сеть; бот пробует сам.",
        Why.PROXY_SILENT: "прокси не отвечает. Проверьте PROXY_URL; бот пробует сам.",
        Why.PROXY_REFUSES: "прокси не пропускает к Telegram. Проверьте имя и пароль в PROXY_URL.",
        Why.SERVER_ERROR: "у Telegram неполадки. Делать ничего не нужно: бот пробует сам.",
        Why.GARBLED: "по адресу TELEGRAM_API_URL отвечает не Bot API. Проверьте TELEGRAM_API_URL и прокси.",
        Why.REFUSED: "Telegram отказывает. Посмотрите журнал бота.",
        Why.TAKEN_BY_ANOTHER: "сообщения этого бота забирает другая программа. Остановите её или смените токен.",
        Why.NOT_BROUGHT: "Telegram не может доставить сообщения. Проверьте обратный прокси, сертификат и WEBHOOK_URL.",
        Hindrance.NO_ROOM: "на диске нет места, новое не принимается. Освободите место: бот продолжит сам.",
        Hindrance.READ_ONLY: "файл базы открыт только для чтения. Проверьте права и диск: бот продолжит сам.",
        Hindrance.DISK: "диск не читается или не пишется. Проверьте диск и свободное место.",
        Hindrance.BUSY: "базу держит другая программа. Закройте её: бот продолжит сам.",
    }
)
"""What follows «Бот работает, но»."""


async def look_at_running(settings: Settings, kind: DatabaseKind) -> Finding:
    """The first thing that the bot lacks, if it lacks anything: others often follow from it."""
    base = f"http://127.0.0.1:{settings.status_port}"
    try:
        async with httpx.AsyncClient(base_url=base, trust_env=False, timeout=3) as client:
            answer = (await client.get("/status")).raise_for_status().json()
            pending, found = answer["pending"]["updates"], DatabaseKind(answer["kind"])
            ills = _ills((await client.get("/readyz")).json())
    except (httpx.HTTPError, KeyError, TypeError, ValueError):
        return amiss("Бот не запущен: make run.")
    if found is not kind:
        return amiss(
            f"На порту {settings.status_port} работает бот, но база у него {KINDS[found]}, а не {KINDS[kind]}."
        )
    if ills:
        return amiss(f"Бот работает, но {ILLS.get(ills[0], f'{ills[0]}.')}")
    return fine(f"Бот работает; сообщений в работе {pending}.")


def _ills(told: Any) -> list[str]:
    """The database first: without it nothing else matters."""
    parts = told["parts"]
    order = (Part.DATABASE, Part.TELEGRAM, Part.UPDATES)
    return [parts[part.value] for part in order if parts[part.value] != READY]
