"""Files with appeals in every state that somebody may act on, and the acts, for the tests of powers and isolation."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from risk.appeals import AppealSource
from risk.export_columns import LayoutKind
from risk.export_layouts import recognise
from risk.ids import ImportId
from risk.imports import ASKED_FIELDS, Asking, Door, Import, ImportState, Letter
from risk.people import Actor
from risk.powers import Action
from risk.sheet_faults import SheetFault
from risk.sheets import Row
from risk.staging import Derivation
from risk.use_cases import (
    import_applying,
    import_columns,
    import_deciding,
    import_keeping,
    import_reading,
    import_receiving,
    import_rows,
    import_telling,
)
from tests.risk.exports import POS_ROW, read
from tests.support.offices import NOW, StaffedOffice

if TYPE_CHECKING:
    from tests.risk.test_use_cases_powers import Scene

PERIOD: Final = (date(2026, 11, 1), date(2026, 11, 20))
HEADERS: Final = ("Номер", "Когда", "О чём")


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    reading: ImportId
    asking: ImportId
    """Whose numbers it has is not said yet."""
    naming: ImportId
    named: ImportId
    waiting: ImportId
    confirmed: ImportId
    applied: ImportId
    """The last one."""


async def files_of(office: StaffedOffice, word: str) -> Files:
    """Each named by the word."""
    naming = Asking(headers=HEADERS, source=AppealSource.POS)
    named = naming.naming(ASKED_FIELDS[0], HEADERS[0]).naming(ASKED_FIELDS[1], HEADERS[1])
    for field in ASKED_FIELDS[2:]:
        named = named.naming(field, None)
    return Files(
        reading=await _stored(office, word, ImportState.READING),
        asking=await _stored(office, word, ImportState.ASKING_COLUMNS, asking=Asking(headers=HEADERS)),
        naming=await _stored(office, word, ImportState.ASKING_COLUMNS, asking=naming),
        named=await _stored(office, word, ImportState.ASKING_COLUMNS, asking=named),
        waiting=await _stored(office, word, ImportState.WAITING),
        confirmed=await _stored(office, word, ImportState.APPLYING),
        applied=await _stored(office, word, ImportState.APPLIED, decided_at=NOW),
    )


async def _stored(office: StaffedOffice, word: str, state: ImportState, **more: Any) -> ImportId:
    one = Import(
        id=ImportId(0),
        state=state,
        door=Door.FOLDER,
        file=f"{word}.xlsx",
        path=f"{word}/{state}",
        received_at=NOW,
        made_at=NOW,
        layout=LayoutKind.POS,
        source=AppealSource.POS,
        first_day=PERIOD[0],
        last_day=PERIOD[1],
        **more,
    )
    async with office.uow() as unit:
        stored = await unit.imports.add(one)
        await unit.commit()
    return stored.id


def _of(one: ImportId) -> import_keeping.OfImport:
    return import_keeping.OfImport(one=one)


Act = Callable[["Scene", Actor], Awaitable[Any]]

IMPORTING: Final[dict[str, tuple[Action, Act]]] = {
    name: (Action.IMPORT_APPEALS, act)
    for name, act in {
        "send_file": lambda scene, actor: import_receiving.send_file(
            import_receiving.NewFile(
                door=Door.BOT,
                file="pos.xlsx",
                path="file-id",
                letter=Letter(place=scene.office.private(actor), message=5),
            ),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
        "name_source": lambda scene, actor: import_columns.name_source(
            import_columns.SourceNamed(one=scene.files.asking, source=AppealSource.HAND),
            actor=actor,
            uow=scene.office.uow,
        ),
        "name_column": lambda scene, actor: import_columns.name_column(
            import_columns.ColumnNamed(one=scene.files.naming, step=0, place=0), actor=actor, uow=scene.office.uow
        ),
        "turn_columns": lambda scene, actor: import_columns.turn_columns(
            import_columns.ColumnsTurned(one=scene.files.naming, page=1), actor=actor, uow=scene.office.uow
        ),
        "name_columns_anew": lambda scene, actor: import_columns.name_columns_anew(
            _of(scene.files.naming), actor=actor, uow=scene.office.uow
        ),
        "confirm_columns": lambda scene, actor: import_columns.confirm_columns(
            _of(scene.files.named), actor=actor, uow=scene.office.uow, now=NOW
        ),
        "confirm_import": lambda scene, actor: import_deciding.confirm_import(
            import_deciding.ConfirmImport(one=scene.files.waiting), actor=actor, uow=scene.office.uow, now=NOW
        ),
        "cancel_import": lambda scene, actor: import_deciding.cancel_import(
            _of(scene.files.waiting), actor=actor, uow=scene.office.uow, now=NOW
        ),
        "date_import": lambda scene, actor: import_deciding.date_import(
            import_deciding.ImportDates(one=scene.files.waiting, made_at=NOW - timedelta(hours=2)),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
        "date_import_in_words": lambda scene, actor: import_deciding.date_import_in_words(
            import_deciding.TypedImportDates(one=scene.files.waiting, typed="02.11–19.11"),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
        "undo_import": lambda scene, actor: import_applying.undo_import(
            _of(scene.files.applied), actor=actor, uow=scene.office.uow, now=NOW
        ),
        "show_import": lambda scene, actor: import_telling.show_import(
            import_telling.ShowImport(one=scene.files.waiting, place=scene.office.private(actor)),
            actor=actor,
            uow=scene.office.uow,
        ),
        "read_imports": lambda scene, actor: import_telling.read_imports(actor=actor, view=scene.office.view, now=NOW),
    }.items()
}

_ROWS: Final[Sequence[Row]] = (list(POS_ROW), list(POS_ROW.values()))


def _tally(office: StaffedOffice) -> import_rows.Tally:
    tally = import_rows.Tally(derivation=Derivation(office.plan))
    tally.take(read(_ROWS))
    return tally


Strange = Callable[[StaffedOffice, StaffedOffice, "Scene"], Awaitable[Any]]

UNASKED_OF_FILES: Final[dict[str, Strange]] = {
    "receive_file": lambda ours, theirs, _: import_receiving.receive_file(
        import_receiving.NewFile(door=Door.FOLDER, file="pos.xlsx", path=f"{theirs.id}/x"), uow=ours.uow, now=NOW
    ),
    "file_received": lambda ours, theirs, _: import_receiving.file_received(f"{theirs.id}/reading", view=ours.view),
    "begin_reading": lambda ours, _, scene: import_reading.begin_reading(scene.files.reading, uow=ours.uow),
    "note_recognised": lambda ours, _, scene: import_reading.note_recognised(
        scene.files.reading, recognise(_ROWS), lets_residents_in=False, uow=ours.uow, now=NOW
    ),
    "stage_rows": lambda ours, _, scene: import_rows.stage_rows(
        scene.files.reading, read(_ROWS), tally=_tally(ours), height=2, uow=ours.uow
    ),
    "note_read": lambda ours, _, scene: import_rows.note_read(
        scene.files.reading, _tally(ours), unfamiliar=(), uow=ours.uow
    ),
    "note_unreadable": lambda ours, _, scene: import_reading.note_unreadable(
        scene.files.reading, SheetFault.DAMAGED, uow=ours.uow
    ),
    "note_failed": lambda ours, _, scene: import_reading.note_failed(scene.files.reading, uow=ours.uow),
    "apply_import": lambda ours, _, scene: import_applying.apply_import(scene.files.confirmed, uow=ours.uow),
}
"""What the reader, the worker and the clock do, in the units of the first office."""
