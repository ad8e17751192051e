#!/bin/sh
# Goes back to the release before the last upgrade, and to its copy of the database when the form has moved since.
set -eu
here=$(dirname "$(readlink -f "$0")")
prefix=$(dirname "$(dirname "$(dirname "$here")")")
# shellcheck source=deploy/place.sh
. "$here/place.sh"
# shellcheck source=deploy/copies.sh
. "$here/copies.sh"

version=$(current_release) || fail "Здесь ничего не установлено: $prefix"
came_from=$prefix/releases/$version/came-from
[ -e "$came_from" ] || fail "Вернуться некуда: до версии $version здесь ничего не стояло."
previous=$(value_of release "$came_from")
copy=$(value_of copy "$came_from")
old=$prefix/releases/$previous
[ -x "$old/bin/mcu-pilot" ] || fail "Вернуться некуда: версия $previous удалена."
load_settings

if [ -z "$copy" ] || [ "$(form_of "$database")" = "$(value_of form "$came_from")" ]; then
    say "Форма базы не менялась: база остаётся как есть."
else
    say "Форма базы изменилась: возвращаю копию, сделанную перед обновлением: $copy"
    put_back "$old" "$copy" || fail "Копия не возвращена, причина выше. Версия не переключена: работает $version."
    say "Записанного после обновления в базе теперь нет, оно осталось в отложенной."
fi
switch_to "$previous"
say "Включена версия $previous. Перезапустите бота: systemctl restart mcu-pilot"
