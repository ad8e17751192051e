"""The purge as the bot does it once a day and the operator by hand: forget, note it, leave nothing in the log."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bot.beside import office_time, opened_by
from risk.retention import Kept, Retention
from storage.database import Database, DatabaseKind, open_existing
from storage.purging import Purge
from storage.upkeep import Upkeep, last_upkeep, note_upkeep

EVERY: Final = timedelta(days=1)

_WORDS: Final[Mapping[Kept, str]] = {
    Kept.SET_ASIDE: "отложенные сообщения",
    Kept.DRAFTS: "закрытые черновики",
    Kept.NOTICES: "уведомления",
    Kept.REMINDERS: "напоминания и исполненное",
    Kept.PAPERS: "записи о бумагах",
    Kept.MISHAPS: "записи о сбоях доставки",
    Kept.CLOSED_TEXTS: "тексты закрытых рисков",
    Kept.INVITATIONS: "приглашения",
    Kept.FORMER_NAMES: "имена бывших сотрудников",
}


async def purge(database: Database, retention: Retention, now: datetime) -> Mapping[Kept, int]:
    dropped = await Purge(database, retention, now).run()
    await note_upkeep(database, Upkeep.PURGE, now, {what.value: count for what, count in dropped.items()})
    await database.truncate_wal()
    return dropped


async def purge_daily(database: Database, retention: Retention, now: datetime) -> None:
    """A purge, unless one was made within a day: a bot that is restarted often must not put it off for ever."""
    last = (await last_upkeep(database)).get(Upkeep.PURGE)
    if last is None or now - last.at >= EVERY:
        await purge(database, retention, now)


async def purge_by_hand(path: Path, kind: DatabaseKind, retention: Retention, *, dry_run: bool) -> list[str]:
    """Raises DatabaseMissing, DatabaseInUse."""
    async with opened_by(open_existing, path, kind) as database:
        now = await office_time(database)
        if dry_run:
            return _lines("Будет удалено", await Purge(database, retention, now).count())
        return _lines("Удалено", await purge(database, retention, now))


def dropped_in_words(told: Mapping[str, Any]) -> str:
    """«закрытые черновики 3, приглашения 1» of what the purge noted; «ничего» of nothing."""
    counted = [f"{_WORDS[what]} {told[what]}" for what in Kept if told.get(what)]
    return ", ".join(counted) or "ничего"


def _lines(done: str, counted: Mapping[Kept, int]) -> list[str]:
    if not any(counted.values()):
        return ["Удалять нечего: всё моложе своих сроков (RETAIN_… в .env)."]
    return [f"{done}:", *(f"  {_WORDS[what]}: {count}" for what, count in counted.items() if count)]
