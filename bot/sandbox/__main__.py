"""Runs the sandbox alone: `python -m bot.sandbox --port 8090 --profile telegram --state FILE`."""

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from aiohttp import web

from bot.sandbox.identity import Profile
from bot.sandbox.persistence import kept_in
from bot.sandbox.server import create_app
from bot.sandbox.world import World

_HOST = "127.0.0.1"
_SHUTDOWN_SECONDS = 3.0


def main() -> None:
    """Read the command line and serve until somebody says stop."""
    arguments = _parser().parse_args()
    serve(port=arguments.port, profile=Profile(arguments.profile), state=arguments.state)


def serve(*, port: int, profile: Profile, state: Path | None) -> None:
    """Serve until somebody says stop."""
    asyncio.run(_serve(port, profile, state))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description="Telegram for one bot.")
    parser.add_argument("--port", type=int, default=8090, help="port on 127.0.0.1 (0 takes a free one)")
    parser.add_argument("--profile", choices=[str(profile) for profile in Profile], default=str(Profile.TELEGRAM))
    parser.add_argument("--state", type=Path, help="file to keep the world in")
    return parser


async def _serve(port: int, profile: Profile, state: Path | None) -> None:
    world = World(profile)
    async with contextlib.AsyncExitStack() as stack:
        if state is not None:
            await stack.enter_async_context(kept_in(state, world))
        runner = web.AppRunner(create_app(world), access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, _HOST, port).start()
        address = runner.addresses[0]
        sys.stdout.write(f"Песочница: http://{address[0]}:{address[1]}/ (профиль {profile})\n")
        sys.stdout.flush()
        await _until_told_to_stop()


async def _until_told_to_stop() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()


if __name__ == "__main__":
    main()
