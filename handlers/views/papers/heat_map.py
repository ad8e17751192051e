"""«Темы по территориям», «Темы по неделям»: a picture whose title says where it is hottest, or what has grown."""

from collections.abc import Iterator
from datetime import date

from handlers.russian import grouped
from handlers.views.dates import moment
from handlers.views.freshness import NO_EXPORTS, dated_exports
from handlers.views.papers.naming import of_period
from risk.appeals import AppealSource
from risk.documents import HeatMap
from risk.figures import Scope
from risk.heat import Heat, Rest, Side, hottest
from risk.ids import BlockKey, TerritoryKey
from risk.offices import Office, OfficePlan
from risk.use_cases.heat_reading import HeatRead

_CHANNELS = {AppealSource.IM: "ИМ", AppealSource.POS: "ПОС", AppealSource.HAND: "по форме бота"}


def heat_map(office: Office, read: HeatRead) -> HeatMap:
    plan, heat = office.plan, read.heat
    title, marked = _finding(plan, read)
    return HeatMap(
        title=title,
        rows=tuple(_topic(each) for each in heat.rows),
        columns=tuple(_column(each, read, plan) for each in heat.columns),
        values=heat.counts,
        source=" ".join(_source(plan, read)),
        marked=marked,
    )


def _finding(plan: OfficePlan, read: HeatRead) -> tuple[str, tuple[int, int] | None]:
    heat = read.heat
    grown = read.growth
    if grown is not None:
        week = _column(heat.columns[grown.column], read, plan)
        said = f"{grouped(grown.now)} за неделю с {week}, неделей раньше {grouped(grown.earlier)}"
        return f"Выросло: «{_topic(heat.rows[grown.row])}», {said}", (grown.row, grown.column)
    cell = hottest(heat)
    if cell is None:
        return _nothing_to_point_at(heat), None
    row, column = cell
    where = _column(heat.columns[column], read, plan)
    at = f"неделя с {where}" if isinstance(heat.columns[column], date) else where
    return f"Больше всего: «{_topic(heat.rows[row])}», {at}: {_of_all(heat[cell], heat)}", cell


def _nothing_to_point_at(heat: Heat) -> str:
    if heat.total == 0:
        return "Новых обращений не было"
    lacks = "темы" if any(isinstance(each, date) for each in heat.columns) else "темы или территории"
    return f"Новых обращений {grouped(heat.total)}, все без {lacks}"


def _of_all(count: int, heat: Heat) -> str:
    return f"{grouped(count)} из {grouped(heat.total)}"


def _topic(side: Side) -> str:
    match side:
        case Rest.REST:
            return "прочие темы"
        case None:
            return "тема не указана"
        case _:
            return str(side)


def _column(side: Side, read: HeatRead, plan: OfficePlan) -> str:
    """A week by the first of its days that is in the period."""
    match side:
        case Rest.REST:
            return "ранее" if any(isinstance(each, date) for each in read.heat.columns) else "прочие"
        case None:
            return "не указана"
        case date():
            return f"{max(side, read.asked.period.first):%d.%m}"
        case key:
            territory = plan.territory(TerritoryKey(key))
            return key if territory is None else territory.title


def _source(plan: OfficePlan, read: HeatRead) -> Iterator[str]:
    narrowed = ", ".join(_narrowed(plan, read.asked.scope))
    yield f"Новые обращения {of_period(read.asked.period)}{f' ({narrowed})' if narrowed else ''}."
    exports = dated_exports(read.freshest, plan, read.asked.stands_at)
    yield f"По выгрузке {exports}." if exports else NO_EXPORTS
    yield f"На {moment(read.asked.stands_at, plan.calendar, read.asked.stands_at)}."


def _narrowed(plan: OfficePlan, scope: Scope) -> Iterator[str]:
    for key in sorted(scope.blocks or ()):
        block = plan.block(BlockKey(key))
        yield f"блок «{key if block is None else block.title}»"
    if scope.territory is not None:
        territory = plan.territory(scope.territory)
        yield scope.territory if territory is None else territory.title
    if scope.channel is not None:
        yield _CHANNELS[scope.channel]
    if scope.topic is not None:
        yield f"«{scope.topic}»"
