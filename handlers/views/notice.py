"""What the bot says of its own accord, worded when it is sent."""

from collections.abc import Sequence

from handlers.russian import counted
from handlers.views.appeal_work_notice import appeal_work_notice
from handlers.views.export_notice import export_notice
from handlers.views.message import Outgoing, outgoing
from handlers.views.reminder_notice import reminder_notice
from handlers.views.report_notice import report_notice
from handlers.views.rota_notice import rota_lines
from handlers.views.work_notice import work_notice
from handlers.views.working import awaited
from risk.notices import (
    AlertChatBound,
    AlertChatClosed,
    AppealWorkNotice,
    ChatRight,
    ExportNotice,
    Joined,
    MessageSetAside,
    NameCorrected,
    OfficeNotice,
    PositionLost,
    ReminderNotice,
    RemovalFailed,
    ReportNotice,
    StrangersInChat,
    WorkNotice,
)
from risk.units import shortened
from risk.use_cases.telling import NoticeFacts

_WORK_SHOWN = 10
_GIST_SHOWN = 80


def notice(facts: NoticeFacts) -> Outgoing:
    if isinstance(facts.notice, WorkNotice):
        assert facts.told is not None
        return work_notice(facts.notice, facts.told)
    if isinstance(facts.notice, AppealWorkNotice):
        assert facts.appeal is not None
        return appeal_work_notice(facts.notice, facts.appeal)
    if isinstance(facts.notice, ReminderNotice):
        return reminder_notice(facts, facts.notice)
    if isinstance(facts.notice, ReportNotice):
        assert facts.report is not None
        return report_notice(facts.office, facts.notice, facts.report)
    if isinstance(facts.notice, ExportNotice):
        return export_notice(facts, facts.notice)
    return outgoing(_lines(facts, facts.notice))


def set_aside(reference: str) -> str:
    """To whoever sent or pressed what could not be worked in."""
    return f"Что-то сломалось у меня, не у вас. Сообщение сохранено. Номер для администратора: {reference}."


def _lines(facts: NoticeFacts, said: OfficeNotice) -> Sequence[str]:
    match said:
        case Joined():
            return _joined(facts)
        case PositionLost():
            return _position_lost(facts)
        case NameCorrected():
            return [
                f"Имя для бумаг исправлено: {facts.name}, {facts.position}. Если это ошибка, поговорите с сотрудником."
            ]
        case RemovalFailed():
            return _removal_failed(facts)
        case AlertChatBound(lacks=lacks):
            return _silenced_at_binding(facts) if ChatRight.WRITE in lacks else _bound(facts)
        case AlertChatClosed():
            return _closed(facts)
        case StrangersInChat(count=count):
            return _strangers(count)
        case MessageSetAside(reference=reference, for_operator=True):
            return _for_operator(reference)
        case MessageSetAside(reference=reference):
            return [set_aside(reference)]
        case of_rota:
            assert facts.rota is not None
            return rota_lines(of_rota, facts.rota, facts.office.plan)


def _joined(facts: NoticeFacts) -> Sequence[str]:
    return (
        f"Ваша должность: {facts.position} ({facts.office.plan.title}).",
        *_waiting_work(facts),
        "Чтобы зарегистрировать риск, перешлите сюда пост, пришлите ссылку или напишите, что случилось.",
        "Всё, что вам доступно, кнопками: /menu.",
    )


def _waiting_work(facts: NoticeFacts) -> Sequence[str]:
    """The hand-over list: what the position has in hand, the earliest deadlines first."""
    if not facts.work:
        return ()
    plan, shown = facts.office.plan, facts.work[:_WORK_SHOWN]
    lines = [
        f"{risk.number} · {awaited(risk, plan, facts.now)} · {shortened(risk.gist, _GIST_SHOWN)}" for risk in shown
    ]
    more = [f"И ещё {len(facts.work) - len(shown)}: /risks."] if len(facts.work) > len(shown) else []
    return ("", f"За этой должностью сейчас открытых рисков: {len(facts.work)}.", *lines, *more, "")


def _position_lost(facts: NoticeFacts) -> Sequence[str]:
    assert isinstance(facts.notice, PositionLost)
    freed = f"За вами больше нет должности: {facts.position} ({facts.office.plan.title})."
    if not facts.notice.left:
        return (freed, "Остальные ваши должности остаются за вами.")
    return (freed, "Доступ к боту закрыт, незаконченные формы стёрты. Дела остались за должностью.")


def _removal_failed(facts: NoticeFacts) -> Sequence[str]:
    who = facts.name or "Бывший сотрудник"
    return (
        f"{who}: удалить из алерт-чата не получилось: Telegram не разрешил.",
        "Удалите участника сами: название чата → участники. Доступ к боту уже закрыт.",
    )


def _bound(facts: NoticeFacts) -> Sequence[str]:
    return (
        f"Теперь это алерт-чат: {facts.office.plan.title}. Карточки рисков придут сюда.",
        "Чтобы зарегистрировать риск, ответьте на сообщение командой /risk или напишите её вместе с сутью.",
    )


def _silenced_at_binding(facts: NoticeFacts) -> Sequence[str]:
    return (
        f"Чат привязан как алерт-чат ({facts.office.plan.title}), но писать в нём боту запрещено.",
        "Разрешите боту отправлять сообщения: карточки сохраняются и подождут.",
    )


def _closed(facts: NoticeFacts) -> Sequence[str]:
    return (
        f"Бот больше не может писать в алерт-чат ({facts.office.plan.title}).",
        "Верните бота в чат и разрешите ему писать или привяжите другой чат командой /bind.",
        "Карточки сохраняются и подождут.",
    )


def _strangers(count: int) -> Sequence[str]:
    members = counted(count, "участник", "участника", "участников")
    return (
        f"В алерт-чате {members} не из списка офиса (это могут быть и боты). Кто они, бот не узнаёт и не хранит.",
        "Проверьте состав чата или пригласите их: /invite.",
    )


def _for_operator(reference: str) -> Sequence[str]:
    return (
        f"Сообщение сотрудника не обработано и отложено. Номер: {reference}.",
        "Сотрудник об этом знает. Причина записана в журнал под этим номером.",
    )
