"""Row ⇄ domain of appeals, their changes and imports; the other rows are in `mapping`."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter

from risk.appeal_cases import (
    AppealCase,
    AppealChange,
    AppealHappening,
    Approval,
    Press,
    Pressed,
    Redirected,
)
from risk.appeals import Appeal, AppealKind, AppealOutcome, AppealSource, AppealState, Regime, Satisfaction
from risk.export_columns import Field, LayoutKind
from risk.first_answers import FirstAnswersOfDay
from risk.ids import AppealId, BlockKey, ImportId, JobId, OfficeId, PositionId, TerritoryKey
from risk.imports import Asking, Door, Found, Import, ImportRefusal, ImportState, Letter
from risk.jobs import Job, JobKind
from risk.routing import Routed
from risk.sheet_faults import SheetFault
from risk.staging import StagedAppeal
from storage.mapping import AnyRow, Values, dumped

T = TypeVar("T")
FIELDS: Final[TypeAdapter[dict[str, Field]]] = TypeAdapter(dict[str, Field])
_ROUTED: Final[TypeAdapter[Routed]] = TypeAdapter(Routed)
_APPEAL: Final[TypeAdapter[Appeal]] = TypeAdapter(Appeal)
_FACTS: Final[TypeAdapter[dict[str, str]]] = TypeAdapter(dict[str, str])
_SECONDS: Final[TypeAdapter[tuple[float, ...]]] = TypeAdapter(tuple[float, ...])


_FOUND: Final[TypeAdapter[Found]] = TypeAdapter(Found)
_ASKING: Final[TypeAdapter[Asking | None]] = TypeAdapter(Asking | None)
_LETTER: Final[TypeAdapter[Letter | None]] = TypeAdapter(Letter | None)
_TOLD: Final[TypeAdapter[dict[str, Any]]] = TypeAdapter(dict[str, Any])


def appeal_values(appeal: Appeal) -> Values:
    """The facts alone, without the source."""
    first = appeal.first_answer_time
    return {
        "number": appeal.number,
        "regime": appeal.regime.value,
        "created_on": appeal.created_on,
        "created_at": appeal.created_at,
        "channel": appeal.channel,
        "topic_group": appeal.group,
        "topic": appeal.topic,
        "kind": appeal.kind,
        "settlement": appeal.settlement,
        "municipality": appeal.municipality,
        "department": appeal.department,
        "executor": appeal.executor,
        "organisation": appeal.organisation,
        "planned_on": appeal.planned_on,
        "finished_on": appeal.finished_on,
        "finished_at": appeal.finished_at,
        "first_answered_at": appeal.first_answered_at,
        "first_answer_in_norm": appeal.first_answer_in_norm,
        "first_answer_seconds": None if first is None else first.total_seconds(),
        "step": appeal.step,
        "outcome": appeal.outcome,
        "mark": appeal.mark,
        "satisfaction": appeal.satisfaction,
        "repeated": appeal.repeated,
        "post": appeal.post,
    }


FACTS_OF_APPEAL: Final = (
    *("number", "regime", "created_on", "created_at", "channel", "topic_group", "topic", "kind", "settlement"),
    *("municipality", "department", "executor", "organisation", "planned_on", "finished_on", "finished_at"),
    *("first_answered_at", "first_answer_in_norm", "first_answer_seconds", "step", "outcome", "mark"),
    *("satisfaction", "repeated", "post"),
)
"""Columns of what an export says; the rest of a row follows from it."""
_COLUMN_OF: Final = {"group": "topic_group", "first_answer_time": "first_answer_seconds"}


def columns_of_facts(facts: Iterable[str]) -> list[str]:
    """By the names that `Appeal` has for them."""
    return sorted(_COLUMN_OF.get(fact, fact) for fact in facts)


def appeal_of(row: AnyRow) -> Appeal:
    seconds = row.first_answer_seconds
    return Appeal(
        source=AppealSource(row.source),
        number=row.number,
        regime=Regime(row.regime),
        created_on=row.created_on,
        created_at=row.created_at,
        channel=row.channel,
        group=row.topic_group,
        topic=row.topic,
        kind=_maybe(AppealKind, row.kind),
        settlement=row.settlement,
        municipality=row.municipality,
        department=row.department,
        executor=row.executor,
        organisation=row.organisation,
        planned_on=row.planned_on,
        finished_on=row.finished_on,
        finished_at=row.finished_at,
        first_answered_at=row.first_answered_at,
        first_answer_in_norm=row.first_answer_in_norm,
        first_answer_time=None if seconds is None else timedelta(seconds=seconds),
        step=row.step,
        outcome=_maybe(AppealOutcome, row.outcome),
        mark=row.mark,
        satisfaction=_maybe(Satisfaction, row.satisfaction),
        repeated=row.repeated,
        post=row.post,
    )


def staged_values(staged: StagedAppeal) -> Values:
    routed = staged.routed
    return appeal_values(staged.appeal) | {
        "source": staged.appeal.source.value,
        "state": staged.state.value,
        "due_at": staged.due_at,
        "block": None if routed is None else routed.block,
        "routed": routed_value(routed),
        "territory": staged.territory,
        "told": None if staged.told is None else dumped(_APPEAL, staged.told),
    }


def told_of(row: AnyRow) -> Appeal:
    """What the file alone says in a staged row."""
    return appeal_of(row) if row.told is None else _APPEAL.validate_json(row.told)


@lru_cache(maxsize=4096)  # few are told apart among thousands of rows
def routed_value(routed: Routed | None) -> str | None:
    return None if routed is None else dumped(_ROUTED, routed)


def case_values(case: AppealCase) -> Values:
    pressed, redirected = case.pressed, case.redirected
    return appeal_values(case.appeal) | {
        "source": case.appeal.source.value,
        "state": case.state.value,
        "due_at": case.due_at,
        "block": case.block,
        "routed": routed_value(case.routed),
        "territory": case.territory,
        "chosen": case.chosen,
        "extensions": case.extensions,
        "returns": case.returns,
        "press": None if pressed is None else pressed.press.value,
        "pressed_at": None if pressed is None else pressed.at,
        "pressed_by": None if pressed is None else pressed.by,
        "approval": case.approval,
        "redirected_to": None if redirected is None else redirected.to,
        "redirected_on": None if redirected is None else redirected.on,
        "imported": case.imported,
        "vanished_in": case.vanished_in,
        "registered_by": case.registered_by,
        "acted_at": case.acted_at,
    }


def case_of(row: AnyRow) -> AppealCase:
    return AppealCase(
        id=AppealId(row.id),
        appeal=appeal_of(row),
        state=AppealState(row.state),
        due_at=row.due_at,
        block=None if row.block is None else BlockKey(row.block),
        routed=None if row.routed is None else _ROUTED.validate_json(row.routed),
        chosen=row.chosen,
        territory=None if row.territory is None else TerritoryKey(row.territory),
        extensions=row.extensions,
        returns=row.returns,
        pressed=_pressed(row),
        approval=_maybe(Approval, row.approval),
        redirected=None if row.redirected_to is None else Redirected(to=row.redirected_to, on=row.redirected_on),
        imported=None if row.imported is None else ImportId(row.imported),
        vanished_in=None if row.vanished_in is None else ImportId(row.vanished_in),
        registered_by=None if row.registered_by is None else PositionId(row.registered_by),
        acted_at=row.acted_at,
    )


def change_values(change: AppealChange) -> Values:
    return {
        "appeal": change.appeal,
        "at": change.at,
        "happening": change.happening.value,
        "state": change.state.value,
        "due_at": change.due_at,
        "outcome": change.outcome,
        "mark": change.mark,
        "satisfaction": change.satisfaction,
        "repeated": change.repeated,
        "finished_on": change.finished_on,
        "finished_at": change.finished_at,
        "block": change.block,
        "vanished": change.vanished,
        "imported": change.imported,
        "position": change.position,
        "facts": dumped(_FACTS, dict(change.facts)),
    }


def change_of_row(row: AnyRow) -> AppealChange:
    return AppealChange(
        appeal=AppealId(row.appeal),
        at=row.at,
        happening=AppealHappening(row.happening),
        state=AppealState(row.state),
        due_at=row.due_at,
        outcome=_maybe(AppealOutcome, row.outcome),
        mark=row.mark,
        satisfaction=_maybe(Satisfaction, row.satisfaction),
        repeated=row.repeated,
        finished_on=row.finished_on,
        finished_at=row.finished_at,
        block=None if row.block is None else BlockKey(row.block),
        vanished=row.vanished,
        imported=None if row.imported is None else ImportId(row.imported),
        position=None if row.position is None else PositionId(row.position),
        facts=_FACTS.validate_json(row.facts),
    )


def import_values(one: Import) -> Values:
    told = {
        "found": _FOUND.dump_python(one.found, mode="json"),
        "asking": _ASKING.dump_python(one.asking, mode="json"),
        "fault": one.fault,
        "refusal": one.refusal,
        "complete": one.complete,
        "letter": _LETTER.dump_python(one.letter, mode="json"),
    }
    return {
        "state": one.state.value,
        "door": one.door.value,
        "layout": one.layout,
        "source": one.source,
        "file": one.file,
        "path": one.path,
        "received_at": one.received_at,
        "made_at": one.made_at,
        "first_day": one.first_day,
        "last_day": one.last_day,
        "sent_by": one.sent_by,
        "decided_by": one.decided_by,
        "decided_at": one.decided_at,
        "told": dumped(_TOLD, told),
    }


def import_of(row: AnyRow) -> Import:
    told = _TOLD.validate_json(row.told)
    return Import(
        id=ImportId(row.id),
        state=ImportState(row.state),
        door=Door(row.door),
        layout=_maybe(LayoutKind, row.layout),
        source=_maybe(AppealSource, row.source),
        file=row.file,
        path=row.path,
        received_at=row.received_at,
        made_at=row.made_at,
        first_day=row.first_day,
        last_day=row.last_day,
        sent_by=None if row.sent_by is None else PositionId(row.sent_by),
        decided_by=None if row.decided_by is None else PositionId(row.decided_by),
        decided_at=row.decided_at,
        found=_FOUND.validate_python(told["found"]),
        asking=_ASKING.validate_python(told["asking"]),
        fault=_maybe(SheetFault, told["fault"]),
        refusal=_maybe(ImportRefusal, told["refusal"]),
        complete=told["complete"],
        letter=_LETTER.validate_python(told["letter"]),
    )


def first_answers_values(day: FirstAnswersOfDay) -> Values:
    return {
        "day": day.day,
        "municipality": day.municipality,
        "department": day.department,
        "importance": day.importance,
        "total": day.total,
        "seconds": dumped(_SECONDS, tuple(each.total_seconds() for each in day.times)),
    }


def times_of(seconds: str) -> tuple[timedelta, ...]:
    """How long the answered messages of such a row waited."""
    return tuple(timedelta(seconds=each) for each in _SECONDS.validate_json(seconds))


def job_of(row: AnyRow) -> Job:
    return Job(
        id=JobId(row.id),
        office=OfficeId(row.office_id),
        kind=JobKind(row.kind),
        subject=row.subject,
        attempts=row.attempts,
        done=row.done,
        total=row.total,
    )


def _pressed(row: AnyRow) -> Pressed | None:
    if row.press is None:
        return None
    return Pressed(press=Press(row.press), at=row.pressed_at, by=PositionId(row.pressed_by))


def _maybe(kind: Callable[[Any], T], value: Any) -> T | None:
    return None if value is None else kind(value)
