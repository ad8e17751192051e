"""Expected failures of the shell commands, each as one plain line that says what to do."""

import errno
import sys
from typing import Final

from alembic.util.exc import CommandError
from sqlalchemy.exc import DatabaseError

from bot.beside import NoSuchOffice
from bot.keeping.faults import NoSuchFault
from bot.presets.faults import CalendarError, PresetError
from bot.program import program
from bot.refusals import PortTaken, SandboxEnded, TokenMissing
from storage.copies import CopyDamaged, CopyTooNew, FolderUnusable, NoRoom
from storage.database import DatabaseInUse, DatabaseKind, DatabaseMissing, DatabaseUnreadable, WrongDatabaseKind
from storage.directory import OfficeExists
from storage.hindrance import DatabaseUnavailable, Hindrance
from storage.restoring import DatabaseHoldsData

_UNAVAILABLE: Final = {
    Hindrance.NO_ROOM: "На диске нет места, база не пишется. Освободите место и повторите.",
    Hindrance.READ_ONLY: "Файл базы открыт только для чтения. Проверьте права на DATA_FOLDER и диск.",
    Hindrance.DISK: "Диск не читается или не пишется. Проверьте диск и свободное место.",
    Hindrance.BUSY: "Базу держит другая программа. Закройте её и повторите.",
}


def plain_line(error: Exception) -> str | None:
    """What to tell the operator; None for an error that nobody expected."""
    match error:
        case TokenMissing():
            return (
                "Есть рабочая база, а BOT_TOKEN не задан. Впишите токен в .env, "
                "а для учёбы укажите другую папку: BOT_TOKEN= DATA_FOLDER=./state/training STATUS_PORT=8093 make run"
            )
        case PortTaken():
            return (
                f"Порт {error.port} занят. Остановите другую программу или задайте "
                "другие SANDBOX_PORT, STATUS_PORT и WEBHOOK_PORT в .env."
            )
        case SandboxEnded():
            return "Песочница не запустилась или остановилась. Её сообщения — выше; повторите запуск."
        case PresetError():
            return f"Пресет с ошибкой. {error}"
        case CalendarError():
            return f"Календарь с ошибкой. {error}"
        case OfficeExists():
            return f"Офис «{error}» уже заведён. Посмотреть: {program()} office show {error}"
        case NoSuchOffice():
            return f"Офиса «{error}» нет. Посмотреть заведённые: {program()} office list"
        case NoSuchFault():
            return f"Под номером {error} ничего не отложено: номер с ошибкой или срок хранения прошёл."
    return (
        _database_line(error) or _copy_line(error) or _file_line(error) or _proxy_line(error) or _telegram_line(error)
    )


def _database_line(error: Exception) -> str | None:
    match error:
        case DatabaseInUse():
            return "База занята другим процессом бота. Остановите его и повторите."
        case DatabaseMissing():
            return f"Базы ещё нет: {error}. Заведите офис: {program()} office add pestovo"
        case WrongDatabaseKind():
            return _wrong_kind(error)
        case CommandError():
            return "База создана более новой версией программы. Обновите программу."
        case DatabaseUnavailable():
            return _UNAVAILABLE[error.why]
        case DatabaseUnreadable():
            return f"Файл базы не читается: {error}. Восстановите базу из копии, а учебную можно просто удалить."
        case DatabaseError() if type(error) is DatabaseError:  # its subclasses are mistakes of ours
            return "Файл базы не читается. Остановите бота и восстановите базу из копии."
    return None


def _copy_line(error: Exception) -> str | None:
    match error:
        case NoRoom():
            return f"На диске нет места для копии: {error}. Освободите место или укажите другую папку: --to."
        case FolderUnusable():
            return f"В папку {error} нельзя писать. Проверьте права или укажите другую: --to."
        case CopyDamaged():
            return f"Копия не годится: {error} повреждена или это не копия базы. Возьмите другую."
        case CopyTooNew():
            return f"Копию {error} сделала более новая версия программы. Обновите программу и повторите."
        case DatabaseHoldsData():
            return f"В базе {error} уже есть данные. Заменить её копией, а её отложить: добавьте --force."
    return None


def _file_line(error: Exception) -> str | None:
    match error:
        case OSError(errno=errno.ENOSPC):
            return _UNAVAILABLE[Hindrance.NO_ROOM]
        case FileNotFoundError() | IsADirectoryError():
            return f"Файла {error.filename or error} нет. Проверьте путь."
        case PermissionError() | FileExistsError() | NotADirectoryError():
            return f"Нет доступа к {error.filename}. Проверьте права или задайте DATA_FOLDER."
    return None


def _proxy_line(error: Exception) -> str | None:
    if "aiogram" not in sys.modules:
        return None  # then nothing of it was raised, and importing it would take seconds
    from bot.gateways.telegram import ProxyRefused, ProxySilent  # noqa: PLC0415 - see above

    match error:
        case ProxySilent():
            return "Прокси не отвечает. Проверьте PROXY_URL и сам прокси."
        case ProxyRefused(wants_password=True):
            return "Прокси не принимает имя или пароль. Проверьте PROXY_URL."
        case ProxyRefused():
            return "Прокси отвечает, но до Telegram не пускает. Проверьте настройки прокси."
    return None


def _telegram_line(error: Exception) -> str | None:
    if "aiogram" not in sys.modules:
        return None
    from aiogram import exceptions  # noqa: PLC0415 - see above
    from aiogram.utils.token import TokenValidationError  # noqa: PLC0415 - see above

    match error:
        case TokenValidationError() | exceptions.TelegramUnauthorizedError():
            return "Telegram не принимает BOT_TOKEN. Возьмите токен у @BotFather и впишите его в .env."
        case exceptions.TelegramNotFound():
            return "Telegram не знает такого бота. Проверьте BOT_TOKEN и TELEGRAM_API_URL."
        case exceptions.TelegramNetworkError():
            return "Telegram недоступен. Проверьте сеть и TELEGRAM_API_URL."
        case exceptions.TelegramServerError():
            return "У Telegram неполадки. Повторите запуск позже."
        case exceptions.TelegramRetryAfter():
            return f"Telegram просит подождать. Повторите через {error.retry_after} с."
        case exceptions.ClientDecodeError():
            return "По адресу TELEGRAM_API_URL отвечает не Bot API. Проверьте TELEGRAM_API_URL."
        case exceptions.TelegramAPIError():
            return f"Telegram отказал ({type(error).__name__}). Проверьте BOT_TOKEN и права бота."
    return None


def _wrong_kind(error: WrongDatabaseKind) -> str:
    if error.found is DatabaseKind.SANDBOX:
        return "Это база песочницы, рабочей её не сделать. Задайте другую папку: DATA_FOLDER в .env."
    return "Это рабочая база, в песочнице она не откроется. Задайте другую папку: DATA_FOLDER в .env."
