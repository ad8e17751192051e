"""What falls due, in a few words beside its moment."""

import pytest

from handlers.views.due import due
from risk.ids import PositionId
from risk.notices import MessageSetAside
from risk.obligations import ObligationKind
from risk.people import Position
from risk.risks import RiskNumber
from risk.use_cases.due import DigestDue, Due, InvitationEnds, MemoDue, NoticeDue, OwedDue
from tests.handlers.builders import SATURDAY, plan

POSITION = Position(id=PositionId(1), role=plan().roles[0].key)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (
            OwedDue(at=SATURDAY, kind=ObligationKind.VERIFICATION, number=RiskNumber(serial=7, year=2026)),
            "ИР-7/26: проверка",
        ),
        (NoticeDue(at=SATURDAY, notice=MessageSetAside(reference="А-1", for_operator=True)), "сообщение от бота"),
        (InvitationEnds(at=SATURDAY, position=POSITION), f"истекает приглашение: {plan().roles[0].title}"),
        (DigestDue(at=SATURDAY), "дайджест в алерт-чате"),
        (MemoDue(at=SATURDAY), "справка за неделю"),
    ],
)
def test_each_kind_says_what_will_happen(what: Due, words: str) -> None:
    assert due(what, plan()) == words
