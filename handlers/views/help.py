"""What the bot can do, in one message, and how to name a risk to it."""

from typing import Final

from aiogram.utils.formatting import Code, Text

from handlers.views.commands import COMMANDS, is_for
from handlers.views.message import Outgoing, outgoing
from risk.risks import RiskNumber
from risk.use_cases.offering import Offered


def _usage(asked: str, example: str, after: str = "") -> Outgoing:
    """How a command is completed. The example is no link: a press on one sends the command alone, and asks again."""
    return outgoing([Text(f"{asked} через пробел, например: ", Code(example), after)])


HOW_TO_ASK_CARD: Final = _usage("Напишите команду и номер риска", "/card 12")
HOW_TO_ASK_HISTORY: Final = _usage("Напишите команду и номер риска", "/history 12")
HOW_TO_FIND: Final = _usage("Напишите команду и слова, которые искать,", "/find вода Мира")
HOW_TO_CLOSE: Final = _usage("Напишите команду и номер риска", "/close 12")
HOW_TO_MERGE: Final = _usage(
    "Напишите команду и два номера", "/merge 12 9", ". ИР-12 войдёт в ИР-9, обе истории останутся."
)
QUESTION_ABOVE: Final = Outgoing(text="Вопрос — в сообщении выше. Ответьте на него, и карточка в алерт-чате обновится.")
UNKNOWN_COMMAND: Final = Outgoing(text="Такой команды нет. Что умеет бот: /help.")
TEXT_OR_PHOTO: Final = Outgoing(text="Пришлите, пожалуйста, текстом или фото.")
ASK_IN_PRIVATE: Final = Outgoing(text="Отвечу в личных сообщениях: напишите мне там эту команду.")
BIND_IN_GROUP: Final = Outgoing(text="Напишите /bind в той группе, которая станет алерт-чатом.")

SEE_PRIVATE: Final = "Продолжение — в личном чате с ботом."
FOLLOWED: Final = "Буду сообщать вам, когда состояние риска изменится."
UNFOLLOWED: Final = "Больше не буду сообщать об этом риске."
LINK_NOTED: Final = "Записано: ссылка на месте, проверили вы."

STALE_BUTTON: Final = "Эта кнопка устарела. Откройте карточку заново, например: /card 12."
STALE_LIST: Final = "Этот список устарел. Откройте его заново: /risks."


_BEGIN: Final = (
    "Бот ведёт информационные риски МЦУ: карточки, сроки, история.",
    "Чтобы зарегистрировать риск, перешлите сюда пост, пришлите ссылку или напишите, что случилось.",
    "В алерт-чате ответьте на сообщение командой /risk или напишите её вместе с сутью.",
    "",
    "/menu · всё, что вам поручено, кнопками",
)
_LINES: Final = (
    ("risks", Text("/risks · открытые риски; /mine · мои; ", Code("/find вода Мира"), " · поиск по словам")),
    ("appeals", "/appeals · обращения; /overdue · просроченные; /appeals 6100013 · одно по номеру"),
    ("appeal", "/appeal · записать звонок, приём или письмо (без имён и адресов)"),
    ("digest", "/digest · дайджест на сегодня: как опубликован или каким он будет"),
    ("reminders", "/reminders · что за вами, до какого срока и в какой час напоминать"),
    ("card", Text(Code("/card 12"), " · карточка риска")),
    ("history", Text(Code("/history 12"), " · история риска")),
    ("close", Text(Code("/close 12"), " · чего не хватает, чтобы отметить риск отработанным")),
    ("merge", Text(Code("/merge 12 9"), " · объединить два риска")),
    ("ledger", "/ledger · журнал напоминаний: что просрочено, на что ответили, сколько сообщений в день"),
    ("export", "/export · реестры в Excel: риски, обращения, напоминания, история"),
    ("memo", "/memo · справка в Word за неделю, месяц или квартал: /memo неделя"),
    ("summary", "/summary · показатели за месяц или любые даты: /summary 01.11–15.11"),
    (
        "problems",
        "/problems, /rating, /workload, /heatmap · проблемные темы, работа и нагрузка блоков, карта тем",
    ),
    ("imports", "/imports · загрузки выгрузок; другой период: /imports 12 06.10–20.11"),
    ("people", "/people · люди и должности; /name · исправить своё имя"),
    ("invite", "/invite · пригласить на должность"),
    ("dismiss", "/dismiss, /transfer · освободить, передать должность"),
    ("absence", "/absence · отсутствие и кто замещает, можно сразу с датами: /absence с завтра до пятницы"),
    ("duty", "/duty · кто дежурит ночью, в выходные и праздники"),
    ("settings", "/settings · настройки офиса"),
    ("office", "/office · сменить офис, если их несколько"),
    ("bind", "/bind · сделать группу алерт-чатом (пишется в группе)"),
)
"""Each with the command whose power it takes; the others that it names take the same."""
_END: Final = ("", "Имена авторов и телефоны бот скрывает сам. Имён и адресов жителей в суть не пишите.")


def help_message(offered: Offered) -> Outgoing:
    """What this reader may use, and nothing that would be refused to them."""
    may = {each.name for each in COMMANDS if is_for(each, offered)}
    return outgoing([*_BEGIN, *(line for command, line in _LINES if command in may), *_END])


def welcome() -> Outgoing:
    """For `/start`, before it is known who reads it and where."""
    return outgoing([*_BEGIN, "/help · команды, которые вам доступны", *_END])


def merged_into(number: RiskNumber) -> Outgoing:
    return Outgoing(text=f"Объединено: дальше отрабатывается {number}. Обе истории сохранены.")
