"""What the status port tells and does, gathered from the parts of the running bot; the port itself is `bot.status`."""

from dataclasses import dataclass
from datetime import datetime, time
from math import ceil
from typing import Final

from bot.clock import OfficeClock
from bot.delivery.courier import Courier
from bot.intake.census import Census
from bot.intake.lanes import Lanes
from bot.intake.replies import Doorkeeper
from bot.intake.working import UpdateWorker
from bot.job_worker import JobWorker
from bot.status import Ahead, DueMoment, Pending, StatusReport, StatusSource
from handlers.views.due import due
from risk.offices import OfficePlan
from risk.use_cases.due import what_falls_due
from scheduler.runner import Runner
from storage.database import Database, DatabaseKind
from storage.directory import SqlDirectory
from storage.sandbox_time import write_shift
from storage.unit_of_work import Units

MORNING: Final = time(9)
"""To which the sandbox's page winds the clock on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningState:
    kind: DatabaseKind
    username: str
    database: Database
    directory: SqlDirectory
    units: Units
    clock: OfficeClock
    lanes: Lanes
    worker: UpdateWorker
    doorkeeper: Doorkeeper
    census: Census
    courier: Courier
    job_worker: JobWorker
    runner: Runner

    def source(self) -> StatusSource:
        if self.kind is DatabaseKind.PRODUCTION:
            return StatusSource(report=self._report, at_rest=self._at_rest, move_time=None)
        return StatusSource(
            report=self._report, at_rest=self._at_rest, move_time=self._move_time, ahead=self._look_ahead
        )

    def _report(self) -> StatusReport:
        pending = Pending(updates=self.lanes.in_hand, sending=self.courier.in_flight, ticks=self.runner.running)
        return StatusReport(
            kind=self.kind.value, bot=self.username, office_time=self.clock.now().isoformat(), pending=pending
        )

    async def _at_rest(self) -> None:
        """One part's rest may be broken by another's last act: all must be at rest at one moment."""
        while True:
            await self.lanes.idle()
            await self.worker.idle()
            await self.doorkeeper.idle()
            await self.census.idle()
            await self.runner.idle()
            await self.job_worker.idle()
            await self.courier.idle()
            if self._is_at_rest():
                return

    def _is_at_rest(self) -> bool:
        busy = self.lanes.in_hand or self.runner.running
        return not busy and self.job_worker.is_idle and self.courier.is_idle

    async def _look_ahead(self) -> Ahead:
        now, offices = self.clock.now(), await self.directory.offices()
        moments: list[DueMoment] = []
        for office in offices:
            plan = office.plan
            ahead = (await what_falls_due(view=self.units.view_of(office.id), now=now)).ahead
            moments += [
                DueMoment(at=plan.calendar.local(each.at).isoformat(), office=plan.title, what=due(each, plan))
                for each in ahead
            ]
        return Ahead(
            now=now.isoformat(),
            mornings={each.plan.title: _morning(each.plan, now) for each in offices},
            due=tuple(sorted(moments, key=lambda moment: datetime.fromisoformat(moment.at))),
        )

    async def _move_time(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        await write_shift(self.database, ceil(self.clock.shift.total_seconds()))
        await self.runner.tick_all()


def _morning(plan: OfficePlan, now: datetime) -> str:
    return plan.calendar.local(plan.calendar.next_showing(MORNING, after=now)).isoformat()
