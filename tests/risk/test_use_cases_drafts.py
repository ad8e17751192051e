"""Presses on a form: what they change, who may press, and how a form ends."""

from datetime import timedelta

import pytest

from risk.drafts import Draft, DraftStatus
from risk.errors import AlertChatMissing, AlreadyFiled, DraftClosed, GistMissing, SomeoneElses, UnknownChoice
from risk.ids import BlockKey, DraftId, LevelKey, TerritoryKey
from risk.standing import Panel
from risk.use_cases import drafts
from storage import tables
from tests.risk.forms import (
    HIGH,
    LOW,
    MEDIUM,
    ROADS,
    SOCIAL,
    TOWN,
    form,
    now_is,
    open_drafts,
    register,
    take,
)
from tests.support.offices import LATER, NOW, Offices, StaffedOffice, part


@pytest.fixture
async def draft(offices: Offices, office: StaffedOffice) -> Draft:
    await take(office, part("Нет света в парке"))
    [opened] = await open_drafts(offices, office)
    return opened


async def test_choices_stand_against_what_was_understood(office: StaffedOffice, draft: Draft) -> None:
    actor, uow = office.olga, office.uow
    assert draft.block == ROADS
    await drafts.choose_block(drafts.ChooseBlock(draft=draft.id, block=SOCIAL), actor=actor, uow=uow, now=LATER)
    await drafts.choose_territory(
        drafts.ChooseTerritory(draft=draft.id, territory=TOWN), actor=actor, uow=uow, now=LATER
    )
    await drafts.choose_level(drafts.ChooseLevel(draft=draft.id, level=LOW), actor=actor, uow=uow, now=LATER)
    chosen = await now_is(office, draft)
    assert (chosen.block, chosen.territory, chosen.level, chosen.touched_at) == (SOCIAL, TOWN, LOW, LATER)
    await drafts.choose_block(drafts.ChooseBlock(draft=draft.id, block=None), actor=actor, uow=uow, now=LATER)
    await drafts.choose_territory(
        drafts.ChooseTerritory(draft=draft.id, territory=None), actor=actor, uow=uow, now=LATER
    )
    taken_away = await now_is(office, draft)
    assert (taken_away.block, taken_away.territory) == (None, None)


async def test_what_the_plan_no_longer_has_cannot_be_chosen(office: StaffedOffice, draft: Draft) -> None:
    actor, uow = office.olga, office.uow
    with pytest.raises(UnknownChoice):
        await drafts.choose_block(
            drafts.ChooseBlock(draft=draft.id, block=BlockKey("x")), actor=actor, uow=uow, now=LATER
        )
    with pytest.raises(UnknownChoice):
        await drafts.choose_level(
            drafts.ChooseLevel(draft=draft.id, level=LevelKey("x")), actor=actor, uow=uow, now=LATER
        )
    with pytest.raises(UnknownChoice):
        await drafts.choose_territory(
            drafts.ChooseTerritory(draft=draft.id, territory=TerritoryKey("x")), actor=actor, uow=uow, now=LATER
        )
    assert await now_is(office, draft) == draft


async def test_a_registered_form_becomes_a_risk_and_keeps_nothing_of_what_it_held(
    office: StaffedOffice, draft: Draft
) -> None:
    number = await register(office, draft)
    assert str(number) == "ИР-1/26"
    closed = await now_is(office, draft)
    assert (closed.status, closed.parts, closed.gist, closed.sources) == (DraftStatus.FILED, (), None, ())
    async with office.view() as view:
        risk = await view.risks.get(closed.risk) if closed.risk else None
    assert risk is not None
    assert (risk.gist, risk.number) == ("Нет света в парке", number)


async def test_a_form_is_registered_once(offices: Offices, office: StaffedOffice, draft: Draft) -> None:
    await register(office, draft)
    with pytest.raises(AlreadyFiled) as refused:
        await register(office, draft)
    assert refused.value.number == "ИР-1/26"
    assert len(await offices.rows(tables.risks)) == 1


async def test_a_form_without_a_gist_is_not_registered(offices: Offices, office: StaffedOffice) -> None:
    await take(office, part("", has_media=True))
    [opened] = await open_drafts(offices, office)
    with pytest.raises(GistMissing):
        await register(office, opened)


async def test_without_an_alert_chat_the_form_waits(offices: Offices, office: StaffedOffice, draft: Draft) -> None:
    async with offices.database.write() as connection:
        await connection.execute(tables.chats.delete())
        await connection.commit()
    with pytest.raises(AlertChatMissing):
        await register(office, draft)
    assert await now_is(office, draft) == draft


@pytest.mark.parametrize(("highest", "level"), [(True, HIGH), (False, MEDIUM)])
async def test_the_highest_level_of_a_form_takes_a_second_press(
    offices: Offices, office: StaffedOffice, highest: bool, level: LevelKey
) -> None:
    await take(office, part("Пожар на складе"))
    [opened] = await open_drafts(offices, office)
    assert opened.level == HIGH
    assert await register(office, opened) is None
    assert (await form(office, opened)).panel is Panel.CONFIRM_HIGHEST
    assert await register(office, opened, highest=highest) is not None
    [row] = await offices.rows(tables.risks)
    assert (row["level"], row["suggested_level"]) == (level, None)


async def test_only_its_author_may_act_on_a_form(office: StaffedOffice, draft: Draft) -> None:
    actor, uow = office.ivan, office.uow
    for act in (
        drafts.turn_draft(drafts.TurnDraft(draft=draft.id, panel=Panel.EDIT), actor=actor, uow=uow, now=NOW),
        drafts.choose_block(drafts.ChooseBlock(draft=draft.id, block=SOCIAL), actor=actor, uow=uow, now=LATER),
        drafts.register_draft(drafts.RegisterDraft(draft=draft.id), actor=actor, uow=uow, now=LATER),
        drafts.cancel_draft(drafts.CancelDraft(draft=draft.id), actor=actor, uow=uow),
    ):
        with pytest.raises(SomeoneElses):
            await act
    assert await now_is(office, draft) == draft


async def test_a_form_of_another_office_is_closed_to_everybody_here(offices: Offices, draft: Draft) -> None:
    theirs = offices.theirs
    for number in (draft.id, DraftId(404)):
        with pytest.raises(DraftClosed):
            await drafts.cancel_draft(drafts.CancelDraft(draft=number), actor=theirs.olga, uow=theirs.uow)


async def test_a_cancelled_form_keeps_nothing_and_takes_no_more_presses(office: StaffedOffice, draft: Draft) -> None:
    cancel = drafts.CancelDraft(draft=draft.id)
    await drafts.cancel_draft(cancel, actor=office.olga, uow=office.uow)
    closed = await now_is(office, draft)
    assert (closed.status, closed.parts, closed.gist) == (DraftStatus.CANCELLED, (), None)
    with pytest.raises(DraftClosed):
        await drafts.cancel_draft(cancel, actor=office.olga, uow=office.uow)


async def test_a_form_that_nobody_touched_for_days_is_closed_with_all_it_held(
    offices: Offices, office: StaffedOffice, draft: Draft
) -> None:
    after = NOW + drafts.ABANDONED_AFTER
    assert await drafts.close_abandoned_drafts(uow=office.uow, now=after) == 0
    later = after + timedelta(seconds=1)
    assert await drafts.close_abandoned_drafts(uow=office.uow, now=later) == 1
    assert await drafts.close_abandoned_drafts(uow=office.uow, now=later) == 0
    assert await open_drafts(offices, office) == []
    assert "Нет света" not in str(await offices.rows(tables.drafts))
