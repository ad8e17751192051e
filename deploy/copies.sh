# shellcheck shell=sh
# Copies of the database around an upgrade, made by the release that uses it; sourced after place.sh.
# shellcheck disable=SC2154 # `prefix` and `database` come from the script that sources this

# copy_database RELEASE FOLDER: one verified copy in a new folder; safe while the bot runs.
copy_database() {
    as_owner mkdir -p -m 700 "$(dirname "$2")" && as_owner mkdir -m 700 "$2" || return 1
    as_owner "$1/bin/mcu-pilot" backup --to "$2"
}

# put_back RELEASE COPY: the copy becomes the database; the present one is set aside. Refuses while a bot runs.
put_back() {
    as_owner "$1/bin/mcu-pilot" restore "$2" --force
}

# The form of a database file; empty for what is none.
form_of() {
    as_owner "$prefix/current/bin/python" -I -c '
import sqlite3, sys
file = sqlite3.connect(f"file:{sys.argv[1]}?mode=rw", uri=True)
print(*file.execute("SELECT version_num FROM alembic_version").fetchone())
' "$1" 2>/dev/null
}
