"""What of many alike is tried at once, and what is kept for `make test-all`."""

from collections.abc import Iterable
from typing import TypeVar

import pytest

_Value = TypeVar("_Value")


def one_fast(values: Iterable[_Value], fast: _Value) -> list[object]:
    """The values as parameters, all but one of them slow."""
    return [each if each == fast else pytest.param(each, marks=pytest.mark.slow) for each in values]
