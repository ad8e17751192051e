"""What the domain needs of the world, as protocols; who fulfils them is decided in `bot/app.py`.

A unit of work is for one office: everything reached through it belongs to that office and to no other.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime, time
from typing import Protocol

from risk.absences import Absence
from risk.appeal_cases import AppealCase, AppealChange
from risk.appeal_lists import AppealsAsked, Undistributed
from risk.appeals import AppealSource
from risk.calendar import WorkingCalendar
from risk.coverage import Loaded
from risk.digests import Digest, DigestKind
from risk.drafts import Draft, DraftField
from risk.duties import Duty
from risk.entries import Entry
from risk.events import Event
from risk.export_layouts import ColumnMapping
from risk.figures import Asked, Cut, Figure, GroupKey, Tally
from risk.finding import Found, Sought
from risk.first_answers import FirstAnswersOfDay, FirstAnswerTimes, InNorm
from risk.ids import (
    AbsenceId,
    AppealId,
    BlockKey,
    DigestId,
    DraftId,
    EntryId,
    ImportId,
    InvitationId,
    NoteOfferId,
    NudgeId,
    ObligationId,
    OfficeId,
    PaperId,
    PersonId,
    PositionId,
    RecordId,
    RiskId,
    RoleKey,
)
from risk.imports import Import
from risk.jobs import Job, JobKind
from risk.ledgers import Entry as LedgerEntry
from risk.notes import NoteOffer
from risk.notices import ChatRight, Notice, Told
from risk.nudges import Nudge, Why
from risk.obligations import Matter, Owed
from risk.offices import Office, OfficePlan
from risk.papers import Paper
from risk.people import Address, Invitation, Person, Place, Position
from risk.probes import Probe
from risk.records import Record
from risk.registers import RegisterKind, RegisterLine, RegistersAsked
from risk.risks import OPEN_STATES, NumberAsked, Risk, RiskNumber, RiskState
from risk.sources import Source
from risk.staff_events import StaffEvent, StaffEventKind
from risk.staging import Compared, Lacking, StagedAppeal
from risk.standing import Panel, Standing, Subject
from risk.understanding import Alike, Part, Understanding
from risk.workings import Working


class Understand(Protocol):
    """Reads gist, sources, block, territory and criticality out of what a member sent."""

    def __call__(self, parts: Sequence[Part], plan: OfficePlan) -> Understanding: ...
    def resembling(self, gist: str | None, sources: Sequence[Source], risks: Iterable[Risk]) -> tuple[Alike, ...]:
        """Of these risks those that may be the same, the likeliest first, three at most."""

    def sought(self, typed: str) -> Sought:
        """Words to look for, in any form."""


class ChatRightsProbe(Protocol):
    """Asks the messenger what the bot may do in a chat. Goes over the network: never inside a unit of work."""

    async def lacking(self, chat: Address) -> frozenset[ChatRight]: ...


class ChatCensus(Protocol):
    """Counts those in a chat who are on no list. Goes over the network: never inside a unit of work."""

    async def unlisted(self, chat: Address, listed: Collection[Address]) -> int | None:
        """None when the messenger does not tell."""


class LookAtPage(Protocol):
    """Looks whether a published page opens. Goes over the network: never inside a unit of work."""

    async def probe(self, address: str, now: datetime) -> Probe:
        """`address` has its scheme. Whatever is there, the answer is a Probe."""


class Groups(Protocol):
    """Groups where the bot is and that no office has bound; they belong to no office."""

    async def note(self, group: Address, at: datetime) -> bool:
        """The bot is there since `at`; whether that was not known."""

    async def forget(self, group: Address) -> None: ...
    async def entered_until(self, moment: datetime, *, machine_now: datetime) -> Sequence[Address]:
        """Groups where the bot has been since `moment` or longer, but for those to be tried again later."""

    async def retry(self, group: Address, at: datetime) -> None:
        """Try to leave it again at `at`, machine time."""

    async def move(self, old: Address, new: Address) -> None: ...


class People(Protocol):
    async def find(self, address: Address) -> PersonId | None: ...
    async def find_or_add(self, address: Address) -> PersonId: ...
    async def person(self, person: PersonId) -> Person: ...
    async def everybody(self) -> Mapping[PersonId, Person]:
        """Whoever holds or has ever held a position, or waits at the door of one."""

    async def address_of(self, person: PersonId) -> Address: ...
    async def give_name(self, person: PersonId, official_name: str | None) -> None: ...
    async def choose_hour(self, person: PersonId, hour: time | None) -> None:
        """When they are given the reminders of a morning; None for the office's usual hour."""

    async def sit_at_desk(self, person: PersonId, at: datetime) -> None:
        """Of all offices where this person works, this one is meant from now on when they name none."""

    async def note_reachable(self, address: Address, unreachable_since: datetime | None) -> None:
        """Whether the messenger takes what is written to them; a later refusal keeps the moment of the first."""

    async def positions(self) -> tuple[Position, ...]: ...
    async def position(self, position: PositionId) -> Position: ...
    async def find_position(self, position: PositionId) -> Position | None:
        """As `position`, for a number that a button brought."""

    async def named_in_history(self) -> frozenset[PositionId]:
        """Positions that anything but an unused invitation speaks of."""

    async def add_position(self, role: RoleKey, *, number: int | None) -> PositionId: ...
    async def renumber(self, position: PositionId, number: int | None) -> None: ...
    async def remove_position(self, position: PositionId) -> None:
        """Forget a seat that nothing in history speaks of, with the invitations to it."""

    async def seat(self, position: PositionId, person: PersonId, at: datetime) -> None: ...
    async def vacate(self, position: PositionId, at: datetime) -> None: ...


class Invitations(Protocol):
    async def get(self, invitation: InvitationId) -> Invitation: ...
    async def by_hash(self, code_hash: str) -> Invitation | None: ...
    async def unused(self) -> Sequence[Invitation]: ...
    async def issue(
        self,
        position: PositionId,
        code_hash: str,
        expires_at: datetime,
        *,
        issued_by: PositionId | None = None,
        succeeds: PersonId | None = None,
    ) -> None:
        """Add an invitation and void the earlier unused ones of the position."""

    async def mark_used(self, invitation: InvitationId, person: PersonId, at: datetime) -> None: ...
    async def unused_after(self, now: datetime) -> Sequence[Invitation]:
        """Invitations that still work."""

    async def void(self, position: PositionId) -> None:
        """Let the unused invitations of the position lead nowhere."""


class Entries(Protocol):
    async def begin(self, invitation: InvitationId, position: PositionId, person: PersonId, at: datetime) -> Entry: ...
    async def get(self, entry: EntryId) -> Entry | None: ...
    async def all_open(self) -> Sequence[Entry]: ...
    async def save(self, entry: Entry) -> None: ...


class Absences(Protocol):
    async def note(self, absence: Absence) -> Absence:
        """Store a new absence; its `id` is ignored, the stored absence is returned."""

    async def get(self, absence: AbsenceId) -> Absence | None: ...
    async def ending_from(self, day: date) -> Sequence[Absence]:
        """Absences that last till `day` or longer, the earlier first."""

    async def save(self, absence: Absence) -> None: ...
    async def remove(self, absence: AbsenceId) -> None: ...


class Duties(Protocol):
    async def assign(self, duty: Duty) -> Duty:
        """Store a new assignment; its `id` is ignored, the stored assignment is returned."""

    async def ending_from(self, day: date) -> Sequence[Duty]:
        """Assignments that last till `day` or longer, in the order of their making."""


class StaffEvents(Protocol):
    async def add(self, event: StaffEvent) -> None: ...
    async def all(self) -> Sequence[StaffEvent]: ...
    async def since(self, moment: datetime, kinds: AbstractSet[StaffEventKind]) -> Sequence[StaffEvent]: ...


class Preset(Protocol):
    """The plan of the office as the last loading of its preset left it, whatever was changed in the chat since."""

    async def read(self) -> OfficePlan: ...
    async def store(self, plan: OfficePlan) -> None: ...


class OfficeSettings(Protocol):
    """What was changed in the chat, over the preset: written as a preset writes it."""

    async def all(self) -> Mapping[str, str]: ...
    async def put(self, key: str, value: str, *, by: PositionId, at: datetime) -> None: ...
    async def drop(self, key: str) -> None: ...


class Chats(Protocol):
    async def alert_chat(self) -> Place | None: ...
    async def bound_at(self) -> datetime | None:
        """When the present alert chat was bound."""

    async def bind_alert_chat(self, place: Place, at: datetime) -> None:
        """In place of an earlier one, which is a group that no office has bound from now on."""

    async def move(self, old: Address, new: Address) -> None:
        """Follow a chat to its new address: the chat itself, what stands in it and what waits to be sent there."""


class Risks(Protocol):
    async def next_number(self, year: int) -> RiskNumber: ...
    async def add(self, risk: Risk) -> Risk:
        """Store a new risk; its `id` is ignored, the stored risk is returned."""

    async def get(self, risk: RiskId) -> Risk | None: ...
    async def those(self, risks: Collection[RiskId]) -> Sequence[Risk]:
        """Those of them that there are, in the order asked for, by one reading."""

    async def numbered(self, asked: NumberAsked) -> Risk | None: ...
    async def open_page(
        self,
        *,
        offset: int,
        limit: int,
        states: AbstractSet[RiskState] = OPEN_STATES,
        block: BlockKey | None = None,
        overdue_at: datetime | None = None,
    ) -> tuple[Sequence[Risk], int]:
        """Open risks in these states, of the block and overdue at the moment if they are given; how many in all.

        Those due first.
        """

    async def all_open(self) -> Sequence[Risk]: ...
    async def known_between(self, begins: datetime, until: datetime) -> Sequence[Risk]:
        """Filed by then, and open now or changed in any way since `begins`."""

    async def filed_between(self, begins: datetime, ends: datetime) -> Sequence[Risk]:
        """Filed from the one moment on and before the other, in their order, whatever became of them."""

    async def comparable(self, since: datetime) -> Sequence[Risk]:
        """Risks that a new one may repeat: open ones, and others filed since then but for those merged or no risk."""

    async def holding(self, sought: Sought, *, limit: int) -> Found[Risk]:
        """Risks whose gist or sources hold all that is sought: the newest ones, and how many in all."""

    async def overdue_unnoted(self, now: datetime) -> Sequence[Risk]: ...
    async def save(self, risk: Risk) -> None: ...


class Workings(Protocol):
    """Rounds of working risks. Each risk has one from its filing on."""

    async def current(self, risk: Risk) -> Working:
        """The round that the risk is in."""

    async def all_of(self, risk: RiskId) -> Sequence[Working]:
        """All rounds, the first first."""

    async def all_of_those(self, risks: Collection[RiskId]) -> Mapping[RiskId, Sequence[Working]]:
        """As `all_of`, of several by one reading."""

    async def begin(self, working: Working) -> None: ...
    async def save(self, working: Working, *, probe_at: datetime | None) -> None:
        """`probe_at`: when the first of its links is to be probed."""

    async def probes_due(self, now: datetime, *, limit: int) -> Sequence[Working]:
        """Rounds that their risks are in, a link of which is to be probed; the longest due first."""

    async def watched_by(self, watchers: Collection[PositionId]) -> Sequence[Working]:
        """Open rounds that these positions follow."""


class Obligations(Protocol):
    """What is owed. Only what is open is given out; what was ended stays, for its nudges speak of it."""

    async def open_of(self, matter: Matter, matter_id: int) -> Sequence[Owed]: ...
    async def open_of_those(self, matter: Matter, ids: Collection[int]) -> Sequence[Owed]:
        """As `open_of`, about several by one reading."""

    async def all_open(self) -> Sequence[Owed]: ...
    async def open_until(self, matter: Matter, moment: datetime) -> Sequence[Owed]:
        """Of such matters what is due before the moment, the earliest first."""

    async def find(self, owed: ObligationId) -> Owed | None:
        """None as well for what is owed no more."""

    async def any_due(self, now: datetime) -> bool:
        """Whether time has come to a rung of any."""

    async def due(self, now: datetime, *, limit: int) -> Sequence[Owed]:
        """Those that time has come to a rung of, the longest due first."""

    async def count_due(self, before: datetime) -> int:
        """How many have a rung earlier than `before` that nobody has climbed."""

    async def begin(self, owed: Sequence[tuple[Owed, datetime]]) -> None:
        """Store new ones, each with the moment of its next rung; their `id` is ignored."""

    async def save(self, owed: Sequence[tuple[Owed, datetime]]) -> None:
        """Each with the moment of its next rung."""

    async def end(self, owed: Collection[ObligationId], at: datetime) -> None: ...


class Nudges(Protocol):
    """Every reminder, from its rung to what became of it."""

    async def add(self, nudges: Sequence[Nudge]) -> None:
        """Store new ones, but for rungs that have their nudge; their `id` is ignored."""

    async def any_due(self, now: datetime) -> bool: ...
    async def due(self, now: datetime, *, limit: int) -> Sequence[tuple[Nudge, Owed]]:
        """Pending nudges whose moment has come, with what they remind of; the earliest first."""

    async def count_due(self, before: datetime) -> int:
        """How many were to be given out before, and are still pending."""

    async def entries_since(self, moment: datetime) -> Sequence[LedgerEntry]:
        """Nudges whose rung is not earlier than the moment, with what became of each."""

    async def save(self, nudges: Sequence[Nudge]) -> None: ...
    async def drop(self, owed: Collection[ObligationId], why: Why) -> None:
        """Whatever is pending of these is moot."""

    async def note_acted(self, owed: Collection[ObligationId], at: datetime) -> None:
        """What was said of these has led to something."""

    async def given_since(self, moment: datetime) -> dict[PersonId, int]:
        """How many messages of reminders each person was given."""

    async def of_bundle(self, bundle: NudgeId) -> Sequence[tuple[Nudge, Owed | None]]:
        """What was given out in one message; None for what is owed no more."""


class Appeals(Protocol):
    """Appeals as the office deals with them, and every change of each."""

    async def get(self, appeal: AppealId) -> AppealCase | None: ...
    async def those(self, appeals: Collection[AppealId]) -> Sequence[AppealCase]: ...
    async def numbered(self, number: str) -> Sequence[AppealCase]:
        """Of each source at most one."""

    async def next_number(self, year: int) -> int:
        """Of an appeal registered by hand, from 1 in each year."""

    async def add(self, case: AppealCase) -> AppealCase:
        """Store one that was registered by hand; its `id` is ignored, the stored one is returned."""

    async def save(self, case: AppealCase) -> None: ...
    async def save_all(self, cases: Sequence[AppealCase]) -> None: ...
    async def page(
        self, asked: AppealsAsked, *, now: datetime, day_ends: datetime, offset: int, limit: int
    ) -> tuple[Sequence[AppealCase], int]:
        """Those due first, and how many in all. `day_ends` bounds what is due today."""

    async def count(self, asked: AppealsAsked, *, now: datetime, day_ends: datetime) -> int: ...
    async def holding(self, sought: Sought, *, limit: int) -> Found[AppealCase]:
        """Appeals whose topic, settlement or bodies hold all that is sought: the newest ones, and how many in all.

        Of very many only the newest are looked through.
        """

    async def undistributed(self, now: datetime) -> Undistributed: ...
    async def add_change(self, change: AppealChange) -> None: ...
    async def add_changes(self, changes: Sequence[AppealChange]) -> None: ...
    async def changes_of(self, appeal: AppealId) -> Sequence[AppealChange]:
        """The first first."""

    async def unsettled(self, *, limit: int) -> Sequence[AppealCase]:
        """Those whose obligations do not follow from them yet."""

    async def note_settled(self, appeals: Collection[AppealId]) -> None: ...
    async def unsettle_all(self) -> None:
        """Rules or terms may be others than before: every appeal that may be open is worked out anew."""


class Reports(Protocol):
    """Figures of appeals, counted where they lie; those of risks follow from `risk.risk_figures`."""

    async def tally(self, asked: Asked) -> Tally: ...
    async def tallies(self, asked: Asked, cut: Cut) -> Mapping[GroupKey, Tally]:
        """Only groups that have anything to count. A week's key is its first day."""

    async def crossed(self, asked: Asked, rows: Cut, columns: Cut) -> Mapping[tuple[GroupKey, GroupKey], int]:
        """How many new ones there are of each pair."""

    async def received(self, asked: Asked, cut: Cut | None = None) -> Mapping[tuple[GroupKey, date], int]:
        """New ones by day, of each group; without a cut all of them under None."""

    async def first_answer_times(self, asked: Asked) -> FirstAnswerTimes:
        """Of the period's days that a sheet without numbers has told of; it names no block, territory or topic."""

    async def first_answers(self, asked: Asked) -> InNorm:
        """Of the new ones."""

    async def page(self, asked: Asked, figure: Figure, *, offset: int, limit: int) -> tuple[Sequence[AppealCase], int]:
        """The items that a figure counts, those due first, and how many in all."""

    async def named(self, cut: Cut) -> Sequence[str]:
        """Every group of the cut that an appeal of the office has; of cuts that appeals alone know the words of."""


class Digests(Protocol):
    """Snapshots: one of a kind for a day."""

    async def add(self, digest: Digest) -> Digest | None:
        """Store a new one; its `id` is ignored. None when there is one of that kind and day."""

    async def get(self, digest: DigestId) -> Digest | None: ...
    async def of_day(self, kind: DigestKind, day: date) -> Digest | None: ...
    async def last(self, kind: DigestKind, before: date) -> Digest | None:
        """The newest one of an earlier day."""


class Registers(Protocol):
    """Rows for registers, a page after another by their ids: no transaction lasts while they are written."""

    async def page(
        self, kind: RegisterKind, asked: RegistersAsked, calendar: WorkingCalendar, *, after: int, limit: int
    ) -> Sequence[RegisterLine]: ...
    async def count(self, kind: RegisterKind, asked: RegistersAsked, calendar: WorkingCalendar) -> int: ...


class Papers(Protocol):
    async def add(self, paper: Paper, *, once: str | None = None) -> Paper | None:
        """Store a new one; its `id` is ignored. With `once`, None when there was one under that name."""

    async def get(self, paper: PaperId) -> Paper | None: ...
    async def save(self, paper: Paper) -> None: ...
    async def named(self, once: str) -> Paper | None:
        """The one that was stored under that name."""

    async def in_hand(self) -> Sequence[Paper]:
        """Those that were not sent so far, nor given up."""


class Imports(Protocol):
    """Files on their way, and what was staged of each."""

    async def add(self, one: Import) -> Import:
        """Store a new one; its `id` is ignored, the stored one is returned."""

    async def get(self, one: ImportId) -> Import | None: ...
    async def of_path(self, path: str) -> Import | None:
        """The newest one of the file that lies there."""

    async def save(self, one: Import) -> None: ...
    async def open(self) -> Sequence[Import]: ...
    async def recent(self, *, limit: int) -> Sequence[Import]:
        """The newest first."""

    async def last_applied(self) -> Import | None:
        """The one that may be undone; None when it was undone, or there is none."""

    async def freshest(self) -> Mapping[AppealSource, datetime]:
        """Of each source the moment that its newest applied export tells of."""

    async def loaded(self) -> Mapping[AppealSource, Loaded]:
        """Of each source the days that its applied exports tell of."""

    async def mappings(self) -> Sequence[ColumnMapping]: ...
    async def add_mapping(self, mapping: ColumnMapping, *, by: PositionId, at: datetime) -> None: ...


class Staging(Protocol):
    """Rows of one import before they count, and after that what they have replaced, until the next import."""

    async def clear(self, one: ImportId) -> None: ...
    async def add(
        self, one: ImportId, rows: Sequence[StagedAppeal], *, untold: Collection[str] = ()
    ) -> Sequence[Lacking]:
        """Those of them that differ from what is known in facts that the file says nothing of."""

    async def compare(self, one: Import) -> Compared:
        """Tell each staged row new, changed, the same or old, and what is missing in the period of the export."""

    async def lacking(self, one: ImportId, *, untold: Collection[str]) -> Sequence[Lacking]:
        """Of all its rows, once they are compared: what is known may be otherwise than when they were filled."""

    async def fill(self, rows: Sequence[tuple[int, StagedAppeal]]) -> None:
        """Let staged rows be these."""

    async def apply(self, one: Import, at: datetime) -> None:
        """Let the staged rows be the appeals; they themselves keep what was there before."""

    async def sweep(self, most: int) -> bool:
        """Drop so many rows at most that neither wait nor lead back; whether there may be more."""

    async def acted_upon(self, one: Import) -> Sequence[str]:
        """Numbers of its appeals that somebody has done something about since it was applied."""

    async def take_back(self, one: Import, at: datetime) -> None:
        """Let the appeals be what they were before the import."""

    async def add_first_answers(self, one: ImportId, groups: Sequence[FirstAnswersOfDay]) -> None: ...
    async def apply_first_answers(self, one: Import) -> None:
        """In place of whatever stood for its period."""

    async def take_back_first_answers(self, one: Import) -> None: ...


class Jobs(Protocol):
    async def plan(self, kind: JobKind, subject: int, at: datetime) -> None:
        """Unless one of that kind about that subject waits already."""

    async def of(self, kind: JobKind, subject: int) -> Job | None:
        """The newest one."""

    async def note_progress(self, kind: JobKind, subject: int, done: int, total: int | None) -> None:
        """Of the one that is being done."""


class Followers(Protocol):
    """Positions that asked to hear of a risk."""

    async def add(self, risk: RiskId, position: PositionId) -> None: ...
    async def remove(self, risk: RiskId, position: PositionId) -> None: ...
    async def of(self, risk: RiskId) -> Sequence[PositionId]: ...
    async def followed_by(self, positions: Collection[PositionId]) -> frozenset[RiskId]: ...


class Records(Protocol):
    async def add(self, record: Record) -> Record:
        """Store a new record; its `id` is ignored, the stored record is returned."""

    async def get(self, record: RecordId) -> Record | None: ...
    async def open_of(self, author: PersonId) -> Sequence[Record]:
        """The person's open records, the newest first; there is one at most that awaits words."""

    async def save(self, record: Record) -> None: ...
    async def untouched_since(self, moment: datetime) -> Sequence[Record]: ...


class NoteOffers(Protocol):
    async def add(self, offer: NoteOffer) -> NoteOffer:
        """Store a new offer; its `id` is ignored, the stored offer is returned."""

    async def get(self, offer: NoteOfferId) -> NoteOffer | None: ...
    async def is_known(self, risk: RiskId, message: int) -> bool:
        """Whether an offer was made for this reply, whatever became of it."""

    async def save(self, offer: NoteOffer) -> None: ...
    async def untouched_since(self, moment: datetime) -> Sequence[NoteOffer]:
        """Open offers that were made before `moment`."""


class Events(Protocol):
    async def add(self, event: Event) -> None: ...
    async def of_risk(self, risk: RiskId) -> Sequence[Event]: ...


class Drafts(Protocol):
    async def add(self, draft: Draft, *, came_from: DraftId | None = None) -> Draft:
        """Store a new draft; its `id` is ignored, the stored draft is returned.

        `came_from` is the draft in another office that it goes on with: there can be one here that does.
        """

    async def came_from(self, draft: DraftId) -> DraftId | None:
        """The draft of this office that goes on with that one of another office."""

    async def get(self, draft: DraftId) -> Draft | None: ...
    async def open_drafts(self, author: PersonId, place: Place, *, limit: int | None = None) -> Sequence[Draft]:
        """The person's open drafts there, the newest first."""

    async def open_of(self, author: PersonId) -> Sequence[Draft]:
        """The person's open drafts, wherever they stand."""

    async def all_open(self) -> Sequence[Draft]: ...
    async def save(self, draft: Draft) -> None: ...
    async def untouched_since(self, moment: datetime) -> Sequence[Draft]:
        """Open drafts that nobody has touched since `moment`."""


class Prompts(Protocol):
    """Questions that await typed words: one at most per person and place."""

    async def ask(self, person: PersonId, place: Place, draft: DraftId, field: DraftField) -> None: ...
    async def pending(self, person: PersonId, place: Place) -> tuple[DraftId, DraftField] | None: ...
    async def settle(self, draft: DraftId) -> None: ...


class StandingMessages(Protocol):
    async def post(
        self,
        subject: Subject,
        subject_id: int,
        place: Place,
        *,
        panel: Panel = Panel.MAIN,
        opened_by: PersonId | None = None,
        answers: int | None = None,
        pressed: bool = False,
    ) -> None:
        """Let the message stand in `place`, anew if it stood there before; the earlier copy is retired.

        `pressed`: somebody has just answered it and waits, so it is shown before anything else.
        """

    async def of(self, subject: Subject, subject_id: int) -> Sequence[Standing]: ...
    async def at(self, place: Place, message: int) -> Standing | None: ...
    async def opened_by(self, person: PersonId) -> Sequence[Standing]:
        """Messages on which this person has opened a panel that stands there still."""

    async def retry_refused(self, chat: Address) -> None:
        """The bot may write in the chat again: what was refused there is tried at once."""

    async def leave(self, chat: Address) -> None:
        """The chat is the office's no more: what stands there says so for the last time."""

    async def refresh(self, subject: Subject, subject_id: int) -> None:
        """Something that the message shows has changed."""

    async def turn(self, subject: Subject, subject_id: int, panel: Panel, *, opened_by: PersonId | None) -> None:
        """Open another panel because somebody pressed: it is shown before anything else."""


class Outbox(Protocol):
    async def plan(self, notice: Notice, place: Place, *, due_at: datetime, once: str | None = None) -> bool:
        """Plan a notice; with `once`, only if none was planned under that name before. Whether it was planned now."""

    async def known(self, names: Collection[str]) -> frozenset[str]:
        """Under which of these names a notice was planned `once`."""

    async def told_as(self, once: str) -> Told | None:
        """What became of the notice that was planned under that name."""

    async def count_unsent(self, kind: str, before: datetime) -> int:
        """How many notices of a kind were due before, and wait to be sent."""

    async def astray_since(self, moment: datetime) -> Sequence[Notice]:
        """Notices due since then that were refused, or may not have arrived."""

    async def planned_since(self, kind: str, moment: datetime) -> Sequence[Notice]:
        """Notices of a kind that were due since then, whatever became of them."""

    async def planned_after(self, now: datetime) -> Sequence[tuple[datetime, Notice]]:
        """Notices that wait for a later moment, with that moment."""


class Unit(Protocol):
    """One office's rows within one transaction; a view of it refuses to write."""

    @property
    def office(self) -> Office: ...
    @property
    def people(self) -> People: ...
    @property
    def invitations(self) -> Invitations: ...
    @property
    def entries(self) -> Entries: ...
    @property
    def absences(self) -> Absences: ...
    @property
    def duties(self) -> Duties: ...
    @property
    def staff_events(self) -> StaffEvents: ...
    @property
    def preset(self) -> Preset: ...
    @property
    def settings(self) -> OfficeSettings: ...
    @property
    def chats(self) -> Chats: ...
    @property
    def risks(self) -> Risks: ...
    @property
    def workings(self) -> Workings: ...
    @property
    def obligations(self) -> Obligations: ...
    @property
    def nudges(self) -> Nudges: ...
    @property
    def appeals(self) -> Appeals: ...
    @property
    def imports(self) -> Imports: ...
    @property
    def staging(self) -> Staging: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def digests(self) -> Digests: ...
    @property
    def papers(self) -> Papers: ...
    @property
    def registers(self) -> Registers: ...
    @property
    def followers(self) -> Followers: ...
    @property
    def records(self) -> Records: ...
    @property
    def note_offers(self) -> NoteOffers: ...
    @property
    def events(self) -> Events: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def prompts(self) -> Prompts: ...
    @property
    def standing(self) -> StandingMessages: ...
    @property
    def outbox(self) -> Outbox: ...


class UnitOfWork(Unit, Protocol):
    async def commit(self) -> None: ...


OpenUnit = Callable[[], AbstractAsyncContextManager[UnitOfWork]]
OpenView = Callable[[], AbstractAsyncContextManager[Unit]]


class Directory(Protocol):
    """What must be known before an office is: which office an address, a chat or a code belongs to."""

    async def offices(self) -> tuple[Office, ...]: ...
    async def offices_of(self, address: Address) -> tuple[OfficeId, ...]:
        """Offices where the person holds a position, the one whose desk they sit at first."""

    async def desks_of(self, address: Address) -> tuple[Office, ...]:
        """The same offices, as they are in force."""

    async def unreachable_in(self, address: Address) -> tuple[OfficeId, ...]:
        """Offices that note this person as one whom the messenger does not let the bot write to."""

    async def office_that_asked(self, address: Address) -> OfficeId | None:
        """Whose question in private awaits this person's typed words; the latest, when several do."""

    async def entering(self, address: Address, *, unnamed: bool) -> OfficeId | None:
        """The office at whose door the person stands; with `unnamed`, only if they are asked for their name there."""

    async def office_of_chat(self, chat: Address) -> OfficeId | None: ...
    async def office_of_code(self, code_hash: str) -> OfficeId | None: ...


class Registry(Protocol):
    """Founds offices. Only the operator's shell reaches it."""

    async def found(self, plan: OfficePlan, *, now: datetime) -> OfficeId: ...
