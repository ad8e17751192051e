"""The courier: finds what is due, takes its turn, renders it from the database as it is now, sends it, notes the end.

Items of one chat go one after another; chats go beside one another. No transaction is open while the network is.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.clock import MachineClock, OfficeClock
from bot.delivery.acts import TelegramActs
from bot.delivery.heading import desks_at, headed_among
from bot.delivery.outcomes import FORBIDDEN, Fate, Outcome, outcome_of
from bot.delivery.pacer import Pacer
from bot.delivery.pacing import turn_taken
from bot.delivery.rendering import ANSWERS_AT_ONCE, SILENT, rendered
from bot.delivery.telegram import TelegramPost
from bot.gateways.paper_files import PaperFiles
from bot.paper_keeping import PaperKeeper
from bot.tasks import TaskOwner
from handlers.places import is_private
from handlers.views.card import moved_card
from handlers.views.message import Outgoing
from handlers.views.notice import notice
from risk.notices import Act, PaperMade
from risk.people import Address, MessengerKind, Place
from risk.ports import Directory
from risk.standing import FORMS, Standing, Subject
from risk.use_cases.acting import report_act_refused
from risk.use_cases.chats import follow_chat, report_card_refused
from risk.use_cases.reach import note_unreachable
from risk.use_cases.telling import notice_facts
from storage.delivery import Deliveries, DueItem, DueNotice, ItemKind
from storage.hindrance import DatabaseUnavailable
from storage.unit_of_work import Units

_log = structlog.get_logger(__name__)

AT_ONCE: Final = 16
"""Chats written to at one time."""
LONGEST_PAUSE: Final = 300.0
SHUT_OUT_PAUSE: Final = 30.0
PAUSE_FOR_DISK: Final = 1.0


class Courier:
    def __init__(
        self,
        bot: Bot,
        *,
        deliveries: Deliveries,
        units: Units,
        directory: Directory,
        pacer: Pacer,
        clock: OfficeClock,
        machine: MachineClock,
        tasks: TaskOwner,
        papers: PaperFiles,
        keeper: PaperKeeper,
    ) -> None:
        self._post = TelegramPost(bot, papers)
        self._keeper = keeper
        self._acts = TelegramActs(bot, units, directory)
        self._deliveries = deliveries
        self._units = units
        self._directory = directory
        self._pacer = pacer
        self._clock = clock
        self._machine = machine
        self._tasks = tasks
        self._news = asyncio.Event()
        self._idle = asyncio.Event()
        self._stopped = asyncio.Event()
        self._in_flight: set[Address] = set()
        self._asked_to_wait: dict[Address, datetime] = {}
        """Machine time until which a chat is left alone: what comes meanwhile must not overtake what was refused."""

    def wake(self) -> None:
        """Something may be due."""
        self._idle.clear()
        self._news.set()

    def stop(self) -> None:
        """Finish what is in flight and take nothing new."""
        self._stopped.set()
        self._news.set()

    async def idle(self) -> None:
        """Wait until nothing is due, not even after a retry."""
        await self._idle.wait()

    @property
    def is_idle(self) -> bool:
        return self._idle.is_set()

    @property
    def in_flight(self) -> int:
        return len(self._in_flight)

    async def run(self) -> None:
        await self._recover()
        while not self._stopped.is_set():
            self._news.clear()
            machine_now = self._machine.now()
            try:
                self._start_due(await self._deliveries.due(self._clock.now(), machine_now), machine_now)
                await self._wait_for_news(machine_now)
            except DatabaseUnavailable:
                await asyncio.sleep(PAUSE_FOR_DISK)

    async def _recover(self) -> None:
        retry_by = self._machine.now() + timedelta(seconds=LONGEST_PAUSE)
        unknown = await self._deliveries.recover(self._clock.now(), retry_by=retry_by)
        if unknown:
            _log.warning("messages of an earlier run may or may not have arrived", count=unknown)

    def _start_due(self, due: list[DueItem], machine_now: datetime) -> None:
        self._asked_to_wait = {chat: until for chat, until in self._asked_to_wait.items() if until > machine_now}
        for item in due:
            free = item.address not in self._in_flight and item.address not in self._asked_to_wait
            if free and len(self._in_flight) < AT_ONCE:
                self._in_flight.add(item.address)
                self._tasks.start(self._deliver(item), name=f"delivery {item.kind} {item.id}")

    async def _wait_for_news(self, machine_now: datetime) -> None:
        next_moment = await self._deliveries.next_moment(machine_now)
        if next_moment is None:
            if not self._in_flight and not self._news.is_set():
                self._idle.set()
            await self._news.wait()
            return
        pause = (next_moment - self._machine.now()).total_seconds()
        try:
            await asyncio.wait_for(self._news.wait(), max(0.0, pause))
        except TimeoutError:
            return

    async def _deliver(self, item: DueItem) -> None:
        try:
            await self._pacer.turn(_chat(item.address), urgent=item.pressed)
            turn_taken.set(True)
            if item.kind is ItemKind.STANDING:
                await self._deliver_standing(item)
            else:
                await self._deliver_notice(item)
        except DatabaseUnavailable:
            await self._broke(item)
        except Exception:
            _log.exception("delivery failed", item=item.id, kind=item.kind.value)
            await self._broke(item)
        finally:
            self._in_flight.discard(item.address)
            self.wake()

    async def _deliver_standing(self, item: DueItem) -> None:
        standing = await self._deliveries.standing(item.id)
        if standing is None:
            return
        if standing.wanted != standing.shown:
            rendered, silent = await self._rendered(item, standing)
            if standing.message is None:
                await self._post_standing(item, standing, rendered, silent=silent)
            else:
                await self._edit_standing(item, standing, standing.message, rendered)
        elif standing.retired:
            await self._retire(item, standing, standing.retired[0])

    async def _rendered(self, item: DueItem, standing: Standing) -> tuple[Outgoing, bool]:
        """The message as it should stand now, and whether it should arrive without a sound."""
        now = self._clock.now()
        desks = await desks_at(standing.place, self._directory)
        async with self._units.view_of(item.office)() as unit:
            at_night = unit.office.plan.is_quiet(now) and standing.subject not in ANSWERS_AT_ONCE
            said = await rendered(unit, standing, now, desks)
        return headed_among(desks, item.office, said), at_night or standing.subject in SILENT

    async def _post_standing(self, item: DueItem, standing: Standing, rendered: Outgoing, *, silent: bool) -> None:
        await self._deliveries.claim(item)
        try:
            message = await self._post.send(standing.place, rendered, silent=silent, answers=standing.answers)
        except TelegramAPIError as error:
            await self._standing_failed(item, standing, outcome_of(error))
            return
        await _noted(lambda: self._deliveries.shown(standing, message))

    async def _edit_standing(self, item: DueItem, standing: Standing, message: int, rendered: Outgoing) -> None:
        try:
            await self._post.edit(standing.place, message, rendered)
        except TelegramAPIError as error:
            outcome = outcome_of(error)
            if outcome.fate is not Fate.SAME:
                await self._standing_failed(item, standing, outcome)
                return
        await _noted(lambda: self._deliveries.shown(standing, message))

    async def _standing_failed(self, item: DueItem, standing: Standing, outcome: Outcome) -> None:
        match outcome.fate:
            case Fate.GONE:
                await self._deliveries.gone(standing, self._clock.now())
            case Fate.UNKNOWN if standing.message is None:
                await self._lost_track(item)
            case Fate.REFUSED | Fate.MALFORMED:
                _log.warning("a message was refused", why=outcome.why)
                await self._standing_refused(item, standing, outcome)
            case _:
                await self._again(item, outcome)

    async def _standing_refused(self, item: DueItem, standing: Standing, outcome: Outcome) -> None:
        """It waits for its next change; a card must come to stand, so a tick tries it again and somebody is told."""
        await self._deliveries.refuse(item, standing.wanted, outcome.why, self._clock.now())
        await self._note_if_unreachable(item, outcome)
        if standing.subject is Subject.RISK:
            uow = self._units.of(item.office)
            await report_card_refused(item.address, uow=uow, now=self._clock.now())

    async def _retire(self, item: DueItem, standing: Standing, message: int) -> None:
        """An earlier copy says that the card moved on, or goes. Whether it still can be edited does not matter."""
        try:
            if standing.subject in FORMS:
                await self._post.take_away(standing.place, message)
            else:
                await self._post.edit(standing.place, message, moved_card())
        except TelegramAPIError as error:
            outcome = outcome_of(error)
            if outcome.fate in {Fate.FLOOD, Fate.NOT_SENT, Fate.SHUT_OUT, Fate.MOVED}:
                await self._again(item, outcome)
                return
        await self._deliveries.retired(item.id, message)

    async def _deliver_notice(self, item: DueItem) -> None:
        planned = await self._deliveries.notice(item.id)
        if planned is None:
            return
        if isinstance(planned.notice, Act):
            await self._carry_out(item, planned.notice, planned.place)
            return
        now = self._clock.now()
        async with self._units.view_of(item.office)() as unit:
            facts = await notice_facts(unit, planned.notice, planned.place, now=now)
            silent = unit.office.plan.is_quiet(now)
        if facts is None:
            await self._deliveries.moot(item.id)
            if isinstance(planned.notice, PaperMade):
                await self._keeper.settle(item.office)
            return
        if facts.waits:
            await self._deliveries.retry(item, self._after_a_pause(item), counts=False)
            return
        desks = await desks_at(planned.place, self._directory)
        said = headed_among(desks, item.office, notice(facts))
        if isinstance(planned.notice, PaperMade):
            await self._deliver_paper(item, planned, said, silent=silent, answers=facts.answers)
        else:
            await self._send_notice(item, planned, said, silent=silent, answers=facts.answers)

    async def _deliver_paper(
        self, item: DueItem, planned: DueNotice, said: Outgoing, *, silent: bool, answers: int | None
    ) -> None:
        """A file that is gone is made anew, under a notice of its own; one whose message has ended is dropped."""
        assert isinstance(planned.notice, PaperMade)
        assert said.attachment is not None
        if await self._keeper.lies(said.attachment.file):
            await self._send_notice(item, planned, said, silent=silent, answers=answers)
            await self._keeper.settle(item.office)
        else:
            await self._keeper.make_anew(item.office, planned.notice.paper)
            await self._deliveries.moot(item.id)

    async def _carry_out(self, item: DueItem, act: Act, place: Place) -> None:
        facts = await self._acts.facts(item.office, act, place)
        if facts is None:
            await self._deliveries.moot(item.id)
            return
        await self._deliveries.claim(item)
        try:
            await self._acts.carry_out(facts)
        except TelegramAPIError as error:
            outcome = outcome_of(error)
            if outcome.fate in {Fate.SAME, Fate.GONE}:
                await self._deliveries.sent(item.id, None)
                return
            if outcome.fate is Fate.REFUSED:
                once = f"refused {item.id}"
                await report_act_refused(act, once, uow=self._units.of(item.office), now=self._clock.now())
            await self._notice_failed(item, outcome)
            return
        await self._deliveries.sent(item.id, None)

    async def _send_notice(
        self, item: DueItem, planned: DueNotice, rendered: Outgoing, *, silent: bool, answers: int | None
    ) -> None:
        await self._deliveries.claim(item)
        try:
            message = await self._post.send(planned.place, rendered, silent=silent, answers=answers)
        except TelegramAPIError as error:
            await self._notice_failed(item, outcome_of(error))
            return
        await _noted(lambda: self._deliveries.sent(item.id, message))

    async def _notice_failed(self, item: DueItem, outcome: Outcome) -> None:
        match outcome.fate:
            case Fate.UNKNOWN:
                await self._lost_track(item)
            case Fate.REFUSED | Fate.MALFORMED:
                _log.warning("a notice was refused", why=outcome.why)
                await self._deliveries.refuse(item, None, outcome.why, self._clock.now())
                await self._note_if_unreachable(item, outcome)
            case _:
                await self._again(item, outcome)

    async def _note_if_unreachable(self, item: DueItem, outcome: Outcome) -> None:
        """Whoever has blocked the bot is known as such in all their offices; in groups it says nothing of anybody."""
        if outcome.why != FORBIDDEN or not is_private(Place(address=item.address)):
            return
        for office in {item.office, *await self._directory.offices_of(item.address)}:
            await note_unreachable(item.address, uow=self._units.of(office), now=self._clock.now())

    async def _again(self, item: DueItem, outcome: Outcome) -> None:
        """Later: after the wait that was asked for, at the new address, or after a growing pause."""
        if outcome.fate is Fate.TOPIC_GONE:
            await self._deliveries.leave_topic(item)
            await self._deliveries.retry(item, self._after_a_pause(item), counts=True)
            return
        if outcome.fate is Fate.MOVED and outcome.moved_to is not None:
            await self._deliveries.retry(item, self._machine.now(), counts=False)
            new = Address(messenger=item.address.messenger, value=str(outcome.moved_to))
            await follow_chat(item.address, new, uow=self._units.of(item.office), now=self._clock.now())
            return
        counts = outcome.fate not in {Fate.FLOOD, Fate.SHUT_OUT}
        wait = {Fate.FLOOD: outcome.wait, Fate.SHUT_OUT: SHUT_OUT_PAUSE}.get(outcome.fate)
        at = self._after_a_pause(item) if wait is None else self._machine.now() + timedelta(seconds=wait)
        if outcome.fate is Fate.FLOOD:
            self._asked_to_wait[item.address] = at
        await self._deliveries.retry(item, at, counts=counts)

    async def _broke(self, item: DueItem) -> None:
        """Something of ours failed: once the send was claimed, nobody can say whether the message arrived.

        That must be noted, or the item would stay claimed.
        """
        while True:
            try:
                return await _noted(lambda: self._note_broken(item))
            except Exception:
                _log.exception("the end of a delivery cannot be noted")
                await asyncio.sleep(PAUSE_FOR_DISK)

    async def _note_broken(self, item: DueItem) -> None:
        if await self._deliveries.is_claimed(item):
            await self._lost_track(item)
        else:
            await self._again(item, Outcome(fate=Fate.NOT_SENT, why="fault"))

    async def _lost_track(self, item: DueItem) -> None:
        await self._deliveries.lost_track(item, self._clock.now(), self._after_a_pause(item))

    def _after_a_pause(self, item: DueItem) -> datetime:
        """Machine time of the next attempt: each pause is twice the one before."""
        return self._machine.now() + timedelta(seconds=min(0.5 * 2.0 ** min(item.attempts, 10), LONGEST_PAUSE))


async def _noted(note: Callable[[], Awaitable[None]]) -> None:
    """What has happened in Telegram must be written down, however long the disk is full: else it happens twice."""
    while True:
        try:
            return await note()
        except DatabaseUnavailable:
            await asyncio.sleep(PAUSE_FOR_DISK)


def _chat(address: Address) -> int:
    assert address.messenger is MessengerKind.TELEGRAM
    return int(address.value)
