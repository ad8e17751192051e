"""What the sheets say of appeals: each one, every change of it, the files that they came in."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from bot.keeping.export.cells import Who, day
from handlers.views.appeal_lines import REGIMES, STATES, TO_CHECK
from handlers.views.appeals import OUTCOMES, SATISFACTIONS
from handlers.views.freshness import appeal_number
from handlers.views.imports import STATE_WORDS
from handlers.views.lines import block_line
from handlers.views.register_words import CHANGES
from risk.appeals import AppealSource
from risk.ids import BlockKey
from risk.imports import Door
from storage.appeal_mapping import case_of, change_of_row, import_of
from storage.mapping import AnyRow

APPEAL_COLUMNS: Final = (
    "Номер", "Порядок", "Поступило", "Канал", "Группа тем", "Тема", "Населённый пункт", "Блок", "Состояние",
    "Шаг в выгрузке", "Срок, время", "Переносов срока", "Завершено", "Итог", "Оценка", "Автор", "Повторное",
    "Перенаправлено", "Ссылка",
)  # fmt: skip
CHANGE_COLUMNS: Final = (
    "Номер", "Что", "Состояние", "Срок, время", "На момент, время", "Блок", "№ загрузки", "Должность",
)  # fmt: skip
IMPORT_COLUMNS: Final = (
    "№", "Файл", "Откуда", "Состояние", "На момент, время", "С", "По", "Строк", "Новых", "Изменилось", "Решение",
    "Решено, время",
)  # fmt: skip

DOORS: Final[Mapping[Door, str]] = {Door.FOLDER: "папка на сервере", Door.BOT: "сообщение боту"}


def appeal_cells(row: AnyRow, who: Who) -> Sequence[str]:
    case = case_of(row)
    appeal = case.appeal
    return (
        appeal_number(appeal.key),
        REGIMES[appeal.regime],
        day(appeal.created_on),
        appeal.channel or "",
        appeal.group or "",
        appeal.topic or "",
        appeal.settlement or "",
        _block(case.block, who),
        STATES[case.state] if case.vanished_in is None else TO_CHECK,
        appeal.step or "",
        who.moment(case.due_at),
        str(case.extensions),
        _day(appeal.finished_on),
        "" if appeal.outcome is None else OUTCOMES[appeal.outcome],
        "" if appeal.mark is None else str(appeal.mark),
        "" if appeal.satisfaction is None else SATISFACTIONS[appeal.satisfaction],
        "да" if appeal.repeated else "",
        "" if case.redirected is None else case.redirected.to,
        appeal.link or "",
    )


def change_cells(row: AnyRow, who: Who) -> Sequence[str]:
    change = change_of_row(row)
    return (
        appeal_number((AppealSource(row.source), row.number)),
        CHANGES[change.happening],
        TO_CHECK if change.vanished else STATES[change.state],
        who.moment(change.due_at),
        who.moment(change.at),
        _block(change.block, who),
        "" if change.imported is None else str(change.imported),
        who.position(change.position),
    )


def import_cells(row: AnyRow, who: Who) -> Sequence[str]:
    one = import_of(row)
    return (
        str(one.id),
        one.file,
        DOORS[one.door],
        STATE_WORDS[one.state],
        who.moment(one.made_at),
        _day(one.first_day),
        _day(one.last_day),
        str(one.found.rows),
        str(one.found.new),
        str(one.found.changed),
        who.position(one.decided_by),
        who.moment(one.decided_at),
    )


def _day(at: date | None) -> str:
    return "" if at is None else day(at)


def _block(block: BlockKey | None, who: Who) -> str:
    return block_line(block, who.plan) or block or ""
