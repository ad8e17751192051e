"""What the bot says of its own accord, worded when it is sent."""

from collections.abc import Sequence
from typing import assert_never

from handlers.views.message import Outgoing, outgoing
from risk.notices import AlertChatBound, AlertChatClosed, ChatRight, Joined, MessageSetAside
from risk.use_cases.telling import NoticeFacts


def notice(facts: NoticeFacts) -> Outgoing:
    return outgoing(_lines(facts))


def set_aside(reference: str) -> str:
    """To whoever sent or pressed what could not be worked in."""
    return f"Что-то сломалось у меня, не у вас. Сообщение сохранено. Номер для администратора: {reference}."


def _lines(facts: NoticeFacts) -> Sequence[str]:
    match facts.notice:
        case Joined():
            return _joined(facts)
        case AlertChatBound(lacks=lacks):
            return _silenced_at_binding(facts) if ChatRight.WRITE in lacks else _bound(facts)
        case AlertChatClosed():
            return _closed(facts)
        case MessageSetAside(reference=reference, for_operator=True):
            return _for_operator(reference)
        case MessageSetAside(reference=reference):
            return [set_aside(reference)]
        case other:
            assert_never(other)


def _joined(facts: NoticeFacts) -> Sequence[str]:
    office = facts.office.plan.title
    seat = office if facts.position is None else f"{office}, {facts.position}"
    return (
        f"Вы в списке: {seat}.",
        "Чтобы зарегистрировать риск, перешлите сюда пост, пришлите ссылку или напишите, что случилось.",
        "Подсказка: /help.",
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


def _for_operator(reference: str) -> Sequence[str]:
    return (
        f"Сообщение сотрудника не обработано и отложено. Номер: {reference}.",
        "Сотрудник об этом знает. Причина записана в журнал под этим номером.",
    )
