"""The alert chat: bound, followed when it moves, missed when the bot is shut out of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from risk.errors import AlertChatUnusable, ChatFault
from risk.ids import OfficeId
from risk.notices import AlertChatBound, AlertChatClosed, ChatRight
from risk.people import Place
from risk.standing import Subject
from risk.use_cases.chats import BindAlertChat, bind_alert_chat, follow_chat, note_alert_chat_rights
from storage.delivery import Deliveries
from tests.support.offices import LATER, NOW, Offices, StaffedOffice, planned, telegram

ELSEWHERE = Place(address=telegram(-100_777), thread=12)
SILENCED = frozenset({ChatRight.WRITE})
FINE: frozenset[ChatRight] = frozenset()


def binding(
    place: Place, *, is_supergroup: bool = True, lacks: frozenset[ChatRight] = FINE, bound_to: OfficeId | None = None
) -> BindAlertChat:
    return BindAlertChat(place=place, is_supergroup=is_supergroup, lacks=lacks, bound_to=bound_to)


async def bind(office: StaffedOffice, command: BindAlertChat) -> None:
    await bind_alert_chat(command, actor=office.head, uow=office.uow, now=LATER)


async def alert_chat(office: StaffedOffice) -> Place | None:
    async with office.view() as view:
        return await view.chats.alert_chat()


@pytest.fixture
def deliveries(offices: Offices) -> Deliveries:
    return Deliveries(offices.database, "run")


async def test_a_group_becomes_the_alert_chat_in_place_of_the_earlier(offices: Offices, office: StaffedOffice) -> None:
    await bind(office, binding(ELSEWHERE))
    assert await alert_chat(office) == ELSEWHERE
    assert await offices.directory.office_of_chat(office.chat.address) is None
    assert await planned(offices) == [(AlertChatBound(lacks=FINE), ELSEWHERE.address.value)]


async def test_a_silenced_bot_tells_of_the_binding_in_private(offices: Offices, office: StaffedOffice) -> None:
    await bind(office, binding(ELSEWHERE, lacks=SILENCED))
    assert await planned(offices) == [(AlertChatBound(lacks=SILENCED), office.head.address.value)]


@pytest.mark.parametrize(
    ("command", "fault"),
    [
        (binding(ELSEWHERE, is_supergroup=False), ChatFault.NOT_A_SUPERGROUP),
        (binding(ELSEWHERE, bound_to=OfficeId(2)), ChatFault.OF_ANOTHER_OFFICE),
    ],
)
async def test_a_basic_group_and_a_chat_of_another_office_are_refused(
    offices: Offices, office: StaffedOffice, command: BindAlertChat, fault: ChatFault
) -> None:
    with pytest.raises(AlertChatUnusable) as refused:
        await bind(office, command)
    assert refused.value.fault is fault
    assert await alert_chat(office) == office.chat
    assert await planned(offices) == []


async def test_binding_the_same_chat_again_is_no_harm_and_posts_no_card_anew(
    office: StaffedOffice, deliveries: Deliveries
) -> None:
    await office.filed()
    card = await deliveries.standing(1)
    assert card is not None
    await deliveries.shown(card, 70)
    await bind(office, binding(office.chat, bound_to=office.id))
    assert await alert_chat(office) == office.chat
    assert [item for item in await deliveries.due(NOW, NOW) if item.kind.value == "standing"] == []


async def test_the_chat_may_be_moved_to_another_of_its_topics(office: StaffedOffice) -> None:
    topic = replace(office.chat, thread=5)
    await bind(office, binding(topic, bound_to=office.id))
    assert await alert_chat(office) == topic


async def test_open_cards_come_along_to_a_newly_bound_chat(office: StaffedOffice) -> None:
    risks = [await office.filed(f"Случай {number}") for number in range(3)]
    await bind(office, binding(ELSEWHERE))
    async with office.view() as view:
        for risk in risks:
            assert ELSEWHERE in {each.place for each in await view.standing.of(Subject.RISK, risk.id)}


async def test_cards_go_where_the_alert_chat_is_now(office: StaffedOffice) -> None:
    await bind(office, binding(ELSEWHERE))
    risk = await office.filed()
    async with office.view() as view:
        assert [each.place for each in await view.standing.of(Subject.RISK, risk.id)] == [ELSEWHERE]


async def test_a_moved_chat_is_followed_however_often_it_is_told_of(offices: Offices, office: StaffedOffice) -> None:
    await office.filed()
    for _ in range(2):
        await follow_chat(office.chat.address, ELSEWHERE.address, uow=office.uow, now=LATER)
    assert await alert_chat(office) == replace(office.chat, address=ELSEWHERE.address)
    assert await offices.directory.office_of_chat(ELSEWHERE.address) == office.id


async def test_a_move_of_some_other_chat_changes_nothing(office: StaffedOffice) -> None:
    await follow_chat(telegram(-5), ELSEWHERE.address, uow=office.uow, now=LATER)
    assert await alert_chat(office) == office.chat


async def test_whoever_may_bind_a_chat_hears_that_the_bot_was_shut_out(offices: Offices, office: StaffedOffice) -> None:
    await note_alert_chat_rights(office.chat.address, SILENCED, uow=office.uow, now=NOW)
    assert await planned(offices) == [(AlertChatClosed(lacks=SILENCED), office.head.address.value)]


async def test_of_some_other_chat_nobody_hears(offices: Offices, office: StaffedOffice) -> None:
    await note_alert_chat_rights(telegram(-5), SILENCED, uow=office.uow, now=NOW)
    assert await planned(offices) == []


async def test_let_in_again_the_bot_posts_what_was_refused_meanwhile(
    offices: Offices, office: StaffedOffice, deliveries: Deliveries
) -> None:
    await office.filed()
    [card] = await deliveries.due(NOW, NOW)
    await deliveries.refuse(card, 1, "forbidden", NOW)
    assert await deliveries.due(NOW, NOW) == []
    await note_alert_chat_rights(office.chat.address, FINE, uow=office.uow, now=NOW + timedelta(hours=1))
    assert [item.id for item in await deliveries.due(NOW, NOW)] == [card.id]
    assert await planned(offices) == []
