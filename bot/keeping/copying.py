"""`backup` and `restore` as the operator sees them: what was made, what it holds, what follows from putting it back."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.beside import office_time
from bot.clock import MachineClock
from bot.keeping.moments import Said, said_by_offices
from bot.program import program, version
from storage.copies import Copy, drop_older, make_copy
from storage.database import Database, DatabaseKind, DatabaseMissing, is_current, kind_of
from storage.hindrance import DatabaseUnavailable
from storage.restoring import Restored, restore
from storage.upkeep import Upkeep, note_upkeep

_AT_START: Final = (
    "При запуске бот обновит карточки и формы открытых рисков. Ушло ли то, что было готово к отправке, неизвестно: "
    "он отправит заново то, что повторять можно, и отметит это в ведомости."
)


async def back_up(database: Path, kind: DatabaseKind, folder: Path, keep: int | None) -> list[str]:
    """A copy in `folder`, whether or not the bot runs; with `keep`, older ones of ours are dropped there.

    Raises DatabaseMissing, WrongDatabaseKind, DatabaseUnreadable, FolderUnusable, NoRoom, CopyDamaged.
    """
    if kind_of(database) is None:
        raise DatabaseMissing(database)
    opened = Database(database)
    try:
        now = await office_time(opened)
        made = await asyncio.to_thread(make_copy, database, folder, kind, program=version(), now=now)
        noted = is_current(database, kind) and await _noted(opened, made)
    finally:
        await opened.close()
    dropped = () if keep is None else await asyncio.to_thread(drop_older, folder, kind, keep=keep)
    lines = [f"Копия сделана и проверена: {made.path}", _held(made.manifest.waiting)]
    lines += [] if noted else ["Отметка о копии в базу не записана: база занята или старой формы. Копии это не вредит."]
    return lines + ([f"Старых копий удалено: {len(dropped)}."] if dropped else [])


async def put_back(copy: Path, database: Path, kind: DatabaseKind, *, in_sandbox: bool, force: bool) -> list[str]:
    """Raises DatabaseInUse, DatabaseHoldsData, WrongDatabaseKind, CopyDamaged, CopyTooNew."""
    now = MachineClock().now()
    done = await asyncio.to_thread(restore, copy, database, kind, now=now, force=force)
    opened = Database(database)
    try:
        said = await said_by_offices(opened)
    finally:
        await opened.close()
    option = " --sandbox" if in_sandbox else ""
    return [
        f"База восстановлена из копии: {database}",
        *_of_copy(done, said),
        *([] if done.aside is None else [f"Прежняя база отложена: {done.aside}"]),
        *_lost(done, said, now),
        _held_after(done.waiting),
        _AT_START,
        f"Дальше: запустите бота и проверьте: {program()} doctor{option}",
    ]


async def _noted(opened: Database, made: Copy) -> bool:
    """The bot may hold the database for a moment, or the disk may be read-only: the copy is good all the same."""
    told = {"file": str(made.path), "bytes": made.path.stat().st_size, "waiting": made.manifest.waiting}
    try:
        await note_upkeep(opened, Upkeep.BACKUP, made.manifest.copied_at, told)
    except DatabaseUnavailable:
        return False
    return True


def _held(waiting: int) -> str:
    if not waiting:
        return "Входящих в работе нет."
    return f"Необработанных сообщений в копии: {waiting}. После восстановления бот их доделает."


def _held_after(waiting: int) -> str:
    if not waiting:
        return "Входящих в работе в копии не было."
    return f"Необработанных сообщений в копии: {waiting}. При запуске бот их доделает."


def _of_copy(done: Restored, said: Said) -> list[str]:
    manifest = done.manifest
    if manifest is None:
        return ["Копия без описи: сделана не командой backup. База в ней цела."]
    offices = ", ".join(manifest.offices) or "нет"
    when = said(manifest.copied_at)
    return [f"Копия от {when}, программа {manifest.program}, форма {manifest.form}, офисы: {offices}."]


def _lost(done: Restored, said: Said, now: datetime) -> list[str]:
    since = "момента копии" if done.copied_at is None else said(done.copied_at)
    messages = (
        f"Потеряно: всё, что бот принял и сделал с {since} до остановки (сейчас {said(now)}). "
        "Этих сообщений Telegram больше не отдаст: попросите прислать их ещё раз."
    )
    numbers = "номера новых рисков продолжатся дальше" if done.numbers_go_on else "их номера бот даст новым рискам"
    cards = (
        f"Карточки за это время остались в чате без записи: их кнопки ответят, что устарели; {numbers}. "
        "Удалите такие карточки из чата."
    )
    return [messages, cards]
