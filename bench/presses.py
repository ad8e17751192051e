"""How long a press waits for its answer while a paper of a large office is made, next to one while nothing is.

Bot and sandbox share this process, so both pay. Every press opens the same page of the menu. The most memory that the
process has used is told before the paper and after it.
"""

import argparse
import asyncio
import logging
import resource
import sqlite3
import sys
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

import structlog

from risk.ids import OfficeId
from storage.unit_of_work import Units
from tests.support.clocks import StoryClock
from tests.support.exported import appeal, export_comes
from tests.support.people import Person, Shown
from tests.support.stage import Stage, build_scenery, on_stage

HEAD: Final = "руководитель МЦУ"
PRESSES: Final = 60
_NUMBERS: Final = "with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ?)"


def main() -> None:
    asked = _parser().parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    asyncio.run(compare(appeals=asked.appeals, words=asked.words))


async def compare(*, appeals: int, words: str) -> None:
    with TemporaryDirectory() as folder, TemporaryDirectory() as play:
        scenery = await build_scenery(Path(folder), StoryClock())
        async with on_stage(scenery, Path(play), StoryClock()) as stage:
            await stage.stop_bot()
            await _filled(stage, appeals)
            await stage.start_bot()
            await stage.rest()
            head = stage.person(HEAD)
            await head.says("/menu")
            menu = await head.last()
            alone, before = [await _press(head, menu) for _ in range(PRESSES)], _peak()
            await head.sends(text=words, settle=False)
            began, beside = perf_counter(), []
            while not _is_made(stage):
                beside.append(await _press(head, menu))
            took = perf_counter() - began
    _say(f"{appeals} appeals, «{words}» in {took:.1f} s")
    _say(f"most memory {before:.0f} MiB before, {_peak():.0f} MiB after")
    for name, waits in (("alone", alone), ("beside", beside)):
        worst = quantiles(waits, n=20)[-1]
        _say(f"{name}: {len(waits)} presses, median {median(waits) * 1000:.0f} ms, p95 {worst * 1000:.0f} ms")
    _say(f"ratio of medians {median(beside) / median(alone):.1f}")


async def _press(head: Person, menu: Shown) -> float:
    data = {"data": menu.data["buttons"][0][0]["data"]}
    began = perf_counter()
    press = await head.stage.control("presses", **{"as": head.id, "chat": menu.chat.id, "message_id": menu.id} | data)
    answer = await head.stage.sandbox.get(f"/control/presses/{press['query_id']}", params={"wait": 10})
    assert answer.json()["answered"]
    return perf_counter() - began


def _is_made(stage: Stage) -> bool:
    found = sqlite3.connect(stage.database)
    states = found.execute("select state from papers where asked_by is not null").fetchall()
    found.close()
    return bool(states) and states[0][0] != "planned"


async def _filled(stage: Stage, appeals: int) -> None:
    """One appeal that an export has brought, and its like by the thousand."""
    async with stage.opened_database() as database:
        uow = Units(database=database).of(OfficeId(1))
        await export_comes(uow, appeal(), made_at=stage.clock.now() - timedelta(days=1))
    connection = sqlite3.connect(stage.database)
    for table, keyed in (("appeals", {"number": "number || '-' || n"}), ("appeal_changes", {})):
        columns = [name for _, name, *_ in connection.execute(f"pragma table_info({table})") if name != "id"]
        values = ", ".join(keyed.get(name, name) for name in columns)
        into = f"insert into {table} ({', '.join(columns)})"
        connection.execute(f"{into} {_NUMBERS} select {values} from {table}, numbers", (appeals,))  # noqa: S608 - ours
    connection.execute("update appeals set unsettled = 0")
    connection.commit()
    connection.close()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.presses", description=__doc__)
    parser.add_argument("--appeals", type=int, default=100_000)
    parser.add_argument("--words", default="/export 01.11–20.11")
    return parser


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
