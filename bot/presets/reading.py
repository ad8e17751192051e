"""A TOML file of the operator's, read and held against its shape; what a file may say is in its own schema."""

import tomllib
from importlib.resources.abc import Traversable
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.presets.faults import FileFault, shape_fault

_Sheet = TypeVar("_Sheet", bound=BaseModel)


def read_toml(source: Traversable, kind: type[FileFault]) -> dict[str, object]:
    """Raises `kind`."""
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise kind(file=source.name, key="", says=f"это не TOML в UTF-8: {problem}") from problem
    except OSError as problem:
        raise kind(file=source.name, key="", says=f"не читается: {problem.strerror}") from problem


def validated(shape: type[_Sheet], data: dict[str, object], *, file: str, kind: type[FileFault]) -> _Sheet:
    """Raises `kind`."""
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        raise shape_fault(error, file=file, data=data, kind=kind) from None
