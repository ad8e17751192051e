"""`/help`, and the messages to those whom the bot does not know."""

import re
from typing import Final

import pytest

from handlers.views.commands import COMMANDS, is_for
from handlers.views.help import help_message, welcome
from handlers.views.message import LONGEST_TEXT
from handlers.views.strangers import GROUP_ENTERED, STRANGER, STRANGER_PRESS, anonymous
from risk.powers import Power
from risk.units import units
from risk.use_cases.menus import OwnMenu
from risk.use_cases.offering import Offered
from tests.handlers.builders import office
from tests.handlers.conftest import Noting
from tests.handlers.telegram import GROUP, PERSON, Door, message

EVERYTHING: Final = Offered(powers=frozenset(Power), figures=True)
MEMBER: Final = Offered(powers=frozenset({Power.READ, Power.FILE, Power.WORK, Power.CLASSIFY}))


def named(offered: Offered) -> set[str]:
    return set(re.findall(r"/([a-z]+)", help_message(offered).text)) | {"help"}


@pytest.mark.parametrize("chat", [PERSON, GROUP])
async def test_help_is_given_everywhere_by_what_its_reader_may_do(noting: Noting, chat: int) -> None:
    noting("help.own_menu", gives=OwnMenu(office=office(), offered=MEMBER))
    door = Door(view=None)
    await door.takes(message=message("/help", chat=chat))
    assert door.said == [help_message(MEMBER).text]


def test_help_names_exactly_the_commands_of_the_menu() -> None:
    assert named(EVERYTHING) == {each.name for each in COMMANDS}


def test_help_names_nothing_that_its_reader_would_be_refused() -> None:
    assert named(MEMBER) == {each.name for each in COMMANDS if is_for(each, MEMBER)}
    assert not {"settings", "invite", "ledger", "memo", "summary", "bind"} & named(MEMBER)


@pytest.mark.parametrize(
    "text",
    [help_message(EVERYTHING).text, welcome().text, STRANGER, STRANGER_PRESS, GROUP_ENTERED, anonymous("risk").text],
)
def test_standing_texts_are_calm_and_fit(text: str) -> None:
    assert "!" not in text
    assert units(text) <= LONGEST_TEXT


def test_stranger_learns_nothing_about_the_office() -> None:
    assert STRANGER == (
        "Здравствуйте. Этот бот работает для сотрудников МЦУ. "
        "Если вы сотрудник, попросите руководителя прислать приглашение."
    )
