"""Folders that cannot be used are told of once, and looked into again; what comes together is taken in order."""

import asyncio
import os
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.clock import OfficeClock
from bot.folder_watch import FolderWatch
from bot.gateways.export_folders import GIVEN_BACK, ExportFolders
from risk.imports import ImportState
from tests.support.offices import NOW, Offices


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "import"


@pytest.fixture
def watch(offices: Offices, root: Path) -> FolderWatch:
    clock = OfficeClock(lambda: NOW)
    return FolderWatch(ExportFolders(root), directory=offices.directory, units=offices.units, clock=clock)


async def received(offices: Offices) -> list[str]:
    """The oldest first."""
    async with offices.ours.view() as view:
        return [each.file for each in reversed(await view.imports.recent(limit=10))]


@pytest.fixture
def obstacle(root: Path) -> Path:
    """A file where the folders should be."""
    root.write_bytes(b"")
    return root


async def test_an_unusable_folder_is_told_of_once_and_used_again_when_it_can_be(
    obstacle: Path, watch: FolderWatch, root: Path, offices: Offices
) -> None:
    with capture_logs() as logs:
        await watch.look()
        await watch.look()
    assert [each["office"] for each in logs] == [offices.ours.plan.key, offices.theirs.plan.key]
    await asyncio.to_thread(obstacle.unlink)
    await watch.look()
    (root / offices.ours.plan.key / "pos.xlsx").write_bytes(b"x")
    await watch.look()
    await watch.look()
    assert await received(offices) == ["pos.xlsx"]


async def test_files_that_come_together_are_received_the_oldest_first(
    watch: FolderWatch, root: Path, offices: Offices
) -> None:
    await watch.look()
    folder = root / offices.ours.plan.key
    for age, name in ((30, "б.csv"), (10, "а.csv"), (20, "в.csv")):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (1_790_000_000 - age,) * 2)
    await watch.look()
    await watch.look()
    assert await received(offices) == ["б.csv", "в.csv", "а.csv"]


async def test_a_file_that_is_taken_is_received_once_however_often_it_is_looked_at(
    watch: FolderWatch, root: Path, offices: Offices
) -> None:
    await watch.look()
    (root / offices.ours.plan.key / "pos.xlsx").write_bytes(b"x")
    for _ in range(4):
        await watch.look()
    assert await received(offices) == ["pos.xlsx"]
    async with offices.theirs.view() as view:
        assert await view.imports.recent(limit=10) == []


async def test_what_file_browsers_leave_among_the_taken_ones_keeps_nothing_from_being_received(
    watch: FolderWatch, root: Path, offices: Offices
) -> None:
    folder = root / offices.ours.plan.key
    await watch.look()
    for name in ("а.xlsx", "б.xlsx"):
        (folder / name).write_bytes(b"x")
    await asyncio.to_thread((folder / ".taken" / "Thumbs.db").write_bytes, b"x")
    await watch.look()
    await watch.look()
    assert await received(offices) == ["а.xlsx", "б.xlsx"]
    for slot in (folder / ".taken").glob("*-*"):
        (slot / ".DS_Store").write_bytes(b"x")
    async with offices.ours.uow() as unit:
        for one in await unit.imports.recent(limit=2):
            await unit.imports.save(replace(one, state=ImportState.APPLIED))
        await unit.commit()
    await watch.look()
    await watch.look()
    assert [each.name for each in (folder / ".taken").iterdir()] == ["Thumbs.db"]


@pytest.mark.parametrize(
    ("state", "left"),
    [
        (ImportState.READING, "taken"),
        (ImportState.ASKING_COLUMNS, "taken"),
        (ImportState.WAITING, "gone"),
        (ImportState.APPLYING, "gone"),
        (ImportState.APPLIED, "gone"),
        (ImportState.UNDONE, "gone"),
        (ImportState.REPLACED, "gone"),
        (ImportState.CANCELLED, "beside"),
        (ImportState.REFUSED, "beside"),
        (ImportState.FAILED, "beside"),
    ],
)
async def test_a_file_lies_there_as_long_as_it_is_needed_and_an_unused_one_is_given_back(
    watch: FolderWatch, root: Path, offices: Offices, state: ImportState, left: str
) -> None:
    folder = root / offices.ours.plan.key
    await watch.look()
    (folder / "pos.xlsx").write_bytes(b"x")
    await watch.look()
    await watch.look()
    async with offices.ours.uow() as unit:
        [one] = await unit.imports.recent(limit=1)
        await unit.imports.save(replace(one, state=state))
        await unit.commit()
    await watch.look()
    beside, taken = folder / GIVEN_BACK / "pos.xlsx", list((folder / ".taken").rglob("*.xlsx"))
    assert (bool(taken), beside.exists()) == (left == "taken", left == "beside")
    assert bool(list((folder / ".taken").iterdir())) == (left == "taken")
