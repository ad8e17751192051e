"""What the sheets say of reminding: what is owed about risks and appeals, until when; each nudge with its outcome."""

from collections.abc import Sequence
from typing import Final

from bot.keeping.export.cells import APPEAL, Who, day, risk_number
from handlers.views.freshness import appeal_number
from handlers.views.ledger import REASONS
from handlers.views.lines import block_line, level_line
from handlers.views.register_words import NUDGES, RUNGS
from handlers.views.reminders import KINDS
from risk.appeals import AppealSource
from risk.obligations import Hold, HoldKind, Matter
from storage.mapping import AnyRow, nudge_of, owed_of

OWED_COLUMNS: Final = (
    "№", "Номер", "Круг", "Что нужно", "Срок (по рискам — внутренний ориентир МЦУ), время", "Отсчитан от, время",
    "Должность", "Блок", "Критичность", "Назван день", "Исполнено или отпало, время",
)  # fmt: skip
NUDGE_COLUMNS: Final = (
    "№ в «Что за кем»", "Ступень", "Положено, время", "Итог", "Причина", "Должность", "Кто", "Замещал", "Отдано, время",
    "Действие после него, время",
)  # fmt: skip


def owed_cells(row: AnyRow, who: Who) -> Sequence[str]:
    owed = owed_of(row)
    obligation = owed.obligation
    return (
        str(owed.id),
        _number(row),
        str(obligation.key.round),
        KINDS[obligation.key.kind],
        who.moment(obligation.due_at),
        who.moment(obligation.counted_from),
        who.position(obligation.position),
        "" if obligation.block is None else block_line(obligation.block, who.plan) or obligation.block,
        "" if obligation.level is None else level_line(obligation.level, who.plan),
        _held(owed.hold),
        who.moment(row.ended_at),
    )


def nudge_cells(row: AnyRow, who: Who) -> Sequence[str]:
    nudge = nudge_of(row)
    return (
        str(nudge.owed),
        RUNGS[nudge.kind],
        who.moment(nudge.at),
        NUDGES[nudge.state],
        "" if nudge.why is None else REASONS[nudge.why],
        who.position(nudge.position),
        who.person(nudge.person),
        "да" if nudge.deputises else "",
        who.moment(nudge.given_at),
        who.moment(nudge.acted_at),
    )


def _number(row: AnyRow) -> str:
    """An appeal that came with an import has none any more once that was taken back."""
    if row.matter == Matter.RISK.value:
        return risk_number(row)
    if row.appeal_number is None:
        return APPEAL
    return appeal_number((AppealSource(row.appeal_source), row.appeal_number))


def _held(hold: Hold | None) -> str:
    if hold is None:
        return ""
    if hold.kind is HoldKind.ACCEPTED:
        return f"принято в работу до {day(hold.day)}"
    return " · ".join(filter(None, (f"напомнить {day(hold.day)}", hold.reason)))
