"""The names of the moves between states, as buttons and documents call them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from risk.moves import Move

MOVES: Final[Mapping[Move, str]] = MappingProxyType(
    {
        Move.TAKE: "взять на проверку",
        Move.FIND: "итог проверки",
        Move.LEAVE_UNCLEAR: "уточняется",
        Move.SUBMIT: "на согласование",
        Move.APPROVE: "согласовать",
        Move.SEND_BACK: "вернуть с замечанием",
        Move.PUBLISH: "размещён",
        Move.WAIVE: "без публичного ответа",
        Move.WORK_OFF: "отработан по критериям",
        Move.OVERRIDE: "закрыть решением",
        Move.DISMISS: "не риск",
        Move.MERGE: "объединить",
        Move.RETURN: "вернуть в работу",
        Move.REOPEN: "вернуть в работу",
    }
)
