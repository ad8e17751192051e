"""Looks at an installation from outside and says, line by line, what is fine and what to do about the rest."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from bot.plain_errors import plain_line
from bot.program import program
from bot.settings import Settings
from storage.database import Database, DatabaseKind, DatabaseUnreadable, kind_of, schema_revision
from storage.directory import SqlDirectory
from storage.unit_of_work import Units

_KINDS: Final = {DatabaseKind.PRODUCTION: "рабочая", DatabaseKind.SANDBOX: "учебная"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    fine: bool
    says: str


async def examine(settings: Settings, *, in_sandbox: bool) -> list[Finding]:
    kind = DatabaseKind.SANDBOX if in_sandbox else DatabaseKind.PRODUCTION
    database = settings.sandbox_database if in_sandbox else settings.production_database
    findings = [] if in_sandbox else [await _token(settings)]
    hint = f"{program()} {{}} --sandbox" if in_sandbox else f"{program()} {{}}"
    form = await asyncio.to_thread(_database, database, kind, hint)
    findings.append(form)
    if form.fine:
        findings += await _offices(database, hint)
    findings.append(await _running(settings, kind))
    return findings


async def _token(settings: Settings) -> Finding:
    if settings.bot_token is None:
        return Finding(fine=False, says="BOT_TOKEN не задан: впишите токен от @BotFather в .env.")
    from bot.gateways.telegram import NO_ANSWER, username_of  # noqa: PLC0415 - it takes seconds; no token, no need

    try:
        username = await username_of(settings.bot_token, settings.telegram_api_url)
    except NO_ANSWER as error:
        return Finding(fine=False, says=plain_line(error) or f"Telegram не ответил ({type(error).__name__}).")
    return Finding(fine=True, says=f"Токен принят, бот @{username}.")


def _database(path: Path, kind: DatabaseKind, hint: str) -> Finding:
    """`hint` is how a command is given here, with a place for its name."""
    if not path.exists():
        return Finding(fine=False, says=f"Базы ещё нет ({path}): заведите офис, {hint.format('office add pestovo')}")
    try:
        (found, newest), marked = schema_revision(path), kind_of(path)
    except DatabaseUnreadable as error:
        return Finding(fine=False, says=plain_line(error) or str(error))
    if marked not in {None, kind}:
        return Finding(
            fine=False, says=f"База {path} — {_KINDS[marked]}, а нужна {_KINDS[kind]}: проверьте DATA_FOLDER."
        )
    if marked is None or found != newest:
        form = "не закончена" if marked is None else f"старой формы ({found})"
        return Finding(fine=False, says=f"База {form}: остановите бота, {hint.format('migrate')}")
    return Finding(fine=True, says=f"База {path}, {_KINDS[kind]}, форма {found}.")


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


async def _running(settings: Settings, kind: DatabaseKind) -> Finding:
    port = settings.status_port
    try:
        async with httpx.AsyncClient(trust_env=False, timeout=3) as client:
            answer = (await client.get(f"http://127.0.0.1:{port}/status")).raise_for_status().json()
            pending, found = answer["pending"]["updates"], DatabaseKind(answer["kind"])
    except (httpx.HTTPError, KeyError, TypeError, ValueError):
        return Finding(fine=False, says="Бот не запущен: make run.")
    if found is not kind:
        says = f"На порту {port} работает бот, но база у него {_KINDS[found]}, а не {_KINDS[kind]}."
        return Finding(fine=False, says=says)
    return Finding(fine=True, says=f"Бот работает; сообщений в работе {pending}.")
