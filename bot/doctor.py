"""Looks at an installation from outside and says, line by line, what is fine and what to do about the rest."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import httpx
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError
from aiogram.utils.token import TokenValidationError

from bot.offices import TELEGRAM_ANSWERS_WITHIN
from bot.program import program
from bot.settings import Settings
from storage.database import Database, kind_of, schema_revision
from storage.directory import SqlDirectory
from storage.unit_of_work import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    fine: bool
    says: str


async def examine(settings: Settings, *, in_sandbox: bool) -> list[Finding]:
    database = settings.sandbox_database if in_sandbox else settings.production_database
    findings = [] if in_sandbox else [await _token(settings)]
    hint = f"{program()} {{}} --sandbox" if in_sandbox else f"{program()} {{}}"
    form = await asyncio.to_thread(_database, database, hint)
    findings.append(form)
    if form.fine:
        findings += await _offices(database, hint)
    findings.append(await _running(settings))
    return findings


async def _token(settings: Settings) -> Finding:
    if settings.bot_token is None:
        return Finding(fine=False, says="BOT_TOKEN не задан: впишите токен от @BotFather в .env.")
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.telegram_api_url))
    try:
        async with Bot(settings.bot_token.get_secret_value(), session=session) as bot:
            me = await bot.get_me(request_timeout=TELEGRAM_ANSWERS_WITHIN)
    except TokenValidationError:
        return Finding(fine=False, says="BOT_TOKEN не похож на токен: возьмите его у @BotFather целиком.")
    except TelegramAPIError as error:
        return Finding(fine=False, says=f"Telegram не ответил ({type(error).__name__}): проверьте сеть и токен.")
    return Finding(fine=True, says=f"Токен принят, бот @{me.username}.")


def _database(path: Path, hint: str) -> Finding:
    """`hint` is how a command is given here, with a place for its name."""
    if not path.exists():
        return Finding(fine=False, says=f"Базы ещё нет ({path}): заведите офис, {hint.format('office add pestovo')}")
    found, newest = schema_revision(path)
    if found != newest:
        return Finding(fine=False, says=f"База старой формы ({found}): остановите бота, {hint.format('migrate')}")
    return Finding(fine=True, says=f"База {path}, вид {kind_of(path)}, форма {found}.")


async def _offices(path: Path, hint: str) -> list[Finding]:
    database = Database(path)
    try:
        offices = await SqlDirectory(database).offices()
        units = Units(database=database)
        findings = []
        for office in offices:
            async with units.view_of(office.id)() as unit:
                positions = await unit.people.positions()
                bound = await unit.chats.alert_chat() is not None
            vacant = [each.title(office.plan) for each in positions if each.holder is None]
            findings.append(_chat(office.plan.title, bound=bound))
            invite = hint.format(f"office invites {office.plan.key}")
            findings.append(_vacancies(office.plan.title, vacant, invite))
    finally:
        await database.close()
    return findings or [Finding(fine=False, says=f"Офисов нет: {hint.format('office add pestovo')}")]


def _chat(title: str, *, bound: bool) -> Finding:
    says = "алерт-чат привязан." if bound else "алерт-чат не привязан: добавьте бота в группу и скажите /bind."
    return Finding(fine=bound, says=f"{title}: {says}")


def _vacancies(title: str, vacant: list[str], invite: str) -> Finding:
    if not vacant:
        return Finding(fine=True, says=f"{title}: все должности заняты.")
    return Finding(
        fine=False,
        says=f"{title}: не заняты {'; '.join(vacant)}. Пригласить: {invite}",
    )


async def _running(settings: Settings) -> Finding:
    try:
        async with httpx.AsyncClient(trust_env=False, timeout=3) as client:
            answer = await client.get(f"http://127.0.0.1:{settings.status_port}/status")
            pending = answer.raise_for_status().json()["pending"]
    except (httpx.HTTPError, KeyError, ValueError):
        return Finding(fine=False, says="Бот не запущен: make run.")
    return Finding(fine=True, says=f"Бот работает; сообщений в работе {pending['updates']}.")
