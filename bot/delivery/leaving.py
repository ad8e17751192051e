"""Leaves the groups that no office has bound in time; a refusal that may pass is tried again by machine time."""

from datetime import timedelta
from typing import Final

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.clock import MachineClock, OfficeClock
from bot.delivery.outcomes import Fate, Outcome, outcome_of
from risk.groups import STAYS_UNBOUND
from risk.people import Address
from risk.ports import Directory, Groups

_log = structlog.get_logger(__name__)

AGAIN_AFTER: Final = timedelta(minutes=10)
_FOR_EVER: Final = frozenset({Fate.REFUSED, Fate.MALFORMED, Fate.GONE})
"""The bot is no member any more, or there is no such chat: it is out."""


class UnboundGroups:
    def __init__(
        self, bot: Bot, groups: Groups, directory: Directory, *, clock: OfficeClock, machine: MachineClock
    ) -> None:
        self._bot = bot
        self._groups = groups
        self._directory = directory
        self._clock = clock
        self._machine = machine

    async def leave_overdue(self) -> None:
        until = self._clock.now() - STAYS_UNBOUND
        for group in await self._groups.entered_until(until, machine_now=self._machine.now()):
            await self._leave(group)

    async def _leave(self, group: Address) -> None:
        """A group that was bound under another address meanwhile is kept."""
        if await self._directory.office_of_chat(group) is None:
            try:
                await self._bot.leave_chat(int(group.value))
            except TelegramAPIError as error:
                await self._not_left(group, outcome_of(error))
                return
        await self._groups.forget(group)

    async def _not_left(self, group: Address, outcome: Outcome) -> None:
        if outcome.fate is Fate.MOVED and outcome.moved_to is not None:
            await self._groups.move(group, Address(messenger=group.messenger, value=str(outcome.moved_to)))
        elif outcome.fate in _FOR_EVER:
            await self._groups.forget(group)
        else:
            _log.info("a group could not be left for now", why=outcome.why)
            await self._groups.retry(group, self._machine.now() + AGAIN_AFTER)
