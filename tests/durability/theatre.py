"""Plays stories on fresh copies of one scenery, with the kills that are asked for, and tells where one went wrong."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final

from bot.codes import new_code
from bot.gateways.export_folders import exports_folder
from bot.sandbox import persistence
from bot.training import TrainingOffice
from risk.ids import OfficeId
from risk.use_cases.inviting import invite_to_vacancies
from storage.database import DatabaseKind, open_file
from storage.directory import SqlDirectory
from storage.unit_of_work import Units
from tests.durability.aftermath import Witness
from tests.durability.boundaries import Boundary, Cut
from tests.durability.mortal import MortalStage
from tests.durability.stories import Story
from tests.support.clocks import FRIDAY_MORNING, StoryClock
from tests.support.stage import Scenery, webhook_nearby

AT_ONCE: Final = 4
"""Plays beside one another: each waits much for the disk, and a quarter of a second for aiogram to close."""
_LINES_OF_LOG: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Theatre:
    """`reserve_code` invites to a seat that nobody holds; each play has a folder of its own under `folder`."""

    scenery: Scenery
    reserve_code: str
    folder: Path
    numbers: "count[int]"
    by_webhook: bool = False
    begins: datetime = FRIDAY_MORNING

    async def after_prologue(self, story: Story) -> "Theatre":
        """The theatre in which the story's prologue has been played, so that its plays need not repeat it."""
        if story.prologue is None:
            return self
        folder = self.folder / f"prologue-{next(self.numbers)}"
        folder.mkdir()
        async with self.stage() as stage:
            await stage.start_bot()
            await story.prologue(stage)
            await stage.stop_bot()
            begun = Scenery(folder, self.scenery.office)
            shutil.copy(stage.database, begun.database)
            _copy_exports(stage.database, begun.database)
            persistence.write(begun.world, stage.world)
            return replace(self, scenery=begun, begins=stage.clock.now())

    async def rehearse(self, story: Story) -> Sequence[Boundary]:
        """Play without a kill: the boundaries that the story crosses, the start of the bot included."""
        async with self.stage() as stage:
            return await _told(stage, story)

    async def play_each(self, story: Story, plays: Iterable[Sequence[Cut]], rehearsed: Sequence[Boundary]) -> None:
        """Play the story once with each of these sequences of kills. Raises ExceptionGroup, all faults together."""
        room = asyncio.Semaphore(AT_ONCE)

        async def played(cuts: Sequence[Cut]) -> bool:
            async with room:
                return await self._play(story, cuts, rehearsed)

        ended = await asyncio.gather(*map(played, plays), return_exceptions=True)
        faults = [fault for fault in ended if isinstance(fault, BaseException)]
        if faults:
            raise BaseExceptionGroup(f"{len(faults)} of {len(ended)} plays ended badly", faults)
        assert 2 * sum(died is True for died in ended) >= len(ended), "most kills came to nothing"

    async def _play(self, story: Story, cuts: Sequence[Cut], rehearsed: Sequence[Boundary]) -> bool:
        """Play with these kills, one a life; those after the first are not always come by. Whether any was."""
        async with self.stage(cuts) as stage:
            try:
                await _told(stage, story)
                assert stage.deaths or story.merges, "the boundary was not crossed again"
            except BaseException as fault:
                fault.add_note(_playbill(story, cuts, rehearsed, stage))
                raise
            return stage.deaths > 0

    @asynccontextmanager
    async def stage(self, cuts: Sequence[Cut] = ()) -> AsyncIterator[MortalStage]:
        """A copy of the scenery in which no bot lives yet."""
        folder = self.folder / str(next(self.numbers))
        folder.mkdir()
        shutil.copy(self.scenery.database, folder)
        _copy_exports(self.scenery.database, folder / self.scenery.database.name)
        async with MortalStage(folder, StoryClock(self.begins), cuts) as stage:
            persistence.load(self.scenery.world, stage.world)
            stage.office = TrainingOffice(**asdict(self.scenery.office))
            stage.reserve_code = self.reserve_code
            stage.webhook = webhook_nearby() if self.by_webhook else None
            yield stage
        shutil.rmtree(folder)


def _copy_exports(of: Path, to: Path) -> None:
    """Files that the bot has taken, or is to take, lie beside its database."""
    if exports_folder(of).exists():
        shutil.copytree(exports_folder(of), exports_folder(to), dirs_exist_ok=True)


async def build_theatre(scenery: Scenery, folder: Path) -> Theatre:
    """One more seat is made and its invitation kept in reserve."""
    shutil.copy(scenery.database, folder)
    shutil.copy(scenery.world, folder)
    own = Scenery(folder, scenery.office)
    database = open_file(own.database, DatabaseKind.SANDBOX)
    try:
        [office] = await SqlDirectory(database).offices()
        uow = Units(database=database).of(OfficeId(office.id))
        issued = await invite_to_vacancies(uow=uow, now=StoryClock().now(), new_code=new_code)
    finally:
        await database.close()
    return Theatre(scenery=own, reserve_code=issued[-1].code, folder=folder, numbers=count(1))


async def _told(stage: MortalStage, story: Story) -> Sequence[Boundary]:
    """The story from the bot's start to the last question; what its first life crossed before the questions."""
    witness = Witness(stage)
    stage.after_death = witness.examine_remains
    await stage.start_bot()
    await story.play(stage)
    crossed = tuple(stage.lives[0].crossed)
    await witness.examine_ending(story)
    return crossed


def _playbill(story: Story, cuts: Sequence[Cut], rehearsed: Sequence[Boundary], stage: MortalStage) -> str:
    """All that is needed to find the place again."""
    lines = [f"story: {story.title}", f"killed: {' and then '.join(str(cut.at) for cut in cuts)}"]
    lines += ["boundaries of the rehearsal:", *(f"  {boundary}" for boundary in rehearsed)]
    for number, life in enumerate(stage.lives, 1):
        lines += [f"life {number} (exit code {life.exit_code}):", *(f"  {boundary}" for boundary in life.crossed)]
    log = stage.log.read_text().splitlines() if stage.log.exists() else []
    return "\n".join([*lines, "end of the log:", *(f"  {line}" for line in log[-_LINES_OF_LOG:])])
