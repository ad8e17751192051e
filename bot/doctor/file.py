"""The database's file: is it there, of which kind, of which form."""

from pathlib import Path
from typing import Final

from bot.doctor.finding import Finding, amiss, fine
from bot.plain_errors import plain_line
from storage.database import DatabaseKind, DatabaseUnreadable, kind_of, schema_revision
from storage.hindrance import DatabaseUnavailable

KINDS: Final = {DatabaseKind.PRODUCTION: "рабочая", DatabaseKind.SANDBOX: "учебная"}


def look_at_file(path: Path, kind: DatabaseKind, hint: str) -> Finding:
    """`hint` is how a command is given here, with a place for its name."""
    if not path.exists():
        return amiss(f"Базы ещё нет ({path}): заведите офис, {hint.format('office add pestovo')}")
    try:
        (found, newest), marked = schema_revision(path), kind_of(path)
    except (DatabaseUnreadable, DatabaseUnavailable) as error:
        return amiss(plain_line(error) or str(error))
    if marked not in {None, kind}:
        return amiss(f"База {path} — {KINDS[marked]}, а нужна {KINDS[kind]}: проверьте DATA_FOLDER.")
    if marked is None or found != newest:
        form = "не закончена" if marked is None else f"старой формы ({found})"
        return amiss(f"База {form}: остановите бота, {hint.format('migrate')}")
    return fine(f"База {path}, {KINDS[kind]}, форма {found}.")
