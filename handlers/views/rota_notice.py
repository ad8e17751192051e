"""What the bot says of absences and duty of its own accord."""

from collections.abc import Iterator, Sequence
from typing import Final

from handlers.colleagues import colleague, named
from handlers.views.dates import moment, period
from risk.notices import (
    AbsenceEnded,
    AbsenceNoted,
    AbsenceNotice,
    DutyAssigned,
    DutyBegins,
    DutyHandedOver,
    DutyLifted,
    DutyNotice,
)
from risk.offices import OfficePlan
from risk.use_cases.rota_telling import AbsenceTold, DutyTold, HandOverTold, RotaTold, SeatOnDuty

_NUMBERS_SHOWN: Final = 20


def rota_lines(notice: AbsenceNotice | DutyNotice, told: RotaTold, plan: OfficePlan) -> Sequence[str]:
    match notice, told:
        case AbsenceNoted(), AbsenceTold(to_themself=True):
            return _own_absence_noted(told, plan)
        case AbsenceNoted(), AbsenceTold():
            return _deputy_named(told, plan)
        case AbsenceEnded(begun=begun), AbsenceTold(to_themself=True):
            return _own_absence_ended(told, begun=begun)
        case AbsenceEnded(begun=begun), AbsenceTold():
            return _deputy_free(told, plan, begun=begun)
        case DutyAssigned(), DutyTold():
            return (
                f"Вам назначено дежурство: {_span(told, plan)}, вне рабочих часов.",
                f"Должность: {told.position.title(plan)}. Расписание: /duty.",
            )
        case DutyLifted(), DutyTold():
            return (f"Вы больше не дежурите: {_span(told, plan)}. Расписание: /duty.",)
        case DutyBegins(), DutyTold():
            return (f"Вы на дежурстве {_span(told, plan)}. Расписание: /duty.",)
        case DutyHandedOver(), HandOverTold():
            return (" ".join(_handed_over(told, plan)),)
        case _:
            raise AssertionError(f"{notice.kind} is told by other facts than {type(told).__name__}")


def _own_absence_noted(told: AbsenceTold, plan: OfficePlan) -> Sequence[str]:
    noted_by = "" if told.noted_by is None else f" Кто отметил: {told.noted_by}."
    return (f"Отмечено ваше отсутствие: {_days(told)}.{noted_by}", f"{_deputy(told, plan)} Изменить: /absence.")


def _deputy_named(told: AbsenceTold, plan: OfficePlan) -> Sequence[str]:
    return (
        f"Вы замещаете: {colleague(told.whose, plan)}, {_days(told)}.",
        "В эти дни на карточках будет указано, кто замещает.",
    )


def _own_absence_ended(told: AbsenceTold, *, begun: bool) -> Sequence[str]:
    what = "завершено раньше срока: вы снова на месте" if begun else "отменено"
    return (f"Ваше отсутствие {_days(told)} {what}.", "Если это ошибка, отметьте его заново: /absence.")


def _deputy_free(told: AbsenceTold, plan: OfficePlan, *, begun: bool) -> Sequence[str]:
    who = colleague(told.whose, plan)
    if begun:
        return (f"Замещение окончено: {who} снова на месте.",)
    return (f"Замещать не нужно: {who}, отсутствие {_days(told)} отменено.",)


def _handed_over(told: HandOverTold, plan: OfficePlan) -> Iterator[str]:
    if told.late:
        begins, ends = (moment(each, plan.calendar, told.ends) for each in (told.begins, told.ends))
        yield f"Смена с {begins} до {ends}."
    if told.next == told.had:
        yield f"Дежурство продолжает: {_seat(told.had, plan, nobody='никто не отвечает')}."
    else:
        yield f"Дежурство окончено: {_seat(told.had, plan, nobody='никто не отвечал')}."
        if told.next is not None:
            yield f"Заступает: {_seat(told.next, plan, nobody='никто не отвечает')}."
    yield _filed(told)
    if told.overdue:
        yield f"Открыто просроченных: {told.overdue}."


def _filed(told: HandOverTold) -> str:
    if not told.filed:
        return "За смену ничего не поступило."
    shown = ", ".join(str(number) for number in told.filed[:_NUMBERS_SHOWN])
    more = f" и ещё {len(told.filed) - _NUMBERS_SHOWN}" if len(told.filed) > _NUMBERS_SHOWN else ""
    return f"За смену поступило {len(told.filed)}: {shown}{more}."


def _seat(seat: SeatOnDuty, plan: OfficePlan, *, nobody: str) -> str:
    """A position that is vacant, or whose holder is away without a deputy, is told as such."""
    return f"{seat.position.title(plan)} ({nobody})" if seat.person is None else named(seat.position, seat.person, plan)


def _deputy(told: AbsenceTold, plan: OfficePlan) -> str:
    return "Замещающего нет." if told.deputy is None else f"Замещает: {colleague(told.deputy, plan)}."


def _days(told: AbsenceTold) -> str:
    return period(told.first_day, told.last_day, told.today)


def _span(told: DutyTold, plan: OfficePlan) -> str:
    return f"с {moment(told.begins, plan.calendar, told.now)} до {moment(told.ends, plan.calendar, told.now)}"
