"""What the sandbox's page tells a newcomer: how to begin, and the steps of the first walk."""

from typing import Final

from handlers.keyboards.cards import CHANGE_BLOCK
from handlers.keyboards.forms import REGISTER

HINT: Final = "Начните так: выберите члена проектного офиса и перешлите боту сообщение или напишите суть риска."

FILES: Final = REGISTER
"""The button by which the page knows that a form stands and waits to be filed."""

CARD_LINE: Final = "Блок:"
"""How the line of a card begins that the last step of the walk watches."""

WALK: Final = {
    "become": "Выберите члена проектного офиса",
    "write": "Напишите боту суть риска или перешлите сообщение",
    "file": f"Проверьте, что понял бот, и нажмите «{REGISTER}»",
    "see": "Откройте алерт-чат: там стоит карточка",
    "change": f"Нажмите под карточкой «{CHANGE_BLOCK}» и выберите другой блок",
}
"""Steps of the first walk, in order; the page knows by the world when each is done."""
