"""The operator's shell: commands and their own plain lines. Heavy libraries are imported inside commands only."""

import asyncio
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.database import DatabaseKind

app = typer.Typer(
    help="МЦУ-ПИЛОТ: бот алерт-чата муниципального центра управления.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
office_app = typer.Typer(help="Офисы: завести, показать, изменить, пригласить.", no_args_is_help=True)
app.add_typer(office_app, name="office")

SECRET_SETTINGS = frozenset({"BOT_TOKEN", "PROXY_URL", "WEBHOOK_SECRET"})
"""What is wrong with these is said without repeating them."""

InSandbox = Annotated[bool, typer.Option("--sandbox", help="Учебная база песочницы вместо рабочей.")]


@app.command()
def run() -> None:
    """Запустить бота. Без BOT_TOKEN запускается песочница с учебным офисом."""
    from bot import running
    from bot.logs import set_up_logs

    settings = _settings()
    set_up_logs(settings.log_level, settings.log_format, settings.secrets)
    with _plain_errors():
        asyncio.run(running.run(settings, _say))


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Порт на 127.0.0.1.")] = 8090,
    limits: Annotated[bool, typer.Option(help="Соблюдать ограничения Telegram на частоту.")] = False,
) -> None:
    """Запустить одну песочницу (Bot API и страницу чата), без бота."""
    from bot.sandbox.__main__ import serve
    from bot.sandbox.identity import Profile

    serve(port=port, profile=Profile.TELEGRAM if limits else Profile.FAST, state=None)


@app.command()
def migrate(in_sandbox: InSandbox = False) -> None:
    """Обновить базу до формы этой версии. Перед обновлением делается копия."""
    from storage.database import FileLock
    from storage.database import migrate as migrate_file

    database, kind = _database(in_sandbox)
    with _plain_errors(), FileLock(database):
        done = migrate_file(database, kind)
    _say(f"База обновлена: {database}" if done else f"База уже в нужной форме: {database}")


@app.command()
def doctor(in_sandbox: InSandbox = False) -> None:
    """Проверить установку: что в порядке и что сделать с остальным."""
    from bot.doctor import examine

    with _plain_errors():
        findings = asyncio.run(examine(_settings(), in_sandbox=in_sandbox))
    for finding in findings:
        _say(f"{'✓' if finding.fine else '✗'} {finding.says}")
    if not all(finding.fine for finding in findings):
        raise typer.Exit(1)


@app.command()
def backup(
    to: Annotated[Path | None, typer.Option(help="Папка для копий; без неё — backups рядом с базой.")] = None,
    keep: Annotated[int | None, typer.Option(min=1, help="Сколько последних копий оставить в папке.")] = None,
    in_sandbox: InSandbox = False,
) -> None:
    """Сделать проверенную копию базы. Бота останавливать не нужно."""
    from bot.keeping.copying import back_up

    database, kind = _database(in_sandbox)
    with _plain_errors():
        _say_all(asyncio.run(back_up(database, kind, to or database.parent / "backups", keep)))


@app.command()
def restore(
    copy: Annotated[Path, typer.Argument(help="Файл копии, сделанной командой backup.")],
    force: Annotated[bool, typer.Option("--force", help="Заменить базу с данными; прежняя будет отложена.")] = False,
    in_sandbox: InSandbox = False,
) -> None:
    """Восстановить базу из копии. Бот должен быть остановлен."""
    from bot.keeping.copying import put_back

    database, kind = _database(in_sandbox)
    with _plain_errors():
        _say_all(asyncio.run(put_back(copy, database, kind, in_sandbox=in_sandbox, force=force)))


@app.command()
def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Только показать, что будет удалено.")] = False,
    in_sandbox: InSandbox = False,
) -> None:
    """Удалить то, чему вышел срок хранения (RETAIN_… в .env). Бот делает это сам раз в день."""
    from bot.keeping.purging import purge_by_hand

    database, kind = _database(in_sandbox)
    with _plain_errors():
        _say_all(asyncio.run(purge_by_hand(database, kind, _settings().retention, dry_run=dry_run)))


@app.command("export-all")
def export_all(
    key: Annotated[str, typer.Argument(help="Ключ офиса.")],
    to: Annotated[Path, typer.Option(help="Где создать папку с файлами.")],
    in_sandbox: InSandbox = False,
) -> None:
    """Выгрузить данные офиса файлами, которые он может хранить сам."""
    from bot.keeping.export import exporting

    database, kind = _database(in_sandbox)
    with _plain_errors():
        _say_all(asyncio.run(exporting.export_all(database, kind, key, to)))


@app.command()
def clean(
    file: Annotated[Path, typer.Argument(help="Файл выгрузки ИМ или ПОС: .xlsx, .csv.")],
) -> None:
    """Убрать из выгрузки личные данные: рядом появится «… очищено.csv». Сеть и база не нужны."""
    from bot.cleaning import CannotClean, clean_file

    with _plain_errors():
        try:
            _say_all(asyncio.run(clean_file(file)))
        except CannotClean as refused:
            _fail(str(refused))


@app.command("import")
def import_export(
    file: Annotated[Path, typer.Argument(help="Файл выгрузки: .xlsx, .csv.")],
    key: Annotated[str | None, typer.Option("--office", help="Ключ офиса, если их несколько.")] = None,
    in_sandbox: InSandbox = False,
) -> None:
    """Передать боту выгрузку обращений: он пришлёт предпросмотр ответственному. Файл не уходит с этого компьютера."""
    from bot.handing_over import CannotHandOver, hand_over

    database, kind = _database(in_sandbox)
    with _plain_errors():
        try:
            _say_all(asyncio.run(hand_over(file, database, kind, key)))
        except CannotHandOver as refused:
            _fail(str(refused))


@app.command("fault")
def show_fault(
    reference: Annotated[str, typer.Argument(help="Номер из сообщения бота, например 7F3K.")],
    in_sandbox: InSandbox = False,
) -> None:
    """Показать, что отложено под номером: когда, что за сообщение, где сломалось."""
    from bot.keeping.faults import fault

    database, kind = _database(in_sandbox)
    with _plain_errors():
        _say_all(asyncio.run(fault(database, kind, reference)))


@office_app.command("add")
def office_add(
    preset: Annotated[str, typer.Argument(help="Имя пресета, например pestovo, или путь к .toml.")],
    in_sandbox: InSandbox = False,
) -> None:
    """Завести офис по пресету."""
    from bot import offices
    from bot.program import program

    database, kind = _database(in_sandbox)
    with _plain_errors():
        plan = asyncio.run(offices.add(database, kind, _settings().calendar_file, preset))
    option = " --sandbox" if in_sandbox else ""
    _say(f"Офис заведён: {plan.title}. Дальше: {program()} office invites {plan.key}{option}")


@office_app.command("list")
def office_list(in_sandbox: InSandbox = False) -> None:
    """Показать заведённые офисы и пресеты, которые есть у бота."""
    from bot import office_presets

    database, kind = _database(in_sandbox)
    with _plain_errors():
        for line in asyncio.run(office_presets.listed(database, kind)):
            _say(line)


@office_app.command("check")
def office_check(
    preset: Annotated[str, typer.Argument(help="Имя пресета или путь к .toml.")],
    key: Annotated[
        str | None, typer.Option("--office", help="С каким офисом сравнить; без него — с тем, чей ключ у пресета.")
    ] = None,
    in_sandbox: InSandbox = False,
) -> None:
    """Проверить пресет и показать, что изменит его загрузка в заведённый офис. Ничего не меняет."""
    from bot import office_presets

    database, kind = _database(in_sandbox)
    with _plain_errors():
        for line in asyncio.run(office_presets.check(database, kind, _settings().calendar_file, preset, key)):
            _say(line)


@office_app.command("update")
def office_update(
    key: Annotated[str, typer.Argument(help="Ключ офиса.")],
    preset: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="Путь к .toml; без него — пресет бота с тем же ключом.")
    ] = None,
    in_sandbox: InSandbox = False,
) -> None:
    """Загрузить изменённый пресет в заведённый офис. Люди, чат и настройки, изменённые в чате, остаются."""
    from bot import office_presets

    database, kind = _database(in_sandbox)
    with _plain_errors():
        for line in asyncio.run(office_presets.update(database, kind, _settings().calendar_file, key, preset)):
            _say(line)


@office_app.command("show")
def office_show(
    key: Annotated[str | None, typer.Argument(help="Ключ офиса; без него — все.")] = None,
    in_sandbox: InSandbox = False,
) -> None:
    """Показать офис: должности, блоки, критичность, сроки, полномочия."""
    from bot import offices

    database, kind = _database(in_sandbox)
    with _plain_errors():
        _say_all(asyncio.run(offices.show(database, kind, key)))


@office_app.command("invites")
def office_invites(
    key: Annotated[str, typer.Argument(help="Ключ офиса.")],
    members: Annotated[int, typer.Option(min=0, help="Сколько свободных мест членов офиса пригласить.")] = 1,
    in_sandbox: InSandbox = False,
) -> None:
    """Напечатать одноразовые приглашения на все незанятые должности. Прежние перестают действовать."""
    from bot import offices

    database, kind = _database(in_sandbox)
    with _plain_errors():
        _say_all(asyncio.run(offices.invite(_settings(), database, kind, key, members)))


def _settings() -> "Settings":
    from pydantic import ValidationError

    from bot.settings import Settings

    try:
        return Settings()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = ".".join(map(str, first["loc"])).upper()
        given = "" if name in SECRET_SETTINGS else f": «{first['input']}»"
        _fail(f"Настройка {name} неверна{given}. Что можно, сказано в .env.example.")


def _database(in_sandbox: bool) -> "tuple[Path, DatabaseKind]":
    from storage.database import DatabaseKind

    settings = _settings()
    if in_sandbox:
        return settings.sandbox_database, DatabaseKind.SANDBOX
    return settings.production_database, DatabaseKind.PRODUCTION


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Every expected failure as one line that says what to do."""
    from bot.plain_errors import plain_line

    try:
        yield
    except Exception as error:
        line = plain_line(error)
        if line is None:
            raise
        _fail(line)


def _say(line: str) -> None:
    print(line, flush=True)


def _say_all(lines: Iterable[str]) -> None:
    for line in lines:
        _say(line)


def _fail(line: str) -> NoReturn:
    print(line, file=sys.stderr)
    raise typer.Exit(2)
