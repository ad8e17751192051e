"""A busy month of reminders with a bot that is killed again and again: none is lost, none is said twice unaccounted.

The month is played once without a death. Then it is played side by side several times more; each life of the bot is
given a boundary of those that the quiet play has crossed, the ones that had their turn least often first. What the
killed months have said, to whom and in which words, is what the quiet one has.
"""

import asyncio
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Final

import pytest

from tests.durability.boundaries import Boundary, Cut
from tests.durability.disk import Rows, rows
from tests.durability.month import Month, comes_to, steps
from tests.durability.mortal import MortalStage
from tests.durability.outages import is_reminder
from tests.durability.theatre import Theatre
from tests.support.offices import PLAN

SEED: Final = int(os.environ.get("MCU_SEED") or random.randrange(2**32))
SIDE_BY_SIDE: Final = 3
FEWEST_KILLS: Final = 200
FEWEST_DAYS: Final = 20
LOOKS_AHEAD: Final = 4
"""A life dies at the step it was born in, or at one of so many after it."""
NOT_RARE: Final = 6
"""Steps at which a boundary is crossed."""
GIVEN_UP_AFTER: Final = 4
"""Steps after which a boundary is taken for one that does not come again, and the bot is started with another."""

_NUDGES: Final = """
    select nudges.id, matter_id, round, obligations.kind, place, nudges.due_at, nudges.kind, step, at, release_at,
        state, why, held_for, nudges.position, person, deputises, bundle, missed, acted_at
    from nudges join obligations on obligations.id = nudges.owed order by nudges.id
"""
_OBLIGATIONS: Final = """
    select id, matter_id, round, kind, place, due_at, position, since, climbed_to, hold, next_at, ended_at
    from obligations order by id
"""
_GIVEN: Final = """
    select distinct 'reminder ' || nudges.bundle, people.address from nudges join people on people.id = nudges.person
    where nudges.state = 'given'
"""
_CARRIED: Final = "select once, address, state, message from outbox where kind = 'reminder'"
_DOUBTED: Final = """
    select address, count(*) from ledger join outbox on outbox.id = ledger.item
    where what = 'notice' and outcome = 'unknown' and outbox.kind = 'reminder' group by address
"""
_MUST_BE_ZERO: Final = (
    "select count(*) from outbox where state not in ('sent', 'moot') and (kind = 'reminder' or state <> 'unknown')",
    "select count(*) from standing where wanted <> shown or claimed_by is not null",
    "select count(*) from ledger where outcome <> 'unknown'",
    "select count(*) from outbox where kind = 'reminders_astray'",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """What a play without a death has crossed: at the start of the bot, and at each step of the month."""

    at_start: Sequence[str]
    at_step: Sequence[Sequence[str]]

    def names(self) -> set[str]:
        return {*self.at_start, *chain.from_iterable(self.at_step)}

    def not_rare(self) -> set[str]:
        """What happens once or twice a month may find no life that waits for it."""
        steps_of = Counter(chain.from_iterable(map(set, self.at_step)))
        return {*self.at_start, *(name for name, count in steps_of.items() if count >= NOT_RARE)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """The rows of the month, and every reminder in the people's chats: how often, by chat and words."""

    nudges: Rows
    obligations: Rows
    said: Counter[tuple[int, str]]
    doubted: Counter[int]
    kills: Sequence[tuple[date, str]] = ()


@dataclass(kw_only=True)
class Reaper:
    """Gives each life the boundary that it dies at."""

    dice: random.Random
    crossed: Crossed
    stage: MortalStage
    step: int = 0
    born_at: int = 0
    used: Counter[str] = field(default_factory=Counter)
    kills: list[tuple[int, str]] = field(default_factory=list)

    def buries(self) -> None:
        cut = self.stage.bot.cut
        assert cut is not None
        self.kills.append((self.step, cut.at.name))
        self.used[cut.at.name] += 1
        self.marks_the_next()

    def marks_the_next(self) -> None:
        ahead = self.crossed.at_step[self.step : self.step + 1 + self.dice.randint(0, LOOKS_AHEAD)]
        to_come = Counter(chain.from_iterable(ahead))
        names = sorted({*self.crossed.at_start, *to_come})
        fewest = min(self.used[name] for name in names)
        name = self.dice.choice([each for each in names if self.used[each] == fewest])
        before = self.crossed.at_start.count(name)
        nth = self.dice.randint(1, before + to_come[name])
        self.born_at = self.step
        self.stage._cuts.append(Cut(at=Boundary(name=name, nth=nth)))

    async def gives_up_waiting(self) -> None:
        if self.step - self.born_at > GIVEN_UP_AFTER:
            self.marks_the_next()
            await self.stage.stop_bot()
            await self.stage.start_bot()


@pytest.mark.slow
async def test_a_month_of_kills_loses_no_reminder_and_says_none_twice_but_where_the_ledger_doubts(
    theatre: Theatre, capsys: pytest.CaptureFixture[str]
) -> None:
    with _seed_told():
        quiet, crossed = await _quiet_month(theatre)
        killed = await _killed_months(theatre, crossed)
        for month in killed:
            _compare(month, quiet)
        with capsys.disabled():
            sys.stdout.write(_report(quiet, crossed, killed))
        _was_a_busy_month(quiet)
        kills = list(chain.from_iterable(month.kills for month in killed))
        assert len(kills) >= FEWEST_KILLS
        assert len({day for day, _ in kills}) >= FEWEST_DAYS
        assert crossed.not_rare() <= {name for _, name in kills}, "boundaries at which nobody died"


@contextmanager
def _seed_told() -> Iterator[None]:
    try:
        yield
    except BaseException as fault:
        fault.add_note(f"MCU_SEED={SEED}")
        raise


async def _quiet_month(theatre: Theatre) -> tuple[Played, Crossed]:
    async with theatre.stage() as stage:
        await stage.start_bot()
        await stage.rest()
        at_start, at_step = _names(stage, 0), []
        month = Month(stage=stage, seed=SEED)
        for number, moment in enumerate(steps()):
            begun = len(stage.bot.crossed)
            await month.happens(number, moment)
            await comes_to(stage, moment)
            at_step.append(_names(stage, begun))
        return await _played(stage), Crossed(at_start=at_start, at_step=at_step)


async def _killed_months(theatre: Theatre, crossed: Crossed) -> Sequence[Played]:
    """Raises ExceptionGroup, all faults together."""
    plays = (_killed_month(theatre, crossed, number) for number in range(SIDE_BY_SIDE))
    ended = await asyncio.gather(*plays, return_exceptions=True)
    faults = [fault for fault in ended if isinstance(fault, BaseException)]
    if faults:
        raise BaseExceptionGroup(f"{len(faults)} of {len(ended)} months ended badly", faults)
    return [month for month in ended if isinstance(month, Played)]


async def _killed_month(theatre: Theatre, crossed: Crossed, number: int) -> Played:
    async with theatre.stage() as stage:
        reaper = Reaper(dice=random.Random(f"{SEED} {number}"), crossed=crossed, stage=stage)
        stage.after_death = reaper.buries
        month, moments = Month(stage=stage, seed=SEED), steps()
        reaper.marks_the_next()
        await stage.start_bot()
        for step, moment in enumerate(moments):
            reaper.step = step
            await month.happens(step, moment)
            await comes_to(stage, moment)
            await reaper.gives_up_waiting()
        days = [PLAN.calendar.local(moment).date() for moment in moments]
        stage._cuts.clear()
        return await _played(stage, [(days[step], name) for step, name in reaper.kills])


async def _played(stage: MortalStage, kills: Sequence[tuple[date, str]] = ()) -> Played:
    """The month after an orderly end, once its rows and the chats were seen to agree."""
    await stage.stop_bot()
    assert stage.deaths == len(kills)
    for query in _MUST_BE_ZERO:
        assert rows(stage.database, query) == [(0,)], query
    said = {
        (message.chat_id, message.id): message.body.text
        for chat in stage.world.chats.values()
        for message in chat.messages.values()
        if message.sender_id == stage.world.bot.id and is_reminder(message.body.text or "")
    }
    _each_was_carried_by_one_message(stage, set(said))
    return Played(
        nudges=rows(stage.database, _NUDGES),
        obligations=rows(stage.database, _OBLIGATIONS),
        said=Counter((chat, text or "") for (chat, _), text in said.items()),
        doubted=Counter({int(address): count for address, count in rows(stage.database, _DOUBTED)}),
        kills=kills,
    )


def _each_was_carried_by_one_message(stage: MortalStage, said: set[tuple[int, int]]) -> None:
    """Whatever was given out to a person has its one row of the outbox, and that message stands in their chat."""
    carried = rows(stage.database, _CARRIED)
    assert {(once, address) for once, address, *_ in carried} == set(rows(stage.database, _GIVEN))
    assert len({once for once, *_ in carried}) == len(carried)
    kept = [(int(address), message) for _, address, state, message in carried if state == "sent"]
    assert len(set(kept)) == len(kept)
    assert set(kept) <= said, f"said by the rows, but not there: {set(kept) - said}"


def _compare(killed: Played, quiet: Played) -> None:
    assert killed.obligations == quiet.obligations
    assert killed.nudges == quiet.nudges
    assert quiet.said - killed.said == Counter(), "lost"
    twice = _twice(killed, quiet)
    assert twice <= killed.doubted, f"said twice by chat {twice}, doubted {killed.doubted}"
    assert killed.doubted.total() <= len(killed.kills)


def _twice(killed: Played, quiet: Played) -> Counter[int]:
    surplus: Counter[int] = Counter()
    for (chat, _), count in (killed.said - quiet.said).items():
        surplus[chat] += count
    return surplus


def _was_a_busy_month(quiet: Played) -> None:
    """Every way that a reminder may go was gone."""
    assert not quiet.doubted
    assert quiet.said.total() > 150
    columns = [name.strip() for name in _NUDGES.split("from")[0].replace("select", "").split(",")]
    state, why, held_for = (columns.index(name) for name in ("state", "why", "held_for"))
    assert {row[state] for row in quiet.nudges} >= {"given", "moot"}
    assert {row[why] for row in quiet.nudges} >= {"folded", "top"}
    assert {row[held_for] for row in quiet.nudges} >= {"closed", "budget"}
    assert any(row[columns.index("deputises")] for row in quiet.nudges)


def _names(stage: MortalStage, begun: int) -> Sequence[str]:
    return [boundary.name for boundary in stage.bot.crossed[begun:]]


def _report(quiet: Played, crossed: Crossed, killed: Sequence[Played]) -> str:
    kills = list(chain.from_iterable(month.kills for month in killed))
    return (
        f"\nMCU_SEED={SEED}: {len(kills)} kills in {len(killed)} months on {len({day for day, _ in kills})} days, "
        f"at {len({name for _, name in kills})} of {len(crossed.names())} boundaries; "
        f"{len(quiet.nudges)} nudges in {quiet.said.total()} messages a month, none lost, "
        f"{sum(_twice(month, quiet).total() for month in killed)} twice, "
        f"{sum(month.doubted.total() for month in killed)} unknown\n"
    )
