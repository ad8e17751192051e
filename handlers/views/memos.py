"""What is said before a memo is made: which period it is to be of; the memo itself is worded in `papers.memo`."""

from handlers.keyboards.memos import memos_keyboard
from handlers.views.message import Outgoing
from risk.ids import OfficeId
from risk.memo_periods import MemoPeriods

_QUESTION = "За какой период справка? Файл Word придёт сюда."
_UNCLEAR = "Такого периода не знаю. Напишите /memo неделя, /memo прошлый месяц, /memo квартал или выберите."


def which_memo(office: OfficeId, offered: MemoPeriods, *, is_unclear: bool) -> Outgoing:
    return Outgoing(text=_UNCLEAR if is_unclear else _QUESTION, keyboard=memos_keyboard(office, offered))
