"""Exports on their way in: by the folder or the bot, shown before they count, loaded, taken back, refused."""

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from bot.cleaning import clean_file
from risk.sheets import Cell
from tests.risk.exports import IM_ROW, POS_ROW
from tests.support.people import Group, Person
from tests.support.stage import Stage
from tests.support.workbooks import IM_SAMPLE, POS_SAMPLE, table_of, workbook

TEXT: Final = "Зелёнка-Проверка течёт с крыши третий день"
"""What a resident wrote, in an invented export."""
POS_ROWS: Final = (POS_ROW, {**POS_ROW, "Номер": 6100014.0}, {**POS_ROW, "Номер": 6100015.0})


@pytest.fixture
def officer(stage: Stage) -> Person:
    return stage.person("ответственный за ИМ и ПОС")


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


def export_of(rows: Sequence[Mapping[str, Cell]]) -> bytes:
    return workbook([list(rows[0]), *(list(row.values()) for row in rows)])


async def put(stage: Stage, content: bytes, name: str = "выгрузка.xlsx") -> None:
    (stage.exports / name).write_bytes(content)
    await stage.exports_settle()


def stored(stage: Stage, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(stage.database) as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def appeals(stage: Stage) -> int:
    [(count,)] = stored(stage, "select count(*) from appeals")
    return int(count)


async def reading_begins(stage: Stage) -> None:
    async with asyncio.timeout(20):
        while not stored(stage, "select 1 from imports where state = 'reading'"):
            await stage.status.get("/readyz")


def on_disk(stage: Stage, words: str) -> list[str]:
    """Files of the bot that hold the words."""
    written = words.encode()
    every = [each for each in stage.database.parent.rglob("*") if each.is_file()]
    return [str(each) for each in every if written in each.read_bytes()]


def files_in(folder: Path) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


async def test_an_export_from_the_folder_is_shown_loaded_known_again_and_taken_back(
    stage: Stage, officer: Person
) -> None:
    await put(stage, export_of(POS_ROWS), "ноябрь.xlsx")
    shown = await officer.sees("Выгрузка ПОС, 3 строки за 09.11", "«ноябрь.xlsx»", "По состоянию на пт 20.11")
    assert "Новых 3, изменилось 0, без изменений 0." in shown.text
    assert appeals(stage) == 0

    await officer.presses("Загрузить", on=shown)
    loaded = await shown.now()
    assert "Загружено. Выгрузка ПОС" in loaded.text
    assert "Подтвердил: ответственный за ИМ и ПОС" in loaded.text
    assert appeals(stage) == 3
    await stage.exports_settle()
    assert files_in(stage.exports) == []

    await put(stage, export_of(POS_ROWS), "ноябрь.xlsx")
    again = await officer.sees("Новых 0, изменилось 0, без изменений 3.")
    await officer.presses("Отмена", on=again)
    await officer.sees("Отменено: «ноябрь.xlsx»")

    await officer.presses("Отменить загрузку", on=loaded)
    assert "Загрузка отменена. Выгрузка ПОС" in (await loaded.now()).text
    assert appeals(stage) == 0
    answer = await officer.presses_data(loaded.data["buttons"][0][0]["data"], on=loaded)
    assert answer["answered"]


async def test_what_has_changed_in_an_overlapping_export_is_counted_and_loaded(stage: Stage, officer: Person) -> None:
    await put(stage, export_of(POS_ROWS))
    await officer.presses("Загрузить")
    changed = [{**POS_ROWS[0], "Статус": "Отправлен ответ заявителю"}, POS_ROWS[1], POS_ROWS[2]]
    await put(stage, export_of([*changed, {**POS_ROW, "Номер": 6100016.0}]))
    await officer.sees("Новых 1, изменилось 1, без изменений 2.")
    await officer.presses("Загрузить")
    assert appeals(stage) == 4
    earlier = (await officer.of_bot())[-2]
    assert "Загружено" in earlier.text
    assert earlier.buttons == [], "only the last one can be taken back"


async def test_an_export_that_lacks_much_of_its_period_is_asked_about(stage: Stage, officer: Person) -> None:
    rows = [{**POS_ROW, "Номер": 6100000.0 + number} for number in range(12)]
    await put(stage, export_of(rows))
    await officer.presses("Загрузить")
    await put(stage, export_of(rows[:4]))
    shown = await officer.sees("Пропали из выгрузки: 8 из 12.", "полная или")
    assert shown.buttons == ["Загрузить, пропавшие не отмечать", "Загрузить: выгрузка полная", "Отмена"]
    await officer.presses("Загрузить: выгрузка полная", on=shown)
    await officer.sees("Пропали из выгрузки: 8, отмечены «на проверку».")


async def test_a_full_export_of_im_sent_to_the_bot_is_refused_removed_and_leaves_no_trace(
    stage: Stage, officer: Person
) -> None:
    row = {**IM_ROW, "Текст инцидента": TEXT, "URL автора": "http://vk.com/id1"}
    sent = await officer.sends_file(export_of([row]), "инциденты.xlsx")
    refused = await officer.sees("через мессенджер такое передавать нельзя", "Сообщение удалено, ничего не загружено.")
    assert "«Текст инцидента», «URL автора»" in refused.text
    assert "mcu-pilot clean" in refused.text
    assert sent not in [message.id for message in await officer.messages()]
    assert files_in(stage.database.parent / "spool") == []
    assert on_disk(stage, TEXT) == []
    assert appeals(stage) == 0


async def test_where_the_office_lets_them_in_full_exports_may_be_sent(stage: Stage, officer: Person) -> None:
    await stage.stop_bot()
    stage.lets_residents_in = True
    await stage.start_bot()
    sent = await officer.sends_file(export_of([{**IM_ROW, "Текст инцидента": TEXT}]), "инциденты.xlsx")
    await officer.sees("Выгрузка «Инцидент Менеджмент», 1 строка", "Не сохраняются личные данные: «Текст инцидента».")
    assert sent in [message.id for message in await officer.messages()]
    assert on_disk(stage, TEXT) == []


@pytest.mark.slow
async def test_cleaned_exports_of_both_systems_are_taken_by_the_bot(
    stage: Stage, officer: Person, tmp_path: Path
) -> None:
    dirty = tmp_path / "dirty" / "im.xlsx"
    dirty.parent.mkdir()
    dirty.write_bytes(IM_SAMPLE.read_bytes())
    await clean_file(dirty)
    await officer.sends_file(dirty.with_name("im очищено.csv").read_bytes(), "im очищено.csv")
    await officer.sees("Выгрузка «Инцидент Менеджмент»", f"{len(table_of(IM_SAMPLE)) - 1} строк")
    await officer.presses("Загрузить")
    im = appeals(stage)
    await officer.sends_file(POS_SAMPLE.read_bytes(), "pos.xlsx")
    await officer.sees("Выгрузка ПОС", "Не сохраняются имена сотрудников")
    await officer.presses("Загрузить")
    assert 0 < im < appeals(stage)


async def test_a_plain_table_is_asked_about_once_and_known_from_then_on(stage: Stage, officer: Person) -> None:
    rows: list[list[Cell]] = [["№ п/п", "Когда", "О чём", "Разное"], ["А-1", "09.11.2026", "Яма", "x"]]
    await put(stage, workbook(rows), "журнал.xlsx")
    asked = await officer.sees("Незнакомая таблица: «журнал.xlsx»", "Чьи это обращения и номера?")
    await officer.presses("Другой учёт", on=asked)
    assert "В каком столбце номер обращения?" in (await asked.now()).text
    assert "Нет такого столбца" not in (await asked.now()).buttons
    await officer.presses("№ п/п", on=asked)
    await officer.presses("Когда", on=asked)
    while "Проверьте столбцы" not in (now := await asked.now()).text:
        await officer.presses("О чём" if "столбце тема?" in now.text else "Нет такого столбца", on=asked)
    assert "Тема: «О чём»" in now.text
    await officer.presses("Читать по этим столбцам", on=asked)
    await officer.sees("Таблица по указанным столбцам (другой учёт), 1 строка за 09.11", "«Разное»")
    await officer.presses("Загрузить")
    assert appeals(stage) == 1

    await put(stage, workbook([*rows, ["А-2", "10.11.2026", "Свет", "y"]]), "журнал за 10.xlsx")
    await officer.sees("Таблица по указанным столбцам (другой учёт), 2 строки", "Новых 1")


async def test_a_plain_table_sent_to_the_bot_is_fetched_again_once_its_columns_are_named(
    stage: Stage, officer: Person
) -> None:
    await officer.sends_file(workbook([["№", "Когда"], ["1", "09.11.2026"]]), "журнал.xlsx")
    asked = await officer.sees("Чьи это обращения")
    assert files_in(stage.database.parent / "spool") == []
    for answer in ("Другой учёт", "№", "Когда"):
        await officer.presses(answer, on=asked)
    while "Проверьте столбцы" not in (await asked.now()).text:
        await officer.presses("Нет такого столбца", on=asked)
    await officer.presses("Читать по этим столбцам", on=asked)
    await officer.sees("Таблица по указанным столбцам (другой учёт), 1 строка за 09.11")
    assert files_in(stage.database.parent / "spool") == []


async def test_columns_can_be_named_anew_and_a_button_of_an_earlier_question_does_nothing(
    stage: Stage, officer: Person
) -> None:
    await put(stage, workbook([["№", "Когда"], ["1", "09.11.2026"]]), "журнал.xlsx")
    asked = await officer.sees("Чьи это обращения")
    await officer.presses("ПОС", on=asked)
    first = (await asked.now()).data["buttons"][0][0]["data"]
    await officer.presses("№", on=asked)
    answer = await officer.presses_data(first, on=asked)
    assert "вопрос сменился" in answer["text"]
    await officer.presses("Заново", on=asked)
    assert "Чьи это обращения" in (await asked.now()).text


async def test_somebody_without_the_right_is_refused_and_a_stranger_gets_nothing(
    stage: Stage, olga: Person, officer: Person
) -> None:
    await olga.sends_file(export_of(POS_ROWS), "pos.xlsx")
    await olga.sees("не поручено загружать выгрузки обращений")
    await olga.says("/imports")
    assert len([each for each in await olga.of_bot() if "не поручено загружать" in each.text]) == 2
    await stage.stranger.sends_file(export_of(POS_ROWS), "pos.xlsx")
    assert stored(stage, "select count(*) from imports") == [(0,)]
    assert await stage.calls("getFile") == []


async def test_a_document_that_is_no_sheet_still_becomes_a_risk(stage: Stage, officer: Person) -> None:
    await officer.sends(document="справка.pdf", caption="Нет воды на улице Мира")
    await officer.sees("Суть: Нет воды на улице Мира")


async def test_others_are_answered_while_a_big_file_is_read(
    stage: Stage, officer: Person, olga: Person, chat: Group
) -> None:
    rows = [{**POS_ROW, "Номер": 6100000.0 + number} for number in range(20_000)]
    await olga.says("/risk Яма на дороге", where=chat)
    await officer.sends_file(export_of(rows), "pos.xlsx", settle=False)
    await reading_begins(stage)
    answer = await olga.presses("Ещё", on=await chat.sees("ИР-1/26"), settle=False)
    assert answer["answered"]
    assert stored(stage, "select state from imports") == [("reading",)]
    await stage.rest()
    await officer.sees("20\u00a0000 строк", "Новых 20\u00a0000")
    said = [call["params"].get("text", "") for call in await stage.calls("editMessageText")]
    assert any("Читаю «pos.xlsx»: " in text for text in said), "progress is told by edits of one message"


async def test_a_stop_in_the_middle_of_reading_loses_nothing(stage: Stage, officer: Person) -> None:
    rows = [{**POS_ROW, "Номер": 6100000.0 + number} for number in range(20_000)]
    (stage.exports / "pos.xlsx").write_bytes(export_of(rows))
    for _ in range(2):
        await stage.status.post("/time", json={"to": (stage.clock.now() + stage.look_on()).isoformat()})
    await reading_begins(stage)
    await stage.restart_bot()
    await stage.rest()
    await officer.sees("20\u00a0000 строк", "Новых 20\u00a0000")
    assert stored(stage, "select count(*) from imports") == [(1,)]


async def test_a_file_taken_before_a_kill_is_received_by_the_next_run(stage: Stage, officer: Person) -> None:
    await stage.stop_bot()
    slot = stage.exports / ".taken" / "20261120T100000-0000-abcdef01"
    slot.mkdir()
    (slot / "pos.xlsx").write_bytes(export_of(POS_ROWS))
    (stage.exports / ".taken" / "20261120T100001-0000-abcdef02").mkdir()
    await stage.start_bot()
    await stage.rest()
    await officer.sees("Выгрузка ПОС, 3 строки", "«pos.xlsx»")
    await stage.restart_bot()
    assert stored(stage, "select count(*) from imports") == [(1,)]
    assert files_in(stage.exports) == []


async def test_an_unreadable_file_is_put_back_beside_with_a_plain_sentence(stage: Stage, officer: Person) -> None:
    await put(stage, b"%PDF-1.7 " + b"x" * 100, "скан.pdf")
    await officer.sees("Не принято: «скан.pdf»", "Это не таблица.", "подпапке «не загружено»")
    await put(stage, b"%PDF-1.7 " + b"y" * 100, "скан.pdf")
    await stage.exports_settle()
    assert files_in(stage.exports) == ["не загружено/скан (2).pdf", "не загружено/скан.pdf"]


async def test_hidden_partial_and_linked_files_and_folders_are_left_alone(
    stage: Stage, officer: Person, tmp_path: Path
) -> None:
    (stage.exports / ".тайный.xlsx").write_bytes(b"x")
    (stage.exports / "~$ноябрь.xlsx").write_bytes(b"x")
    (stage.exports / "ноябрь.xlsx.partial").write_bytes(b"x")
    (stage.exports / "папка").mkdir()
    (stage.exports / "ссылка.xlsx").symlink_to(stage.database)
    await stage.exports_settle()
    await stage.exports_settle()
    assert stored(stage, "select count(*) from imports") == [(0,)]
    assert (stage.exports / "ссылка.xlsx").is_symlink()


async def test_a_file_that_is_still_growing_is_waited_for(stage: Stage, officer: Person) -> None:
    whole = export_of(POS_ROWS)
    (stage.exports / "pos.xlsx").write_bytes(whole[:100])
    await stage.office_time_is(stage.clock.now() + stage.look_on())
    (stage.exports / "pos.xlsx").write_bytes(whole)
    await stage.office_time_is(stage.clock.now() + stage.look_on())
    assert stored(stage, "select count(*) from imports") == [(0,)]
    await stage.office_time_is(stage.clock.now() + stage.look_on())
    await officer.sees("Выгрузка ПОС, 3 строки")


async def test_the_folder_is_for_its_owner_alone(stage: Stage) -> None:
    assert {oct(each.stat().st_mode & 0o777) for each in (stage.exports, stage.exports.parent)} == {"0o700"}


async def test_imports_lists_the_last_ones_dates_them_anew_and_takes_the_last_back(
    stage: Stage, officer: Person
) -> None:
    await officer.says("/imports")
    await officer.sees("Загрузок ещё не было.")
    await officer.sends_file(export_of(POS_ROWS), "pos.xlsx")
    await officer.says("/imports 1 06.10–19.11")
    await officer.sees("Выгрузка ПОС, 3 строки за 06.10–19.11")
    await officer.says("/imports 1 19.11 08:10")
    shown = await officer.sees("По состоянию на чт 19.11, 08:10")
    await officer.says("/imports 1 25.11 08:10")
    await officer.says("/imports 1 вчерашний день")
    assert len([each for each in await officer.of_bot() if "Не подходит период" in each.text]) == 1
    await officer.says("/imports 7 06.10–19.11")
    await officer.sees("Такой загрузки нет")
    await officer.presses("Загрузить", on=shown)
    await officer.says("/imports")
    listed = await officer.sees("Последние загрузки", "1 · пт 20.11", "ПОС · строк 3 · загружено: новых 3")
    await officer.presses("Отменить загрузку 1", on=listed)
    assert "загрузка отменена" in (await listed.now()).text
    assert (await listed.now()).buttons == []
    assert appeals(stage) == 0


async def test_a_file_that_came_before_anybody_held_the_seat_is_shown_on_demand(stage: Stage, officer: Person) -> None:
    await officer.sends_file(export_of(POS_ROWS), "pos.xlsx")
    before = len(await officer.of_bot())
    await officer.says("/imports 1")
    assert len(await officer.of_bot()) >= before
    assert "Выгрузка ПОС" in (await officer.last()).text


# --- what the messenger does not hand over -----------------------------------------------------------------------


async def test_a_file_bigger_than_a_bot_may_fetch_is_refused_with_the_way_by_the_folder(
    stage: Stage, officer: Person
) -> None:
    await officer.sends_file(bytes(21 * 2**20), "pos.xlsx")
    await officer.sees("Файл слишком большой. Ничего не загружено.", "через папку на сервере")
    assert files_in(stage.database.parent / "spool") == []


async def test_a_file_that_the_messenger_keeps_no_more_is_refused(stage: Stage, officer: Person) -> None:
    gone = "Bad Request: wrong file_id or the file is temporarily unavailable"
    await stage.control("faults", kind="400", method="getFile", description=gone, times=1)
    await officer.sends_file(export_of(POS_ROWS), "pos.xlsx")
    await officer.sees("Файл не открывается")


async def test_a_short_outage_of_the_messenger_is_waited_out(stage: Stage, officer: Person) -> None:
    await stage.control("faults", kind="502", method="getFile", times=1)
    await officer.sends_file(export_of(POS_ROWS), "pos.xlsx")
    await officer.sees("Выгрузка ПОС, 3 строки")


async def test_a_long_one_is_told_of_and_nobody_waits_for_ever(stage: Stage, officer: Person) -> None:
    await stage.control("faults", kind="502", method="getFile", times=0)
    await officer.sends_file(export_of(POS_ROWS), "pos.xlsx")
    await officer.sees("Что-то сломалось у меня, не у вас: «pos.xlsx».", "Передайте файл ещё раз.")


async def test_what_a_killed_run_has_left_of_a_file_is_gone_after_the_next_start(stage: Stage) -> None:
    await stage.stop_bot()
    spool = stage.database.parent / "spool"
    spool.mkdir(exist_ok=True)
    (spool / "left").write_text(TEXT)
    await stage.start_bot()
    assert on_disk(stage, TEXT) == []
