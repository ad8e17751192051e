"""When the alert chat is counted: once a day in working hours, and at once when somebody unlisted shows there.

What is remembered, in memory alone, are chats and moments: a sign of somebody has a chat counted once an hour at most.
"""

from datetime import date

import structlog

from bot.clock import OfficeClock
from bot.intake.admission import Sign
from bot.intake.courtesy import Courtesy
from bot.tasks import TaskOwner
from handlers.places import telegram
from risk.ids import OfficeId
from risk.ports import ChatCensus, Directory
from risk.use_cases.strangers import ChatList, chat_list, report_strangers
from storage.unit_of_work import Units

_log = structlog.get_logger(__name__)


class Census:
    def __init__(
        self, probe: ChatCensus, *, directory: Directory, units: Units, clock: OfficeClock, hourly: Courtesy
    ) -> None:
        self._probe = probe
        self._directory = directory
        self._units = units
        self._clock = clock
        self._hourly = hourly
        self._counted_on: dict[OfficeId, date] = {}
        self._counting = TaskOwner()

    def notice(self, sign: Sign) -> None:
        """Somebody came or spoke in a group. Looked at in the background: nobody waits for it."""
        self._counting.start(self._look(sign), name="count of a chat")

    async def count_daily(self) -> None:
        for office in await self._directory.offices():
            now = self._clock.now()
            calendar = office.plan.calendar
            today = calendar.local(now).date()
            if self._counted_on.get(office.id) == today or not calendar.is_open(now):
                continue
            expected = await chat_list(view=self._units.view_of(office.id))
            if expected is None or await self._counted(expected):
                self._counted_on[office.id] = today

    async def idle(self) -> None:
        """Wait until no count is under way."""
        await self._counting.finish()

    async def give_up(self) -> None:
        await self._counting.cancel()

    async def _look(self, sign: Sign) -> None:
        try:
            office = await self._directory.office_of_chat(telegram(sign.chat))
            if office is not None:
                await self._look_in(office, sign)
        except Exception:
            _log.exception("a chat could not be looked at")

    async def _look_in(self, office: OfficeId, sign: Sign) -> None:
        expected = await chat_list(view=self._units.view_of(office))
        if expected is None or (sign.sender is not None and telegram(sign.sender) in expected.listed):
            return
        if self._hourly.is_due(sign.chat):
            await self._counted(expected)

    async def _counted(self, expected: ChatList) -> bool:
        """Whether Telegram told; no transaction is open while it is asked."""
        count = await self._probe.unlisted(expected.chat, expected.listed)
        if count is None:
            return False
        uow = self._units.of(expected.office.id)
        await report_strangers(expected.chat, count, uow=uow, now=self._clock.now())
        return True
