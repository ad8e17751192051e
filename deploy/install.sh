#!/bin/sh
# Installs this bundle without a network, or upgrades an installation to it; says each step in one line.
set -eu
umask 022
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
# shellcheck source=deploy/place.sh
. "$here/place.sh"
# shellcheck source=deploy/copies.sh
. "$here/copies.sh"
unset PYTHONPATH PYTHONHOME

usage() {
    cat <<'END'
Установка МЦУ-ПИЛОТ из комплекта, без сети.

  ./install.sh [--prefix ПАПКА] [--data ПАПКА] [--settings ФАЙЛ] [--python ПРОГРАММА]

  --prefix    куда поставить программу (/opt/mcu-pilot)
  --data      где лежит база (/var/lib/mcu-pilot)
  --settings  настройки службы (/etc/mcu-pilot.env)
  --python    какой Python взять (python3)

Повторная установка обновляет: делает копию базы, затем переключает версию. Прежняя версия остаётся.
END
}

read_arguments() {
    prefix=/opt/mcu-pilot data='' settings='' python=python3
    while [ $# -gt 0 ]; do
        case $1 in
        --help | -h) usage && exit 0 ;;
        --prefix | --data | --settings | --python) [ $# -gt 1 ] || fail "После $1 нужно значение. Подсказка: --help" ;;
        *) fail "Непонятно: $1. Подсказка: ./install.sh --help" ;;
        esac
        case $1 in
        --prefix) prefix=$2 ;;
        --data) data=$2 ;;
        --settings) settings=$2 ;;
        --python) python=$2 ;;
        esac
        shift 2
    done
    prefix=$(whole_path "$prefix")
    data=$(whole_path "${data:-$(value_or data /var/lib/mcu-pilot)}")
    settings=$(whole_path "${settings:-$(value_or settings /etc/mcu-pilot.env)}")
}

# What an earlier installation was told, or what is usual.
value_or() {
    told=$(value_of "$1" "$prefix/installation")
    say "${told:-$2}"
}

# Paths go into units and scripts, so they are kept plain.
whole_path() {
    case $1 in
    /*) path=$1 ;;
    *) path=$(pwd)/$1 ;;
    esac
    case $path in
    *[!A-Za-z0-9/._-]*) fail "В пути «$path» допустимы латинские буквы, цифры и знаки / . _ -" ;;
    esac
    say "$path"
}

check_bundle() {
    (cd "$here" && sha256sum --check --quiet SHA256SUMS >/dev/null 2>&1) ||
        fail "Комплект повреждён или неполон. Скопируйте архив заново и распакуйте его."
    version=$(value_of version "$here/about")
    say "Комплект цел, версия $version."
}

check_machine() {
    machine=$(value_of machine "$here/about")
    [ "$(uname -s) $(uname -m)" = "Linux $machine" ] ||
        fail "Комплект собран для Linux $machine, а здесь $(uname -s) $(uname -m). Возьмите другой комплект."
    glibc=$(value_of glibc "$here/about")
    found=$(getconf GNU_LIBC_VERSION 2>/dev/null | sed 's/^glibc //')
    older=$(printf '%s\n' "$glibc" "${found:-0}" | sort -V | head -n 1)
    [ "$older" = "$glibc" ] || fail "Нужна glibc $glibc или новее, здесь: ${found:-нет}. Обновите систему."
}

check_python() {
    wanted=$(value_of python "$here/about")
    found=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) ||
        fail "Не найден $python. Поставьте Python $wanted или укажите его: --python /путь/к/python$wanted"
    [ "$found" = "$wanted" ] ||
        fail "Комплект собран для Python $wanted, а здесь $found. Укажите другой (--python) или возьмите другой комплект."
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "В Python нет модуля venv. Поставьте пакет системы, обычно он называется python3-venv."
    say "Python $found подходит."
    home=$("$python" -c 'import sys; print(sys.base_prefix)')
    case $home in
    /home/* | /root/*) say "Но служба его не увидит: он в $home. Для неё возьмите системный: --python /usr/bin/python3" ;;
    esac
}

# A release is whole once its copy of SHA256SUMS is there, which comes last; what an interruption left is made anew.
install_release() {
    release=$prefix/releases/$version
    if [ -e "$release/SHA256SUMS" ]; then
        cmp -s "$here/SHA256SUMS" "$release/SHA256SUMS" ||
            fail "Версия $version уже установлена, но из другого комплекта. Уберите $release и повторите."
        say "Версия $version уже установлена."
        return
    fi
    mkdir -p "$prefix/releases" 2>/dev/null || fail "Нет доступа к $prefix: повторите с sudo."
    rm -rf "$release"
    "$python" -m venv "$release"
    install_wheels --require-hashes -r "$here/requirements.txt"
    install_wheels --no-deps "$here"/wheels/mcu_pilot-*.whl
    "$release/bin/mcu-pilot" --help >/dev/null
    install_keeper_files
    cp "$here/SHA256SUMS" "$release/SHA256SUMS"
    say "Программа установлена: $release"
}

install_wheels() {
    "$release/bin/python" -m pip --isolated install --quiet --disable-pip-version-check --no-cache-dir \
        --no-index --find-links "$here/wheels" "$@" ||
        fail "Библиотеки не установились, причина выше. Прежняя версия, если была, работает как работала."
}

# Units, settings to begin with, presets and scripts, with the folders of this installation in them.
install_keeper_files() {
    mkdir "$release/keeper"
    for file in "$here"/*; do
        [ -f "$file" ] || continue
        sed -e "s|/opt/mcu-pilot|$prefix|g" -e "s|/var/lib/mcu-pilot|$data|g" -e "s|/etc/mcu-pilot.env|$settings|g" \
            -e "s|^DATA_FOLDER=.*|DATA_FOLDER=$data|" "$file" >"$release/keeper/$(basename "$file")"
    done
    cp -R "$here/presets" "$release/keeper/presets"
    rm "$release/keeper/install.sh" "$release/keeper/requirements.txt" "$release/keeper/SHA256SUMS"
    chmod 755 "$release/keeper/mcu-pilot" "$release/keeper/rollback.sh"
}

# The release that `rollback.sh` goes back to, the form of the database that it knows, and the copy made now.
remember_way_back() {
    copy='' form=''
    load_settings
    if [ -e "$database" ]; then
        copies=$DATA_FOLDER/backups/before-$version-$(date +%Y-%m-%d-%H%M%S)
        copy_database "$prefix/current" "$copies" ||
            fail "Копия базы не сделана, причина выше. Версия не переключена: работает $previous."
        copy=$(as_owner find "$copies" -type f | head -n 1)
        form=$(form_of "$database")
        say "Копия базы: $copy"
    else
        say "Базы ещё нет, копия не нужна."
    fi
    printf 'release=%s\nform=%s\ncopy=%s\n' "$previous" "$form" "$copy" >"$release/came-from"
}

read_arguments "$@"
check_bundle
check_machine
check_python
previous=$(current_release || true)
install_release
if [ "$previous" = "$version" ]; then
    say "Версия $version уже включена, менять нечего."
    exit 0
fi
if [ -n "$previous" ]; then
    remember_way_back
fi
printf 'data=%s\nsettings=%s\n' "$data" "$settings" >"$prefix/installation"
switch_to "$version"
ln -sfn current/keeper/mcu-pilot "$prefix/mcu-pilot"
ln -sfn current/keeper/rollback.sh "$prefix/rollback.sh"
if [ -n "$previous" ]; then
    say "Включена версия $version, прежняя $previous остаётся. Вернуться: $prefix/rollback.sh"
    say "Перезапустите бота: systemctl restart mcu-pilot"
else
    say "Включена версия $version. Дальше — по $prefix/current/keeper/README.md"
fi
