"""What papers and pictures are called: in a sentence, under the file, and as a file; and of which days they are."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from handlers.days import month, quarter
from risk.digests import Digest
from risk.papers import Paper, PaperKind
from risk.periods import Period, PeriodKind

_TITLES: Final[Mapping[PaperKind, tuple[str, str]]] = MappingProxyType(
    {
        PaperKind.MEMO: ("справка", "справку"),
        PaperKind.REGISTERS: ("реестры", "реестры"),
        PaperKind.DIGEST_PAGE: ("страница дайджеста", "страницу дайджеста"),
        PaperKind.DIGEST_PICTURE: ("картинка дайджеста", "картинку дайджеста"),
        PaperKind.HEAT_OF_TERRITORIES: ("карта «Темы по территориям»", "карту «Темы по территориям»"),
        PaperKind.HEAT_OF_WEEKS: ("карта «Темы по неделям»", "карту «Темы по неделям»"),
    }
)
"""As a subject and as an object."""
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys('«»"/\\:*?<>|'))


def paper_title(paper: Paper, digest: Digest | None = None) -> str:
    """«Справка за неделю 16–22.11»."""
    title = _with_days(_TITLES[paper.kind][0], paper, digest)
    return title[0].upper() + title[1:]


def paper_as_object(paper: Paper) -> str:
    """«справку за неделю 16–22.11», of what is made."""
    return _with_days(_TITLES[paper.kind][1], paper, None)


def file_name(paper: Paper, digest: Digest | None = None) -> str:
    """«Справка за неделю 16–22.11.2026.docx»: as every system takes it."""
    year = f".{paper.period.last.year}" if paper.period is not None and _ends_in_day(paper.period) else ""
    return f"{paper_title(paper, digest).translate(_NOT_IN_NAMES)}{year}.{paper.ending}"


def of_period(period: Period | None) -> str:
    """«за неделю 16–22.11», «за IV квартал 2026»; without one, of all the time."""
    if period is None:
        return "за всё время"
    match period.kind:
        case PeriodKind.WEEK:
            return f"за неделю {_days(period)}"
        case PeriodKind.MONTH:
            return f"за {month(period.first)}"
        case PeriodKind.QUARTER:
            return f"за {quarter(period.first)} квартал {period.first.year}"
        case PeriodKind.DAY | PeriodKind.DAYS:
            return f"за {_days(period)}"


def _with_days(title: str, paper: Paper, digest: Digest | None) -> str:
    if digest is not None:
        return f"{title} на {digest.day:%d.%m}"
    if paper.digest is not None:
        return title
    return f"{title} {of_period(paper.period)}"


def _days(period: Period) -> str:
    """«16–22.11», «30.11–06.12», over a new year «28.12.2026–03.01.2027»."""
    first, last = period.first, period.last
    if first == last:
        return f"{last:%d.%m}"
    if first.year != last.year:
        return f"{first:%d.%m.%Y}–{last:%d.%m.%Y}"
    return f"{first:%d}–{last:%d.%m}" if first.month == last.month else f"{first:%d.%m}–{last:%d.%m}"


def _ends_in_day(period: Period) -> bool:
    """Whether its words lack the year."""
    if period.kind in {PeriodKind.MONTH, PeriodKind.QUARTER}:
        return False
    return period.first.year == period.last.year
