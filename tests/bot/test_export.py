"""An office's data as files: all of it, as Russian spreadsheets open it, and nothing of anybody else's."""

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from bot.keeping.export.appeal_cells import DOORS
from bot.keeping.export.cells import FORMER
from bot.keeping.export.exporting import EVERYTHING, PRESET, README, export_office
from bot.keeping.export.sheets import NOTICES, OUTCOMES, SHEETS
from bot.keeping.export.work_cells import RECORD_STATUSES
from bot.keeping.export.writing import write_sheet
from bot.presets.loading import preset_text
from handlers.views.lists import HAPPENINGS
from handlers.views.record import KINDS
from handlers.views.register_words import CHANGES, ENDINGS, STAFF
from handlers.views.working import STATES
from risk.absences import Absence
from risk.appeal_cases import AppealHappening
from risk.appeal_lists import short_code
from risk.duties import Duty
from risk.entries import EntryState
from risk.events import Event, EventKind
from risk.harmless import harmless
from risk.ids import AbsenceId, DutyId, PersonId, RecordId
from risk.imports import Door
from risk.notices import Joined, Notice
from risk.records import Record, RecordField, RecordKind, RecordStatus
from risk.risks import Risk, RiskState
from risk.staff_events import StaffEvent, StaffEventKind
from risk.standing import Subject
from risk.use_cases.nudging import nudge
from risk.use_cases.settling import settle_appeals
from risk.workings import EndingKind, Working
from storage import tables
from storage.exporting import TABLES, office_view
from tests.bot.shell import Shell
from tests.risk.appealed import registers
from tests.risk.worked import Pressed
from tests.support.exported import appeal, export_comes, given_to
from tests.support.kept_appeals import keep_appeals
from tests.support.kept_reports import keep_reports
from tests.support.notes import offer_of
from tests.support.offices import LATER, NOW, PLAN, Offices, StaffedOffice, opened_copy
from tests.support.workings import LINK, whole_round

REFUSED: Final = 2
ZONE: Final = "Europe/Moscow"
OLGA: Final = "член проектного офиса 1"
LOOKED: Final = f"доступна, проверено 20.11.2026 10:00 · Мира: пост · на месте 20.11.2026 10:01, проверил {OLGA}"


async def exported(offices: Offices, folder: Path, key: str = "pestovo") -> Path:
    async with office_view(offices.database, key) as view:
        return (await export_office(view, folder, NOW)).folder


def sheet(folder: Path, name: str) -> list[list[str]]:
    text = (folder / f"{name}.csv").read_text(encoding="utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True), delimiter=";"))


def everything(folder: Path) -> Any:
    return json.loads((folder / EVERYTHING).read_text(encoding="utf-8"))


def texts(folder: Path) -> dict[str, str]:
    return {each.name: each.read_text(encoding="utf-8") for each in folder.iterdir()}


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def modes(folder: Path) -> set[int]:
    return {each.stat().st_mode & 0o777 for each in (*folder.iterdir(), folder)}


async def fill(offices: Offices, office: StaffedOffice, mark: str) -> None:
    """Rows in every table that an office has, with `mark` wherever words may stand."""
    risk = await office.filed(f"Яма {mark}, домовой чат")
    draft = await office.drafted()
    offer = await offer_of(office, risk, f"Ещё не сказано {mark}")
    async with office.uow() as unit:
        seats = await unit.people.positions()
        seat, vacant = seats[0], next(each for each in seats if each.holder is None)
        olga = await office.person(office.olga)
        await unit.people.give_name(olga, f"Имя {mark}")
        await unit.invitations.issue(vacant.id, f"hash {mark}", NOW + timedelta(days=7), issued_by=seat.id)
        [invitation] = await unit.invitations.unused()
        newcomer = await unit.people.find_or_add(office.newcomer.address)
        await unit.invitations.mark_used(invitation.id, newcomer, LATER)
        entry = await unit.entries.begin(invitation.id, vacant.id, newcomer, LATER)
        await unit.entries.save(replace(entry, name=f"Имя входящего {mark}", state=EntryState.WAITING))
        days = {"first_day": date(2026, 11, 23), "last_day": date(2026, 11, 27)}
        away = Absence(id=AbsenceId(0), person=olga, deputy=newcomer, noted_by=seat.id, noted_at=NOW, **days)
        await unit.absences.note(away)
        await unit.duties.assign(Duty(id=DutyId(0), position=seat.id, assigned_by=seat.id, assigned_at=NOW, **days))
        facts = {"what": mark}
        changed = StaffEvent(at=NOW, kind=StaffEventKind.SETTING_CHANGED, by=seat.id, position=None, facts=facts)
        await unit.staff_events.add(changed)
        await unit.settings.put(f"key {mark}", mark, by=seat.id, at=NOW)
        await unit.outbox.plan(Joined(position=seat.id), office.private(office.olga), due_at=NOW, once=mark)
        await unit.standing.post(Subject.DRAFT, draft.id, office.private(office.olga))
        await unit.workings.save(whole_round(risk, mark), probe_at=None)
        await unit.followers.add(risk.id, seat.id)
        await unit.records.add(record(office, risk, olga, f"Ещё не сказано {mark}"))
        await unit.note_offers.add(offer)
        await keep_appeals(unit, seat.id, f"Ямы {mark}", NOW)
        await keep_reports(unit, risk, office.private(office.olga), olga, NOW)
        await unit.commit()
    await nudge(uow=office.uow, view=office.view, now=NOW + timedelta(hours=3))
    async with offices.database.write() as connection:
        own = {"office_id": office.id}
        lost = {"noted_at": NOW, "what": "standing", "item": risk.id, "outcome": "unknown", "why": mark}
        await connection.execute(insert(tables.ledger).values(**own, **lost))
        tally = {"day": NOW.date(), "what": "notice", "kind": f"kind {mark}", "outcome": "sent", "count": 3}
        await connection.execute(insert(tables.tallies).values(**own, **tally))
        asked = {"person": olga, "messenger": "telegram", "address": "1", "draft": draft.id, "field": "gist"}
        await connection.execute(insert(tables.prompts).values(**own, **asked))
        await connection.commit()


def record(office: StaffedOffice, risk: Risk, author: PersonId, words: str) -> Record:
    return Record(
        id=RecordId(0),
        author=author,
        place=office.private(office.olga),
        risk=risk.id,
        round=risk.round,
        kind=RecordKind.NOTE,
        status=RecordStatus.OPEN,
        touched_at=NOW,
        filled={RecordField.NOTE: words},
    )


async def test_every_table_of_an_office_has_its_rows_in_the_json(offices: Offices, tmp_path: Path) -> None:
    await fill(offices, offices.ours, "наше")
    told = everything(await exported(offices, tmp_path))
    assert set(told["tables"]) == {table.name for table in TABLES}
    assert [name for name, rows in told["tables"].items() if not rows] == []
    assert (told["office"], told["plan"]["key"]) == ("pestovo", "pestovo")
    assert told["tables"]["risks"][0]["sources"] == []
    assert told["tables"]["workings"][0]["told"]["findings"][0]["grounds"] == "наше: акт осмотра"


async def test_every_sheet_has_a_line_for_each_row(offices: Offices, tmp_path: Path) -> None:
    await fill(offices, offices.ours, "наше")
    folder = await exported(offices, tmp_path)
    for each in SHEETS:
        heading, *lines = sheet(folder, each.name.removesuffix(".csv"))
        assert {len(line) for line in lines} <= {len(heading)}
        assert bool(lines) is (each.table is not tables.people), each.name


async def test_what_is_about_an_appeal_says_so_in_the_place_of_a_risk(offices: Offices, tmp_path: Path) -> None:
    await registers(offices.ours, "call", "no", "Нет автобуса", Pressed("none"), short_code("roads"), "сегодня")
    folder = await exported(offices, tmp_path)
    for name, number, kind in (("Записи", 0, 2), ("Что за кем", 1, 3)):
        _, line = sheet(folder, name)
        assert line[number] == {"Записи": "обращение", "Что за кем": "О-1/26"}[name]
        assert "обращени" in line[kind]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filled=st.lists(st.sampled_from(["ours", "theirs"]), min_size=1, max_size=4))
async def test_nothing_of_another_office_is_in_any_file(
    offices_file: Path, tmp_path_factory: pytest.TempPathFactory, filled: Sequence[str]
) -> None:
    """However much either of them holds, and in whatever order it came."""
    async with opened_copy(offices_file, tmp_path_factory.mktemp("export")) as offices:
        for number, whose in enumerate([*filled, "ours", "theirs"]):
            office = offices.ours if whose == "ours" else offices.theirs
            await add(offices, office, f"{whose}-{number}")
        for key, own, other in (("pestovo", "ours-", "theirs-"), ("zarechny", "theirs-", "ours-")):
            said = texts(await exported(offices, offices.path.parent, key))
            assert any(own in text for text in said.values())
            assert [name for name, text in said.items() if other in text] == []
            theirs = "2" if key == "pestovo" else "1"
            people = json.loads(said[EVERYTHING])["tables"]["people"]
            assert [each["address"] for each in people if each["address"].startswith(theirs)] == []


async def add(offices: Offices, office: StaffedOffice, mark: str) -> None:
    """Words in each table that may hold some, as often as one likes."""
    risk = await office.filed(f"Яма {mark}")
    async with office.uow() as unit:
        await unit.workings.save(whole_round(risk, mark), probe_at=None)
        seat, *_ = await unit.people.positions()
        await unit.people.give_name(await office.person(office.olga), f"Имя {mark}")
        event = StaffEvent(at=NOW, kind=StaffEventKind.SETTING_CHANGED, by=seat.id, facts={"what": mark})
        await unit.staff_events.add(event)
        await unit.settings.put(f"key {mark}", mark, by=seat.id, at=NOW)
        await unit.outbox.plan(Joined(position=seat.id), office.private(office.olga), due_at=NOW, once=mark)
        await unit.commit()
    async with offices.database.write() as connection:
        lost = {"noted_at": NOW, "what": "standing", "item": 1, "outcome": "unknown", "why": mark}
        await connection.execute(insert(tables.ledger).values(office_id=office.id, **lost))
        await connection.commit()


async def test_official_names_stand_in_the_list_of_staff_alone(offices: Offices, tmp_path: Path) -> None:
    await fill(offices, offices.ours, "наше")
    folder = await exported(offices, tmp_path)
    named = {name for name, text in texts(folder).items() if "Имя наше" in text}
    assert named == {"Сотрудники.csv", EVERYTHING}
    told = everything(folder)["tables"]
    assert [name for name, rows in told.items() if "Имя наше" in json.dumps(rows, ensure_ascii=False)] == ["people"]


async def test_what_opens_a_door_stays_inside(offices: Offices, tmp_path: Path) -> None:
    await fill(offices, offices.ours, "наше")
    said = texts(await exported(offices, tmp_path))
    assert [name for name, text in said.items() if "hash наше" in text or "Имя входящего" in text] == []


async def test_somebody_who_holds_nothing_any_more_is_among_the_former(offices: Offices, tmp_path: Path) -> None:
    await fill(offices, offices.ours, "наше")
    async with offices.ours.uow() as unit:
        olga = await offices.ours.person(offices.ours.olga)
        [seat] = [each for each in await unit.people.positions() if each.holder == olga]
        await unit.people.vacate(seat.id, LATER)
        await unit.commit()
    folder = await exported(offices, tmp_path)
    assert sheet(folder, "Бывшие сотрудники")[1:] == [["Имя наше", "20.11.2026 10:01"]]
    assert sheet(folder, "Отсутствия")[1][0] == FORMER


async def test_a_risk_is_told_in_russian_with_local_times(offices: Offices, tmp_path: Path) -> None:
    await offices.ours.filed("Яма на дороге")
    folder = await exported(offices, tmp_path)
    heading, line = sheet(folder, "Риски")
    told = dict(zip(heading, line, strict=True))
    assert told["Номер"] == "ИР-1/26"
    assert told["Суть"] == "Яма на дороге"
    assert told["Состояние"] == "зарегистрирован"
    assert told["Зарегистрировал"] == "член проектного офиса 1"
    assert told[f"Зарегистрирован, время {ZONE}"] == "20.11.2026 10:00"
    assert sheet(folder, "История рисков")[1][:4] == [
        "ИР-1/26",
        "20.11.2026 10:00",
        "зарегистрирован",
        "член проектного офиса 1",
    ]


async def told(office: StaffedOffice, working: Working) -> None:
    async with office.uow() as unit:
        await unit.workings.save(working, probe_at=None)
        await unit.commit()


async def test_a_round_of_working_is_told_in_a_line(offices: Offices, tmp_path: Path) -> None:
    await told(offices.ours, whole_round(await offices.ours.filed(), "Мира"))
    heading, line = sheet(await exported(offices, tmp_path), "Отработка рисков")
    olga = "член проектного офиса 1"
    asked = f"Мира: когда починят? · {olga}, до 20.11.2026"
    assert dict(zip(heading, line, strict=True)) == {
        "Номер": "ИР-1/26",
        "Круг": "1",
        "Проверил": olga,
        f"Взят на проверку, время {ZONE}": "20.11.2026 10:00",
        "Итог проверки": "подтвердился частично",
        "На чём основан": "Мира: акт осмотра",
        "Вопросы": f"{asked}; {asked} · ответ: Мира: к пятнице",
        "Меры": f"Мира: подвоз воды · {olga} · принята 20.11.2026 10:01",
        "Текст ответа": "Мира: авария устранена",
        "Площадки": "Мира: госпаблик; сайт",
        f"Ответ размещён, время {ZONE}": "20.11.2026 10:01",
        "Без публичного ответа, причина": "Мира: уже отвечали",
        "Публикации": f"https://{LINK}?Мира · страница органа · {LOOKED}",
        "Проверок реакции": "1",
        "Охват": (
            "при регистрации · 20.11.2026 10:00 · просмотров 300, комментариев 5; "
            "20.11.2026 10:01 · просмотров 1\xa0200, репостов 30"
        ),
        "Новых упоминаний": "2",
        "Следит": olga,
        "Чем кончился": "закрыт решением",
        "Кто закончил": olga,
        f"Кончился, время {ZONE}": "20.11.2026 10:01",
        "Причина": "Мира: решено",
    }


async def test_a_link_that_has_gone_or_leads_elsewhere_says_since_when(offices: Offices, tmp_path: Path) -> None:
    working = whole_round(await offices.ours.filed(), "Мира")
    [link] = working.publications
    gone = replace(link, last=None, seen_at=None, changed_since=NOW, missing_since=LATER)
    await told(offices.ours, replace(working, publications=(gone,)))
    heading, line = sheet(await exported(offices, tmp_path), "Отработка рисков")
    said = dict(zip(heading, line, strict=True))["Публикации"]
    assert said.endswith(" · страница изменилась 20.11.2026 10:00 · не на месте с 20.11.2026 10:01")


async def test_a_round_that_has_just_begun_is_a_line_too(offices: Offices, tmp_path: Path) -> None:
    await offices.ours.filed()
    heading, line = sheet(await exported(offices, tmp_path), "Отработка рисков")
    said = {column: cell for column, cell in zip(heading, line, strict=True) if cell}
    assert said == {
        "Номер": "ИР-1/26",
        "Круг": "1",
        "Проверок реакции": "0",
        "Новых упоминаний": "0",
        "Следит": "член проектного офиса 1",
    }


async def test_a_round_whose_words_were_dropped_keeps_the_rest_of_its_line(offices: Offices, tmp_path: Path) -> None:
    await told(offices.ours, whole_round(await offices.ours.filed(), "Мира").without_words())
    heading, line = sheet(await exported(offices, tmp_path), "Отработка рисков")
    said = dict(zip(heading, line, strict=True))
    assert said["Итог проверки"] == "подтвердился частично"
    assert said["Публикации"] == f"страница органа · {LOOKED.replace('Мира: пост · ', '')}"
    assert (said["Чем кончился"], said["Причина"], said["Площадки"]) == ("закрыт решением", "", "")


async def test_who_follows_a_risk_is_named_by_position(offices: Offices, tmp_path: Path) -> None:
    await fill(offices, offices.ours, "наше")
    assert sheet(await exported(offices, tmp_path), "Кто следит за рисками")[1:] == [["ИР-1/26", "куратор"]]


async def test_what_is_still_being_put_on_record_is_told_of_without_its_words(offices: Offices, tmp_path: Path) -> None:
    await fill(offices, offices.ours, "наше")
    folder = await exported(offices, tmp_path)
    assert sheet(folder, "Записи")[1:] == [
        ["ИР-1/26", "1", "заметка", "член проектного офиса 1", "заполняется", "20.11.2026 10:00"]
    ]
    assert [name for name, text in texts(folder).items() if "Ещё не сказано" in text] == []


async def test_what_is_owed_about_an_appeal_stands_beside_what_is_owed_about_risks(
    offices: Offices, tmp_path: Path
) -> None:
    office = offices.ours
    await office.filed()
    await export_comes(office.uow, appeal(), made_at=NOW)
    await given_to(office.uow, "roads", "6100013")
    await settle_appeals(uow=office.uow, view=office.view, now=NOW)
    rows = sheet(await exported(offices, tmp_path), "Что за кем")[1:]
    assert [(row[1], row[3]) for row in rows] == [("ИР-1/26", "проверка"), ("ПОС 6100013", "ответ на обращение")]


async def test_what_was_owed_about_appeals_of_an_import_taken_back_names_no_number(
    offices: Offices, tmp_path: Path
) -> None:
    office = offices.ours
    one = await export_comes(office.uow, appeal(planned_on=NOW.date()), made_at=NOW - timedelta(days=1))
    await given_to(office.uow, "roads", "6100013")
    await settle_appeals(uow=office.uow, view=office.view, now=NOW)
    async with office.uow() as unit:
        await unit.staging.take_back(one, NOW)
        await unit.commit()
    [row] = sheet(await exported(offices, tmp_path), "Что за кем")[1:]
    assert (row[1], row[3]) == ("обращение", "ответ на обращение")


async def test_history_tells_what_was_found_in_full_and_without_keys(offices: Offices, tmp_path: Path) -> None:
    words = "Водоканал подтвердил аварию. " * 20
    risk = await offices.ours.filed()
    found = {"outcome": "confirmed", "text": words}
    async with offices.ours.uow() as unit:
        for kind, facts in ((EventKind.FOUND, found), (EventKind.CHECKED, {"reaction": "none", "spread": "still"})):
            await unit.events.add(Event(risk=risk.id, at=NOW, kind=kind, position=risk.filed_by, facts=facts))
        await unit.commit()
    _, _, told_of_finding, told_of_look = sheet(await exported(offices, tmp_path), "История рисков")
    assert told_of_finding[2].startswith("проверено: подтвердился: Водоканал")
    assert told_of_finding[4] == words
    assert told_of_look[2:5:2] == ["реакция: реакции нет, не распространяется", ""]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
async def test_a_cell_is_never_a_formula(offices: Offices, tmp_path: Path, sign: str) -> None:
    async with offices.ours.uow() as unit:
        seat, *_ = await unit.people.positions()
        await unit.settings.put("key", f"{sign}cmd|' /C calc'!A0", by=seat.id, at=NOW)
        await unit.commit()
    text = (await exported(offices, tmp_path)).joinpath("Настройки.csv").read_bytes().decode("utf-8-sig")
    assert f"'{sign}cmd" in text


@given(st.text())
def test_a_harmless_cell_says_what_was_written(cell: str) -> None:
    safe = harmless(cell)
    assert safe in {cell, f"'{cell}"}
    assert not safe or safe[0] not in "=+-@\t\r\n"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=1, max_size=5))
async def test_a_sheet_is_read_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str]
) -> None:
    async def lines() -> Any:
        yield cells

    path = tmp_path_factory.mktemp("sheet") / "sheet.csv"
    assert await write_sheet(path, ["Столбец"], lines()) == 1
    with path.open(encoding="utf-8-sig", newline="") as file:
        _, *read = csv.reader(file, delimiter=";")
    assert read == [[harmless(cell) for cell in cells]]


async def test_the_folder_is_private_and_says_what_is_in_it(offices: Offices, tmp_path: Path) -> None:
    folder = await exported(offices, tmp_path / "out")
    assert folder.name == "pestovo-20261120T070000Z"
    assert names(folder.parent) == [folder.name]
    assert modes(folder) == {0o700, 0o600}
    readme = texts(folder)[README]
    assert [name for name in names(folder) if name not in readme] == [README]


async def test_the_text_of_the_preset_goes_along(offices: Offices, tmp_path: Path) -> None:
    ours, theirs = [await exported(offices, tmp_path, key) for key in ("pestovo", "zarechny")]
    assert texts(ours)[PRESET] == preset_text(PLAN)
    assert PRESET not in names(theirs), "that office came of a preset of its own: its plan is in the JSON"
    assert everything(theirs)["plan"]["key"] == "zarechny"


async def test_what_fails_leaves_no_folder(offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.keeping.export.exporting.write_text", fails)
    with pytest.raises(OSError, match="No space"):
        await exported(offices, tmp_path / "out")
    assert names(tmp_path / "out") == []


def test_every_kind_of_event_notice_record_and_outcome_has_its_words() -> None:
    assert set(STAFF) == set(StaffEventKind)
    assert set(NOTICES) == {each.__dataclass_fields__["kind"].default for each in get_args(Notice)}
    assert set(ENDINGS) == set(EndingKind)
    assert set(RECORD_STATUSES) == set(RecordStatus)
    assert (set(KINDS), set(STATES)) == (set(RecordKind), set(RiskState))
    worded_by_their_facts = {EventKind.BLOCK_SET, EventKind.LEVEL_SET, EventKind.FOUND, EventKind.CHECKED}
    assert set(HAPPENINGS) | worded_by_their_facts == set(EventKind)
    assert (set(CHANGES), set(DOORS)) == (set(AppealHappening), set(Door))
    assert set(OUTCOMES) >= {"planned", "claimed", "sent", "moot", "refused", "unknown", "gone"}


def test_the_command_names_the_folder_and_counts_the_lines(founded: Shell) -> None:
    said = founded.says("export-all", "pestovo", "--to", str(founded.folder / "out"))
    [folder] = (founded.folder / "out").iterdir()
    assert said.startswith(f"Данные офиса выгружены: {folder}\n  Сотрудники.csv: строк 7\n")


def test_an_unknown_office_is_one_line_and_leaves_no_folder(founded: Shell) -> None:
    result = founded("export-all", "nowhere", "--to", str(founded.folder / "out"))
    assert (result.exit_code, result.stderr.count("\n")) == (REFUSED, 1)
    assert not (founded.folder / "out").exists()
