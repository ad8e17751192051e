"""What the bot says of its own accord."""

import pytest

from handlers.views.notice import notice, set_aside
from risk.ids import PositionId
from risk.notices import AlertChatBound, AlertChatClosed, ChatRight, Joined, Message, MessageSetAside
from risk.risks import RiskState
from risk.use_cases.telling import NoticeFacts
from tests.handlers.builders import GIST, SATURDAY, office
from tests.handlers.workings import risk_in

SILENCED = frozenset({ChatRight.WRITE})


def told(what: Message, position: str | None = None) -> str:
    return notice(NoticeFacts(office=office(), now=SATURDAY, notice=what, position=position)).text


def test_who_joined_reads_their_office_and_position() -> None:
    text = told(Joined(position=PositionId(5)), "член проектного офиса 3")
    assert text.startswith("Ваша должность: член проектного офиса 3 (МЦУ Заречного округа).\n")


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (RiskState.FILED, "проверить до сб 21.11, 11:02"),
        (RiskState.ANSWERING, "разместить ответ до сб 21.11, 15:02"),
        (RiskState.WATCHED, "следим за реакцией"),
    ],
)
def test_the_hand_over_list_says_what_each_risk_awaits_and_till_when(state: RiskState, says: str) -> None:
    joined = Joined(position=PositionId(5))
    facts = NoticeFacts(
        office=office(), now=SATURDAY, notice=joined, position="член проектного офиса 3", work=[risk_in(state)]
    )
    assert f"ИР-12/26 · {says} · {GIST}" in notice(facts).text.splitlines()


def test_bound_chat_learns_how_to_file() -> None:
    text = told(AlertChatBound(lacks=frozenset()))
    assert text.startswith("Теперь это алерт-чат: МЦУ Заречного округа.")
    assert "/risk" in text


def test_who_bound_a_chat_without_the_right_to_write_is_told_what_to_do() -> None:
    assert "Разрешите боту отправлять сообщения" in told(AlertChatBound(lacks=SILENCED))


def test_closed_alert_chat_is_told_with_both_ways_out() -> None:
    text = told(AlertChatClosed(lacks=SILENCED))
    assert text.startswith("Бот больше не может писать в алерт-чат")
    assert "/bind" in text


def test_sender_and_operator_read_the_same_number_in_different_words() -> None:
    to_sender = told(MessageSetAside(reference="7F3K", for_operator=False))
    to_operator = told(MessageSetAside(reference="7F3K", for_operator=True))
    assert to_sender == set_aside("7F3K")
    assert to_sender == ("Что-то сломалось у меня, не у вас. Сообщение сохранено. Номер для администратора: 7F3K.")
    assert "7F3K" in to_operator
    assert to_operator != to_sender


@pytest.mark.parametrize(
    "what",
    [
        Joined(position=PositionId(5)),
        AlertChatBound(lacks=frozenset()),
        AlertChatBound(lacks=SILENCED),
        AlertChatClosed(lacks=SILENCED),
        MessageSetAside(reference="7F3K", for_operator=True),
    ],
)
def test_notices_are_plain_and_calm(what: Message) -> None:
    text = told(what)
    assert "!" not in text
    assert text == text.strip()
