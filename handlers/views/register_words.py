"""Words for kinds and states that registers and an export of the keeper say alike."""

from collections.abc import Mapping
from typing import Final

from handlers.views.appeals import HAPPENINGS
from risk.appeal_cases import AppealHappening
from risk.events import EventKind
from risk.ladders import RungKind
from risk.nudges import NudgeState
from risk.staff_events import StaffEventKind
from risk.workings import EndingKind

CHANGES: Final[Mapping[AppealHappening, str]] = {
    **HAPPENINGS,
    AppealHappening.IMPORTED: "по выгрузке",
    AppealHappening.GIVEN: "выбран блок",
    AppealHappening.PRESSED: "отмечен ответ",
}
ENDINGS: Final[Mapping[EndingKind, EventKind]] = {
    EndingKind.CRITERIA: EventKind.WORKED_OFF,
    EndingKind.OVERRIDE: EventKind.OVERRIDDEN,
    EndingKind.NOT_A_RISK: EventKind.DISMISSED,
    EndingKind.MERGED: EventKind.MERGED,
    EndingKind.RETURNED: EventKind.RETURNED,
}
"""What history says of each ending; here it is said in the same words."""
RUNGS: Final[Mapping[RungKind, str]] = {
    RungKind.BEFORE: "до срока",
    RungKind.ON_THE_DAY: "в день срока",
    RungKind.AT_ONCE: "сразу",
    RungKind.AT_ITS_TIME: "в назначенное время",
    RungKind.AS_ASKED: "в названный день",
    RungKind.OVERDUE: "просрочено",
    RungKind.UP: "тому, кто выше",
}
NUDGES: Final[Mapping[NudgeState, str]] = {
    NudgeState.WAITING: "ждёт своего часа",
    NudgeState.HELD: "отложено ботом",
    NudgeState.GIVEN: "отдано в сообщении",
    NudgeState.MOOT: "не понадобилось",
    NudgeState.REFUSED: "сотрудник недоступен",
}
STAFF: Final[Mapping[StaffEventKind, str]] = {
    StaffEventKind.INVITED: "выдано приглашение",
    StaffEventKind.ENTERED: "вход по приглашению",
    StaffEventKind.SEATED: "должность занята",
    StaffEventKind.DECLINED: "вход отклонён",
    StaffEventKind.NAME_CORRECTED: "имя для бумаг исправлено",
    StaffEventKind.DISMISSED: "должность освобождена",
    StaffEventKind.TRANSFERRED: "должность передана",
    StaffEventKind.ABSENCE_NOTED: "отмечено отсутствие",
    StaffEventKind.ABSENCE_BEGUN: "отсутствие началось",
    StaffEventKind.ABSENCE_ENDED: "отсутствие закончено",
    StaffEventKind.ABSENCE_OVER: "отсутствие прошло",
    StaffEventKind.DUTY_ASSIGNED: "назначено дежурство",
    StaffEventKind.SETTING_CHANGED: "изменена настройка",
    StaffEventKind.CHAT_BOUND: "выбран алерт-чат",
    StaffEventKind.PRESET_LOADED: "загружен пресет",
}
