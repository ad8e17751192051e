"""Figures of spread that the filer gives: asked by nobody, typed as at a look, kept beside the looks that follow."""

from dataclasses import replace
from datetime import timedelta

import pytest

from risk.drafts import Draft
from risk.errors import AnswerUnclear
from risk.events import EventKind
from risk.ids import PositionId, RiskId
from risk.sameness import Sameness, SamenessReason
from risk.standing import Panel
from risk.understanding import Alike
from risk.use_cases import drafts
from risk.use_cases.moving import MoveDraft, move_draft
from risk.workings import Reach, ReachSeen, Working
from storage import tables
from tests.risk.forms import form, now_is, open_drafts, register, take, turn, types
from tests.risk.worked import last_event, story
from tests.support.offices import LATER, NOW, UNDERSTAND, Offices, StaffedOffice, part

SEEN = ReachSeen(figures=Reach(views=1200, reposts=30), at=NOW)


@pytest.fixture
async def draft(offices: Offices, office: StaffedOffice) -> Draft:
    await take(office, part("Нет света в парке"))
    [opened] = await open_drafts(offices, office)
    return opened


@pytest.fixture
async def seen(office: StaffedOffice, draft: Draft) -> Draft:
    await turn(office, draft, Panel.ASK_REACH)
    await types(office, "просмотров 1200, репостов 30")
    return await now_is(office, draft)


async def first_round(office: StaffedOffice) -> Working:
    async with office.view() as view:
        [risk], _ = await view.risks.open_page(offset=0, limit=10)
        return await view.workings.current(risk)


async def test_typed_figures_stand_in_the_form_with_their_moment(office: StaffedOffice, seen: Draft) -> None:
    assert seen.choices.reach == SEEN
    assert (await form(office, seen)).panel is Panel.MAIN


async def test_what_is_typed_again_takes_the_place_of_the_earlier(office: StaffedOffice, seen: Draft) -> None:
    await turn(office, seen, Panel.ASK_REACH)
    await types(office, "4 тыс.")
    reach = (await now_is(office, seen)).choices.reach
    assert reach is not None
    assert reach.figures == Reach(views=4000)


async def test_figures_can_be_taken_back(office: StaffedOffice, seen: Draft) -> None:
    await turn(office, seen, Panel.ASK_REACH)
    await drafts.drop_reach(drafts.DropReach(draft=seen.id), actor=office.olga, uow=office.uow, now=LATER)
    assert (await now_is(office, seen)).choices.reach is None
    assert (await form(office, seen)).panel is Panel.MAIN


async def test_words_without_a_number_do_not_answer(office: StaffedOffice, draft: Draft) -> None:
    await turn(office, draft, Panel.ASK_REACH)
    with pytest.raises(AnswerUnclear):
        await types(office, "много")


async def test_a_link_is_another_message_and_its_numbers_are_no_figures(
    offices: Offices, office: StaffedOffice, draft: Draft
) -> None:
    await turn(office, draft, Panel.ASK_REACH)
    await types(office, "https://t.me/pestovo_news/77")
    assert (await now_is(office, draft)).choices.reach is None
    assert len(await open_drafts(offices, office)) == 2


async def test_the_first_round_and_the_history_begin_with_the_figures(office: StaffedOffice, seen: Draft) -> None:
    await register(office, seen)
    working = await first_round(office)
    assert (working.first_reach, working.reach) == (SEEN, SEEN.figures)
    async with office.view() as view:
        [event] = await view.events.of_risk(working.risk)
    assert event.facts.items() >= {"views": "1200", "reposts": "30"}.items()


async def test_a_form_without_figures_files_without_them(office: StaffedOffice, draft: Draft) -> None:
    await register(office, draft)
    working = await first_round(office)
    assert (working.first_reach, working.reach) == (None, None)
    async with office.view() as view:
        [event] = await view.events.of_risk(working.risk)
    assert not event.facts.keys() & {"views", "reposts", "comments"}


def test_a_round_that_follows_is_compared_with_the_same_figures() -> None:
    first = Working(risk=RiskId(1), round=1, watcher=PositionId(5), first_reach=SEEN)
    assert first.next_round(None, begun_at=NOW + timedelta(days=9)).first_reach == SEEN


async def test_a_mention_tells_the_figures_that_its_form_held(office: StaffedOffice, seen: Draft) -> None:
    risk = await office.filed("Фонари в парке не горят")
    why = Sameness(reason=SamenessReason.WORDS, score=90, words=("парке",), link=None)
    alike = replace(seen.understood, alike=(Alike(risk=risk.id, sameness=why),))
    async with office.uow() as unit:
        await unit.drafts.save(replace(seen, understood=alike))
        await unit.commit()
    await drafts.join_risk(drafts.JoinRisk(draft=seen.id, risk=risk.id), actor=office.olga, uow=office.uow, now=LATER)
    event = await last_event(office, risk)
    assert event.kind is EventKind.MENTIONED
    assert event.facts.items() >= {"views": "1200", "reposts": "30"}.items()
    assert len(await story(office, risk)) == 2


async def test_figures_go_along_into_another_office_of_the_author(offices: Offices, seen: Draft) -> None:
    ours, theirs = offices.ours, offices.theirs
    async with theirs.uow() as unit:
        positions = await unit.people.positions()
        vacant = next(each for each in positions if each.holder is None)
        await unit.people.seat(vacant.id, await unit.people.find_or_add(ours.olga.address), NOW)
        await unit.commit()
    wanted = MoveDraft(draft=seen.id, into=theirs.id)
    await move_draft(wanted, actor=ours.olga, uow=ours.uow, there=theirs.uow, now=LATER, understand=UNDERSTAND)
    [row] = [row for row in await offices.rows(tables.drafts) if row["office_id"] == theirs.id]
    async with theirs.view() as view:
        moved = await view.drafts.get(row["id"])
    assert moved is not None
    assert moved.choices.reach == SEEN
