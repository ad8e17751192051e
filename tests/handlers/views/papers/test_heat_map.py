"""«Темы по территориям», «Темы по неделям»: the title says the finding, the source whose figures and of when."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from handlers.views.papers.heat_map import heat_map
from risk.appeals import AppealSource
from risk.documents import HeatMap
from risk.figures import WHOLE_OFFICE, GroupKey, Scope, asked_of
from risk.heat import growth, heat_of_territories, heat_of_weeks
from risk.ids import OfficeId
from risk.offices import Office
from risk.periods import Period, PeriodKind
from risk.use_cases.heat_reading import HeatRead
from tests.support.offices import PLAN

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
NOVEMBER = Period(first=date(2026, 11, 1), last=date(2026, 11, 30), kind=PeriodKind.MONTH)
OFFICE = Office(id=OfficeId(1), plan=PLAN)
FIRST, SECOND = PLAN.territories[:2]
EXPORTS = {AppealSource.IM: datetime(2026, 11, 23, 5, 10, tzinfo=UTC)}


def territories(counted: Mapping[tuple[GroupKey, GroupKey], int], scope: Scope = WHOLE_OFFICE) -> HeatMap:
    asked = asked_of(NOVEMBER, PLAN.calendar, now=NOW, scope=scope)
    return heat_map(OFFICE, HeatRead(asked=asked, heat=heat_of_territories(counted), freshest=EXPORTS))


def weeks(counted: Mapping[tuple[GroupKey, GroupKey], int]) -> HeatMap:
    asked = asked_of(NOVEMBER, PLAN.calendar, now=NOW)
    heat = heat_of_weeks(counted, NOVEMBER.until(date(2026, 11, 23)), week_begins=0)
    grown = growth(heat, NOVEMBER.until(date(2026, 11, 22)))
    return heat_map(OFFICE, HeatRead(asked=asked, heat=heat, freshest={}, growth=grown))


def test_the_title_says_where_it_is_hottest() -> None:
    shown = territories({("Дороги", FIRST.key): 55, ("Свет", SECOND.key): 3, (None, None): 1100})
    assert shown.title == f"Больше всего: «Дороги», {FIRST.title}: 55 из 1\u00a0158"
    assert shown.marked is not None
    row, column = shown.marked
    assert shown.values[row][column] == 55


def test_groups_are_named_as_people_know_them() -> None:
    many: dict[tuple[GroupKey, GroupKey], int] = {(f"Тема {number}", FIRST.key): 1 for number in range(20)}
    shown = territories({**many, (None, None): 5})
    assert shown.rows[-2:] == ("тема не указана", "прочие темы")
    assert shown.columns == (FIRST.title, "не указана")


def test_the_title_says_what_has_grown() -> None:
    before, last = date(2026, 11, 9), date(2026, 11, 16)
    shown = weeks({("Дороги", before): 4, ("Дороги", last): 12, ("Свет", before): 50})
    assert shown.title == "Выросло: «Дороги», 12 за неделю с 16.11, неделей раньше 4"
    assert shown.marked == (1, 3)


def test_where_nothing_has_grown_the_title_says_when_there_was_most() -> None:
    assert weeks({("Дороги", date(2026, 11, 2)): 4}).title == "Больше всего: «Дороги», неделя с 02.11: 4 из 4"


def test_a_week_is_named_by_its_first_day_in_the_period() -> None:
    assert weeks({("Дороги", date(2026, 11, 2)): 1}).columns == ("01.11", "02.11", "09.11", "16.11", "23.11")


def test_nothing_is_said_to_be_nothing() -> None:
    shown = weeks({})
    assert (shown.title, shown.rows, shown.marked) == ("Новых обращений не было", (), None)


def test_appeals_without_a_topic_point_at_nothing() -> None:
    assert weeks({(None, date(2026, 11, 2)): 5}).title == "Новых обращений 5, все без темы"
    assert territories({(None, FIRST.key): 5}).title == "Новых обращений 5, все без темы или территории"


def test_the_source_says_of_when_and_by_what_data() -> None:
    assert territories({}).source == (
        "Новые обращения за ноябрь 2026. По выгрузке ИМ от пн 23.11, 08:10. На пн 23.11, 09:00."
    )
    assert weeks({}).source == "Новые обращения за ноябрь 2026. Выгрузок ещё не было. На пн 23.11, 09:00."


def test_the_source_says_what_it_is_narrowed_to() -> None:
    block = PLAN.blocks[0]
    scope = Scope(blocks=frozenset({block.key}), territory=FIRST.key, channel=AppealSource.POS, topic="Дороги")
    said = territories({}, scope).source
    assert said.startswith(f"Новые обращения за ноябрь 2026 (блок «{block.title}», {FIRST.title}, ПОС, «Дороги»).")


def test_what_the_office_no_longer_knows_is_named_by_its_key() -> None:
    shown = territories({("Дороги", "abolished"): 5}, replace(WHOLE_OFFICE))
    assert shown.columns == ("abolished",)
