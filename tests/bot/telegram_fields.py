"""Updates with something unique in every field that aiogram's types know, to see which fields pass a door."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import Enum
from itertools import count
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from aiogram.types import Update
from pydantic import BaseModel

DEEPEST: Final = 4
"""Messages hold messages: below so many objects only what a type demands is filled."""
TOMORROW: Final = "field_of_tomorrow"
"""A field that Telegram may add to any object."""


class Filled:
    """One raw update with each field filled, and where each marker was put."""

    def __init__(self, variant: int) -> None:
        self.put: dict[str | int | float, str] = {}
        self._variant = variant
        self._odd = count(1_000_001, 2)
        self.update = self._object(Update, "", DEEPEST)

    def _value(self, kind: Any, path: str, depth: int) -> Any:
        origin = get_origin(kind)
        if origin is Annotated:
            return self._value(get_args(kind)[0], path, depth)
        if origin in {Union, UnionType}:
            variants = [each for each in get_args(kind) if each is not NoneType]
            return self._value(variants[self._variant % len(variants)], path, depth)
        if origin is Literal:
            return _plain(get_args(kind)[0])
        if origin is list:
            return self._list(get_args(kind)[0], path, depth)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return self._object(kind, path, depth)
        return self._marker(kind, path)

    def _object(self, kind: type[BaseModel], path: str, depth: int) -> dict[str, Any]:
        filled = {TOMORROW: self._marker(str, f"{path}.{TOMORROW}".lstrip("."))}
        for name, field in kind.model_fields.items():
            if depth > 0 or field.is_required():
                key = field.alias or name
                filled[key] = self._value(field.annotation, f"{path}.{key}".lstrip("."), depth - 1)
        return filled

    def _list(self, kind: Any, path: str, depth: int) -> list[Any]:
        """One element of each variant that the list may hold; none where nothing deeper is filled."""
        if depth <= 0:
            return []
        variants = get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)
        return [self._value(each, f"{path}[]", depth) for each in variants]

    def _marker(self, kind: Any, path: str) -> Any:
        if kind is bool:
            return True
        if isinstance(kind, type) and issubclass(kind, Enum):
            return _plain(next(iter(kind)))
        number = next(self._odd)
        marker: str | int | float = number
        if kind is float:
            marker = number + 0.5
        elif kind not in {int, datetime, timedelta}:
            marker = f"marker {number}"
        self.put[marker] = path
        return marker


def filled_updates() -> Iterator[Filled]:
    """Enough updates to fill each variant of each union at least once."""
    for variant in range(_most_variants(Update, set())):
        yield Filled(variant)


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that is no object and no list, with its path."""
    match value:
        case dict():
            for key, each in value.items():
                yield from leaves(each, f"{path}.{key}".lstrip("."))
        case list():
            for each in value:
                yield from leaves(each, f"{path}[]")
        case _:
            yield path, value


def _plain(value: Any) -> Any:
    """As it stands in JSON."""
    return value.value if isinstance(value, Enum) else value


def _most_variants(kind: Any, seen: set[Any]) -> int:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if kind in seen:
            return 1
        seen.add(kind)
        return max((_most_variants(field.annotation, seen) for field in kind.model_fields.values()), default=1)
    parts = [each for each in get_args(kind) if each is not NoneType]
    own = len(parts) if get_origin(kind) in {Union, UnionType} else 1
    return max([own, *(_most_variants(each, seen) for each in parts)])
