"""Where the head approves answers to appeals before they go out: prepared, returned, prepared anew, approved, sent."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from storage import tables
from storage.mapping import PLAN, dumped
from tests.support.clocks import StoryClock
from tests.support.stage import Scenery, Stage, build_scenery, on_stage


@pytest.fixture(scope="module")
def scenery(tmp_path_factory: pytest.TempPathFactory) -> Scenery:
    return asyncio.run(build_scenery(tmp_path_factory.mktemp("kavkazsky"), StoryClock(), "kavkazsky"))


@pytest.fixture
async def stage(scenery: Scenery, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(scenery, tmp_path, StoryClock()) as stage:
        async with stage.opened_database() as database, database.write() as connection:
            [row] = await connection.execute(tables.offices.select())
            plan = replace(PLAN.validate_json(row.plan), approves_appeals=True)
            await connection.execute(tables.offices.update().values(plan=dumped(PLAN, plan)))
            await connection.commit()
        yield stage


async def test_an_answer_goes_to_the_citizen_only_after_the_head_has_approved_it(stage: Stage) -> None:
    executor, head = stage.person("исполнитель 1"), stage.person("руководитель рабочей группы")
    await executor.says("/appeal")
    await executor.presses("Письмо")
    await executor.presses("Да, по 59-ФЗ")
    await executor.says("Не горит фонарь у школы")
    await executor.presses("Не указан")
    await executor.presses("сегодня")
    await executor.presses("Открыть обращение")
    page = await executor.sees("О-1/26", "Согласование: нужно до отправки ответа")
    assert "Ответ направлен" not in page.buttons
    early = await executor.presses_data("px:1:1:answered", on=page)
    assert "Ответ ещё не согласован" in early["text"]

    await executor.presses("Ответ подготовлен", on=page)
    await head.sees("О-1/26: ответ подготовлен и ждёт вашего согласования.", "Не горит фонарь")
    await head.presses("Вернуть с замечанием")
    await head.says("Назовите срок ремонта")
    await executor.sees("О-1/26: ответ вернули с замечанием.", "Назовите срок ремонта")
    await executor.presses("Открыть обращение")
    await executor.sees("Согласование: ответ возвращён", "Замечание: Назовите срок ремонта")

    await executor.presses("Ответ подготовлен")
    await head.presses("Согласовать")
    await head.sees("О-1/26", "Согласование: ответ согласован")
    await executor.sees("О-1/26: ответ согласован, его можно отправлять.")
    await executor.presses("Открыть обращение")
    await executor.presses("Ответ направлен")
    await executor.sees("О-1/26 · ответ дан")
