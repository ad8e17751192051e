# shellcheck shell=sh
# Copies of the database around an upgrade, made by the release that uses it; sourced after place.sh.
# A release from before `mcu-pilot backup` and `restore` is served by SQLite itself.
# shellcheck disable=SC2154 # `prefix` and `database` come from the script that sources this

has_command() { as_owner "$1/bin/mcu-pilot" "$2" --help >/dev/null 2>&1; }

# copy_database RELEASE FOLDER: one verified copy in a new folder; safe while the bot runs.
copy_database() {
    as_owner mkdir -p -m 700 "$(dirname "$2")" && as_owner mkdir -m 700 "$2" || return 1
    if has_command "$1" backup; then
        as_owner "$1/bin/mcu-pilot" backup --to "$2"
    else
        as_owner "$1/bin/python" -I -c '
import os, sqlite3, sys
os.umask(0o077)
source, copy = (sqlite3.connect(path) for path in sys.argv[1:])
source.backup(copy)
assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
' "$database" "$2/mcu-pilot.db"
    fi
}

# put_back RELEASE COPY: the copy becomes the database; the present one is set aside. Refuses while a bot runs.
put_back() {
    if has_command "$1" restore; then
        as_owner "$1/bin/mcu-pilot" restore "$2" --force
    else
        aside=$database.aside-$(date +%Y-%m-%d-%H%M%S)
        as_owner "$1/bin/python" -I -c '
import os, shutil, sqlite3, sys
from pathlib import Path
from storage.database import DatabaseInUse, FileLock
database, copy, aside = map(Path, sys.argv[1:])
try:
    with FileLock(database):
        present = sqlite3.connect(database)
        present.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        present.close()
        partial = Path(f"{database}.partial")
        shutil.copy2(copy, partial)
        os.link(database, aside)
        partial.replace(database)
except DatabaseInUse:
    sys.exit("База занята: остановите бота и повторите.")
' "$database" "$2" "$aside" && say "Нынешняя база отложена: $aside"
    fi
}

# The form of a database file; empty for what is none.
form_of() {
    as_owner "$prefix/current/bin/python" -I -c '
import sqlite3, sys
file = sqlite3.connect(f"file:{sys.argv[1]}?mode=rw", uri=True)
print(*file.execute("SELECT version_num FROM alembic_version").fetchone())
' "$1" 2>/dev/null
}
