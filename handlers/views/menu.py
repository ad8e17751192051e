"""The menu: what the reader may do here, as buttons, and how a risk is filed."""

from typing import Final

from aiogram.utils.formatting import Code, Text

from handlers.keyboards.menu import back_to_menu, menu_keyboard, reports_keyboard
from handlers.views.message import Outgoing, outgoing
from risk.use_cases.menus import OwnMenu

STALE_MENU: Final = "Это меню устарело. Откройте его заново: /menu."


def menu(facts: OwnMenu, *, among_several: bool) -> Outgoing:
    return outgoing(["Что нужно сделать?"], menu_keyboard(facts, among_several=among_several))


def reports(facts: OwnMenu) -> Outgoing:
    return outgoing(["Какой отчёт открыть? Период можно сменить кнопками под ним."], reports_keyboard(facts.office.id))


def find(facts: OwnMenu) -> Outgoing:
    return outgoing(
        (
            Text("Напишите команду и через пробел слова, например: ", Code("/find вода"), "."),
            "Бот найдёт риски и обращения.",
        ),
        back_to_menu(facts.office.id),
    )


def new_risk(facts: OwnMenu) -> Outgoing:
    return outgoing(
        (
            "Перешлите сюда пост, пришлите ссылку, фото с подписью или напишите, что случилось.",
            "Бот покажет, что понял; вы поправите и зарегистрируете.",
            "В алерт-чате быстрее: ответьте на сообщение командой /risk или напишите её вместе с сутью.",
        ),
        back_to_menu(facts.office.id),
    )
