"""Refusals in words: every code, fault and power has its own sentence, short enough to answer a press."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from handlers.days import day
from handlers.views.checklist import not_worked_off
from handlers.views.dates import period
from handlers.views.help import STALE_BUTTON
from handlers.views.message import LONGEST_ANSWER
from handlers.views.working import STATES
from risk.bundle_hours import EARLIEST_BUNDLE, LATEST_BUNDLE
from risk.errors import (
    AbsenceFault,
    AbsenceOverlaps,
    AbsenceRefused,
    AlertChatMissing,
    AlertChatUnusable,
    AlreadyFiled,
    AlreadyNoted,
    AnswerMissing,
    AnswerOwed,
    AnswerUnclear,
    AppealActNotPossible,
    AppealNotFound,
    ApprovalMissing,
    BlockDecided,
    ChatFault,
    DatesUnclear,
    DayOver,
    DigestOver,
    DigestSentAgain,
    DraftClosed,
    DutyFault,
    DutyRefused,
    EntryClosed,
    EntryWaiting,
    FigureNotPermitted,
    GistMissing,
    HoldUnfit,
    ImportActedUpon,
    ImportDatesUnfit,
    ImportNotOpen,
    InvitationFault,
    InvitationRefused,
    LinkUnfit,
    MergedWithItself,
    MoveNotPossible,
    NameUnclear,
    NotHere,
    NothingToFile,
    NotListed,
    NotPermitted,
    NotWorkedOff,
    OutsideBlock,
    PeriodAhead,
    PeriodUnclear,
    Refusal,
    RiskNotFound,
    SettingUnfit,
    SomeoneElses,
    TakenBySomeone,
    UnknownChoice,
)
from risk.office_settings import LONGEST_INVITATION, SHORTEST_INVITATION, Setting
from risk.powers import Action, Power
from risk.report_terms import FEWEST_RATED, MOST_RATED
from risk.risks import RiskState
from risk.units import shortened, units

_PLAIN: Final[Mapping[str, str]] = MappingProxyType(
    {
        NotListed.code: "Вас нет в списке этого офиса. Попросите руководителя прислать приглашение.",
        NotHere.code: "Это не алерт-чат вашего офиса, здесь бот не отвечает. Сделать чат алерт-чатом: /bind.",
        AlertChatMissing.code: (
            "Алерт-чат ещё не выбран, карточку некуда отправить. "
            "Попросите руководителя написать /bind в группе и повторите."
        ),
        NameUnclear.code: "Не похоже на имя для бумаг. Напишите фамилию и инициалы, например: Иванова О. П.",
        EntryWaiting.code: (
            "Вход ещё не подтверждён: руководитель получил вопрос, ответ придёт сюда. "
            "Ошиблись в имени? Напишите его ещё раз."
        ),
        EntryClosed.code: "На этот вопрос уже ответили или приглашение отозвано. Список людей: /people.",
        DatesUnclear.code: (
            "Не получилось понять даты. Напишите первый и последний день через тире или словами: "
            "/absence с завтра до пятницы."
        ),
        PeriodUnclear.code: (
            "Не получилось понять период. Напишите, например: /summary 15.11, /summary 01.11–15.11, "
            "/summary 01.11.2025–15.01.2026 или /summary вчера."
        ),
        PeriodAhead.code: "Этот период ещё не начался. Выберите более ранний.",
        NothingToFile.code: (
            "Здесь нет ни слов, ни ссылки. Пришлите текст или ссылку; в чате ответьте командой /risk на сообщение."
        ),
        AnswerUnclear.code: "Это не похоже на ответ. Напишите то, о чём спрашивает бот, или нажмите «Назад».",
        GistMissing.code: "Не указана суть. Нажмите «Изменить», затем «Суть» и напишите её одной фразой.",
        DraftClosed.code: "Этот черновик уже закрыт. Пришлите сообщение ещё раз, и откроется новый.",
        OutsideBlock.code: "Это дело другого блока. Если оно ваше, попросите сменить блок.",
        AppealActNotPossible.code: "Так уже не сделать: состояние обращения изменилось. Откройте его заново.",
        AnswerMissing.code: "Сначала подготовьте ответ: текст и площадки. Кнопка «Добавить ответ» на карточке.",
        ApprovalMissing.code: "Ответ ещё не согласован. Отправьте его на согласование и дождитесь решения.",
        AnswerOwed.code: "При этой критичности нужен публичный ответ. Смените критичность или подготовьте ответ.",
        MergedWithItself.code: "Это один и тот же риск. Назовите два разных номера.",
        BlockDecided.code: "После двух возвратов блок назначают решением, вернуть нельзя. Обратитесь к руководителю.",
        LinkUnfit.code: (
            "Это не адрес открытой страницы. Пришлите ссылку на сам пост или статью; личные страницы не подходят."
        ),
        ImportDatesUnfit.code: (
            "Не подходит период или момент: конец раньше начала, будущее или не дата. "
            "Пример: /imports 12 06.10–20.11 или /imports 12 20.11 08:10."
        ),
        ImportNotOpen.code: (
            "Такой загрузки нет, или с ней так уже не сделать: её решили или вопрос сменился. Список: /imports."
        ),
        DigestOver.code: "Этот дайджест уже не сегодняшний. Цифры за тот день вошли в следующий: /digest.",
        DigestSentAgain.code: "Дайджест уже отправлен ещё раз, посмотрите в алерт-чате.",
        SomeoneElses.code: "Этот вопрос задан другому сотруднику, ответ за ним.",
        UnknownChoice.code: STALE_BUTTON,
    }
)

_INVITATION: Final[Mapping[InvitationFault, str]] = MappingProxyType(
    {
        InvitationFault.UNKNOWN: "Приглашение не найдено: его заменили или ссылка неполная. Попросите новое.",
        InvitationFault.USED: "Это приглашение уже использовано. Попросите новое.",
        InvitationFault.EXPIRED: "Срок приглашения прошёл. Попросите новое.",
        InvitationFault.HOLDS_ALREADY: "Эта должность уже за вами, приглашение не нужно. Подсказка: /help.",
    }
)

_CHAT: Final[Mapping[ChatFault, str]] = MappingProxyType(
    {
        ChatFault.NOT_A_SUPERGROUP: (
            "Алерт-чатом может быть только супергруппа. Откройте в настройках группы историю "
            "для новых участников, группа станет супергруппой, и повторите /bind."
        ),
        ChatFault.OF_ANOTHER_OFFICE: "Этот чат привязан к другому офису. Выберите другую группу.",
    }
)

_ABSENCE: Final[Mapping[AbsenceFault, str]] = MappingProxyType(
    {
        AbsenceFault.REVERSED: "Последний день отсутствия раньше первого. Выберите даты ещё раз: /absence.",
        AbsenceFault.OVER: "Эти дни отсутствия уже прошли. Выберите даты ещё раз: /absence.",
        AbsenceFault.TOO_FAR: "Отсутствие отмечается не дальше чем на год. Выберите даты ближе: /absence.",
        AbsenceFault.DEPUTY_AWAY: "Этот сотрудник сам отсутствует в эти дни. Выберите, кто замещает: /absence.",
        AbsenceFault.DEPUTY_THEMSELF: "Замещать должен другой сотрудник. Выберите, кто замещает: /absence.",
    }
)

_DUTY: Final[Mapping[DutyFault, str]] = MappingProxyType(
    {
        DutyFault.REVERSED: "Последняя смена раньше первой. Выберите даты ещё раз: /duty.",
        DutyFault.OVER: "Эти смены уже прошли. Выберите даты ещё раз: /duty.",
        DutyFault.TOO_FAR: "Дежурство назначается не дальше чем на год. Выберите даты ближе: /duty.",
    }
)

_SETTING: Final[Mapping[Setting, str]] = MappingProxyType(
    {
        Setting.QUIET_HOURS: "Тихие часы пишутся так: 22:00-07:00; начало и конец различаются.",
        Setting.INVITATION_DAYS: (
            f"Приглашение может действовать от {SHORTEST_INVITATION} до {LONGEST_INVITATION} дней. Напишите число."
        ),
        Setting.DEFAULT_LEVEL: "Такой критичности по умолчанию быть не может. Откройте выбор заново: /settings.",
        Setting.DIGEST_AT: (
            f"Дайджест приходит с {EARLIEST_BUNDLE:%H:%M} до {LATEST_BUNDLE:%H:%M}, позже запроса свежей выгрузки. "
            "Пишется так: 09:30."
        ),
        Setting.LATENESS_TOLD: "Просрочку по блокам видно в чате или тем, кто читает отчёты. Выберите: /settings.",
        Setting.WEEK_BEGINS: "Неделя начинается с одного из семи дней. Выберите: /settings.",
        Setting.MEMO_ON: "Справка приходит в один из дней недели или не приходит сама. Выберите: /settings.",
        Setting.MEMO_AT: "Час справки пишется так: 16:00.",
        Setting.RATING_MINIMUM: f"Порог бывает от {FEWEST_RATED} до {MOST_RATED} обращений. Напишите число.",
    }
)

POWER_WORDS: Final[Mapping[Power, str]] = MappingProxyType(
    {
        Power.READ: "смотреть карточки",
        Power.FILE: "регистрировать риски",
        Power.CLASSIFY: "менять блок и критичность",
        Power.WORK: "отрабатывать риски",
        Power.APPROVE: "согласовывать ответы",
        Power.IMPORT: "загружать выгрузки обращений",
        Power.DISTRIBUTE: "распределять обращения",
        Power.REPORT: "читать сводки и справки по всему офису",
        Power.DECIDE: "решать о закрытии риска без критериев",
        Power.BIND: "выбирать алерт-чат",
        Power.INVITE: "приглашать сотрудников",
        Power.DISMISS: "освобождать и передавать должности",
        Power.MANAGE_ABSENCE: "отмечать отсутствие других",
        Power.ASSIGN_DUTY: "назначать дежурных",
        Power.CONFIGURE: "менять настройки офиса",
        Power.OPERATE: "обслуживать бота",
    }
)
"""What a power permits, after «поручено» and the like."""


_OF_ACTION: Final[Mapping[Action | None, str]] = MappingProxyType(
    {
        Action.READ_LEDGER: (
            "Журнал напоминаний читает тот, кто решает о рисках, обычно руководитель. Что за вами: /reminders."
        ),
        Action.SEND_DIGEST_AGAIN: (
            "Отправить дайджест ещё раз может тот, кто решает о рисках, обычно руководитель. Прочитать его: /digest."
        ),
    }
)
"""Where the words of the power would miss what was asked for."""
_OPEN_LISTS: Final[Mapping[bool, str]] = MappingProxyType(
    {
        True: "Список за этим числом видят те, кому поручены сводки. Открытые риски видны всем: /risks.",
        False: "Список за этим числом видят те, кому поручены сводки. Обращения видны всем: /appeals, /overdue.",
    }
)
"""By whether the figure is of risks."""

_ASKED_SHOWN: Final = 60
_NUMBERS_NAMED: Final = 10


def refusal_text(refusal: Refusal) -> str:
    """What to tell the person: what is wrong, then what to do."""
    return shortened(_sentence(refusal), LONGEST_ANSWER)


def _not_permitted(refusal: NotPermitted) -> str:
    if isinstance(refusal, FigureNotPermitted):
        return _OPEN_LISTS[refusal.of_risks]
    power, of_action = refusal.power, _OF_ACTION.get(refusal.action)
    if of_action is not None:
        return of_action
    if power is Power.REPORT:
        return (
            "Сводки офиса читает тот, кому это поручено, сводку блока — тот, кто за него отвечает. "
            "Общая сводка дня для всех: /digest."
        )
    return f"Вашей должности не поручено {POWER_WORDS[power]}. Если нужно, обратитесь к руководителю."


def _sentence(refusal: Refusal) -> str:
    match refusal:
        case NotPermitted():
            return _not_permitted(refusal)
        case InvitationRefused(fault=fault):
            return _INVITATION[fault]
        case AlertChatUnusable(fault=fault):
            return _CHAT[fault]
        case AbsenceRefused(fault=fault):
            return _ABSENCE[fault]
        case DutyRefused(fault=fault):
            return _DUTY[fault]
        case DayOver() | HoldUnfit() | AbsenceOverlaps():
            return _of_days(refusal)
        case AlreadyFiled(number=number):
            return f"Уже зарегистрировано: {number}. Карточка — в алерт-чате."
        case SettingUnfit(setting=setting):
            return _SETTING[Setting(setting)]
        case RiskNotFound() | AppealNotFound():
            return _not_found(refusal)
        case _:
            return _of_working(refusal) or _PLAIN[refusal.code]


def _of_days(refusal: DayOver | HoldUnfit | AbsenceOverlaps) -> str:
    """What keeps days from being taken, and which ones may be."""
    match refusal:
        case DayOver(day=over, coming=coming):
            if coming is None:
                return f"{over:%d.%m.%Y} уже прошло. Напишите день не раньше сегодняшнего."
            return f"{over:%d.%m.%Y} уже прошло. Если нужен {coming:%Y} год, напишите с годом: {coming:%d.%m.%Y}."
        case HoldUnfit(first=first, last=last):
            return f"На этот день отложить нельзя. Подходит день с {first:%d.%m.%Y} по {last:%d.%m.%Y}."
        case AbsenceOverlaps(first_day=first, last_day=last, today=today):
            told = period(first, last, today)
            return f"Отсутствие уже отмечено: {told}. Отмените его или выберите другие дни: /absence."


def _not_found(refusal: RiskNotFound | AppealNotFound) -> str:
    asked = shortened(refusal.asked, _ASKED_SHOWN)
    if isinstance(refusal, RiskNotFound):
        return f"Риска с номером {asked} нет. Открытые риски: /risks."
    return f"Обращения с номером {asked} нет. Открытые обращения: /appeals."


def _acted_upon(numbers: Sequence[str]) -> str:
    """As many numbers as fit into the answer to a press."""
    named = list(numbers[:_NUMBERS_NAMED])
    while True:
        more = f" и ещё {len(numbers) - len(named)}" if len(named) < len(numbers) else ""
        said = f"Загрузку уже не отменить: с обращениями из неё работали. Номера: {', '.join(named)}{more}."
        if len(named) <= 1 or units(said) <= LONGEST_ANSWER:
            return said
        named.pop()


def _of_working(refusal: Refusal) -> str | None:
    """What keeps a risk where it stands, its history as it is, and an import where it is."""
    match refusal:
        case ImportActedUpon(numbers=numbers):
            return _acted_upon(numbers)
        case AlreadyNoted(number=number):
            return f"Уже записано в историю {number}."
        case MoveNotPossible(state=state):
            return f"Сейчас риск в состоянии «{STATES[RiskState(state)]}», так сделать нельзя. Кнопки — на карточке."
        case TakenBySomeone(by=by, at=at, now=now):
            return f"Эту кнопку уже нажали {day(at, now)}, {at:%H:%M}: проверка за должностью «{by}»."
        case NotWorkedOff():
            return not_worked_off(refusal)
        case _:
            return None
