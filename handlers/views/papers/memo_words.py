"""Words and figures that sections of a memo share: periods, moments, changes, shares, texts dropped meanwhile."""

from datetime import date, datetime
from typing import Final

from handlers.days import MONTHS, MONTHS_OF_DAYS, quarter
from handlers.views.lines import WITHOUT_BLOCK
from risk.calendar import WorkingCalendar
from risk.documents import Align, Block, Column, Paragraph, Run, Table
from risk.figures import Figure, Tally
from risk.ids import BlockKey
from risk.memos import Memo
from risk.offices import OfficePlan
from risk.periods import Period, PeriodKind

NBSP: Final = "\u00a0"
DROPPED: Final = "текст удалён по сроку хранения"
NONE: Final = "—"
NONE_FINISHED: Final = "завершённых нет"

_LINE: Final = 90
_FIRST_COLUMN: Final = 16
_NARROWEST: Final = 9
_PADDING: Final = 4
"""Characters of a page's width, and of columns of a table in it."""


def period_words(period: Period) -> str:
    """«за неделю 16–22 ноября 2026 года», «за ноябрь 2026 года», «за IV квартал 2026 года»."""
    first = period.first
    match period.kind:
        case PeriodKind.WEEK:
            return f"за неделю {days_words(period)}"
        case PeriodKind.MONTH:
            return f"за {MONTHS[first.month - 1]} {first.year} года"
        case PeriodKind.QUARTER:
            return f"за {quarter(first)} квартал {first.year} года"
        case PeriodKind.DAY | PeriodKind.DAYS:
            return f"за {days_words(period)}"


def days_words(period: Period) -> str:
    """«16–22 ноября 2026 года», «28 декабря 2026 года – 3 января 2027 года»."""
    first, last = period.first, period.last
    if first == last:
        return day_words(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_words(last)}"
    if first.year == last.year:
        return f"{first.day}{NBSP}{MONTHS_OF_DAYS[first.month - 1]} – {day_words(last)}"
    return f"{day_words(first)} – {day_words(last)}"


def day_words(day: date) -> str:
    """«22 ноября 2026 года»."""
    return f"{day.day}{NBSP}{MONTHS_OF_DAYS[day.month - 1]} {day.year}{NBSP}года"


def moment_words(at: datetime, calendar: WorkingCalendar) -> str:
    """«22 ноября 2026 года, 16:00»."""
    local = calendar.local(at)
    return f"{day_words(local.date())}, {local:%H:%M}"


def short_day(day: date) -> str:
    """«22.11.2026», for the cells of a table."""
    return f"{day:%d.%m.%Y}"


def compared(figure: Figure, now: Tally, before: Tally | None) -> str:
    """«31 (+7)», for the cells of a table; «0» when there was nothing before either, «31» where nothing is compared."""
    if before is None:
        return str(now[figure])
    if now[figure] == before[figure] == 0:
        return "0"
    return f"{now[figure]}{NBSP}({_signed(now[figure] - before[figure])})"


def difference(figure: Figure, now: Tally, before: Tally) -> str:
    """«на 7 больше, чем за предыдущий период», for a sentence."""
    change = now[figure] - before[figure]
    if change == 0:
        return "столько же, сколько за предыдущий период"
    return f"на {abs(change)} {'больше' if change > 0 else 'меньше'}, чем за предыдущий период"


def share(value: float | None, count: int, minimum: int) -> str:
    """«82 % (из 45)»; under the office's minimum no share is published."""
    if value is None or count == 0:
        return NONE
    return too_few(count) if count < minimum else f"{percent(value)}{NBSP}% (из{NBSP}{count})"


def percent(value: float) -> int:
    return int(100 * value + 0.5)


def in_time(tally: Tally, minimum: int) -> str:
    """As `share`; where nothing was finished, nothing was finished late."""
    if tally.answered_for and not tally[Figure.FINISHED]:
        return NONE_FINISHED
    return share(tally.share_in_time, tally.answered_for, minimum)


def length(value: float | None, count: int, minimum: int) -> str:
    """«4,5» days; hidden as shares are."""
    if value is None:
        return NONE
    return too_few(count) if count < minimum else f"{value:.1f}".replace(".", ",").removesuffix(",0")


def too_few(count: int) -> str:
    return f"мало данных ({count})"


def kept(text: str) -> str:
    """The words, or that they were kept for a while only."""
    return text or DROPPED


def capital(text: str) -> str:
    """A sentence's first letter."""
    return text[:1].upper() + text[1:]


def block_title(key: BlockKey | None, plan: OfficePlan) -> str:
    block = plan.block(key)
    return capital(WITHOUT_BLOCK) if block is None else block.title


def says(text: str, *, bold: bool = False, align: Align = Align.LEFT) -> Paragraph:
    return Paragraph(runs=(Run(text=text, bold=bold),), align=align)


def table(first: str, titles: tuple[str, ...], rows: list[tuple[str, ...]], *, has_total: bool = False) -> Table:
    """A table of figures: what they are of stands in the first column, the others are as wide as what is in them."""
    widest = [max(map(len, column)) for column in zip(titles, *(row[1:] for row in rows), strict=True)]
    shares = [max(width, _NARROWEST) + _PADDING for width in widest]
    figures = [Column(title=title, align=Align.RIGHT, share=share) for title, share in zip(titles, shares, strict=True)]
    named = Column(title=first, share=max(_FIRST_COLUMN, _LINE - sum(shares)))
    return Table(columns=(named, *figures), rows=tuple(rows), has_total=has_total)


def told_or(blocks: list[Block], nothing: str) -> list[Block]:
    """The blocks; a sentence when there are none: that nothing is there is said."""
    return blocks or [says(nothing)]


def minimum_of(memo: Memo) -> int:
    return memo.plan.reports.rating_minimum


def _signed(change: int) -> str:
    return f"+{change}" if change > 0 else "0" if change == 0 else f"−{-change}"
