# shellcheck shell=sh
# Where an installation lives and as whom its program runs; sourced by install.sh, rollback.sh and mcu-pilot.
# shellcheck disable=SC2034,SC2154 # `prefix` comes from the script that sources this, `database` goes to it

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# The line NAME=value of a file of such lines.
value_of() { sed -n "s/^$1=//p" "$2" 2>/dev/null | tail -n 1; }

# The settings of the service: lines NAME=value, taken literally, as systemd takes them when nothing is quoted.
load_settings() {
    DATA_FOLDER=$(value_of data "$prefix/installation")
    env_file=$(value_of settings "$prefix/installation")
    if [ -e "$env_file" ]; then
        [ -r "$env_file" ] || fail "Нет доступа к $env_file: повторите с sudo."
        while IFS= read -r line || [ -n "$line" ]; do
            case $line in
            '#'* | '' | DATA_FOLDER=) ;;
            *=*) export "${line?}" ;;
            esac
        done <"$env_file"
    fi
    export DATA_FOLDER
    database=$DATA_FOLDER/mcu-pilot.db
}

# Run as the owner of the data: a file that root made there would stay closed to the service.
as_owner() {
    owner=$(stat -c %U "$DATA_FOLDER" 2>/dev/null) || owner=root
    if [ "$(id -u)" = 0 ] && [ "$owner" != root ]; then
        (
            runuser -u "$owner" -- test -x . || cd /
            exec runuser -u "$owner" -- "$@"
        )
    else
        "$@"
    fi
}

# Point `current` at a release in one step: there is no moment without a program.
switch_to() {
    ln -sfn "releases/$1" "$prefix/current.new"
    mv -fT "$prefix/current.new" "$prefix/current"
}

current_release() {
    [ -L "$prefix/current" ] && basename "$(readlink "$prefix/current")"
}
