"""The sandbox's only reader of the clock; everything else is handed a `Clock`."""

import time
from collections.abc import Callable

Clock = Callable[[], float]
"""Seconds since the epoch, as Telegram counts them."""


def unix_now() -> float:
    """The real time, for a sandbox that people use."""
    return time.time()  # noqa: TID251 - a process of its own, which may not import bot.clock
