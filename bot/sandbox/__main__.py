"""Runs the sandbox alone: `python -m bot.sandbox --port 8090 --profile telegram --state FILE`.

`--until-stdin-ends` is for a program that starts it: a pipe whose other end dies with its owner ends it too.
"""

import argparse
import asyncio
import contextlib
import errno
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from aiohttp import web

from bot.sandbox.identity import Profile
from bot.sandbox.persistence import kept_in
from bot.sandbox.server import create_app
from bot.sandbox.world import World

_HOST = "127.0.0.1"
_SHUTDOWN_SECONDS = 3.0


class _CannotServe(Exception):
    """In words for whoever started it."""


def main() -> None:
    """Read the command line and serve until somebody says stop."""
    arguments = _parser().parse_args()
    serve(
        port=arguments.port,
        profile=Profile(arguments.profile),
        state=arguments.state,
        bot_status=arguments.bot_status,
        until_stdin_ends=arguments.until_stdin_ends,
    )


def serve(
    *,
    port: int,
    profile: Profile,
    state: Path | None,
    bot_status: str | None = None,
    until_stdin_ends: bool = False,
) -> None:
    """Serve until somebody says stop. What prevents it is one line and exit code 2."""
    try:
        asyncio.run(_serve(port, profile, state, bot_status, until_stdin_ends=until_stdin_ends))
    except _CannotServe as reason:
        sys.stderr.write(f"{reason}\n")
        sys.exit(2)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description="Telegram for one bot.")
    parser.add_argument("--port", type=int, default=8090, help="port on 127.0.0.1 (0 takes a free one)")
    parser.add_argument("--profile", choices=[str(profile) for profile in Profile], default=str(Profile.TELEGRAM))
    parser.add_argument("--state", type=Path, help="file to keep the world in")
    parser.add_argument("--bot-status", help="address of the bot's status port, for the page to move office time")
    parser.add_argument("--until-stdin-ends", action="store_true", help="stop when the standard input is closed")
    return parser


async def _serve(
    port: int, profile: Profile, state: Path | None, bot_status: str | None, *, until_stdin_ends: bool
) -> None:
    world = World(profile)
    world.bot_status = bot_status
    async with contextlib.AsyncExitStack() as stack:
        if state is not None:
            await stack.enter_async_context(_kept_in(state, world))
        runner = web.AppRunner(create_app(world), access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await _listen(runner, port)
        address = runner.addresses[0]
        sys.stdout.write(f"Песочница: http://{address[0]}:{address[1]}/ (профиль {profile})\n")
        sys.stdout.flush()
        await _until_told_to_stop(until_stdin_ends=until_stdin_ends)


@contextlib.asynccontextmanager
async def _kept_in(state: Path, world: World) -> AsyncIterator[None]:
    async with contextlib.AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(kept_in(state, world))
        except ValueError:
            raise _CannotServe(f"В файле {state} не мир песочницы. Уберите его, чтобы начать заново.") from None
        yield


async def _listen(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, _HOST, port).start()
    except OSError as error:
        why = "занят" if error.errno == errno.EADDRINUSE else "не открывается"
        raise _CannotServe(f"Порт {port} {why}. Остановите другую программу или задайте другой: --port.") from None


async def _until_told_to_stop(*, until_stdin_ends: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    if until_stdin_ends:
        loop.add_reader(sys.stdin.fileno(), _set_at_end_of_stdin, stop)
    await stop.wait()


def _set_at_end_of_stdin(stop: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), 4096):
        asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
        stop.set()


if __name__ == "__main__":
    main()
