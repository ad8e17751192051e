"""`/help`, and the messages to those whom the bot does not know."""

import re

import pytest

from handlers.views.commands import COMMANDS
from handlers.views.help import help_message
from handlers.views.message import LONGEST_TEXT
from handlers.views.strangers import GROUP_ENTERED, STRANGER, STRANGER_PRESS, anonymous
from risk.units import units
from tests.handlers.telegram import GROUP, PERSON, Door, message


@pytest.mark.parametrize("chat", [PERSON, GROUP])
async def test_help_is_given_everywhere(chat: int) -> None:
    door = Door()
    await door.takes(message=message("/help", chat=chat))
    assert door.said == [help_message().text]


def test_help_names_exactly_the_commands_of_the_menu() -> None:
    named = set(re.findall(r"/([a-z]+)", help_message().text)) | {"help"}
    assert named == {each.name for each in COMMANDS}


@pytest.mark.parametrize("text", [help_message().text, STRANGER, STRANGER_PRESS, GROUP_ENTERED, anonymous("risk").text])
def test_standing_texts_are_calm_and_fit(text: str) -> None:
    assert "!" not in text
    assert units(text) <= LONGEST_TEXT


def test_stranger_learns_nothing_about_the_office() -> None:
    assert STRANGER == (
        "Здравствуйте. Этот бот работает для сотрудников МЦУ. "
        "Если вы сотрудник, попросите руководителя прислать приглашение."
    )
