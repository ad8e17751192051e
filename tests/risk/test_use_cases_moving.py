"""A form moves between two offices of its author in two commits, once, whatever happens in between."""

from dataclasses import replace

import pytest

from risk.drafts import Choices, Draft, DraftStatus
from risk.errors import DraftClosed, NotListed, SomeoneElses
from risk.ids import BlockKey
from risk.people import Actor
from risk.ports import OpenUnit
from risk.standing import Panel, Subject
from risk.use_cases.moving import KeepDraft, MoveDraft, keep_draft, move_draft
from storage import tables
from tests.support.offices import LATER, NOW, UNDERSTAND, Offices, StaffedOffice, part


@pytest.fixture
async def olga(offices: Offices) -> Actor:
    """She works in their office too."""
    async with offices.theirs.uow() as unit:
        vacant = next(each for each in await unit.people.positions() if each.holder is None)
        await unit.people.seat(vacant.id, await unit.people.find_or_add(offices.ours.olga.address), NOW)
        await unit.commit()
    return offices.ours.olga


async def move(offices: Offices, draft: Draft, actor: Actor, *, uow: OpenUnit | None = None) -> None:
    await move_draft(
        MoveDraft(draft=draft.id, into=offices.theirs.id),
        actor=actor,
        uow=uow or offices.ours.uow,
        there=offices.theirs.uow,
        now=LATER,
        understand=UNDERSTAND,
    )


async def open_there(offices: Offices, olga: Actor) -> list[Draft]:
    there = replace(olga, office=offices.theirs.id)
    async with offices.theirs.view() as view:
        person = await view.people.find(there.address)
        assert person is not None
        return list(await view.drafts.open_drafts(person, offices.theirs.private(there)))


async def status_here(office: StaffedOffice, draft: Draft) -> DraftStatus:
    async with office.view() as view:
        found = await view.drafts.get(draft.id)
    assert found is not None
    return found.status


async def test_it_is_opened_there_and_closed_here(offices: Offices, olga: Actor) -> None:
    draft = await offices.ours.drafted(part("Нет воды на Мира"), by=olga)
    await move(offices, draft, olga)
    [moved] = await open_there(offices, olga)
    assert moved.gist == "Нет воды на Мира"
    assert await status_here(offices.ours, draft) is DraftStatus.MOVED
    async with offices.theirs.view() as view:
        [form] = await view.standing.of(Subject.DRAFT, moved.id)
    assert form.panel is Panel.MAIN


async def test_what_was_typed_goes_along_and_what_the_office_chose_does_not(offices: Offices, olga: Actor) -> None:
    draft = await offices.ours.drafted(by=olga)
    async with offices.ours.uow() as unit:
        choices = Choices(gist="Нет света на набережной", block=BlockKey("social"))
        await unit.drafts.save(draft.choosing(choices))
        await unit.commit()
    await move(offices, draft, olga)
    [moved] = await open_there(offices, olga)
    assert moved.choices == Choices(gist="Нет света на набережной")


class Killed(Exception):
    """The process dies at its second visit to the first office."""


async def test_killed_between_the_two_commits_it_is_moved_once_when_repeated(offices: Offices, olga: Actor) -> None:
    draft = await offices.ours.drafted(by=olga)
    visits = iter([offices.ours.uow])

    def until_killed() -> object:
        try:
            return next(visits)()
        except StopIteration:
            raise Killed from None

    with pytest.raises(Killed):
        await move(offices, draft, olga, uow=until_killed)  # type: ignore[arg-type]  # it opens one unit and dies
    assert await status_here(offices.ours, draft) is DraftStatus.OPEN
    assert len(await open_there(offices, olga)) == 1

    await move(offices, draft, olga)
    assert await status_here(offices.ours, draft) is DraftStatus.MOVED
    assert len(await open_there(offices, olga)) == 1
    assert len([row for row in await offices.rows(tables.drafts) if row["came_from"] == draft.id]) == 1


async def test_pressed_twice_it_is_moved_once(offices: Offices, olga: Actor) -> None:
    draft = await offices.ours.drafted(by=olga)
    await move(offices, draft, olga)
    with pytest.raises(DraftClosed):
        await move(offices, draft, olga)
    assert len(await open_there(offices, olga)) == 1


async def test_nothing_moves_into_an_office_where_its_author_does_not_work(offices: Offices) -> None:
    draft = await offices.ours.drafted()
    before = await offices.rows(tables.drafts)
    with pytest.raises(NotListed):
        await move(offices, draft, offices.ours.olga)
    assert await offices.rows(tables.drafts) == before


async def test_nobody_moves_or_keeps_somebody_elses(offices: Offices, olga: Actor) -> None:
    draft = await offices.ours.drafted(by=offices.ours.ivan)
    with pytest.raises(SomeoneElses):
        await move(offices, draft, olga)
    with pytest.raises(SomeoneElses):
        await keep_draft(KeepDraft(draft=draft.id), actor=olga, uow=offices.ours.uow, now=NOW)


async def test_kept_it_asks_for_what_is_missing(offices: Offices, olga: Actor) -> None:
    draft = await offices.ours.drafted(part("t.me/novosti/77"), by=olga)
    async with offices.ours.uow() as unit:
        await unit.standing.post(Subject.DRAFT, draft.id, draft.place, panel=Panel.ASK_OFFICE)
        await unit.commit()
    await keep_draft(KeepDraft(draft=draft.id), actor=olga, uow=offices.ours.uow, now=NOW)
    async with offices.ours.view() as view:
        [form] = await view.standing.of(Subject.DRAFT, draft.id)
        assert form.panel is Panel.ASK_GIST
        assert await view.prompts.pending(draft.author, draft.place) is not None
