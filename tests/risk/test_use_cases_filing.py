"""Filing: the number, the deadline, the history and the card in one commit; the highest level never slips in."""

from datetime import UTC, datetime, timedelta

import pytest

from risk.errors import AlertChatMissing, NothingToFile
from risk.events import EventKind
from risk.ids import LevelKey
from risk.people import Actor, Place
from risk.risks import RiskNumber, RiskState, verification_deadline
from risk.standing import Panel, Subject
from risk.understanding import Part
from risk.use_cases.filing import FileInChat, file_in_chat
from storage import tables
from tests.support.offices import HEAD, NOW, PLAN, UNDERSTAND, Offices, StaffedOffice, part

HIGH, MEDIUM = LevelKey("high"), LevelKey("medium")


async def file(
    office: StaffedOffice, *parts: Part, by: Actor | None = None, now: datetime = NOW, place: Place | None = None
) -> RiskNumber | None:
    command = FileInChat(parts=parts, place=place or office.chat, command=5)
    return await file_in_chat(command, actor=by or office.olga, uow=office.uow, now=now, understand=UNDERSTAND)


async def test_a_filed_risk_is_what_was_said_of_it(office: StaffedOffice) -> None:
    risk = await office.filed("Яма на дороге в Охоне, t.me/novosti/77")
    assert (risk.number, risk.state, risk.round) == (RiskNumber(serial=1, year=2026), RiskState.FILED, 1)
    assert risk.gist.startswith("Яма на дороге")
    assert [source.link for source in risk.sources] == ["t.me/novosti/77"]
    assert (risk.block, risk.territory, risk.level) == ("rural", "okhonskoe", MEDIUM)
    assert (risk.filed_at, risk.verify_by) == (NOW, verification_deadline(NOW, MEDIUM, PLAN).due_at)


async def test_the_history_begins_with_the_filing_by_the_seat_that_signs(office: StaffedOffice) -> None:
    risk = await office.filed(by=office.actor(HEAD))
    async with office.view() as view:
        [event] = await view.events.of_risk(risk.id)
        head = next(each for each in await view.people.positions() if each.role == HEAD)
    assert (event.kind, event.at, event.position) == (EventKind.FILED, NOW, head.id)
    assert event.facts == {"level": "medium", "block": "roads"}
    assert risk.filed_by == head.id


async def test_the_card_stands_in_the_alert_chat_wherever_the_command_was_given(office: StaffedOffice) -> None:
    await file(office, part("Яма"), place=office.private(office.olga))
    async with office.view() as view:
        [risk], _ = await view.risks.open_page(offset=0, limit=1)
        [card] = await view.standing.of(Subject.RISK, risk.id)
    assert (card.place, card.panel) == (office.chat, Panel.MAIN)


async def test_numbers_are_counted_by_the_offices_own_year(office: StaffedOffice) -> None:
    """The year turns at midnight in the zone of the office, three hours before it does in UTC."""
    eve = datetime(2026, 12, 31, 20, 59, tzinfo=UTC)
    numbers = [await file(office, part("Яма"), now=now) for now in (eve, eve + timedelta(minutes=1))]
    assert [str(number) for number in numbers] == ["ИР-1/26", "ИР-1/27"]


async def test_numbers_of_offices_do_not_know_one_another(offices: Offices) -> None:
    given = [await office.filed() for office in (offices.ours, offices.theirs, offices.ours)]
    assert [str(risk.number) for risk in given] == ["ИР-1/26", "ИР-1/26", "ИР-2/26"]


async def test_a_refused_filing_uses_up_no_number(offices: Offices, office: StaffedOffice) -> None:
    with pytest.raises(NothingToFile):
        await file(office, part(""))
    assert await office.filed()
    [counter] = await offices.rows(tables.counters)
    assert counter["last"] == 1


@pytest.mark.parametrize("nothing", [part(""), part("  …  "), part("+7 921 555-01-23"), part("👍")])
async def test_neither_words_nor_a_link_nor_a_picture_is_nothing_to_file(office: StaffedOffice, nothing: Part) -> None:
    with pytest.raises(NothingToFile):
        await file(office, nothing)


@pytest.mark.parametrize("wordless", [part("", has_media=True), part("t.me/novosti/77")], ids=["a picture", "a link"])
async def test_what_has_no_words_gets_a_question_in_the_chat(
    offices: Offices, office: StaffedOffice, wordless: Part
) -> None:
    assert await file(office, wordless) is None
    assert await offices.rows(tables.risks) == []
    [row] = await offices.rows(tables.drafts)
    assert row["parts"]
    async with office.view() as view:
        [question] = await view.standing.of(Subject.DRAFT, row["id"])
        pending = await view.prompts.pending(await office.person(office.olga), office.chat)
    assert (question.place, question.panel, question.answers) == (office.chat, Panel.ASK_GIST, 5)
    assert pending is not None


async def test_the_highest_level_is_filed_one_below_and_its_card_asks_the_filer(office: StaffedOffice) -> None:
    risk = await office.filed("Пожар на складе")
    assert (risk.level, risk.suggested_level) == (MEDIUM, HIGH)
    assert risk.verify_by == verification_deadline(NOW, MEDIUM, PLAN).due_at
    async with office.view() as view:
        [card] = await view.standing.of(Subject.RISK, risk.id)
    assert (card.panel, card.opened_by) == (Panel.CONFIRM_HIGHEST, await office.person(office.olga))


async def test_an_office_without_an_alert_chat_files_nothing(offices: Offices, office: StaffedOffice) -> None:
    async with offices.database.write() as connection:
        await connection.execute(tables.chats.delete())
        await connection.commit()
    with pytest.raises(AlertChatMissing):
        await file(office, part("Яма"))
    assert await offices.rows(tables.risks) == []
    assert await offices.rows(tables.counters) == []


async def test_filing_from_the_chat_keeps_no_draft(offices: Offices, office: StaffedOffice) -> None:
    await office.filed()
    assert await offices.rows(tables.drafts) == []


async def test_the_members_own_words_are_the_gist_of_what_they_reply_to(office: StaffedOffice) -> None:
    quoted = part("Второй день без воды, сколько можно", is_forward=True)
    await file(office, quoted, part("Нет воды на Мира", message_id=2))
    async with office.view() as view:
        [risk], _ = await view.risks.open_page(offset=0, limit=1)
    assert risk.gist == "Нет воды на Мира"


async def test_a_phone_is_hidden_before_anything_is_stored(offices: Offices, office: StaffedOffice) -> None:
    await file(office, part("Нет воды, звоните +7 921 555-01-23", has_media=True))
    await file(office, part("+7 921 555-01-23", has_media=True))
    rows = str([await offices.rows(table) for table in (tables.risks, tables.drafts, tables.events)])
    assert "555-01-23" not in rows
