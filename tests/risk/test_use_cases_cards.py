"""Presses on a card: what they change once, what they refuse, and who must give the second press."""

from dataclasses import replace
from datetime import timedelta

import pytest

from risk.errors import NotPermitted, RiskNotFound, SomeoneElses, UnknownChoice
from risk.events import Event, EventKind
from risk.ids import BlockKey, LevelKey, RiskId
from risk.people import Actor, Place
from risk.risks import NumberAsked, Risk, verification_deadline
from risk.standing import CARD_PANELS, Panel, Standing, Subject
from risk.use_cases.cards import (
    PostCard,
    SetBlock,
    SetLevel,
    TurnCard,
    note_overdue,
    post_card,
    set_block,
    set_level,
    turn_card,
)
from storage.delivery import Deliveries
from tests.support.offices import CURATOR, LATER, NOW, PLAN, Offices, StaffedOffice, telegram

LOW, MEDIUM, HIGH = LevelKey("low"), LevelKey("medium"), LevelKey("high")
ROADS, SOCIAL = BlockKey("roads"), BlockKey("social")


@pytest.fixture
async def risk(office: StaffedOffice) -> Risk:
    return await office.filed("Яма на дороге")


async def now_is(office: StaffedOffice, risk: Risk) -> Risk:
    async with office.view() as view:
        stored = await view.risks.get(risk.id)
    assert stored is not None
    return stored


async def card(office: StaffedOffice, risk: Risk) -> Standing:
    async with office.view() as view:
        [standing] = await view.standing.of(Subject.RISK, risk.id)
    return standing


async def story(office: StaffedOffice, risk: Risk) -> list[Event]:
    """What happened to the risk after its filing."""
    async with office.view() as view:
        filed, *rest = await view.events.of_risk(risk.id)
    assert filed.kind is EventKind.FILED
    return rest


async def level(office: StaffedOffice, risk: Risk, key: LevelKey, *, by: Actor, confirmed: bool = False) -> None:
    command = SetLevel(risk=risk.id, round=1, level=key, confirmed=confirmed)
    await set_level(command, actor=by, uow=office.uow, now=LATER)


async def block(office: StaffedOffice, risk: Risk, key: BlockKey | None) -> None:
    await set_block(SetBlock(risk=risk.id, round=1, block=key), actor=office.head, uow=office.uow, now=LATER)


async def test_a_block_is_set_and_the_history_says_from_what_to_what_and_by_whom(
    office: StaffedOffice, risk: Risk
) -> None:
    assert risk.block == ROADS
    await block(office, risk, SOCIAL)
    assert await now_is(office, risk) == replace(risk, block=SOCIAL)
    [event] = await story(office, risk)
    async with office.view() as view:
        head = next(each for each in await view.people.positions() if each.role == "head")
    assert event == Event(
        risk=risk.id,
        at=LATER,
        kind=EventKind.BLOCK_SET,
        position=head.id,
        facts={"before": ROADS, "after": SOCIAL},
    )


async def test_a_block_may_be_taken_away(office: StaffedOffice, risk: Risk) -> None:
    await block(office, risk, None)
    assert (await now_is(office, risk)).block is None
    assert [event.facts for event in await story(office, risk)] == [{"before": ROADS}]


async def test_choosing_what_is_set_already_makes_no_history(office: StaffedOffice, risk: Risk) -> None:
    await block(office, risk, ROADS)
    await level(office, risk, MEDIUM, by=office.head)
    assert await story(office, risk) == []


async def test_a_changed_level_counts_the_deadline_anew_from_the_filing(office: StaffedOffice, risk: Risk) -> None:
    await level(office, risk, LOW, by=office.head)
    changed = await now_is(office, risk)
    assert changed.verify_by == verification_deadline(NOW, LOW, PLAN).due_at > risk.verify_by
    assert [event.facts for event in await story(office, risk)] == [{"before": MEDIUM, "after": LOW}]


async def test_a_choice_brings_the_card_back_to_its_main_panel_and_first_in_line(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await office.filed("Другой")
    await turn_card(TurnCard(risk=risk.id, round=1, panel=Panel.BLOCKS), actor=office.head, uow=office.uow)
    assert (await card(office, risk)).panel is Panel.BLOCKS
    await block(office, risk, SOCIAL)
    assert (await card(office, risk)).panel is Panel.MAIN
    first, *_ = await Deliveries(offices.database, "run").due(NOW, NOW)
    assert (first.id, first.pressed) == ((await card(office, risk)).id, True)


async def test_the_highest_level_asks_for_a_second_press(office: StaffedOffice, risk: Risk) -> None:
    await level(office, risk, HIGH, by=office.head)
    assert (await now_is(office, risk)).level == MEDIUM
    asked = await card(office, risk)
    assert (asked.panel, asked.opened_by) == (Panel.CONFIRM_HIGHEST, await office.person(office.head))
    await level(office, risk, HIGH, by=office.head, confirmed=True)
    assert (await now_is(office, risk)).level == HIGH
    assert (await card(office, risk)).panel is Panel.MAIN


async def test_the_second_press_is_the_same_persons(office: StaffedOffice, risk: Risk) -> None:
    await level(office, risk, HIGH, by=office.head)
    with pytest.raises(SomeoneElses):
        await level(office, risk, HIGH, by=office.olga, confirmed=True)
    assert (await now_is(office, risk)).level == MEDIUM
    assert (await card(office, risk)).panel is Panel.CONFIRM_HIGHEST


async def test_anybody_may_ask_the_question_anew_for_themselves(office: StaffedOffice, risk: Risk) -> None:
    await level(office, risk, HIGH, by=office.head)
    await level(office, risk, HIGH, by=office.olga)
    await level(office, risk, HIGH, by=office.olga, confirmed=True)
    assert (await now_is(office, risk)).level == HIGH


async def test_a_second_press_without_a_first_is_none(office: StaffedOffice, risk: Risk) -> None:
    """The button of a question that was withdrawn meanwhile: one press must never set the highest level."""
    await level(office, risk, HIGH, by=office.head)
    await level(office, risk, LOW, by=office.head)
    await level(office, risk, HIGH, by=office.olga, confirmed=True)
    assert (await now_is(office, risk)).level == LOW


@pytest.mark.parametrize(("answer", "confirmed"), [(HIGH, True), (MEDIUM, False)])
async def test_a_filer_without_the_power_to_classify_answers_the_question_about_their_own_risk(
    office: StaffedOffice, answer: LevelKey, confirmed: bool
) -> None:
    curator = office.actor(CURATOR)
    fire = await office.filed("Пожар на складе", by=curator)
    await level(office, fire, answer, by=curator, confirmed=confirmed)
    assert (await now_is(office, fire)).level == answer
    with pytest.raises(NotPermitted):
        await level(office, fire, MEDIUM, by=curator)


async def test_such_a_filer_may_set_no_other_level(office: StaffedOffice) -> None:
    curator = office.actor(CURATOR)
    fire = await office.filed("Пожар на складе", by=curator)
    with pytest.raises(NotPermitted):
        await level(office, fire, LOW, by=curator)
    assert (await now_is(office, fire)).level == MEDIUM


async def test_a_lower_level_needs_one_press(office: StaffedOffice, risk: Risk) -> None:
    await level(office, risk, HIGH, by=office.head)
    await level(office, risk, LOW, by=office.olga)
    assert (await now_is(office, risk)).level == LOW


async def test_the_highest_level_chosen_again_asks_nothing(office: StaffedOffice, risk: Risk) -> None:
    for confirmed in (False, True, False):
        await level(office, risk, HIGH, by=office.head, confirmed=confirmed)
    assert (await card(office, risk)).panel is Panel.MAIN
    assert len(await story(office, risk)) == 1


async def test_what_a_button_names_must_still_be_there(office: StaffedOffice, risk: Risk) -> None:
    for command in (
        SetBlock(risk=risk.id, round=1, block=BlockKey("abolished")),
        SetBlock(risk=RiskId(404), round=1, block=ROADS),
        SetBlock(risk=risk.id, round=2, block=ROADS),
    ):
        with pytest.raises(UnknownChoice):
            await set_block(command, actor=office.head, uow=office.uow, now=LATER)
    for other in (
        SetLevel(risk=risk.id, round=1, level=LevelKey("abolished")),
        SetLevel(risk=RiskId(404), round=1, level=LOW),
        SetLevel(risk=risk.id, round=2, level=LOW),
    ):
        with pytest.raises(UnknownChoice):
            await set_level(other, actor=office.head, uow=office.uow, now=LATER)
    assert await now_is(office, risk) == risk


@pytest.mark.parametrize("panel", sorted(set(Panel) - CARD_PANELS))
async def test_a_press_opens_only_panels_of_a_card(office: StaffedOffice, risk: Risk, panel: Panel) -> None:
    with pytest.raises(UnknownChoice):
        await turn_card(TurnCard(risk=risk.id, round=1, panel=panel), actor=office.head, uow=office.uow)
    assert (await card(office, risk)).panel is Panel.MAIN


async def test_a_risk_of_another_office_is_not_there(offices: Offices, risk: Risk) -> None:
    for number in range(1, 4):
        await offices.theirs.filed(f"Их случай {number}")
    foreign = RiskId(risk.id + 1)
    with pytest.raises(UnknownChoice):
        await turn_card(
            TurnCard(risk=foreign, round=1, panel=Panel.BLOCKS), actor=offices.ours.head, uow=offices.ours.uow
        )


async def test_a_card_is_posted_anew_where_it_is_asked_for(office: StaffedOffice, risk: Risk) -> None:
    here = Place(address=telegram(-5))
    await post_card(PostCard(asked=NumberAsked(serial=1, year=2026), place=here), actor=office.olga, uow=office.uow)
    async with office.view() as view:
        assert [each.place for each in await view.standing.of(Subject.RISK, risk.id)] == [office.chat, here]


async def test_a_card_of_no_risk_cannot_be_posted(office: StaffedOffice, risk: Risk) -> None:
    for asked in (NumberAsked(serial=2, year=None), NumberAsked(serial=1, year=2025)):
        with pytest.raises(RiskNotFound):
            await post_card(PostCard(asked=asked, place=office.chat), actor=office.olga, uow=office.uow)


async def test_what_is_overdue_is_noted_once(office: StaffedOffice, risk: Risk) -> None:
    assert await note_overdue(uow=office.uow, now=risk.verify_by - timedelta(seconds=1)) == 0
    shown = (await card(office, risk)).wanted
    assert await note_overdue(uow=office.uow, now=risk.verify_by) == 1
    assert await note_overdue(uow=office.uow, now=risk.verify_by + timedelta(days=5)) == 0
    assert [(event.kind, event.position) for event in await story(office, risk)] == [
        (EventKind.VERIFICATION_OVERDUE, None)
    ]
    assert (await card(office, risk)).wanted == shown + 1


async def test_a_later_deadline_may_run_out_once_more(office: StaffedOffice, risk: Risk) -> None:
    await note_overdue(uow=office.uow, now=risk.verify_by)
    await level(office, risk, LOW, by=office.head)
    later = await now_is(office, risk)
    assert not later.overdue_noted
    assert await note_overdue(uow=office.uow, now=later.verify_by) == 1
    assert [event.kind for event in await story(office, risk)].count(EventKind.VERIFICATION_OVERDUE) == 2
