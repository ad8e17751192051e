"""The stage with a bot that can die: a process of its own, heard through a pipe, buried and started anew."""

import asyncio
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from signal import SIGKILL, SIGTERM
from typing import Final

import httpx

from bot.tasks import unless_stopped
from tests.durability.boundaries import Boundary, Cut
from tests.durability.child import Failed, Orders, Started, live
from tests.support.clocks import StoryClock
from tests.support.people import Chat, Person, Shown
from tests.support.stage import PATIENCE, Stage

ENDS_WITHIN: Final = 10.0
_NURSERY: Final = multiprocessing.get_context("forkserver")


class DiedByItselfError(AssertionError):
    """The bot ended otherwise than it was told to."""


class MortalBot:
    """One life of the bot's process, from its fork to its exit code."""

    def __init__(self, orders: Orders) -> None:
        self.cut = orders.cut
        self.crossed: list[Boundary] = []
        self.failure: str | None = None
        self.status_port = 0
        self.exit_code: int | None = None
        self.started = asyncio.Event()
        self.ended = asyncio.Event()
        self._cut_reached = asyncio.Event()
        self._ear, mouth = _NURSERY.Pipe(duplex=False)
        self._process = _NURSERY.Process(target=live, args=(orders, mouth), daemon=True)
        self._process.start()
        mouth.close()  # else the child's end of it would not be the end of the pipe
        asyncio.get_running_loop().add_reader(self._ear.fileno(), self._hear)

    @property
    def was_killed(self) -> bool:
        return self.exit_code == -SIGKILL

    async def lives_or_ends(self) -> None:
        """Wait until it takes updates, or has ended before it could."""
        async with asyncio.timeout(PATIENCE):
            await self.started.wait()

    async def comes_to_its_cut(self) -> None:
        """Wait until it crosses the boundary where its signal was to meet it."""
        async with asyncio.timeout(PATIENCE):
            await self._cut_reached.wait()

    async def kill(self) -> None:
        """At no boundary in particular."""
        os.kill(self._pid, SIGKILL)
        await self.end()

    async def stop(self) -> int | None:
        """Ask it to end, as a service manager does; its exit code."""
        if not self.ended.is_set():
            os.kill(self._pid, SIGTERM)
        return await self.end()

    async def end(self) -> int | None:
        """Wait for the end; the exit code. A bot that does not end is killed."""
        try:
            async with asyncio.timeout(ENDS_WITHIN):
                await self.ended.wait()
        except TimeoutError:
            os.kill(self._pid, SIGKILL)
            raise
        return self.exit_code

    @property
    def _pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def _hear(self) -> None:
        try:
            said = self._ear.recv()
        except (EOFError, OSError):
            self._bury()
            return
        match said:
            case Boundary():
                self.crossed.append(said)
                if self.cut is not None and self.cut.at == said:
                    self._cut_reached.set()
            case Started(status_port=port):
                self.status_port = port
                self.started.set()
            case Failed(fault=fault):
                self.failure = fault

    def _bury(self) -> None:
        """The pipe ended, so the process is ending this instant."""
        asyncio.get_running_loop().remove_reader(self._ear.fileno())
        self._ear.close()
        self._process.join(ENDS_WITHIN)
        self.exit_code = self._process.exitcode
        self._process.close()
        self.started.set()
        self.ended.set()


class MortalStage(Stage):
    """Like the stage, but its bot is killed at the boundaries given, one life each, and lives on after the last."""

    def __init__(self, folder: Path, clock: StoryClock, cuts: Iterable[Cut] = ()) -> None:
        super().__init__(folder, clock)
        self.log = folder / "bot.log"
        self.reserve_code = ""
        self.lives: list[MortalBot] = []
        self.after_death: Callable[[], None] = lambda: None
        self._cuts = deque(cuts)

    @property
    def bot(self) -> MortalBot:
        """The bot as it lives now, or as it died last."""
        return self.lives[-1]

    @property
    def deaths(self) -> int:
        return sum(life.was_killed for life in self.lives)

    async def start_bot(self) -> None:
        await super().stop_bot()  # lets go of the status port of a life that has ended
        cut = self._cuts.popleft() if self._cuts else None
        life = self.birth(cut)
        self.lives.append(life)
        await life.lives_or_ends()
        if life.status_port:
            base_url = f"http://127.0.0.1:{life.status_port}"
            self.status = await self._bot.enter_async_context(
                httpx.AsyncClient(base_url=base_url, trust_env=False, timeout=PATIENCE + 5)
            )

    def birth(self, cut: Cut | None = None) -> MortalBot:
        """One more process on this stage's database, whether or not another one lives."""
        return MortalBot(
            Orders(
                database=self.database,
                api_url=self.url,
                clock=self.clock,
                log=self.log,
                cut=cut,
                webhook=self.webhook,
            ),
        )

    async def stop_bot(self) -> None:
        if self.lives:
            await self.bot.stop()
        await super().stop_bot()

    async def rest(self) -> None:
        """Until all is at rest; a bot that was killed meanwhile is started again first."""
        while not await self._rested():
            await self._revive()

    async def presses(self, person: Person, button: str, chat: Chat) -> None:
        """Press the newest such button, and again when the bot died over it and the button still stands."""
        while True:
            deaths, message = self.deaths, await _newest_with(button, chat)
            press = await self.control(
                "presses", **{"as": person.id, "chat": chat.id, "message_id": message.id, "button": button}
            )
            await self.rest()
            if self.world.presses[press["query_id"]].answer is not None:
                return
            assert self.deaths > deaths, f"the press on «{button}» was not answered, and nobody died over it"
            if button not in (await message.now()).buttons:
                return

    async def _rested(self) -> bool:
        """False when the bot died before it came to rest."""
        try:
            return bool(await unless_stopped(self._quiet(), self.bot.ended))
        except httpx.TransportError:
            await self.bot.end()
            return False

    async def _quiet(self) -> bool:
        await super().rest()
        return True

    async def _revive(self) -> None:
        if not self.bot.was_killed:
            raise DiedByItselfError(f"exit code {self.bot.exit_code}, {self.bot.failure}")
        self.after_death()
        await self.start_bot()


async def _newest_with(button: str, chat: Chat) -> Shown:
    standing = await chat.of_bot()
    for message in reversed(standing):
        if button in message.buttons:
            return message
    raise AssertionError(f"no button «{button}»: {[message.buttons for message in standing]}")
