"""A preset loaded again over an office with people, work and a chat: what stands afterwards, and what does not."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from risk.errors import InvitationFault, InvitationRefused, UnknownChoice
from risk.ids import BlockKey, LevelKey, OfficeId, PersonId, PositionId, RoleKey, TerritoryKey
from risk.offices import OfficePlan, Role
from risk.people import Place
from risk.powers import Power
from risk.preset_changes import Fate
from risk.preset_loading import PresetLoading
from risk.risks import NumberAsked
from risk.staff_events import StaffEventKind
from risk.standing import Panel, Standing, Subject
from risk.use_cases import cards, drafts, inviting, offices, reading
from tests.risk.doors import accepts, at_the_door, invited, new_code, open_entries, positions
from tests.risk.forms import form, now_is
from tests.risk.plans import plans
from tests.storage.dumps import dump
from tests.support.offices import (
    CURATOR,
    HEAD_ROADS,
    LATER,
    MEMBER,
    NOW,
    PLAN,
    Offices,
    StaffedOffice,
    opened_copy,
    part,
)

ROADS, SOCIAL = BlockKey("roads"), BlockKey("social")
LOW, MEDIUM = LevelKey("low"), LevelKey("medium")
HEAD_SOCIAL = RoleKey("head_social")
CLERK = Role(key=RoleKey("clerk"), title="секретарь", seats=2)


def without_roads() -> OfficePlan:
    """The office drops a block, and the role of its head."""
    return replace(
        PLAN,
        roles=tuple(role for role in PLAN.roles if role.key != HEAD_ROADS),
        blocks=tuple(block for block in PLAN.blocks if block.key != ROADS),
        powers={
            power: tuple(step - {HEAD_ROADS} for step in ladder if step - {HEAD_ROADS})
            for power, ladder in PLAN.powers.items()
        },
    )


def without_levels(*keys: LevelKey) -> OfficePlan:
    levels = tuple(level for level in PLAN.levels if level.key not in keys)
    return replace(PLAN, levels=levels, default_level=levels[0].key)


async def load(office: StaffedOffice, plan: OfficePlan) -> PresetLoading:
    return await offices.load_preset_anew(plan, uow=office.uow, now=LATER)


async def current(office: StaffedOffice) -> OfficePlan:
    async with office.view() as view:
        return view.office.plan


async def holders(office: StaffedOffice) -> dict[PositionId, PersonId]:
    return {each.id: each.holder for each in await positions(office) if each.holder is not None}


async def alert_chat(office: StaffedOffice) -> Place | None:
    async with office.view() as view:
        return await view.chats.alert_chat()


async def card(office: StaffedOffice, risk: int) -> Standing:
    async with office.view() as view:
        [standing] = await view.standing.of(Subject.RISK, risk)
    return standing


async def test_a_running_bot_goes_by_the_new_plan_at_once(office: StaffedOffice) -> None:
    assert (await current(office)).title == PLAN.title
    await load(office, replace(PLAN, title="МЦУ Другого округа"))
    assert (await current(office)).title == "МЦУ Другого округа"


async def test_the_same_preset_writes_nothing(offices: Offices, office: StaffedOffice) -> None:
    async with offices.database.read() as connection:
        before = await dump(connection, office.id)
    loading = await load(office, PLAN)
    assert loading.changes == ()
    async with offices.database.read() as connection:
        assert await dump(connection, office.id) == before


async def test_to_compare_is_to_tell_the_same_and_write_nothing(office: StaffedOffice) -> None:
    compared = await offices.compare_preset(without_roads(), view=office.view)
    assert await current(office) == PLAN
    assert await load(office, without_roads()) == compared


async def test_what_was_loaded_stands_in_the_history_of_the_office(office: StaffedOffice) -> None:
    loading = await load(office, without_roads())
    async with office.view() as view:
        event = (await view.staff_events.all())[-1]
    conflicts = sum(change.is_conflict for change in loading.changes)
    assert (event.kind, event.by, event.at) == (StaffEventKind.PRESET_LOADED, None, LATER)
    assert event.facts == {"changes": str(len(loading.changes)), "conflicts": str(conflicts)}


async def test_a_new_role_gets_its_vacant_seats_and_can_be_invited_to(office: StaffedOffice) -> None:
    await load(office, replace(PLAN, roles=(*PLAN.roles, CLERK)))
    seats = [each.number for each in await positions(office) if each.role == CLERK.key]
    assert seats == [1, 2]
    assert [each.position.number for each in await invited(office) if each.position.role == CLERK.key] == [1, 2]


async def test_seats_made_by_invitation_stay(office: StaffedOffice) -> None:
    await invited(office, open_seats=2)
    before = [each for each in await positions(office) if each.role == MEMBER]
    await load(office, replace(PLAN, roles=(*PLAN.roles, CLERK)))
    assert [each for each in await positions(office) if each.role == MEMBER] == before


async def test_a_seat_of_a_dropped_role_that_was_never_used_goes(office: StaffedOffice) -> None:
    await load(office, replace(PLAN, roles=(*PLAN.roles, CLERK)))
    await load(office, PLAN)
    assert CLERK.key not in {each.role for each in await positions(office)}
    assert (await current(office)).retired.roles == ()


async def test_an_invitation_to_a_dropped_role_leads_nowhere(office: StaffedOffice) -> None:
    codes = {each.position.role: each.code for each in await invited(office)}
    roles = tuple(role for role in PLAN.roles if role.key != HEAD_SOCIAL)
    blocks = tuple(replace(block, head=MEMBER) if block.head == HEAD_SOCIAL else block for block in PLAN.blocks)
    await load(office, replace(PLAN, roles=roles, blocks=blocks))
    with pytest.raises(InvitationRefused) as refused:
        await accepts(office, codes[HEAD_SOCIAL], office.newcomer)
    assert refused.value.fault is InvitationFault.UNKNOWN
    assert HEAD_SOCIAL not in {each.position.role for each in await invited(office)}


async def test_nobody_waits_at_the_door_of_a_dropped_role(office: StaffedOffice) -> None:
    entry = await at_the_door(office, "Новикова А. Б.")
    async with office.view() as view:
        role = (await view.people.position(entry.position)).role
    roles = tuple(each for each in PLAN.roles if each.key != role)
    blocks = tuple(replace(block, head=MEMBER) if block.head == role else block for block in PLAN.blocks)
    await load(office, replace(PLAN, roles=roles, blocks=blocks))
    assert await open_entries(office) == []


async def test_whoever_holds_a_dropped_role_keeps_the_seat_and_loses_its_powers(office: StaffedOffice) -> None:
    before = await holders(office)
    loading = await load(office, without_roads())
    assert Fate.KEPT_HELD in {change.fate for change in loading.changes}
    assert await holders(office) == before
    async with office.view() as view:
        seat = next(each for each in await view.people.positions() if each.role == HEAD_ROADS)
        assert seat.title(view.office.plan) == PLAN.role(HEAD_ROADS).title
        assert view.office.plan.powers_of({HEAD_ROADS}, held={HEAD_ROADS, CURATOR}) == set()


async def test_a_held_seat_of_a_dropped_role_is_not_handed_on_by_invitation(office: StaffedOffice) -> None:
    await load(office, without_roads())
    seat = next(each for each in await positions(office) if each.role == HEAD_ROADS)
    command = inviting.InviteToSeat(position=seat.id, succeeds=seat.holder)
    with pytest.raises(UnknownChoice):
        await inviting.invite_to_seat(command, actor=office.head, uow=office.uow, now=NOW, new_code=new_code)


async def test_a_card_with_a_dropped_block_and_level_stays_readable(office: StaffedOffice) -> None:
    risk = await office.filed("Яма на дороге")
    assert (risk.block, risk.level) == (ROADS, MEDIUM)
    plain = without_roads()
    await load(office, replace(plain, levels=without_levels(MEDIUM).levels, default_level=LOW))
    async with office.view() as view:
        facts = await reading.card_facts(view, risk.id, Panel.MAIN, NOW)
    assert facts.responsible == PLAN.role(HEAD_ROADS).title
    assert facts.deadline.due_at == risk.verify_by
    asked = NumberAsked(serial=risk.number.serial, year=None)
    told = await reading.history(asked, actor=office.olga, view=office.view, now=NOW)
    assert len(told.events) == 1


async def test_a_dropped_block_can_be_taken_from_a_card_and_not_put_on_one(office: StaffedOffice) -> None:
    bearing, other = await office.filed("Яма на дороге"), await office.filed("Очередь в поликлинике")
    await load(office, without_roads())

    async def put(risk: int, block: BlockKey | None) -> None:
        command = cards.SetBlock(risk=bearing.id if risk == 1 else other.id, round=1, block=block)
        await cards.set_block(command, actor=office.head, uow=office.uow, now=LATER)

    with pytest.raises(UnknownChoice):
        await put(2, ROADS)
    await put(1, SOCIAL)
    await put(2, None)


async def test_a_dropped_level_can_be_kept_on_its_card_and_not_chosen_for_another(office: StaffedOffice) -> None:
    bearing, other = await office.filed("Яма на дороге"), await office.filed("Предложение: скамейка в парк")
    assert (bearing.level, other.level) == (MEDIUM, LOW)
    await load(office, without_levels(MEDIUM))

    async def put(risk: int, level: LevelKey) -> None:
        command = cards.SetLevel(risk=bearing.id if risk == 1 else other.id, round=1, level=level)
        await cards.set_level(command, actor=office.head, uow=office.uow, now=LATER)

    await put(1, MEDIUM)
    with pytest.raises(UnknownChoice):
        await put(2, MEDIUM)
    await put(1, LOW)


async def test_cards_and_forms_are_shown_anew(office: StaffedOffice) -> None:
    risk = await office.filed()
    draft = await office.drafted()
    async with office.uow() as unit:
        await unit.standing.post(Subject.DRAFT, draft.id, draft.place)
        await unit.commit()
    before = (await card(office, risk.id)).wanted, (await form(office, draft)).wanted
    await load(office, replace(PLAN, chat_title="Другой чат"))
    after = (await card(office, risk.id)).wanted, (await form(office, draft)).wanted
    assert all(later > earlier for earlier, later in zip(before, after, strict=True))


async def test_an_open_form_loses_what_the_office_has_dropped(office: StaffedOffice) -> None:
    draft = await office.drafted(part("Яма на дороге в Охоне"))
    town = drafts.ChooseTerritory(draft=draft.id, territory=TerritoryKey("town"))
    await drafts.choose_territory(town, actor=office.olga, uow=office.uow, now=NOW)
    await drafts.choose_block(
        drafts.ChooseBlock(draft=draft.id, block=ROADS), actor=office.olga, uow=office.uow, now=NOW
    )
    territories = tuple(each for each in PLAN.territories if each.key != "town")
    levels = without_levels(MEDIUM)
    await load(
        office,
        replace(without_roads(), territories=territories, levels=levels.levels, default_level=levels.default_level),
    )
    after = await now_is(office, draft)
    assert (after.level, after.block, after.choices.territory) == (LOW, BlockKey("rural"), None)


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (lambda plan: replace(plan, title="МЦУ Другого округа"), {"invitation_days": "14"}),
        (lambda plan: replace(plan, invitation_days=3), {}),
    ],
)
async def test_a_setting_of_the_chat_stays_until_the_file_changes_it(
    office: StaffedOffice, change: Callable[[OfficePlan], OfficePlan], left: dict[str, str]
) -> None:
    async with office.uow() as unit:
        head = next(each for each in await unit.people.positions() if each.role == "head")
        await unit.settings.put("invitation_days", "14", by=head.id, at=NOW)
        await unit.commit()
    await load(office, change(PLAN))
    async with office.view() as view:
        assert await view.settings.all() == left


async def test_a_calendar_that_became_better_known_is_taken_over(office: StaffedOffice) -> None:
    risk = await office.filed()
    before = await card(office, risk.id)
    known = replace(PLAN.calendar, known_until=date(2027, 12, 31))
    assert await offices.renew_calendar(lambda _: known, uow=office.uow)
    assert (await current(office)).calendar == known
    assert (await card(office, risk.id)).wanted > before.wanted


async def test_a_calendar_that_nothing_is_new_about_writes_nothing(office: StaffedOffice) -> None:
    risk = await office.filed()
    before = await card(office, risk.id)
    assert not await offices.renew_calendar(lambda plan: plan.calendar, uow=office.uow)
    assert await card(office, risk.id) == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(plans(), min_size=1, max_size=3))
def test_whatever_was_loaded_in_between_holders_and_chat_are_as_they_were(
    offices_file: Path, tmp_path: Path, editions: list[OfficePlan]
) -> None:
    asyncio.run(_there_and_back(offices_file, tmp_path, editions))


async def _there_and_back(template: Path, folder: Path, editions: list[OfficePlan]) -> None:
    folder.joinpath("mcu-pilot.db").unlink(missing_ok=True)
    async with opened_copy(template, folder) as copied:
        office = copied.ours
        before = await holders(office), await alert_chat(office)
        for edition in editions:
            await load(office, edition)
            assert (await holders(office), await alert_chat(office)) == before
            async with office.view() as view:
                assert all(each.title(view.office.plan) for each in await view.people.positions())
        last = await load(office, PLAN)
        assert (await holders(office), await alert_chat(office)) == before
        assert replace(last.plan, retired=PLAN.retired) == PLAN
        assert office.id == OfficeId(1)
        assert set(last.plan.powers) == set(Power)
