"""What tests of handlers share: use cases that only note what they were asked."""

from collections.abc import Callable
from typing import Any

import pytest

Asked = list[tuple[tuple[Any, ...], dict[str, Any]]]
Noting = Callable[..., Asked]


@pytest.fixture
def noting(monkeypatch: pytest.MonkeyPatch) -> Noting:
    """Put a use case that notes its arguments in the place of `handlers.<feature>.<name>`."""

    def note(where: str, *, gives: Any = None, refuses: Exception | None = None) -> Asked:
        asked: Asked = []

        async def noted(*args: Any, **named: Any) -> Any:
            asked.append((args, named))
            if refuses is not None:
                raise refuses
            return gives

        monkeypatch.setattr(f"handlers.{where}", noted)
        return asked

    return note
