"""Whatever people of one office do, with numbers and addresses of another, no row of the other is changed or told."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from risk.errors import Refusal
from risk.ids import OfficeId
from risk.notices import ChatRight, RemindersAstray
from risk.people import Actor, Place, code_hash
from risk.ports import Unit
from risk.powers import POWER_FOR
from risk.probes import ProbeResult
from risk.use_cases import (
    absence_turns,
    addressing,
    cards,
    chats,
    digest_astray,
    digesting,
    drafts,
    due,
    duty_handover,
    entering,
    export_watch,
    import_applying,
    inviting,
    link_watch,
    memo_planning,
    menus,
    moving,
    notes,
    nudge_ledger,
    nudging,
    offices,
    owing,
    papers,
    reach,
    recording,
    settling,
    strangers,
    telling,
)
from tests.architecture.test_use_cases import POWERLESS
from tests.risk.doors import new_code
from tests.risk.importing_acts import UNASKED_OF_FILES
from tests.risk.test_use_cases_powers import (
    BARRED,
    OFFICERS_ALONE,
    USE_CASES,
    Scene,
    reply_in_chat,
    set_scene,
    who_may,
    words_for_record,
)
from tests.risk.worked import SITE
from tests.storage.dumps import dump
from tests.support.offices import LATER, NOW, UNDERSTAND, Offices, StaffedOffice, opened_copy

OURS, THEIRS = "Наша", "Чужая"
"""A word that stands in everything that is told of an office here."""

Act = Callable[[Scene, Actor], Awaitable[Any]]
Strange = Callable[[StaffedOffice, StaffedOffice, Scene], Awaitable[Any]]
"""Something that happens in the first office, and brings what belongs to the second."""


async def _something_to_everybody(unit: Unit, _: datetime) -> addressing.Wanted:
    return {f"to {person}": (RemindersAstray(count=1), person) for person in await unit.people.everybody()}


UNASKED: dict[str, Strange] = {
    "accept_invitation": lambda ours, theirs, _: entering.accept_invitation(
        entering.AcceptInvitation(code=_code(theirs), place=ours.private(ours.newcomer)),
        address=ours.newcomer.address,
        uow=ours.uow,
        now=NOW,
    ),
    "give_official_name": lambda ours, theirs, _: entering.give_official_name(
        entering.GiveOfficialName(typed="Наша Н. Н."), address=theirs.newcomer.address, uow=ours.uow, now=NOW
    ),
    "invite_to_vacancies": lambda ours, _, __: inviting.invite_to_vacancies(
        uow=ours.uow, now=NOW, new_code=new_code, open_seats=0
    ),
    "note_overdue": lambda ours, _, __: cards.note_overdue(uow=ours.uow, now=LATER.replace(year=2027)),
    "close_abandoned_drafts": lambda ours, _, __: drafts.close_abandoned_drafts(
        uow=ours.uow, now=LATER.replace(year=2027)
    ),
    "nudge": lambda ours, _, __: nudging.nudge(uow=ours.uow, view=ours.view, now=LATER.replace(year=2027)),
    "watch_reminders": lambda ours, _, __: nudge_ledger.watch_reminders(
        uow=ours.uow, view=ours.view, now=LATER.replace(year=2027)
    ),
    "settle_appeals": lambda ours, _, __: settling.settle_appeals(uow=ours.uow, view=ours.view, now=LATER),
    "reckon_appeals": lambda ours, _, __: settling.reckon_appeals(uow=ours.uow, view=ours.view, now=LATER),
    "plan_memos": lambda ours, _, __: memo_planning.plan_memos(uow=ours.uow, view=ours.view, now=LATER),
    "say_once": lambda ours, _, __: addressing.say_once(_something_to_everybody, uow=ours.uow, view=ours.view, now=NOW),
    "watch_exports": lambda ours, _, __: export_watch.watch_exports(uow=ours.uow, view=ours.view, now=LATER),
    "post_digests": lambda ours, _, __: digesting.post_digests(uow=ours.uow, view=ours.view, now=LATER),
    "watch_digests": lambda ours, _, __: digest_astray.watch_digests(uow=ours.uow, view=ours.view, now=LATER),
    "reckon_owed": lambda ours, _, __: owing.reckon_owed(uow=ours.uow, now=LATER),
    "close_abandoned_records": lambda ours, _, __: recording.close_abandoned_records(
        uow=ours.uow, now=LATER.replace(year=2027)
    ),
    "sweep_staging": lambda ours, _, __: import_applying.sweep_staging(uow=ours.uow),
    "lapse_note_offers": lambda ours, _, __: notes.lapse_note_offers(uow=ours.uow, now=LATER.replace(year=2027)),
    "links_to_probe": lambda ours, _, __: link_watch.links_to_probe(view=ours.view, now=LATER.replace(year=2027)),
    "note_probe": lambda ours, _, scene: link_watch.note_probe(
        link_watch.NoteProbe(risk=scene.quiet.id, round=1, link=SITE, probe=replace(BARRED, result=ProbeResult.GONE)),
        uow=ours.uow,
        now=LATER,
    ),
    "follow_chat": lambda ours, theirs, _: chats.follow_chat(
        theirs.chat.address, ours.olga.address, uow=ours.uow, now=NOW
    ),
    "note_alert_chat_rights": lambda ours, theirs, _: chats.note_alert_chat_rights(
        theirs.chat.address, frozenset({ChatRight.WRITE}), uow=ours.uow, now=NOW
    ),
    "report_card_refused": lambda ours, theirs, _: chats.report_card_refused(
        theirs.chat.address, uow=ours.uow, now=NOW
    ),
    "report_set_aside": lambda ours, theirs, _: telling.report_set_aside(
        "7F3K",
        sender=Actor(office=ours.id, address=theirs.olga.address),
        answer_in=Place(address=theirs.olga.address),
        uow=ours.uow,
        now=NOW,
    ),
    "report_strangers": lambda ours, theirs, _: strangers.report_strangers(
        theirs.chat.address, 3, uow=ours.uow, now=NOW
    ),
    "chat_list": lambda ours, _, __: strangers.chat_list(view=ours.view),
    "note_unreachable": lambda ours, theirs, _: reach.note_unreachable(theirs.olga.address, uow=ours.uow, now=NOW),
    "note_reachable": lambda ours, theirs, _: reach.note_reachable(theirs.olga.address, uow=ours.uow),
    "hand_duty_over": lambda ours, _, __: duty_handover.hand_duty_over(uow=ours.uow, now=LATER),
    "note_absences_turning": lambda ours, _, __: absence_turns.note_absences_turning(
        uow=ours.uow, now=LATER.replace(year=2027)
    ),
    "what_falls_due": lambda ours, _, __: due.what_falls_due(view=ours.view, now=NOW),
    "compare_preset": lambda ours, theirs, _: offices.compare_preset(
        replace(theirs.plan, key=ours.plan.key), view=ours.view
    ),
    "load_preset_anew": lambda ours, theirs, _: offices.load_preset_anew(
        replace(theirs.plan, key=ours.plan.key, chat_title="Новое название"), uow=ours.uow, now=NOW
    ),
    "renew_calendar": lambda ours, theirs, _: offices.renew_calendar(
        lambda _: replace(theirs.plan.calendar, known_until=NOW.date()), uow=ours.uow
    ),
    "renew_commands": lambda ours, _, __: menus.renew_commands(uow=ours.uow, now=NOW),
    "note_progress": lambda ours, _, scene: papers.note_progress(scene.failed_paper, 1, total=3, uow=ours.uow),
    "note_made": lambda ours, _, scene: papers.note_made(
        scene.failed_paper, file="x", caption="", plain=False, uow=ours.uow, now=NOW
    ),
    "note_paper_failed": lambda ours, _, scene: papers.note_paper_failed(scene.failed_paper, uow=ours.uow, now=NOW),
    "note_file_gone": lambda ours, _, scene: papers.note_file_gone(scene.failed_paper, uow=ours.uow, now=NOW),
    "settle_papers": lambda ours, _, __: papers.settle_papers(uow=ours.uow, view=ours.view, now=NOW),
    "files_needed": lambda ours, _, __: papers.files_needed(view=ours.view),
    **UNASKED_OF_FILES,
}
"""What needs no power, done in the units of the first office."""

OF_NO_OFFICE: Final = {"found_office", "enter_group", "leave_group", "report_act_refused"}
"""They make an office, touch what belongs to none, or are given an act that their own office planned."""


def _code(office: StaffedOffice) -> str:
    """Of an invitation that nobody has used."""
    return f"code of {office.id}"


async def _filled(offices: Offices, office: StaffedOffice, word: str) -> Scene:
    scene = await set_scene(offices, office, gist=f"{word} беда", newcomer=f"{word} А. А.")
    async with office.uow() as unit:
        await unit.invitations.issue(scene.vacant.id, code_hash(_code(office)), LATER)
        await unit.commit()
    return scene


def _able(office: StaffedOffice, name: str) -> Actor:
    """The head, who may most of it, or whoever alone may this."""
    action = USE_CASES[name][0]
    return who_may(office, action) if POWER_FOR[action] in OFFICERS_ALONE else office.head


def _with_their_numbers(name: str) -> Strange:
    """As somebody of the first office, through its units: every number on the buttons is the second's."""
    return lambda ours, _, scene: USE_CASES[name][1](replace(scene, office=ours), _able(ours, name))


def _through_their_units(name: str) -> Strange:
    """As somebody of the first office who says that they act in the second."""
    return lambda ours, theirs, scene: USE_CASES[name][1](
        scene, Actor(office=theirs.id, address=_able(ours, name).address)
    )


def _in_their_chat(name: str) -> Strange:
    """As somebody of the first office who presses in the second's alert chat."""
    return lambda ours, theirs, scene: USE_CASES[name][1](
        replace(scene, office=ours), replace(_able(ours, name), chat=theirs.chat.address)
    )


def _moved_there(ours: StaffedOffice, theirs: StaffedOffice, scene: Scene) -> Awaitable[None]:
    wanted = moving.MoveDraft(draft=scene.draft.id, into=theirs.id)
    return moving.move_draft(wanted, actor=ours.olga, uow=ours.uow, there=theirs.uow, now=NOW, understand=UNDERSTAND)


STRANGE: dict[str, Strange] = {
    **{f"{name} with their numbers": _with_their_numbers(name) for name in USE_CASES},
    **{f"{name} through their units": _through_their_units(name) for name in USE_CASES},
    **{f"{name} in their chat": _in_their_chat(name) for name in USE_CASES},
    **UNASKED,
    "move_draft": _moved_there,
    "reply_in_chat": lambda ours, _, scene: reply_in_chat(replace(scene, office=ours), ours.head),
    "words_for_record": lambda ours, _, scene: words_for_record(replace(scene, office=ours), ours.olga),
}


def test_every_use_case_that_asks_for_no_power_is_tried_too() -> None:
    assert set(UNASKED) == set(POWERLESS) - OF_NO_OFFICE


@pytest.fixture(scope="module")
def scenes(offices_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[OfficeId, Scene]]:
    """Both offices filled, each with its own word in what it tells."""

    async def filled() -> tuple[Path, dict[OfficeId, Scene]]:
        async with opened_copy(offices_file, tmp_path_factory.mktemp("scenes")) as offices:
            made = {
                office.id: await _filled(offices, office, word)
                for office, word in ((offices.ours, OURS), (offices.theirs, THEIRS))
            }
        return offices.path, made

    return asyncio.run(filled())


async def _told(act: Awaitable[Any]) -> str:
    """All that the act gives back, as words; a refusal tells nothing but its code."""
    try:
        return repr(await act)
    except Refusal as refusal:
        return repr((refusal.code, vars(refusal)))


async def _play(template: Path, folder: Path, made: dict[OfficeId, Scene], acts: list[tuple[str, bool]]) -> None:
    folder.joinpath(template.name).unlink(missing_ok=True)
    async with opened_copy(template, folder) as offices:
        for name, theirs_act in acts:
            await _done(offices, made, name, theirs_act=theirs_act)


async def _done(offices: Offices, made: dict[OfficeId, Scene], name: str, *, theirs_act: bool) -> None:
    """One act, and what the other office holds before and after it."""
    actors, others = (offices.theirs, offices.ours) if theirs_act else (offices.ours, offices.theirs)
    their_word = OURS if theirs_act else THEIRS
    scene = replace(made[others.id], office=others)
    before = await _rows(offices, others)
    told = await _told(STRANGE[name](actors, others, scene))
    assert await _rows(offices, others) == before
    assert their_word not in told
    assert others.plan.key not in told


async def _rows(offices: Offices, office: StaffedOffice) -> dict[str, list[tuple[Any, ...]]]:
    async with offices.database.read() as connection:
        return await dump(connection, office.id)


@pytest.mark.parametrize("name", STRANGE)
async def test_no_act_with_what_is_another_offices_touches_it(
    scenes: tuple[Path, dict[OfficeId, Scene]], tmp_path: Path, name: str
) -> None:
    template, made = scenes
    await _play(template, tmp_path, made, [(name, False), (name, True)])


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(sorted(STRANGE)), st.booleans()), min_size=2, max_size=8))
def test_no_series_of_acts_in_one_office_touches_or_tells_of_the_other(
    scenes: tuple[Path, dict[OfficeId, Scene]], tmp_path: Path, acts: list[tuple[str, bool]]
) -> None:
    template, made = scenes
    asyncio.run(_play(template, tmp_path, made, acts))
