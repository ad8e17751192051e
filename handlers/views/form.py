"""The form of a filing: its preview, its questions, its end."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from aiogram.utils.formatting import Text

from handlers.keyboards.forms import form_keyboard
from handlers.places import is_private
from handlers.russian import quoted
from handlers.views.dates import moment
from handlers.views.lines import block_line, gist_line, highest_question, level_line, sources_line
from handlers.views.message import Line, Outgoing, outgoing
from handlers.views.working import REACH_QUESTION, reach_words
from risk.drafts import Draft, DraftStatus
from risk.masking import Hidden
from risk.risks import Risk
from risk.sameness import Sameness, SamenessReason
from risk.standing import Panel
from risk.units import shortened
from risk.use_cases.reading import DraftFacts

QUESTIONS: Final[Mapping[Panel, str]] = MappingProxyType(
    {
        Panel.ASK_OFFICE: "Для какого офиса?",
        Panel.ASK_GIST: "В чём суть, одной фразой?",
        Panel.ASK_SOURCE: "Пришлите ссылку или напишите, откуда известно: «домовой чат», «звонок».",
        Panel.ASK_SERVICE_NUMBER: "Напишите служебный номер, он будет показан на карточке.",
        Panel.ASK_REACH: REACH_QUESTION,
    }
)

HIDDEN_KINDS: Final[Mapping[Hidden, str]] = MappingProxyType(
    {
        Hidden.PHONE: "телефон",
        Hidden.EMAIL: "почта",
        Hidden.PASSPORT: "паспорт",
        Hidden.SNILS: "СНИЛС",
        Hidden.CARD: "номер карты",
        Hidden.INN: "ИНН",
        Hidden.NAME: "имя",
    }
)

_WORDS_SHOWN = 4
_WORD_SHOWN = 40
_ALIKE_SHOWN = 80


def form(facts: DraftFacts) -> Outgoing:
    return outgoing(_lines(facts), form_keyboard(facts))


def _lines(facts: DraftFacts) -> Iterator[Line]:
    status, question = facts.draft.status, QUESTIONS.get(facts.panel)
    if status is DraftStatus.FILED:
        yield _filed(facts)
    elif status is DraftStatus.JOINED:
        yield _joined(facts)
    elif status is DraftStatus.CANCELLED:
        yield "Черновик закрыт, ничего не сохранено."
    elif status is DraftStatus.MOVED:
        yield "Черновик перенесён в другой ваш офис, форма ниже."
    elif question is not None:
        yield from _asked(facts, question)
    else:
        yield from _preview(facts)


def _filed(facts: DraftFacts) -> str:
    what = "Риск зарегистрирован." if facts.number is None else f"{facts.number} зарегистрирован."
    return f"{what} Карточка — в алерт-чате." if is_private(facts.draft.place) else what


def _joined(facts: DraftFacts) -> str:
    number = "тому же риску" if facts.number is None else str(facts.number)
    return f"Упоминание добавлено к {number}. Сообщу, когда его состояние изменится."


def _asked(facts: DraftFacts, question: str) -> Iterator[Line]:
    yield question if is_private(facts.draft.place) else f"{question} Ответьте на это сообщение."
    if facts.panel is Panel.ASK_REACH:
        yield from (f"Сейчас {said}" for said in _reach(facts.draft))
    elif facts.draft.gist is not None:
        yield f"Сейчас суть: {gist_line(facts.draft.gist)}"


def _preview(facts: DraftFacts) -> Iterator[Line]:
    draft, plan = facts.draft, facts.office.plan
    yield "Проверьте, прежде чем отправить в алерт-чат."
    yield "Суть: не указана" if draft.gist is None else f"Суть: {gist_line(draft.gist)}"
    yield _sources(draft)
    if plan.blocks:
        yield _block(facts)
    yield _level(facts)
    yield from _territory(facts)
    yield from (said.capitalize() for said in _reach(draft))
    for risk, sameness in facts.alike:
        yield _alike(risk, sameness, facts)
    if draft.understood.has_media:
        yield "Фото и видео не сохраняются, в карточку попадёт только текст."
    if draft.understood.hidden:
        yield "Скрыты личные данные: " + ", ".join(_kinds(draft.understood.hidden)) + "."
    if facts.panel is Panel.CONFIRM_HIGHEST:
        yield highest_question(plan)


def _alike(risk: Risk, sameness: Sameness, facts: DraftFacts) -> str:
    """«Похоже на ИР-9/26 «Отключение воды на Советской» (общие слова: «воды», пт 20.11, 09:00)»."""
    why = "та же ссылка" if sameness.reason is SamenessReason.LINK else f"общие слова: {quoted(sameness.words)}"
    filed = moment(risk.filed_at, facts.office.plan.calendar, facts.draft.touched_at)
    return f"Похоже на {risk.number} «{shortened(risk.gist, _ALIKE_SHOWN)}» ({why}; зарегистрирован {filed})"


def _sources(draft: Draft) -> Line:
    if not draft.sources:
        return "Источник: не указан"
    label = "Источник: " if len(draft.sources) == 1 else "Источники: "
    return Text(label, sources_line(draft.sources), " (имена авторов не сохраняются)")


def _block(facts: DraftFacts) -> str:
    draft = facts.draft
    title = block_line(draft.block, facts.office.plan)
    if title is None:
        return "Блок: без блока" if draft.choices.without_block else "Блок: не определён"
    return f"Блок: {title}" + _because("" if draft.choices.block else draft.understood.block_words)


def _level(facts: DraftFacts) -> str:
    draft = facts.draft
    words = "" if draft.choices.level else draft.understood.level_words
    return f"Критичность: {level_line(draft.level, facts.office.plan)}" + _because(words)


def _territory(facts: DraftFacts) -> Iterator[str]:
    draft = facts.draft
    territory = facts.office.plan.territory(draft.territory)
    if territory is not None:
        word = None if draft.choices.territory else draft.understood.territory_word
        yield f"Территория: {territory.title}" + _because((word,) if word else "")


def _reach(draft: Draft) -> Iterator[str]:
    """«охват: просмотров 1 200, репостов 30»; nothing where nobody has typed figures: they are never asked for."""
    if draft.choices.reach is not None:
        yield f"охват: {reach_words(draft.choices.reach.figures)}"


def _because(words: Sequence[str]) -> str:
    """« (по словам «воды», «улице»)»: what led to a suggestion; nothing when a person chose."""
    if not words:
        return ""
    shown = [shortened(word, _WORD_SHOWN) for word in words[:_WORDS_SHOWN]]
    return f" ({'по слову' if len(shown) == 1 else 'по словам'} {quoted(shown)})"


def _kinds(hidden: frozenset[Hidden]) -> list[str]:
    return [HIDDEN_KINDS[kind] for kind in Hidden if kind in hidden]
