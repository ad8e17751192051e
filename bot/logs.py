"""How the program writes its log: structured lines on stderr, without the token and without anybody's words.

Messages of exceptions may quote what people wrote, so an error is logged as its type and the places it went through.
"""

import logging
import re
import sys
from types import TracebackType
from typing import Final

import structlog
from structlog.typing import EventDict, WrappedLogger

_TOKEN: Final = re.compile(r"(?<!\d)\d{5,}:[A-Za-z0-9_-]{6,}")

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def set_up_logs(level: str) -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _errors_as_places,
            _without_token,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_PlacesFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def places(error: BaseException) -> str:
    """Where an error happened, from the outermost call inwards, without the values that were at hand."""
    steps = []
    trace = error.__traceback__
    while trace is not None:
        steps.append(f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(steps)


def _errors_as_places(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    error = line.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        return {**line, "fault": type(error).__name__, "trace": places(error)}
    return line


def _without_token(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    return {key: _TOKEN.sub("[token]", value) if isinstance(value, str) else value for key, value in line.items()}


class _PlacesFormatter(logging.Formatter):
    """The same restraint for what libraries log."""

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - the name is logging's
        error = ei[1]
        return "" if error is None else f"{type(error).__name__} at {places(error)}"

    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub("[token]", super().format(record))
