"""What papers are called: in a sentence, under the file, and as the file that lies in somebody's downloads."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from handlers.views.papers.naming import file_name, of_period, paper_as_object, paper_title
from risk.ids import DigestId, PaperId
from risk.papers import Paper, PaperKind, PaperState
from risk.people import Place
from risk.periods import Period, PeriodKind, period_of
from tests.handlers.digested import RICH
from tests.support.offices import telegram

IN_NOVEMBER = date(2026, 11, 18)
OF_DIGEST = frozenset({PaperKind.DIGEST_PAGE, PaperKind.DIGEST_PICTURE})
FORBIDDEN = frozenset('«»"/\\:*?<>|')
"""By Windows, in names of files; and the quotation marks that some programs spoil."""


def days(first: date, last: date) -> Period:
    return Period(first=first, last=last)


def paper(kind: PaperKind, period: Period | None = None, **more: Any) -> Paper:
    return Paper(
        id=PaperId(1),
        kind=kind,
        state=PaperState.READY,
        place=Place(address=telegram(1)),
        planned_at=datetime(2026, 11, 23, 6, tzinfo=UTC),
        period=period,
        **more,
    )


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (None, "за всё время"),
        (period_of(PeriodKind.DAY, IN_NOVEMBER), "за 18.11"),
        (period_of(PeriodKind.WEEK, IN_NOVEMBER), "за неделю 16–22.11"),
        (period_of(PeriodKind.WEEK, date(2026, 12, 1)), "за неделю 30.11–06.12"),
        (period_of(PeriodKind.WEEK, date(2026, 12, 31)), "за неделю 28.12.2026–03.01.2027"),
        (period_of(PeriodKind.MONTH, IN_NOVEMBER), "за ноябрь 2026"),
        (period_of(PeriodKind.QUARTER, IN_NOVEMBER), "за IV квартал 2026"),
        (days(date(2026, 11, 1), date(2026, 11, 15)), "за 01–15.11"),
        (days(date(2025, 11, 1), date(2026, 1, 15)), "за 01.11.2025–15.01.2026"),
    ],
)
def test_a_period_is_said_as_people_say_it(period: Period | None, words: str) -> None:
    assert of_period(period) == words


@pytest.mark.parametrize(
    ("period", "name"),
    [
        (None, "Реестры за всё время.xlsx"),
        (period_of(PeriodKind.WEEK, IN_NOVEMBER), "Реестры за неделю 16–22.11.2026.xlsx"),
        (period_of(PeriodKind.WEEK, date(2026, 12, 31)), "Реестры за неделю 28.12.2026–03.01.2027.xlsx"),
        (period_of(PeriodKind.MONTH, IN_NOVEMBER), "Реестры за ноябрь 2026.xlsx"),
        (period_of(PeriodKind.QUARTER, IN_NOVEMBER), "Реестры за IV квартал 2026.xlsx"),
        (days(date(2026, 11, 1), date(2026, 11, 15)), "Реестры за 01–15.11.2026.xlsx"),
        (period_of(PeriodKind.DAY, IN_NOVEMBER), "Реестры за 18.11.2026.xlsx"),
    ],
)
def test_a_file_says_the_year_once(period: Period | None, name: str) -> None:
    assert file_name(paper(PaperKind.REGISTERS, period)) == name


@pytest.mark.parametrize("kind", PaperKind)
def test_each_kind_has_a_title_an_object_and_a_name_that_every_system_takes(kind: PaperKind) -> None:
    if kind in OF_DIGEST:
        made, digest, ends = paper(kind, digest=RICH.id), RICH, "на 23.11"
    else:
        made, digest, ends = paper(kind, period_of(PeriodKind.WEEK, IN_NOVEMBER)), None, "за неделю 16–22.11"
    title, name = paper_title(made, digest), file_name(made, digest)
    assert title[0].isupper()
    assert title.endswith(ends)
    assert paper_as_object(made)[0].islower()
    assert not FORBIDDEN & set(name)
    assert name.endswith(f".{made.ending}")


def test_what_is_of_a_digest_is_not_said_to_be_of_all_the_time() -> None:
    assert paper_as_object(paper(PaperKind.DIGEST_PAGE, digest=DigestId(7))) == "страницу дайджеста"
