"""Notices about working one appeal: an answer to approve, approved or returned; a block that says it is not theirs."""

from collections.abc import Iterator
from typing import assert_never

from aiogram.types import InlineKeyboardMarkup
from aiogram.utils.formatting import Text

from handlers.keyboards.appeals import approving, opening
from handlers.keyboards.buttons import Row
from handlers.views.appeal_lines import appeal_name, standing_words, topic_line
from handlers.views.message import Line, Outgoing, outgoing
from risk.notices import AppealApprovalAsked, AppealApproved, AppealReturned, AppealSentBack, AppealWorkNotice
from risk.risks import RETURNS_BEFORE_DECISION
from risk.use_cases.appeal_work_telling import AppealTold

_TOPIC_SHOWN = 120


def appeal_work_notice(notice: AppealWorkNotice, told: AppealTold) -> Outgoing:
    return outgoing(_lines(notice, told), InlineKeyboardMarkup(inline_keyboard=_rows(notice, told)))


def _lines(notice: AppealWorkNotice, told: AppealTold) -> Iterator[Line]:
    name = appeal_name(told.case.appeal)
    match notice:
        case AppealApprovalAsked():
            yield f"{name}: ответ подготовлен и ждёт вашего согласования. Сам текст — там, где его готовили."
        case AppealApproved():
            yield f"{name}: ответ согласован, его можно отправлять. Отправите — отметьте это."
        case AppealSentBack():
            yield f"{name}: ответ вернули с замечанием."
            yield told.remark or ""
        case AppealReturned(returns=returns):
            yield f"{name}: блок ответил, что это не к нему. Назначьте блок."
            if returns >= RETURNS_BEFORE_DECISION:
                yield "Это второй возврат: теперь блок назначаете только вы, и вернуть обращение он не сможет."
        case other:
            assert_never(other)
    yield Text(
        topic_line(told.case.appeal, _TOPIC_SHOWN), f" · {standing_words(told.case, told.office.plan, told.now)}"
    )


def _rows(notice: AppealWorkNotice, told: AppealTold) -> list[Row]:
    rows = approving(told.office.id, told.case.id) if isinstance(notice, AppealApprovalAsked) else []
    return [*rows, [opening(told.office.id, told.case.id)]]
