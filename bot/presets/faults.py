"""What is wrong with a file of the operator's, in one plain line: the file, the dotted key and what is allowed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails


class FileFault(Exception):
    """A file cannot be used. `file` and `key` say where, `says` says what is allowed instead."""

    def __init__(self, *, file: str, key: str, says: str) -> None:
        self.file = file
        self.key = key
        self.says = says
        super().__init__(": ".join(part for part in (file, key, says) if part))


class PresetError(FileFault):
    """A preset cannot be used."""


class CalendarError(FileFault):
    """The operator's calendar cannot be used."""


def shape_fault(error: ValidationError, *, file: str, data: Mapping[str, object], kind: type[FileFault]) -> FileFault:
    """The first fault of shape, with the items of lists named by their own keys."""
    fault = error.errors()[0]
    path = [*fault["loc"], *_unknown_key(fault)]
    return kind(file=file, key=dotted(path, data), says=_in_plain_words(fault))


def dotted(path: Sequence[int | str], data: Mapping[str, object]) -> str:
    """«levels.high.title»: an item of a list goes by its key, or by its number from one if it has none."""
    names: list[str] = []
    here: object = data
    for step in path:
        if step == "[key]":  # pydantic's mark that the key itself is at fault, not its value
            continue
        here = _inside(here, step)
        own_key = here.get("key") if isinstance(here, Mapping) else None
        if isinstance(step, str):
            names.append(step)
        else:
            names.append(own_key if isinstance(own_key, str) else str(step + 1))
    return ".".join(names)


def _inside(here: object, step: int | str) -> object:
    if isinstance(here, Mapping):
        return here.get(step)
    if isinstance(here, Sequence) and isinstance(step, int) and step < len(here):
        return here[step]
    return None


def _unknown_key(fault: ErrorDetails) -> list[str]:
    return [str(fault["ctx"]["key"])] if fault["type"] == "unknown_key" else []


def _in_plain_words(fault: ErrorDetails) -> str:
    context = fault.get("ctx", {})
    if fault["type"] == "value_error":
        return str(context["error"])
    say = _PLAIN.get(fault["type"])
    # Some of pydantic's own messages have several lines; the operator is promised one.
    return say(context) if say else " ".join(fault["msg"].split())


_PLAIN: Final[Mapping[str, Callable[[Mapping[str, object]], str]]] = {
    "missing": lambda _: "ключ обязателен",
    "enum": lambda context: f"можно: {context['expected']}".replace(" or ", ", "),
    "string_type": lambda _: "нужна строка в кавычках",
    "int_type": lambda _: "нужно целое число",
    "bool_type": lambda _: "нужно true или false",
    "greater_than_equal": lambda context: f"нужно число не меньше {context['ge']}",
    "less_than_equal": lambda context: f"нужно число не больше {context['le']}",
    "tuple_type": lambda _: "нужен список в квадратных скобках",
    "dict_type": lambda _: "нужна таблица",
    "model_type": lambda _: "нужна таблица",
    "too_short": lambda context: f"нужно не меньше {context['min_length']}",
    "date_type": lambda _: "нужна дата вида 2026-12-31",
    "date_parsing": lambda _: "нужна дата вида 2026-12-31",
    "date_from_datetime_parsing": lambda _: "нужна дата вида 2026-12-31",
    "date_from_datetime_inexact": lambda _: "нужна дата вида 2026-12-31",
}
