"""How the program writes its log: one event in a line on stderr, without secrets and without anybody's words.

Messages of exceptions may quote what people wrote, so an error is logged as its type and the places it went through.
"""

import json
import logging
import re
import sys
from collections.abc import Collection
from enum import StrEnum
from types import TracebackType
from typing import Any, Final

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_TOKEN: Final = re.compile(r"(?<!\d)\d{5,}:[A-Za-z0-9_-]{6,}")
_LOGIN: Final = re.compile(r"(?<=://)[^/@\s'\"]+(?=@)")
_SHORTEST_SECRET: Final = 3
"""Anything shorter stands in every other word."""
_FIRST_KEYS: Final = ("timestamp", "level", "event")

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class LogFormat(StrEnum):
    CONSOLE = "console"
    JSON = "json"


def set_up_logs(level: str, form: LogFormat = LogFormat.CONSOLE, secrets: Collection[str] = ()) -> None:
    """From now on the log is written so, the last words of a program that fails included."""
    hidden = Hidden(secrets)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _errors_as_places,
            hidden,
            _first_keys_first,
            _renderer(form),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_LibraryFormatter(form, hidden))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    sys.excepthook = _last_words


class Hidden:
    """Puts a sign in the place of what nobody may read in a log. As a processor, does so in every value of a line."""

    def __init__(self, secrets: Collection[str]) -> None:
        self._secrets = sorted((each for each in secrets if len(each) >= _SHORTEST_SECRET), key=len, reverse=True)

    def __call__(self, _logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
        return {key: self._in_value(value) for key, value in line.items()}

    def in_text(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return _LOGIN.sub("[login]", _TOKEN.sub("[token]", text))

    def _in_value(self, value: Any) -> Any:
        return value if isinstance(value, int | float | None) else self.in_text(str(value))


def trace(error: BaseException) -> str:
    """What may be kept of an error: its type and the places it went through."""
    return f"{type(error).__name__}: {places(error)}"


def places(error: BaseException) -> str:
    """Where an error happened, from the outermost call inwards, without the values that were at hand."""
    steps = []
    trace = error.__traceback__
    while trace is not None:
        steps.append(f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(steps)


def _renderer(form: LogFormat) -> Processor:
    if form is LogFormat.JSON:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.processors.KeyValueRenderer(key_order=_FIRST_KEYS)


def _first_keys_first(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    return {**{key: line[key] for key in _FIRST_KEYS if key in line}, **line}


def _errors_as_places(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    error = line.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        return {**line, "fault": type(error).__name__, "trace": places(error)}
    return line


def _last_words(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    """What ends the program is logged with the same restraint as everything else."""
    if issubclass(kind, KeyboardInterrupt):
        return
    structlog.get_logger(__name__).critical("the program ends by a fault of its own", exc_info=error)


class _LibraryFormatter(logging.Formatter):
    """The same restraint for what libraries log."""

    def __init__(self, form: LogFormat, hidden: Hidden) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._form = form
        self._hidden = hidden

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - the name is logging's
        error = ei[1]
        return "" if error is None else f"{type(error).__name__} at {places(error)}"

    def format(self, record: logging.LogRecord) -> str:
        if self._form is LogFormat.CONSOLE:
            return self._hidden.in_text(super().format(record))
        line = {
            "timestamp": self.formatTime(record),
            "level": record.levelname.lower(),
            "event": self._hidden.in_text(record.getMessage()),
            "logger": record.name,
        }
        if record.exc_info:
            line["fault"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
