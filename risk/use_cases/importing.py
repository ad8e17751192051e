"""An export on its way: received, read, shown before it counts, confirmed, applied, taken back; not how it is read."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from risk.appeals import Appeal, AppealSource
from risk.dates import read_past_days, read_past_moment
from risk.errors import ImportActedUpon, ImportDatesUnfit, ImportNotOpen
from risk.export_columns import Fate, Field, LayoutKind
from risk.export_layouts import ColumnMapping, Recognition
from risk.export_rows import ReadRow, RowFault
from risk.first_answers import FirstAnswer, gathered
from risk.ids import ImportId
from risk.imports import (
    FAULTS_TOLD,
    FAULTY_NUMBERS_KEPT,
    Asking,
    Door,
    Found,
    Import,
    ImportRefusal,
    ImportState,
    Letter,
)
from risk.jobs import Job, JobKind
from risk.notices import RemoveMessage
from risk.offices import Office, OfficePlan
from risk.people import Actor, Member, Place
from risk.ports import OpenUnit, OpenView, Unit, UnitOfWork
from risk.powers import Action, Power
from risk.sheet_faults import SheetFault
from risk.staging import Derivation, Lacking, untold
from risk.standing import Subject
from risk.use_cases.permission import holders, permitted

IMPORTS_SHOWN = 10
ROWS_IN_SWEEP = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """`file` is what people know it by, `path` where whoever reads it finds it; `letter` is how it came to the bot."""

    door: Door
    file: str
    path: str
    letter: Letter | None = None


async def receive_file(command: NewFile, *, uow: OpenUnit, now: datetime) -> ImportId:
    """From the office's own server: whoever could put it there needs no seat. The officers are asked in private."""
    async with uow() as unit:
        received = await _received(unit, command, None, now)
        await unit.commit()
    return received


async def send_file(command: NewFile, *, actor: Actor, uow: OpenUnit, now: datetime) -> ImportId:
    """From an officer, through the messenger."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.IMPORT_APPEALS)
        received = await _received(unit, command, member, now)
        await unit.commit()
    return received


async def file_received(path: str, *, view: OpenView) -> Import | None:
    """What has become of the file that lies there; None when nobody has heard of it."""
    async with view() as unit:
        return await unit.imports.of_path(path)


async def _received(unit: UnitOfWork, command: NewFile, member: Member | None, now: datetime) -> ImportId:
    one = await unit.imports.add(
        Import(
            id=ImportId(0),
            state=ImportState.READING,
            door=command.door,
            file=command.file,
            path=command.path,
            letter=command.letter,
            received_at=now,
            made_at=now,
            sent_by=None if member is None else member.acting_as.id,
        )
    )
    await unit.jobs.plan(JobKind.READ_EXPORT, one.id, now)
    for place in await _places(unit, command.letter):
        await unit.standing.post(Subject.IMPORT, one.id, place)
    return one.id


async def _places(unit: Unit, letter: Letter | None) -> Collection[Place]:
    """Where it is told of: every officer in private; whoever sent it among them."""
    people = {each.holder for each in await holders(unit, Power.IMPORT) if each.holder is not None}
    places = [Place(address=await unit.people.address_of(person)) for person in sorted(people)]
    return dict.fromkeys([*places, *([letter.place] if letter is not None else [])])


# --- reading -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What whoever reads the file must know."""

    one: Import
    plan: OfficePlan
    mappings: Sequence[ColumnMapping]


async def begin_reading(one_id: ImportId, *, uow: OpenUnit) -> Reading | None:
    """From the start, also after a run of the bot that ended in the middle; None when nobody waits for it any more."""
    async with uow() as unit:
        one = await unit.imports.get(one_id)
        if one is None or one.state is not ImportState.READING:
            return None
        await unit.staging.clear(one.id)
        reading = Reading(one=one, plan=unit.office.plan, mappings=await unit.imports.mappings())
        await unit.commit()
    return reading


async def note_recognised(
    one_id: ImportId, found: Recognition, *, lets_residents_in: bool, uow: OpenUnit, now: datetime
) -> bool:
    """Whether to read on: a file may be refused, or its columns asked about, before any row of it is looked at.

    `lets_residents_in`: the installation allows columns about residents to come through the messenger.
    """
    async with uow() as unit:
        one = await _reading(unit, one_id)
        if one is None:
            return False
        told = replace(one, layout=found.layout, source=found.source, found=_headers(found))
        refusal = _refusal(told, found, lets_residents_in=lets_residents_in)
        if refusal is ImportRefusal.NOT_AN_EXPORT and found.columns:
            headers = tuple(column.header for column in found.columns if not column.fate.is_dropped)
            told = replace(told, state=ImportState.ASKING_COLUMNS, asking=Asking(headers=headers))
        elif refusal is not None:
            told = replace(told, state=ImportState.REFUSED, refusal=refusal)
        if refusal is ImportRefusal.TELLS_OF_RESIDENTS and one.letter is not None:
            await unit.outbox.plan(RemoveMessage(message=one.letter.message), one.letter.place, due_at=now)
        await _keep(unit, told)
        await unit.commit()
    return refusal is None


def _headers(found: Recognition) -> Found:
    return Found(
        unknown=found.headers(Fate.UNKNOWN),
        personal=found.headers(Fate.PERSONAL),
        staff=found.headers(Fate.STAFF),
        missing=found.missing,
        doubled=found.doubled,
        absent=tuple(each for each in Field if each not in {column.field for column in found.columns}),
    )


def _refusal(one: Import, found: Recognition, *, lets_residents_in: bool) -> ImportRefusal | None:
    """What tells of residents is refused first: the message that brought it is to go, whatever else is wrong."""
    if one.door is Door.BOT and found.tells_of_residents and not lets_residents_in:
        return ImportRefusal.TELLS_OF_RESIDENTS
    if found.layout is None:
        return ImportRefusal.NOT_AN_EXPORT
    return ImportRefusal.MISSING_COLUMNS if found.missing else None


@dataclass(slots=True, kw_only=True)
class Tally:
    """What has been read so far; rows of another municipality and faulty ones are counted and left."""

    derivation: Derivation
    rows: int = 0
    foreign: int = 0
    faults: list[RowFault] = field(default_factory=list)
    faulty: int = 0
    faulty_numbers: list[str] = field(default_factory=list)
    first_day: date | None = None
    last_day: date | None = None
    first_answers: list[FirstAnswer] = field(default_factory=list)

    def take(self, rows: Iterable[ReadRow]) -> list[Appeal]:
        """The appeals among them that are the office's own."""
        own: list[Appeal] = []
        for row in rows:
            self.rows += 1
            if isinstance(row, RowFault):
                self._note_fault(row)
            elif not self.derivation.is_ours(row.municipality):
                self.foreign += 1
            else:
                self._note_day(row.created_on)
                if isinstance(row, Appeal):
                    own.append(row)
                else:
                    self.first_answers.append(row)
        return own

    def _note_fault(self, fault: RowFault) -> None:
        self.faulty += 1
        if len(self.faults) < FAULTS_TOLD:
            self.faults.append(fault)
        if fault.number is not None and len(self.faulty_numbers) < FAULTY_NUMBERS_KEPT:
            self.faulty_numbers.append(fault.number)

    def _note_day(self, day: date) -> None:
        self.first_day = day if self.first_day is None else min(self.first_day, day)
        self.last_day = day if self.last_day is None else max(self.last_day, day)


async def stage_rows(
    one_id: ImportId, rows: Sequence[ReadRow], *, tally: Tally, height: int | None, uow: OpenUnit
) -> bool:
    """A batch of the file. False when nobody waits for it any more."""
    staged = [tally.derivation.of(appeal) for appeal in tally.take(rows)]
    async with uow() as unit:
        one = await _reading(unit, one_id)
        if one is None:
            return False
        absent = one.found.absent
        lacking = await unit.staging.add(one_id, staged, untold=untold(absent))
        await _fill(unit, lacking, absent, tally.derivation)
        await unit.jobs.note_progress(JobKind.READ_EXPORT, one_id, tally.rows, height)
        await unit.standing.refresh(Subject.IMPORT, one_id)
        await unit.commit()
    return True


async def note_read(
    one_id: ImportId, tally: Tally, *, unfamiliar: Sequence[tuple[str, str, int]], uow: OpenUnit
) -> None:
    """The whole file was read: what it would change is shown to the officers."""
    async with uow() as unit:
        one = await _reading(unit, one_id)
        if one is None:
            return
        found = replace(
            one.found,
            rows=tally.rows,
            foreign=tally.foreign,
            faulty=tally.faulty,
            faults=tuple(tally.faults),
            faulty_numbers=tuple(tally.faulty_numbers),
            unfamiliar=tuple(unfamiliar),
        )
        read = replace(one, found=found, first_day=tally.first_day, last_day=tally.last_day)
        if read.first_day is None:
            await _keep(unit, replace(read, state=ImportState.REFUSED, refusal=ImportRefusal.NO_ROWS))
        else:
            await unit.staging.add_first_answers(one_id, gathered(tally.first_answers))
            await _set_earlier_aside(unit, read)
            await _keep(unit, await _compared(unit, replace(read, state=ImportState.WAITING)))
        await unit.commit()


async def note_unreadable(one_id: ImportId, fault: SheetFault, *, uow: OpenUnit) -> None:
    """Nothing of the file is used."""
    async with uow() as unit:
        one = await _reading(unit, one_id)
        if one is not None:
            await unit.staging.clear(one.id)
            await _keep(unit, replace(one, state=ImportState.REFUSED, fault=fault))
            await unit.commit()


async def note_failed(one_id: ImportId, *, uow: OpenUnit) -> None:
    """It broke here, and is not tried again: whoever waits must not wait for ever."""
    async with uow() as unit:
        one = await unit.imports.get(one_id)
        if one is not None and one.state in {ImportState.READING, ImportState.APPLYING}:
            await unit.staging.clear(one.id)
            await _keep(unit, replace(one, state=ImportState.FAILED))
            await unit.commit()


async def _set_earlier_aside(unit: UnitOfWork, newer: Import) -> None:
    for one in await unit.imports.open():
        is_alike = (one.layout, one.source) == (newer.layout, newer.source)
        if is_alike and one.id != newer.id and one.state is ImportState.WAITING:
            await unit.staging.clear(one.id)
            await _keep(unit, replace(one, state=ImportState.REPLACED))


async def _fill(unit: UnitOfWork, rows: Sequence[Lacking], absent: Sequence[Field], derivation: Derivation) -> None:
    await unit.staging.fill([(each.row, derivation.of_lacking(each, absent)) for each in rows])


async def _compared(unit: UnitOfWork, one: Import) -> Import:
    if one.source is None:
        return one
    compared = await unit.staging.compare(one)
    absent = one.found.absent
    lacking = await unit.staging.lacking(one.id, untold=untold(absent))
    if lacking:
        await _fill(unit, lacking, absent, Derivation(unit.office.plan))
        compared = await unit.staging.compare(one)
    return replace(
        one,
        found=replace(
            one.found,
            new=compared.new,
            changed=compared.changed,
            same=compared.same,
            newer=compared.newer,
            vanished=compared.vanished,
            in_period=compared.in_period,
        ),
    )


# --- columns of a plain table ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNamed:
    one: ImportId
    source: AppealSource


async def name_source(command: SourceNamed, *, actor: Actor, uow: OpenUnit) -> None:
    """Whose numbers a plain table has. Raises ImportNotOpen once that is said: «Заново» asks for all again."""
    async with uow() as unit:
        await permitted(unit, actor, Action.IMPORT_APPEALS)
        one, asking = await _asking(unit, command.one)
        if asking.source is not None:
            raise ImportNotOpen
        await _keep(unit, replace(one, asking=replace(asking, source=command.source)))
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnNamed:
    """`place` is the column that says what is asked now, as `Asking.headers` has it; None for «нет такого столбца»."""

    one: ImportId
    step: int
    place: int | None


async def name_column(command: ColumnNamed, *, actor: Actor, uow: OpenUnit) -> None:
    """Raises ImportNotOpen for a button of an earlier question, and for a needed field without a column."""
    async with uow() as unit:
        await permitted(unit, actor, Action.IMPORT_APPEALS)
        one, asking = await _asking(unit, command.one)
        asked = asking.asked
        if asked is None or asking.step != command.step:
            raise ImportNotOpen
        header = _header(asking, command.place)
        if header is None and asking.is_needed(asked):
            raise ImportNotOpen
        await _keep(unit, replace(one, asking=asking.naming(asked, header)))
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfImport:
    one: ImportId


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsTurned:
    one: ImportId
    page: int


async def turn_columns(command: ColumnsTurned, *, actor: Actor, uow: OpenUnit) -> None:
    """Other headers are offered for the same question."""
    async with uow() as unit:
        await permitted(unit, actor, Action.IMPORT_APPEALS)
        one, asking = await _asking(unit, command.one)
        await _keep(unit, replace(one, asking=replace(asking, page=max(0, command.page))))
        await unit.commit()


async def name_columns_anew(command: OfImport, *, actor: Actor, uow: OpenUnit) -> None:
    async with uow() as unit:
        await permitted(unit, actor, Action.IMPORT_APPEALS)
        one, asking = await _asking(unit, command.one)
        await _keep(unit, replace(one, asking=Asking(headers=asking.headers)))
        await unit.commit()


async def confirm_columns(command: OfImport, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """The office remembers them, and the file is read by them. Raises ImportNotOpen before all are named."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.IMPORT_APPEALS)
        one, asking = await _asking(unit, command.one)
        if asking.source is None or asking.asked is not None:
            raise ImportNotOpen
        headers = {header: named for named, header in asking.fields.items() if header is not None}
        mapping = ColumnMapping.of(asking.source, headers)
        await unit.imports.add_mapping(mapping, by=member.acting_as.id, at=now)
        await _keep(unit, replace(one, state=ImportState.READING, asking=None))
        await unit.jobs.plan(JobKind.READ_EXPORT, one.id, now)
        await unit.commit()


async def _asking(unit: Unit, one_id: ImportId) -> tuple[Import, Asking]:
    """Raises ImportNotOpen when nothing is asked of it."""
    one = await unit.imports.get(one_id)
    if one is None or one.state is not ImportState.ASKING_COLUMNS or one.asking is None:
        raise ImportNotOpen
    return one, one.asking


def _header(asking: Asking, place: int | None) -> str | None:
    if place is None:
        return None
    if not 0 <= place < len(asking.headers) or asking.headers[place] in asking.fields.values():
        raise ImportNotOpen
    return asking.headers[place]


# --- deciding ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmImport:
    """`complete`: what is missing in the export has really vanished, however much it is."""

    one: ImportId
    complete: bool = False


async def confirm_import(command: ConfirmImport, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """«Загрузить». Raises ImportNotOpen when it does not wait for that."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.IMPORT_APPEALS)
        one = await _waiting(unit, command.one)
        decided = replace(
            one,
            state=ImportState.APPLYING,
            complete=command.complete,
            decided_by=member.acting_as.id,
            decided_at=now,
        )
        await unit.jobs.plan(JobKind.APPLY_IMPORT, one.id, now)
        await _keep(unit, decided)
        await unit.commit()


async def cancel_import(command: OfImport, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """«Отмена», while it is read, asked about or shown."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.IMPORT_APPEALS)
        one = await unit.imports.get(command.one)
        if one is None or not one.is_open or one.state is ImportState.APPLYING:
            raise ImportNotOpen
        await unit.staging.clear(one.id)
        cancelled = replace(one, state=ImportState.CANCELLED, asking=None)
        await _keep(unit, replace(cancelled, decided_by=member.acting_as.id, decided_at=now))
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDates:
    """What is otherwise than it seemed: the moment that the export tells of, the period that it is of."""

    one: ImportId
    made_at: datetime | None = None
    first_day: date | None = None
    last_day: date | None = None


async def date_import(command: ImportDates, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """Raises ImportDatesUnfit for a moment to come, or a period that ends before it begins; ImportNotOpen."""
    async with uow() as unit:
        await permitted(unit, actor, Action.IMPORT_APPEALS)
        await _date(unit, command, now)
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedImportDates:
    """«06.10–20.11» is a period, «20.11 08:10» the moment that the export tells of."""

    one: ImportId
    typed: str


async def date_import_in_words(command: TypedImportDates, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """Raises ImportDatesUnfit also for words that name neither."""
    async with uow() as unit:
        await permitted(unit, actor, Action.IMPORT_APPEALS)
        local = unit.office.plan.calendar.local(now)
        moment = read_past_moment(command.typed, local)
        days = None if moment is not None else read_past_days(command.typed, local.date())
        if moment is not None:
            await _date(unit, ImportDates(one=command.one, made_at=moment.astimezone(UTC)), now)
        elif days is not None:
            await _date(unit, ImportDates(one=command.one, first_day=days.first, last_day=days.last), now)
        else:
            raise ImportDatesUnfit
        await unit.commit()


async def _date(unit: UnitOfWork, command: ImportDates, now: datetime) -> None:
    one = await _waiting(unit, command.one)
    dated = replace(
        one,
        made_at=command.made_at or one.made_at,
        first_day=command.first_day or one.first_day,
        last_day=command.last_day or one.last_day,
    )
    if dated.made_at > now or dated.first_day is None or dated.last_day is None:
        raise ImportDatesUnfit
    if dated.first_day > dated.last_day:
        raise ImportDatesUnfit
    await _keep(unit, await _compared(unit, dated))


async def apply_import(one_id: ImportId, *, uow: OpenUnit) -> bool:
    """What was confirmed counts from here on, all of it at once. Whether it was there to be applied."""
    async with uow() as unit:
        one = await unit.imports.get(one_id)
        if one is None or one.state is not ImportState.APPLYING:
            return False
        compared = await _compared(unit, one)
        before = await unit.imports.last_applied()
        if one.layout is LayoutKind.FIRST_ANSWERS:
            await unit.staging.apply_first_answers(compared)
        else:
            await unit.staging.apply(compared, one.made_at)
        await _keep(unit, replace(compared, state=ImportState.APPLIED))
        if before is not None:
            await unit.standing.refresh(Subject.IMPORT, before.id)  # it cannot be undone any more
        await unit.commit()
    return True


async def sweep_staging(*, uow: OpenUnit) -> bool:
    """Drop some of the rows that neither wait nor lead back; whether there may be more. It never takes long."""
    async with uow() as unit:
        swept = await unit.staging.sweep(ROWS_IN_SWEEP)
        await unit.commit()
    return swept


async def undo_import(command: OfImport, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """The last one, as if it had never been. Raises ImportActedUpon, ImportNotOpen for an earlier one."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.IMPORT_APPEALS)
        last = await unit.imports.last_applied()
        if last is None or last.id != command.one or await _is_later_one_on_its_way(unit, last):
            raise ImportNotOpen
        if last.layout is LayoutKind.FIRST_ANSWERS:
            await unit.staging.take_back_first_answers(last)
        else:
            acted = await unit.staging.acted_upon(last)
            if acted:
                raise ImportActedUpon(tuple(acted))
            await unit.staging.take_back(last, now)
        undone = replace(last, state=ImportState.UNDONE, decided_by=member.acting_as.id, decided_at=now)
        await _keep(unit, undone)
        await unit.commit()


async def _is_later_one_on_its_way(unit: Unit, last: Import) -> bool:
    """Confirmed since, and not applied yet: it rests on all that was applied before it."""
    decided = [one.decided_at for one in await unit.imports.open() if one.decided_at is not None]
    return any(last.decided_at is not None and at >= last.decided_at for at in decided)


async def _waiting(unit: Unit, one_id: ImportId) -> Import:
    one = await unit.imports.get(one_id)
    if one is None or one.state is not ImportState.WAITING:
        raise ImportNotOpen
    return one


async def _reading(unit: Unit, one_id: ImportId) -> Import | None:
    one = await unit.imports.get(one_id)
    return one if one is not None and one.state is ImportState.READING else None


async def _keep(unit: UnitOfWork, one: Import) -> None:
    await unit.imports.save(one)
    await unit.standing.refresh(Subject.IMPORT, one.id)


# --- telling -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFacts:
    """One file as it is told of. `job` is the work on it, for its progress; `decided_by` a title."""

    office: Office
    one: Import
    job: Job | None
    is_last: bool
    decided_by: str | None
    now: datetime


async def import_facts(unit: Unit, one_id: ImportId, now: datetime) -> ImportFacts:
    one = await unit.imports.get(one_id)
    assert one is not None
    kind = JobKind.APPLY_IMPORT if one.state is ImportState.APPLYING else JobKind.READ_EXPORT
    last = await unit.imports.last_applied()
    decided = None if one.decided_by is None else await unit.people.position(one.decided_by)
    return ImportFacts(
        office=unit.office,
        one=one,
        job=await unit.jobs.of(kind, one.id),
        is_last=last is not None and last.id == one.id,
        decided_by=None if decided is None else decided.title(unit.office.plan),
        now=now,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportsFacts:
    """The newest first; `last` is the one that may be undone."""

    office: Office
    imports: Sequence[Import]
    last: Import | None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowImport:
    one: ImportId
    place: Place


async def show_import(command: ShowImport, *, actor: Actor, uow: OpenUnit) -> None:
    """Its message stands in `place`, anew: somebody has lost it, or came by the seat later. Raises ImportNotOpen."""
    async with uow() as unit:
        await permitted(unit, actor, Action.IMPORT_APPEALS)
        if await unit.imports.get(command.one) is None:
            raise ImportNotOpen
        await unit.standing.post(Subject.IMPORT, command.one, command.place)
        await unit.commit()


async def read_imports(*, actor: Actor, view: OpenView, now: datetime) -> ImportsFacts:
    async with view() as unit:
        await permitted(unit, actor, Action.IMPORT_APPEALS)
        return ImportsFacts(
            office=unit.office,
            imports=await unit.imports.recent(limit=IMPORTS_SHOWN),
            last=await unit.imports.last_applied(),
            now=now,
        )
