"""Registers that are being written while the bot stops: their thread does not outlive it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import register_writing
from bot.gateways.paper_files import PaperFiles
from bot.register_writing import write_registers
from risk.ids import PaperId
from risk.papers import Paper, PaperKind, PaperState
from risk.ports import Unit
from risk.use_cases.registers import registers_facts
from tests.support.offices import CURATOR, NOW, Offices


async def test_registers_that_are_given_up_read_no_page_more(
    offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_writing, "ROWS_ON_A_PAGE", 1)
    office = offices.ours
    for gist in ("Яма на дороге", "Нет света в парке", "Нет воды"):
        await office.filed(gist)
    place = office.private(office.actor(CURATOR))
    paper = Paper(id=PaperId(1), kind=PaperKind.REGISTERS, state=PaperState.PLANNED, place=place, planned_at=NOW)
    async with office.view() as unit:
        facts = await registers_facts(unit, paper, now=NOW)
    read, may_read = [], asyncio.Event()

    @asynccontextmanager
    async def view() -> AsyncIterator[Unit]:
        read.append("page")
        begun.set()
        await may_read.wait()
        async with office.view() as unit:
            yield unit

    begun, folder = asyncio.Event(), tmp_path / "papers"
    files = PaperFiles(folder)
    async with asyncio.TaskGroup() as tasks:
        writing = tasks.create_task(write_registers(paper, facts, files, uow=office.uow, view=view))
        await begun.wait()
        writing.cancel()
    may_read.set()
    await asyncio.get_running_loop().shutdown_default_executor()
    assert read == ["page"]
    assert files.names() == frozenset()
