"""What the bot can do, in one message, and how to name a risk to it."""

from typing import Final

from handlers.views.message import Outgoing, outgoing

HOW_TO_ASK_CARD: Final = Outgoing(text="Напишите номер: /card 12")
HOW_TO_ASK_HISTORY: Final = Outgoing(text="Напишите номер: /history 12")
UNKNOWN_COMMAND: Final = Outgoing(text="Такой команды нет. Что умеет бот: /help.")
TEXT_OR_PHOTO: Final = Outgoing(text="Пришлите, пожалуйста, текстом или фото.")
ASK_IN_PRIVATE: Final = Outgoing(text="Отвечу в личных сообщениях: напишите мне там эту команду.")
BIND_IN_GROUP: Final = Outgoing(text="Напишите /bind в той группе, которая станет алерт-чатом.")

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
            "/risks · открытые риски",
            "/card 12 · карточка риска",
            "/history 12 · история риска",
            "/people · люди и должности; /name · исправить своё имя",
            "/invite, /dismiss, /transfer · пригласить, освободить, передать должность",
            "/absence · отсутствие и кто замещает, можно сразу с датами: /absence 01.12–14.12",
            "/duty · кто дежурит ночью, в выходные и праздники",
            "/settings · настройки офиса; /office · сменить офис, если их несколько",
            "/bind · сделать группу алерт-чатом (пишется в группе)",
            "",
            "Имена авторов и телефоны бот скрывает сам. Имён и адресов жителей в суть не пишите.",
        )
    )
