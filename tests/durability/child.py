"""What runs in the bot's process: the app as `run` starts it, with a wire laid around it and an ear in the parent."""

import asyncio
import os
import ssl
import sys
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from bot.app import App
from bot.assembly import Installation
from bot.intake.webhook import WebhookAddress
from bot.logs import set_up_logs
from bot.running import SANDBOX_TOKEN, UNHURRIED, _on_signals, started
from storage.database import DatabaseKind
from tests.durability.boundaries import Cut, Wire, lay
from tests.support.clocks import StoryClock


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What one run is to do. `log` takes all that the process prints."""

    database: Path
    api_url: str
    clock: StoryClock
    log: Path
    cut: Cut | None = None
    webhook: WebhookAddress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    status_port: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The run ended with an exception of this type."""

    fault: str


def live(orders: Orders, parent: "Connection[object, object]") -> None:
    """The whole life of the process: 0 after an orderly stop, 1 after an exception."""
    _print_to(orders.log)
    set_up_logs("info")
    _read_no_certificates()
    lay(Wire(parent.send, orders.cut))
    try:
        asyncio.run(_run(orders, parent))
    except Exception as fault:
        traceback.print_exc()
        parent.send(Failed(fault=type(fault).__name__))
        sys.exit(1)


async def _run(orders: Orders, parent: "Connection[object, object]") -> None:
    installation = Installation(
        database=orders.database,
        kind=DatabaseKind.SANDBOX,
        token=SANDBOX_TOKEN,
        api_url=orders.api_url,
        status_port=0,
        limits=UNHURRIED,
        webhook=orders.webhook,
    )
    app = App(installation, orders.clock)
    _on_signals(app.stop)
    async with started(app) as running:
        parent.send(Started(status_port=app.status_port))
        await running


def _read_no_certificates() -> None:
    """Loopback is plain HTTP, and hundreds of births would each spend a good part of their time on them."""
    pytest.MonkeyPatch().setattr(ssl, "create_default_context", lambda **_: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


def _print_to(log: Path) -> None:
    log_file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(log_file, stream.fileno())
    os.close(log_file)
