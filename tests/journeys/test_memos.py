"""The memo: asked for by a word or a button, made beside everything else, sent as a Word file; the week's own one."""

import asyncio
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.paper_making import PaperMaker
from risk.jobs import Job
from risk.report_terms import ReportTerms
from storage import tables
from storage.mapping import PLAN, dumped
from tests.journeys.steps import answered, documents, filed, measured, placed, reads_document, verified
from tests.support.people import Group, Person
from tests.support.stage import Stage

MOSCOW = ZoneInfo("Europe/Moscow")
FRIDAY = 4
FAILED = "Справка за неделю 09–15.11 должна была прийти сама: не получилось."


@pytest.fixture
def curator(stage: Stage) -> Person:
    return stage.person("куратор")


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


def fails(*_: Any, **__: Any) -> None:
    raise RuntimeError("ours")


async def office_reports(stage: Stage, terms: ReportTerms) -> None:
    """The office's settings, changed while the bot is down."""
    await stage.stop_bot()
    async with stage.opened_database() as database, database.write() as connection:
        for row in (await connection.execute(tables.offices.select())).all():
            plan = replace(PLAN.validate_json(row.plan), reports=terms)
            changed = tables.offices.update().where(tables.offices.c.id == row.id)
            await connection.execute(changed.values(plan=dumped(PLAN, plan)))
        await connection.commit()
    await stage.start_bot()


async def test_a_curator_asks_for_the_week_and_gets_a_word_file(
    stage: Stage, chat: Group, curator: Person, olga: Person
) -> None:
    await filed(olga, chat)
    await verified(olga, chat)
    await measured(olga, chat, "член проектного офиса 1")
    await answered(olga, chat)
    await placed(olga, chat)

    await curator.says("/memo неделя")

    words = await reads_document(curator)
    assert "за неделю 16–22 ноября 2026 года" in words
    assert "ИР-1/26. Нет воды на улице Мира третий день." in words
    assert "Ответ: Авария на водоводе по улице Мира устранена." in words
    assert "Подвоз воды на улицу Мира" in words
    assert "Период не закончен: по состоянию на 20 ноября 2026 года" in words


async def test_without_a_word_the_period_is_chosen_by_a_button(stage: Stage, curator: Person) -> None:
    await curator.says("/memo")
    asked = await curator.last()
    assert asked.buttons == [
        "Прошлая неделя, 09.11–15.11",
        "Эта неделя, 16.11–22.11",
        "Прошлый месяц, 10.2026",
        "Этот месяц, 11.2026",
        "Прошлый квартал, III 2026",
        "Этот квартал, IV 2026",
    ]
    await curator.presses("Прошлый квартал", on=asked)
    assert "за III квартал 2026 года" in await reads_document(curator)


async def test_asked_again_while_it_is_made_it_says_so_to_a_word_and_to_a_button(
    stage: Stage, curator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, make = asyncio.Event(), PaperMaker._make

    async def slowly(maker: PaperMaker, job: Job) -> None:
        await may_go_on.wait()
        await make(maker, job)

    monkeypatch.setattr(PaperMaker, "_make", slowly)
    await stage.restart_bot()
    await curator.says("/memo")
    asked = await curator.last()
    await curator.presses("Прошлый квартал", on=asked, settle=False)
    pressed = await curator.presses("Прошлый квартал", on=asked, settle=False)
    assert pressed["text"].startswith("Это уже готовится")
    await curator.says("/memo прошлый квартал", settle=False)
    may_go_on.set()
    await stage.rest()
    assert sum(each.text.startswith("Это уже готовится") for each in await curator.of_bot()) == 1
    assert len(await documents(curator)) == 1


async def test_a_word_that_names_no_period_is_answered_with_examples(curator: Person) -> None:
    await curator.says("/memo за год")
    answer = await curator.last()
    assert answer.text.startswith("Такого периода не знаю. Напишите /memo неделя")
    assert len(answer.buttons) == 6


async def test_a_head_of_a_block_gets_the_memo_of_the_block(stage: Stage) -> None:
    head = stage.person("руководитель блока «Социальная политика»")
    await head.says("/memo прошлый месяц")
    words = await reads_document(head)
    assert "по блоку «Социальная политика»" in words
    assert "за октябрь 2026 года" in words


async def test_a_member_is_told_whom_to_ask_and_gets_nothing(olga: Person) -> None:
    await olga.says("/memo week")
    assert "Сводки офиса читает тот, кому это поручено" in (await olga.last()).text
    assert await documents(olga) == []


async def test_in_the_chat_the_bot_answers_in_private(chat: Group, curator: Person) -> None:
    await curator.says("/memo week", where=chat)
    assert "в личных сообщениях" in (await chat.last()).text


async def test_on_its_day_and_hour_the_memo_comes_by_itself_once(stage: Stage, curator: Person) -> None:
    await office_reports(stage, ReportTerms(memo_on=FRIDAY, memo_at=time(16)))
    await stage.office_time_is(datetime(2026, 11, 20, 15, 55, tzinfo=MOSCOW))
    assert await documents(curator) == []
    await stage.office_time_is(datetime(2026, 11, 20, 16, 2, tzinfo=MOSCOW))
    await stage.office_time_is(datetime(2026, 11, 20, 17, 2, tzinfo=MOSCOW))
    assert len(await documents(curator)) == 1
    assert "за неделю 9–15 ноября 2026 года" in await reads_document(curator)
    assert len(await documents(stage.person("руководитель МЦУ"))) == 1


async def test_the_bot_stopped_over_the_hour_sends_it_when_it_is_back(stage: Stage, curator: Person) -> None:
    await office_reports(stage, ReportTerms(memo_on=FRIDAY, memo_at=time(16)))
    await stage.stop_bot()
    stage.clock.leap(timedelta(hours=26))
    await stage.start_bot()
    await stage.office_time_is(datetime(2026, 11, 21, 12, 5, tzinfo=MOSCOW))
    assert len(await documents(curator)) == 1


async def test_the_bot_stopped_over_the_end_of_the_week_sends_it_once_and_says_that_it_is_late(
    stage: Stage, curator: Person
) -> None:
    await office_reports(stage, ReportTerms(memo_on=FRIDAY, memo_at=time(16)))
    await stage.stop_bot()
    stage.clock.leap(timedelta(hours=70))
    await stage.start_bot()
    await stage.office_time_is(datetime(2026, 11, 23, 9, 5, tzinfo=MOSCOW))
    await stage.restart_bot()
    await stage.office_time_is(datetime(2026, 11, 23, 10, 5, tzinfo=MOSCOW))
    [memo] = await documents(curator)
    assert "Позже обычного: должна была прийти пт 20.11, 16:00." in memo.data["caption"]


async def test_a_memo_that_cannot_be_made_by_itself_is_told_of_once_and_made_by_the_button(
    stage: Stage, curator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office_reports(stage, ReportTerms(memo_on=FRIDAY, memo_at=time(16)))
    with monkeypatch.context() as broken:
        broken.setattr("risk.use_cases.papers.memo_of", fails)
        await stage.office_time_is(datetime(2026, 11, 20, 16, 2, tzinfo=MOSCOW))
        await stage.office_time_is(datetime(2026, 11, 20, 17, 2, tzinfo=MOSCOW))
    for reader in (curator, stage.person("руководитель МЦУ")):
        assert sum(FAILED in each.text for each in await reader.of_bot()) == 1
    await curator.sees(FAILED, "Сбой у меня, не у вас.")
    await curator.presses("Сделать ещё раз")
    assert "за неделю 9–15 ноября 2026 года" in await reads_document(curator)
    assert await documents(stage.person("руководитель МЦУ")) == []
