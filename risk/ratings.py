"""A rating of blocks or departments by its components: what is shown of each, in which order; never one score."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from risk.figures import Figure, GroupKey, Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """`value` is None when it would be of fewer items than the office lets be judged by: of `of`."""

    value: float | None
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One block or department. `in_work`: what was open at the last moment, or was finished in the period."""

    key: GroupKey
    in_work: int
    tally: Tally
    in_time: Rate
    satisfied: Rate
    mean_days: Rate
    median_days: Rate


def rated(key: GroupKey, tally: Tally, minimum: int) -> Rated:
    finished = sum(tally.days.values())
    return Rated(
        key=key,
        in_work=tally[Figure.OPEN] + tally[Figure.FINISHED],
        tally=tally,
        in_time=rate(tally.share_in_time, tally.answered_for, minimum),
        satisfied=rate(tally.share_satisfied, tally[Figure.MARKED], minimum),
        mean_days=rate(tally.mean_days, finished, minimum),
        median_days=rate(tally.median_days, finished, minimum),
    )


def rate(value: float | None, of: int, minimum: int) -> Rate:
    return Rate(value=value if of >= minimum else None, of=of)


def in_rating_order(those: Iterable[Rated]) -> Sequence[Rated]:
    """First where more is finished in time, then where less stands overdue; those with little data come last."""
    return sorted((each for each in those if each.in_work), key=_place)


def _place(each: Rated) -> tuple[bool, float, int, str]:
    share = each.in_time.value
    return share is None, -(share or 0), each.tally[Figure.OVERDUE], str(each.key or "")
