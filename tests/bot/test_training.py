"""The sandbox's office comes up as a real one does: founded, entered by invitation, its chat bound by its head."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot import training
from bot.codes import new_code
from bot.presets.loading import load_preset, preset_keys
from risk.offices import OfficePlan
from storage.database import (
    Database,
    DatabaseInUse,
    DatabaseKind,
    DatabaseUnreadable,
    WrongDatabaseKind,
    kind_of,
    migrate,
)
from storage.directory import SqlDirectory
from storage.unit_of_work import Units
from tests.support.offices import another_office, telegram
from tests.support.stage import Stage


@pytest.fixture
def plan() -> OfficePlan:
    return load_preset(training.PRESET)


def _production_database(path: Path) -> None:
    path.unlink()
    migrate(path, DatabaseKind.PRODUCTION)


def _no_database_at_all(path: Path) -> None:
    path.write_bytes(b"no database at all " * 1000)


def seats(plan: OfficePlan) -> int:
    fixed = sum(role.seats for role in plan.roles if not role.open_ended)
    return fixed + sum(training.MEMBERS for role in plan.roles if role.open_ended)


@pytest.mark.parametrize("key", preset_keys())
def test_there_is_an_invented_name_for_every_seat(key: str) -> None:
    assert len(set(training.FIRST_NAMES)) == len(training.FIRST_NAMES) >= seats(load_preset(key))
    assert len(set(training.OFFICIAL_NAMES)) == len(training.OFFICIAL_NAMES) == len(training.FIRST_NAMES)


def test_an_official_name_is_a_surname_and_the_initials_of_the_same_person() -> None:
    for first, official in zip(training.FIRST_NAMES, training.OFFICIAL_NAMES, strict=True):
        assert re.fullmatch(rf"[А-ЯЁ][а-яё]+ {first[0]}\. [А-ЯЁ]\.", official)


def test_every_office_that_ships_is_played_and_the_usual_one_goes_first() -> None:
    keys = [plan.key for plan in training.training_plans()]
    assert keys[0] == training.PRESET
    assert sorted(keys) == sorted(preset_keys())


def test_codes_differ_and_fit_into_a_link() -> None:
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{16,62}", code) for code in codes)


async def test_every_seat_is_taken_by_a_person_of_its_own_who_came_by_invitation(
    stage: Stage, plan: OfficePlan
) -> None:
    assert len(set(stage.office.people.values())) == len(stage.office.people) == seats(plan)
    for title in stage.office.people:
        person = stage.person(title)
        assert (await person.messages())[0].text.startswith("/start i_")
        await person.sees(title)


async def test_the_database_says_the_same(stage: Stage, plan: OfficePlan) -> None:
    database = Database(stage.database)
    [office] = await SqlDirectory(database).offices()
    async with Units(database=database).view_of(office.id)() as unit:
        holders = {each.title(plan): each.holder for each in await unit.people.positions()}
        addresses = {title: await unit.people.address_of(each) for title, each in holders.items() if each is not None}
        alert_chat = await unit.chats.alert_chat()
    await database.close()
    assert addresses == {title: telegram(person) for title, person in stage.office.people.items()}
    assert alert_chat is not None
    assert alert_chat.address == telegram(stage.office.chat)
    assert kind_of(stage.database) is DatabaseKind.SANDBOX


async def test_the_head_bound_the_chat_and_the_bot_said_so(stage: Stage) -> None:
    [bound] = [each for each in await stage.chat.messages() if each.text == "/bind"]
    assert bound.data["from"]["id"] == stage.office.people["руководитель МЦУ"]
    assert await stage.chat.of_bot()


async def test_the_stranger_is_on_no_list(stage: Stage) -> None:
    assert stage.office.stranger not in stage.office.people.values()
    database = Database(stage.database)
    assert await SqlDirectory(database).offices_of(telegram(stage.office.stranger)) == ()
    await database.close()


async def test_a_world_that_was_set_up_says_so(stage: Stage) -> None:
    assert await training.is_set_up(stage.sandbox)
    [told] = (await note(stage))["offices"]
    assert {each["role"]: each["id"] for each in told["people"]} == stage.office.people
    assert told["chat"] == stage.office.chat


async def test_the_page_opens_as_a_member_of_the_first_office(stage: Stage) -> None:
    begin = (await note(stage))["begin"]
    assert begin == stage.office.people["член проектного офиса 1"]
    assert begin in (await note(stage))["offices"][0]["members"]


async def test_a_second_office_has_people_and_a_chat_of_its_own(stage: Stage, plan: OfficePlan, tmp_path: Path) -> None:
    await stage.stop_bot()
    plans = [plan, another_office(tmp_path)]
    founded = await training.begin_anew(stage.sandbox, stage.database, stage.clock.now(), plans)
    await stage.start_bot()
    offices = await training.people_enter(stage.sandbox, founded, stage.rest)
    await training.leave_note(stage.sandbox, founded, offices)
    ours, theirs = offices
    assert not set(ours.people.values()) & set(theirs.people.values())
    assert ours.chat != theirs.chat
    assert ours.stranger == theirs.stranger
    assert [each["title"] for each in (await note(stage))["offices"]] == [each.title for each in plans]
    for office, each in zip(offices, plans, strict=True):
        stage.office = office
        assert len(office.people) == seats(each)
        await stage.person("куратор").sees("Ваша должность", each.title)
        await stage.chat.sees("Теперь это алерт-чат", each.title)


async def note(stage: Stage) -> dict[str, Any]:
    """What the page is told of the training room."""
    told: dict[str, Any] = (await stage.sandbox.get("/control/state")).json()["training"]
    return told


async def test_to_begin_anew_is_to_forget_everybody(stage: Stage, plan: OfficePlan) -> None:
    await stage.person("куратор").says("Нет света в парке")
    await stage.stop_bot()
    [founded] = await training.begin_anew(stage.sandbox, stage.database, stage.clock.now(), [plan])
    assert not await training.is_set_up(stage.sandbox)
    assert len(founded.invitations) == seats(plan)
    assert "Нет света".encode() not in stage.database.read_bytes()
    await stage.start_bot()
    [office] = await training.people_enter(stage.sandbox, [founded], stage.rest)
    assert set(office.people) == set(stage.office.people)


@pytest.mark.parametrize(
    ("put", "refusal"),
    [(_production_database, WrongDatabaseKind), (_no_database_at_all, DatabaseUnreadable)],
    ids=["a production database", "what cannot be looked into"],
)
async def test_what_is_not_a_sandboxs_database_is_never_deleted(
    stage: Stage, put: Callable[[Path], None], refusal: type[Exception]
) -> None:
    await stage.stop_bot()
    put(stage.database)
    before = stage.database.read_bytes()
    with pytest.raises(refusal):
        await training.begin_anew(stage.sandbox, stage.database, stage.clock.now(), [])
    assert stage.database.read_bytes() == before
    assert await training.is_set_up(stage.sandbox)


async def test_a_database_is_not_deleted_under_a_running_bot(stage: Stage) -> None:
    with pytest.raises(DatabaseInUse):
        await training.begin_anew(stage.sandbox, stage.database, stage.clock.now(), [])
    assert await training.is_set_up(stage.sandbox)
    await stage.person("куратор").says("Нет света в парке")


async def test_to_begin_anew_leaves_copies_and_other_files_alone(stage: Stage, plan: OfficePlan) -> None:
    await stage.stop_bot()
    copy = stage.database.with_name(f"{stage.database.name}.before-0002")
    copy.touch()
    await training.begin_anew(stage.sandbox, stage.database, stage.clock.now(), [plan])
    assert copy.exists()


async def test_a_bot_that_does_not_listen_is_not_waited_for_for_ever(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.stop_bot()
    monkeypatch.setattr(training, "PATIENCE", 0.05)
    await stage.control("messages", **{"as": stage.stranger.id, "chat": stage.stranger.id, "text": "Ау"})
    with pytest.raises(TimeoutError):
        await training.settled(stage.sandbox)
