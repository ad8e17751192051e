"""What is kept of an update that was set aside, told to the operator by its reference number."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from bot.beside import opened_by
from bot.keeping.moments import Said, said_by_offices
from storage.database import DatabaseKind, open_existing
from storage.faults import Fault, faults_named

_KINDS: Final[Mapping[str, str]] = {
    "message": "сообщение",
    "edited_message": "правка сообщения",
    "callback_query": "нажатие кнопки",
    "my_chat_member": "перемена прав бота в чате",
}
_WHAT_TO_DO: Final = (
    "Что делать: попросите человека повторить. Если сломалось снова, передайте эти строки разработчику: "
    "личных данных в них нет."
)


class NoSuchFault(Exception):
    """Nothing is set aside under that reference."""


async def fault(path: Path, kind: DatabaseKind, reference: str) -> list[str]:
    """Raises NoSuchFault, DatabaseMissing, DatabaseInUse."""
    named = reference.strip().upper()
    async with opened_by(open_existing, path, kind) as database:
        found = await faults_named(database, named)
        said = await said_by_offices(database)
    if not found:
        raise NoSuchFault(named)
    return [*(line for each in found for line in _lines(each, said)), _WHAT_TO_DO]


def _lines(found: Fault, said: Said) -> Sequence[str]:
    return (
        f"Номер {found.reference}: {_KINDS.get(found.kind, 'сообщение другого вида')}, {said(found.received_at)}.",
        f"Слова без личных данных: {found.words or 'нет'}",
        f"Где сломалось: {found.trace or 'не записано'}",
    )


def asides_in_words(found: Sequence[Fault], said: Said) -> str:
    """«7F3K (сб 21.11, 09:02)», the newest first."""
    return ", ".join(f"{each.reference} ({said(each.received_at)})" for each in found)
