"""Lines that cards, forms and lists share: gist, sources, block, level, the question of the highest level."""

from collections.abc import Iterator, Sequence

from aiogram.utils.formatting import TextLink

from handlers.keyboards.buttons import level_title
from handlers.views.dates import term
from handlers.views.message import GIST_ROOM, SOURCES_ROOM, Line, joined
from risk.deadlines import ClockKind
from risk.ids import BlockKey, LevelKey
from risk.offices import OfficePlan
from risk.sources import Source, SourceKind
from risk.units import shortened, units

INNER_DEADLINE = "внутренний ориентир МЦУ"
"""Said beside every deadline of a risk: no act sets one, so none may look like law."""

TEXT_DROPPED = "Текст удалён: срок хранения прошёл."
"""Said where the gist of a closed risk stood."""

WITHOUT_BLOCK = "без блока"
"""What no block has, risks and appeals alike, wherever they are told by block."""

_SOURCE_SHOWN = 100
_SEPARATOR = " · "


def gist_line(gist: str, room: int = GIST_ROOM) -> str:
    return shortened(gist, room) if gist else TEXT_DROPPED


def sources_line(sources: Sequence[Source]) -> Line:
    """«vk.com/wall-1_2 · домовой чат · ещё 3»: as many sources as there is room for."""
    return joined(_sources_that_fit(sources), _SEPARATOR)


def level_line(key: LevelKey, plan: OfficePlan) -> str:
    """«🟡 средняя»; a level that the office never had is named by its key."""
    level = plan.level_if_known(key)
    return str(key) if level is None else level_title(level)


def block_line(key: BlockKey | None, plan: OfficePlan) -> str | None:
    """The block's title; None when there is none, or none of that key ever was."""
    block = plan.block(key)
    return None if block is None else block.title


def highest_question(plan: OfficePlan) -> str:
    highest = plan.highest
    by_the_clock = highest.verify_within.clock is ClockKind.CLOCK
    consequence = "срок пойдёт круглосуточно" if by_the_clock else f"срок проверки {term(highest.verify_within)}"
    return f"{highest.title.capitalize()} критичность: {consequence}. Подтвердите вторым нажатием."


def _sources_that_fit(sources: Sequence[Source]) -> Iterator[Line]:
    room = SOURCES_ROOM
    for place, source in enumerate(sources):
        shown = shown_source(source)
        room -= units(shown) + len(_SEPARATOR)
        if room < 0:
            yield f"ещё {len(sources) - place}"
            return
        yield shown if source.address is None else TextLink(shown, url=source.address)


def shown_source(source: Source) -> str:
    if source.kind is SourceKind.PERSONAL_PAGE:
        return "личная страница"
    return shortened(source.link or source.label or "источник без названия", _SOURCE_SHOWN)
