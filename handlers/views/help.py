"""What the bot can do, in one message, and how to name a risk to it."""

from typing import Final

from aiogram.utils.formatting import Code, Text

from handlers.views.message import Outgoing, outgoing
from risk.risks import RiskNumber


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


def help_message() -> Outgoing:
    return outgoing(
        (
            "Бот ведёт информационные риски МЦУ: карточки, сроки, история.",
            "Чтобы зарегистрировать риск, перешлите сюда пост, пришлите ссылку или напишите, что случилось.",
            "В алерт-чате ответьте на сообщение командой /risk или напишите её вместе с сутью.",
            "",
            "/menu · всё, что вам поручено, кнопками",
            Text("/risks · открытые риски; /mine · мои; ", Code("/find вода Мира"), " · поиск по словам"),
            "/appeals · обращения; /overdue · просроченные; /appeals 6100013 · одно по номеру",
            "/appeal · записать звонок, приём или письмо (без имён и адресов)",
            "/digest · дайджест на сегодня: как опубликован или каким он будет",
            "/reminders · что за вами, до какого срока и в какой час напоминать",
            Text(Code("/card 12"), " · карточка риска"),
            Text(Code("/history 12"), " · история риска"),
            Text(Code("/close 12"), " · чего не хватает, чтобы отметить риск отработанным"),
            Text(Code("/merge 12 9"), " · объединить два риска"),
            "/ledger · журнал напоминаний: что просрочено, на что ответили, сколько сообщений в день",
            "/export · реестры в Excel: риски, обращения, напоминания, история",
            "/memo · справка в Word за неделю, месяц или квартал: /memo неделя",
            "/summary · показатели за неделю или любые даты: /summary 01.11–15.11",
            "/problems, /rating, /workload, /heatmap · проблемные темы, работа и нагрузка блоков, карта тем",
            "/imports · загрузки выгрузок; другой период: /imports 12 06.10–20.11",
            "/people · люди и должности; /name · исправить своё имя",
            "/invite, /dismiss, /transfer · пригласить, освободить, передать должность",
            "/absence · отсутствие и кто замещает, можно сразу с датами: /absence с завтра до пятницы",
            "/duty · кто дежурит ночью, в выходные и праздники",
            "/settings · настройки офиса; /office · сменить офис, если их несколько",
            "/bind · сделать группу алерт-чатом (пишется в группе)",
            "",
            "Имена авторов и телефоны бот скрывает сам. Имён и адресов жителей в суть не пишите.",
        )
    )


def merged_into(number: RiskNumber) -> Outgoing:
    return Outgoing(text=f"Объединено: дальше отрабатывается {number}. Обе истории сохранены.")
