"""The order in which an installation is looked at; each look is in a module by its theme."""

import asyncio

from bot.clock import MachineClock
from bot.doctor.calendar import look_at_calendars
from bot.doctor.digests import look_at_digests
from bot.doctor.disk import look_at_disk
from bot.doctor.file import look_at_file
from bot.doctor.finding import Finding
from bot.doctor.keeping import look_at_keeping
from bot.doctor.offices import look_at_offices
from bot.doctor.papers import look_at_papers
from bot.doctor.running import look_at_running
from bot.doctor.staff import look_at_staff
from bot.program import program
from bot.settings import Settings
from storage.database import DatabaseKind


async def examine(settings: Settings, *, in_sandbox: bool, machine: MachineClock | None = None) -> list[Finding]:
    """`machine` is whose clock is compared with Telegram's and with what the calendars know."""
    kind = DatabaseKind.SANDBOX if in_sandbox else DatabaseKind.PRODUCTION
    database = settings.sandbox_database if in_sandbox else settings.production_database
    hint = f"{program()} {{}} --sandbox" if in_sandbox else f"{program()} {{}}"
    machine = machine or MachineClock()
    findings = [] if in_sandbox else await _telegram(settings, machine)
    form = await asyncio.to_thread(look_at_file, database, kind, hint)
    findings += [await asyncio.to_thread(look_at_disk, database), form]
    if form.fine:
        findings += await look_at_offices(database, hint)
        findings += await look_at_staff(database, hint)
        findings += await look_at_digests(database)
        findings += await look_at_keeping(database, kind, hint)
        findings += await look_at_papers(database)
        findings += await look_at_calendars(database, settings.calendar_file, machine.now())
        findings += [] if in_sandbox else await _alert_chats(settings)
    findings.append(await look_at_running(settings, kind))
    return findings


async def _telegram(settings: Settings, machine: MachineClock) -> list[Finding]:
    if settings.bot_token is None:
        return [Finding(fine=False, says="BOT_TOKEN не задан: впишите токен от @BotFather в .env.")]
    from bot.doctor.telegram import look_at_telegram  # noqa: PLC0415 - it takes seconds; no token, no need

    return await look_at_telegram(settings, settings.bot_token, machine)


async def _alert_chats(settings: Settings) -> list[Finding]:
    if settings.bot_token is None:
        return []
    from bot.doctor.chats import look_at_alert_chats  # noqa: PLC0415 - the same

    return await look_at_alert_chats(settings, settings.bot_token)
