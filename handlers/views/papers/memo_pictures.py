"""Charts inside a memo: each says its finding; where there is nothing to compare, there is no chart."""

from collections.abc import Iterator, Sequence
from typing import Final

from handlers.views.freshness import exports_line
from handlers.views.papers.memo_words import block_title, minimum_of, moment_words, percent
from risk.documents import Bar, BarChart, Block
from risk.documents import Figure as Drawn
from risk.figures import Cut, Figure, Tally
from risk.ids import BlockKey
from risk.memos import Memo
from risk.reports import Group

_LEGEND: Final = ("За период", "За предыдущий период")
_FEWEST: Final = 2


def of_blocks(memo: Memo) -> Iterator[Block]:
    """New appeals by block, beside those of the period before."""
    groups = [each for each in memo.report.cuts[Cut.BLOCK] if each.tally[Figure.NEW] or _earlier(each)]
    if not memo.plan.blocks or len(groups) < _FEWEST:
        return
    bars = [(block_title(_key(each.key), memo.plan), each.tally[Figure.NEW], _earlier(each)) for each in groups]
    most = max(bars, key=lambda each: each[1])
    if most[1] == 0:
        return
    title = f"Больше всего новых обращений: {most[0]}, {most[1]} из {memo.report.total[Figure.NEW]}"
    yield _chart(memo, title, bars, most[0])


def of_topics(memo: Memo) -> Iterator[Block]:
    named = [each for each in memo.topics if each.title is not None]
    if len(named) < _FEWEST:
        return
    bars = [(each.title or "", each.group.tally[Figure.NEW], _earlier(each.group)) for each in named]
    first = bars[0]
    yield _chart(memo, f"Чаще всего пишут о теме «{first[0]}»: {first[1]}", bars, first[0])


def of_time(memo: Memo) -> Iterator[Block]:
    """Shares in time by block, of those alone that have enough to judge by."""
    minimum = minimum_of(memo)
    shown = [
        (block_title(_key(each.key), memo.plan), now, None if each.before is None else _percent(each.before, minimum))
        for each in memo.report.cuts[Cut.BLOCK]
        for now in [_percent(each.tally, minimum)]
        if now is not None and memo.plan.blocks
    ]
    if len(shown) < _FEWEST:
        return
    if not any(now for _, now, _ in shown):
        return
    least = min(shown, key=lambda each: each[1])
    yield _chart(memo, f"В срок, %: меньше всего — {least[0]}, {least[1]}", shown, least[0])


def _chart(memo: Memo, title: str, bars: Sequence[tuple[str, int, int | None]], marked: str) -> Block:
    ordered = sorted(bars, key=lambda each: -each[1])
    drawn = tuple(
        Bar(label=label, value=value, earlier=earlier, is_marked=label == marked) for label, value, earlier in ordered
    )
    legend = None if memo.report.appeals_before is None else _LEGEND
    return Drawn(picture=BarChart(title=title, bars=drawn, source=_source(memo), legend=legend))


def _source(memo: Memo) -> str:
    at = moment_words(memo.report.asked.stands_at, memo.plan.calendar)
    return f"{exports_line(memo.report.freshest, memo.plan, memo.report.asked.stands_at)} По состоянию на {at}."


def _percent(tally: Tally, minimum: int) -> int | None:
    """None where nothing was finished, or too little."""
    in_time = tally.share_in_time if tally[Figure.FINISHED] else None
    return None if in_time is None or tally.answered_for < minimum else percent(in_time)


def _earlier(group: Group) -> int | None:
    """New ones of the period before, where it is compared with."""
    return None if group.before is None else group.before[Figure.NEW]


def _key(key: object) -> BlockKey | None:
    return None if key is None else BlockKey(str(key))
