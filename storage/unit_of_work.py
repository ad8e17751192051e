"""The unit of work: one office, one transaction, and the receipt of the update that it settles when it commits."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from risk.errors import NotListed
from risk.ids import OfficeId, ReceiptId
from risk.offices import Office
from risk.ports import OpenUnit, OpenView
from storage import tables
from storage.database import Database
from storage.inbox import SetAside, put_aside, settle
from storage.plans import Plans
from storage.repositories.appeals import AppealRows
from storage.repositories.chats import ChatRows
from storage.repositories.drafts import DraftRows, PromptRows
from storage.repositories.imports import ImportRows, JobRows
from storage.repositories.messages import OutboxRows, StandingRows
from storage.repositories.notes import NoteOfferRows
from storage.repositories.obligations import NudgeRows, ObligationRows
from storage.repositories.offices import PresetRows, SettingRows, StaffEventRows
from storage.repositories.papers import DigestRows, PaperRows
from storage.repositories.people import EntryRows, InvitationRows, PeopleRows
from storage.repositories.registers import RegisterRows
from storage.repositories.reports import ReportRows
from storage.repositories.risks import EventRows, RiskRows
from storage.repositories.rota import AbsenceRows, DutyRows
from storage.repositories.staging import StagingRows
from storage.repositories.workings import FollowerRows, RecordRows, WorkingRows

Settles = Callable[[AsyncConnection], Awaitable[None]]
"""What a commit does to the inbox, in the same transaction."""


class SqlUnit:
    """Everything of one office that a use case may read and write."""

    def __init__(
        self,
        connection: AsyncConnection,
        office: Office,
        *,
        settles: Settles | None = None,
        committed: Callable[[], None] = lambda: None,
    ) -> None:
        self.office = office
        self.people = PeopleRows(connection, office.id)
        self.invitations = InvitationRows(connection, office.id)
        self.entries = EntryRows(connection, office.id)
        self.absences = AbsenceRows(connection, office.id)
        self.duties = DutyRows(connection, office.id)
        self.staff_events = StaffEventRows(connection, office.id)
        self.preset = PresetRows(connection, office.id)
        self.settings = SettingRows(connection, office.id)
        self.chats = ChatRows(connection, office.id)
        self.risks = RiskRows(connection, office.id)
        self.workings = WorkingRows(connection, office.id)
        self.obligations = ObligationRows(connection, office.id)
        self.nudges = NudgeRows(connection, office.id)
        self.appeals = AppealRows(connection, office.id)
        self.imports = ImportRows(connection, office.id)
        self.staging = StagingRows(connection, office.id)
        self.jobs = JobRows(connection, office.id)
        self.reports = ReportRows(connection, office.id)
        self.digests = DigestRows(connection, office.id)
        self.papers = PaperRows(connection, office.id)
        self.registers = RegisterRows(connection, office.id)
        self.followers = FollowerRows(connection, office.id)
        self.records = RecordRows(connection, office.id)
        self.note_offers = NoteOfferRows(connection, office.id)
        self.events = EventRows(connection, office.id)
        self.drafts = DraftRows(connection, office.id)
        self.prompts = PromptRows(connection, office.id)
        self.standing = StandingRows(connection, office.id)
        self.outbox = OutboxRows(connection, office.id)
        self._connection = connection
        self._settles = settles
        self._committed = committed

    async def commit(self) -> None:
        """Make it all true at once: the rows, the messages they call for, and the update as done."""
        if self._settles is not None:
            await self._settles(self._connection)
        await self._connection.commit()
        self._committed()


@dataclass(slots=True, kw_only=True)
class Units:
    """Opens units of work. `committed` is called after each commit, so that the courier wakes at once."""

    database: Database
    committed: Callable[[], None] = lambda: None
    _plans: Plans = field(default_factory=Plans)

    def of(self, office: OfficeId, receipt: ReceiptId | None = None) -> OpenUnit:
        """Units of one office; with a receipt, the commit also settles the update it stands for."""
        return self._of(office, None if receipt is None else partial(settle, receipt=receipt))

    def setting_aside(self, office: OfficeId, receipt: ReceiptId, aside: SetAside) -> OpenUnit:
        """Units whose commit gives up on the update, so that whoever must hear of it does."""
        return self._of(office, partial(put_aside, receipt=receipt, aside=aside))

    def _of(self, office: OfficeId, settles: Settles | None) -> OpenUnit:
        @asynccontextmanager
        async def open_unit() -> AsyncIterator[SqlUnit]:
            async with self.database.write() as connection:
                yield SqlUnit(
                    connection,
                    await self._office(connection, office),
                    settles=settles,
                    committed=self.committed,
                )

        return open_unit

    def view_of(self, office: OfficeId) -> OpenView:
        @asynccontextmanager
        async def open_view() -> AsyncIterator[SqlUnit]:
            async with self.database.read() as connection:
                yield SqlUnit(connection, await self._office(connection, office))

        return open_view

    async def _office(self, connection: AsyncConnection, office: OfficeId) -> Office:
        """Raises NotListed for an office that is not here: nobody holds a position in it."""
        found = await self._plans.offices(connection, tables.offices.c.id == office)
        if not found:
            raise NotListed
        return found[0]
