"""Papers on their way to whoever asked: told of as they are made, sent as files, dropped after; mishaps on the way."""

import asyncio
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from bot.gateways import paper_files
from bot.paper_making import PaperMaker
from tests.durability.disk import rows
from tests.support.people import Group, Person, Shown
from tests.support.stage import PATIENCE, Stage

MOSCOW: Final = ZoneInfo("Europe/Moscow")
ASK: Final = "/export"


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


@pytest.fixture
def curator(stage: Stage) -> Person:
    return stage.person("руководитель МЦУ")


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


def files(stage: Stage) -> list[Path]:
    folder = stage.database.parent / "papers"
    return sorted(folder.iterdir()) if folder.exists() else []


async def files_of(person: Person) -> list[Shown]:
    return [each for each in await person.of_bot() if (each.data["media"] or {}).get("kind") == "document"]


async def export_of(person: Person, days: str = "Этот месяц") -> Shown:
    await person.says(ASK)
    await person.presses(days)
    *_, file = await files_of(person)
    return file


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - what others do is looked at from outside
            await asyncio.sleep(0)


def called(stage: Stage, method: str, words: str = "") -> bool:
    return any(call.method == method and words in call.params.get("text", "") for call in stage.world.calls.since(0))


def sheets(stage: Stage, message: Shown) -> dict[str, list[list[Any]]]:
    file = stage.world.files.get(message.data["media"]["file"])
    assert file is not None
    book = CalamineWorkbook.from_filelike(io.BytesIO(bytes(file.content)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


async def test_the_curator_gets_registers_as_a_workbook(
    stage: Stage, chat: Group, curator: Person, olga: Person
) -> None:
    await olga.says("/risk =Нет воды на улице Мира", where=chat)
    await curator.says(ASK)
    await curator.sees("Реестры офиса в Excel", "/export 01.11–20.11")
    await curator.presses("Этот месяц")
    await curator.sees("Реестры за ноябрь 2026. Готово: файл ниже.")
    [file] = await files_of(curator)
    assert file.data["media"]["file_name"] == "Реестры за ноябрь 2026.xlsx"
    assert file.data["caption"] == "Реестры за ноябрь 2026"
    found = sheets(stage, file)
    assert list(found) == [
        "О файле", "Риски", "Обращения", "Напоминания", "История рисков", "История обращений", "История состава",
    ]  # fmt: skip
    header, row = found["Риски"]
    told = dict(zip(header, row, strict=True))
    assert told["Номер"] == "ИР-1/26"
    assert told["Суть"].lstrip("'") == "=Нет воды на улице Мира"
    assert isinstance(told["Зарегистрирован"], datetime)
    assert found["История рисков"][1][2] == "зарегистрирован"


async def test_registers_are_dropped_from_the_disk_once_they_were_sent(stage: Stage, curator: Person) -> None:
    await export_of(curator)
    assert files(stage) == []
    assert rows(stage.database, "select state, file from papers") == [("sent", None)]


async def test_days_that_are_typed_are_taken_at_their_word(stage: Stage, curator: Person) -> None:
    await curator.says("/export 01.11–15.11")
    [file] = await files_of(curator)
    assert file.data["media"]["file_name"] == "Реестры за 01–15.11.2026.xlsx"
    assert sheets(stage, file)["Риски"][1:] == []


async def test_words_that_name_no_days_get_the_choice(curator: Person) -> None:
    await curator.says("/export когда-нибудь")
    await curator.sees("Не понял, за какие дни.")
    assert "За всё время" in (await curator.last()).buttons


async def test_the_head_of_a_block_gets_the_register_of_the_block(stage: Stage, chat: Group, olga: Person) -> None:
    head = stage.person("руководитель блока «Дороги, ЖКХ, благоустройство»")
    await olga.says("/risk Яма на дороге", where=chat)
    await olga.says("/risk Хамство в регистратуре", where=chat)
    await head.says(ASK)
    await head.sees("Реестры ваших блоков в Excel")
    await head.presses("За всё время")
    [file] = await files_of(head)
    found = sheets(stage, file)
    blocks = {dict(zip(found["Риски"][0], row, strict=True))["Блок"] for row in found["Риски"][1:]}
    assert blocks <= {"Дороги, ЖКХ, благоустройство"}
    assert "История состава" not in found


async def test_a_member_is_told_that_registers_are_not_theirs(olga: Person) -> None:
    await olga.says(ASK)
    assert not await files_of(olga)
    assert "Реестры" not in (await olga.last()).text


async def test_asked_twice_while_it_is_made_it_is_made_once(
    stage: Stage, curator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, make = asyncio.Event(), PaperMaker._write_registers

    async def slowly(maker: PaperMaker, job: Any) -> None:
        await may_go_on.wait()
        await make(maker, job)

    monkeypatch.setattr(PaperMaker, "_write_registers", slowly)
    await stage.restart_bot()
    await curator.says(ASK)
    await curator.presses("Этот месяц", settle=False)
    await until(lambda: called(stage, "sendMessage", "Готовлю реестры за ноябрь 2026"))
    pressed = await curator.presses("Этот месяц", settle=False)
    assert pressed["text"].startswith("Это уже готовится")
    may_go_on.set()
    await stage.rest()
    assert len(await files_of(curator)) == 1


async def test_what_breaks_while_it_is_made_is_said_and_made_again_by_a_button(
    stage: Stage, curator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("bot.gateways.paper_press.CHILD", "bot.no_such_module")
        await curator.says(ASK)
        await curator.presses("Этот месяц")
        await curator.sees("Реестры за ноябрь 2026: не получилось.", "Сбой у меня, не у вас.")
    await curator.presses("Сделать ещё раз")
    await curator.sees("Готово: файл ниже.")
    assert len(await files_of(curator)) == 1
    assert files(stage) == []


async def test_a_memo_whose_figures_cannot_be_read_stops_no_other_work(
    stage: Stage, curator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("risk.use_cases.papers.memo_of", fails)
        await curator.says("/memo месяц")
        await curator.sees("не получилось", "Сбой у меня, не у вас.")
    await export_of(curator)
    await curator.sees("Готово: файл ниже.")


def fails(*_: Any, **__: Any) -> None:
    raise RuntimeError("ours")


async def test_a_file_that_is_too_large_is_not_sent_and_says_what_to_do(
    curator: Person, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.paper_making.MOST_FILE_BYTES", 10)
    await curator.says(ASK)
    await curator.presses("Этот месяц")
    await curator.sees("не получилось", "Возьмите период короче")
    assert not await files_of(curator)
    assert files(stage) == []


async def test_a_file_that_was_lost_is_made_anew(stage: Stage, curator: Person) -> None:
    await stage.control("faults", kind="429", method="sendDocument", retry_after=1, times=1)
    await curator.says(ASK)
    await curator.presses("Этот месяц", settle=False)
    await until(lambda: called(stage, "sendDocument"))
    [file] = files(stage)
    file.unlink()
    await stage.rest()
    assert len(await files_of(curator)) == 1
    assert rows(stage.database, "select times, state from papers") == [(1, "sent")]


@pytest.mark.parametrize("kind", ["429", "502", "drop_before"])
async def test_a_misfortune_on_the_way_delays_the_file_and_loses_it_not(
    stage: Stage, curator: Person, kind: str
) -> None:
    await stage.control("faults", kind=kind, method="sendDocument", retry_after=1, times=1)
    await export_of(curator)
    assert len(await files_of(curator)) == 1
    assert files(stage) == []


async def test_where_nobody_knows_whether_it_arrived_it_is_sent_again_and_the_ledger_says_so(
    stage: Stage, curator: Person
) -> None:
    await stage.control("faults", kind="drop_after", method="sendDocument", times=1)
    await export_of(curator)
    assert len(await files_of(curator)) == 2
    assert rows(stage.database, "select outcome from ledger") == [("unknown",)]


async def test_a_file_that_the_messenger_refuses_is_said_to_be_refused(stage: Stage, curator: Person) -> None:
    await stage.control("faults", kind="400", method="sendDocument", description="Bad Request: no", times=1)
    await curator.says(ASK)
    await curator.presses("Этот месяц")
    await curator.sees("не получилось", "Telegram не принял файл")
    assert files(stage) == []


async def test_somebody_who_blocks_the_bot_leaves_no_file_behind(stage: Stage, curator: Person) -> None:
    await stage.control("faults", kind="403", method="sendDocument", times=1)
    await curator.says(ASK)
    await curator.presses("Этот месяц")
    assert not await files_of(curator)
    assert files(stage) == []


async def test_a_picture_that_is_too_large_for_a_photo_comes_as_a_file(
    stage: Stage, chat: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_files, "MOST_PHOTO_BYTES", 10)
    await stage.office_time_is(datetime(2026, 11, 23, 9, 1, tzinfo=MOSCOW))
    *_, picture = await chat.of_bot()
    assert picture.data["media"]["kind"] == "document"


async def test_a_picture_that_the_messenger_does_not_show_comes_as_a_file(stage: Stage, chat: Group) -> None:
    refused = "Bad Request: PHOTO_INVALID_DIMENSIONS"
    await stage.control("faults", kind="400", method="sendPhoto", description=refused, times=1)
    await stage.office_time_is(datetime(2026, 11, 23, 9, 1, tzinfo=MOSCOW))
    *_, picture = await chat.of_bot()
    assert picture.data["media"]["kind"] == "document"


async def test_a_file_that_no_paper_knows_is_gone_after_a_start(stage: Stage) -> None:
    await stage.stop_bot()
    folder = stage.database.parent / "papers"
    folder.mkdir(exist_ok=True)
    (folder / "77-0.docx").write_bytes(b"left behind")
    (folder / "78-0.docx.partial").mkdir()
    (folder / "78-0.docx.partial" / "78-0.docx").write_bytes(b"half")
    await stage.start_bot()
    assert files(stage) == []


async def test_a_file_that_could_not_be_sent_for_a_day_is_dropped_and_said_so(stage: Stage, curator: Person) -> None:
    await stage.control("faults", kind="429", method="sendDocument", retry_after=600, times=1)
    await curator.says(ASK)
    await curator.presses("Этот месяц", settle=False)
    await until(lambda: called(stage, "sendDocument"))
    [(_, made)] = rows(stage.database, "select id, made_at from papers")
    later = datetime.fromisoformat(made).replace(tzinfo=ZoneInfo("UTC")) + timedelta(days=1, minutes=1)
    answer = await stage.status.post("/time", json={"to": later.isoformat()})
    assert answer.is_success
    await until(lambda: not files(stage))
    assert rows(stage.database, "select state, why from papers where kind = 'registers'") == [("failed", "not_sent")]
