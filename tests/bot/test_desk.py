"""Which office an update is worked in, and what a handler may ask for."""

from typing import Any

import pytest
from aiogram.types import TelegramObject, Update

from bot.middlewares.desk import Desk, Handler
from handlers.injected import Injected
from handlers.replies import heading
from risk.drafts import DraftField
from risk.ids import OfficeId, ReceiptId
from risk.notices import ChatRight
from risk.people import Actor, Address
from storage.inbox import Receipt
from storage.repositories.groups import SqlGroups
from tests.bot.telegram import Json, message, press
from tests.support.offices import NOW, UNDERSTAND, Offices, telegram

OURS, THEIRS = OfficeId(1), OfficeId(2)
OLGA, THEIR_OLGA, STRANGER = 104, 204, 999
OUR_CHAT, THEIR_CHAT = -1100, -1200


class AllRights:
    async def lacking(self, chat: Address) -> frozenset[ChatRight]:
        return frozenset()


class Reception:
    """A desk and a handler that notes what was laid out for it."""

    def __init__(self, offices: Offices) -> None:
        self._desk = Desk(
            units=offices.units,
            directory=offices.directory,
            understand=UNDERSTAND,
            chat_rights=AllRights(),
            new_code=lambda: "code",
            groups=SqlGroups(offices.database),
        )

    async def lays_out(self, **update: Json) -> dict[str, Any] | None:
        laid: list[dict[str, Any]] = []

        async def handler(_event: TelegramObject, data: dict[str, Any]) -> None:
            laid.append(data)

        await self.hands_to(handler, **update)
        return laid[0] if laid else None

    async def hands_to(self, handler: Handler, **update: Json) -> None:
        receipt = Receipt(id=ReceiptId(1), lane="chat:1", received_at=NOW, payload={}, attempts=0)
        whole = Update.model_validate({"update_id": 1, **update})
        await self._desk(handler, whole, {"receipt": receipt})

    async def office(self, **update: Json) -> OfficeId | None:
        laid = await self.lays_out(**update)
        if laid is None or "actor" not in laid:
            return None
        async with laid["uow"]() as unit, laid["view"]() as view:
            assert unit.office.id == view.office.id == laid["actor"].office
            return OfficeId(unit.office.id)


@pytest.fixture
def reception(offices: Offices) -> Reception:
    return Reception(offices)


async def test_handlers_get_the_closed_list_of_names_and_nothing_else(reception: Reception) -> None:
    laid = await reception.lays_out(message=message("да", sender=OLGA))
    assert laid is not None
    assert set(laid) - {"receipt"} == set(Injected.__annotations__) - {"bot", "entering"}
    assert laid["actor"] == Actor(office=OURS, address=telegram(OLGA))
    assert (laid["address"], laid["now"]) == (telegram(OLGA), NOW)


@pytest.mark.parametrize("text", ["/start", "/start i_x"])
async def test_a_stranger_gets_what_an_invitation_needs_and_no_office(reception: Reception, text: str) -> None:
    laid = await reception.lays_out(message=message(text, sender=STRANGER))
    assert laid is not None
    assert not {"actor", "uow", "view"} & set(laid)
    assert laid["address"] == telegram(STRANGER)


async def test_anything_else_of_a_stranger_reaches_no_handler(reception: Reception) -> None:
    assert await reception.lays_out(message=message("да", sender=STRANGER)) is None
    assert await reception.lays_out(edited_message=message("да", sender=STRANGER)) is None


async def test_an_update_without_a_person_behind_it_reaches_no_handler(reception: Reception) -> None:
    nobodys = message("да", chat=OUR_CHAT)
    del nobodys["from"]
    assert await reception.lays_out(message=nobodys) is None


@pytest.mark.parametrize(
    ("sender", "chat", "office"),
    [
        (OLGA, None, OURS),
        (THEIR_OLGA, None, THEIRS),
        (OLGA, OUR_CHAT, OURS),
        (OLGA, THEIR_CHAT, THEIRS),
        (OLGA, -5, OURS),
        (STRANGER, OUR_CHAT, OURS),
        (STRANGER, -5, None),
    ],
)
async def test_a_message_counts_for_the_office_of_its_chat_else_for_the_persons_own(
    reception: Reception, sender: int, chat: int | None, office: OfficeId | None
) -> None:
    assert await reception.office(message=message("/risk", sender=sender, chat=chat)) == office


@pytest.mark.parametrize(
    ("data", "office"), [("cp:1:7:main:1", OURS), ("cp:2:7:main:1", THEIRS), ("что-то", THEIRS), ("", THEIRS)]
)
async def test_a_press_counts_for_the_office_on_its_button_else_of_its_chat(
    reception: Reception, data: str, office: OfficeId
) -> None:
    assert await reception.office(callback_query=press(data, sender=OLGA, chat=THEIR_CHAT)) == office


async def test_a_chat_that_just_moved_counts_for_the_office_of_its_old_address(reception: Reception) -> None:
    moved = message(chat=-1009, sender=STRANGER, migrate_from_chat_id=THEIR_CHAT)
    assert await reception.office(message=moved) == THEIRS


async def test_units_of_a_newcomer_are_opened_for_the_office_of_the_code(reception: Reception) -> None:
    laid = await reception.lays_out(message=message("/start i_x", sender=STRANGER))
    assert laid is not None
    async with laid["enter"](THEIRS)() as unit:
        assert unit.office.id == THEIRS


@pytest.fixture
async def olga_in_both(offices: Offices) -> None:
    """She works in their office too, and sits at its desk."""
    async with offices.theirs.uow() as unit:
        vacant = next(each for each in await unit.people.positions() if each.holder is None)
        person = await unit.people.find_or_add(offices.ours.olga.address)
        await unit.people.seat(vacant.id, person, NOW)
        await unit.people.sit_at_desk(person, NOW)
        await unit.commit()


@pytest.mark.usefixtures("olga_in_both")
async def test_what_somebody_of_two_offices_says_counts_for_the_desk_they_sit_at(reception: Reception) -> None:
    laid = await reception.lays_out(message=message("/risks", sender=OLGA))
    assert laid is not None
    assert laid["desks"] == (THEIRS, OURS)
    assert await reception.office(message=message("/risks", sender=OLGA)) == THEIRS
    assert await reception.office(message=message("/risk Яма", sender=OLGA, chat=OUR_CHAT)) == OURS


@pytest.mark.usefixtures("olga_in_both")
@pytest.mark.parametrize(
    ("said", "office"),
    [
        ({"text": "Нет воды"}, OURS),
        ({"caption": "Нет воды", "photo": []}, OURS),
        ({"text": "/risks"}, THEIRS),
        ({"text": "Нет воды", "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": ""}}, THEIRS),
    ],
)
async def test_typed_words_count_for_the_office_that_asked_for_them(
    offices: Offices, reception: Reception, said: Json, office: OfficeId
) -> None:
    draft = await offices.ours.drafted()
    async with offices.ours.uow() as unit:
        await unit.prompts.ask(draft.author, draft.place, draft.id, DraftField.GIST)
        await unit.commit()
    assert await reception.office(message=message(sender=OLGA, **said)) == office


@pytest.mark.usefixtures("olga_in_both")
@pytest.mark.parametrize(("chat", "title"), [(None, True), (OUR_CHAT, False)])
async def test_in_private_alone_it_is_said_which_office_speaks(
    offices: Offices, reception: Reception, chat: int | None, title: bool
) -> None:
    heard: list[str | None] = []

    async def handler(_event: TelegramObject, _data: dict[str, Any]) -> None:
        heard.append(heading.get())

    await reception.hands_to(handler, message=message("/risks", sender=OLGA, chat=chat))
    assert heard == [offices.theirs.plan.title if title else None]
    assert heading.get() is None
