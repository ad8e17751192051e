"""The buttons under a form."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks.forms import (
    FormBlock,
    FormCancel,
    FormJoin,
    FormLevel,
    FormNoReach,
    FormOffice,
    FormPanel,
    FormRegister,
    FormTerritory,
)
from handlers.keyboards.buttons import Row, button, choices, in_rows, level_title
from risk.drafts import DraftStatus
from risk.ids import BlockKey
from risk.masking import Hidden
from risk.offices import Office
from risk.standing import Panel
from risk.use_cases.reading import DraftFacts

REGISTER: Final = "Зарегистрировать"
NEW_RISK: Final = "Новый риск"
"""What registering is called where the same may be there already."""

_HIDDEN_NUMBERS = frozenset({Hidden.PHONE, Hidden.PASSPORT, Hidden.SNILS, Hidden.CARD, Hidden.INN})


def form_keyboard(facts: DraftFacts) -> InlineKeyboardMarkup | None:
    """The buttons of an open form; a closed one has none."""
    if facts.draft.status is not DraftStatus.OPEN:
        return None
    return InlineKeyboardMarkup(inline_keyboard=_PANELS[facts.panel](facts))


def _main(facts: DraftFacts) -> list[Row]:
    same = [
        [
            button(
                f"Это тот же риск: {risk.number}", FormJoin(office=facts.office.id, draft=facts.draft.id, risk=risk.id)
            )
        ]
        for risk, _ in facts.alike
    ]
    return [
        [button(REGISTER if not same else NEW_RISK, _register(facts, highest=None))],
        *same,
        [_turn(facts, "Изменить", Panel.EDIT), _cancel(facts)],
    ]


def _fields(facts: DraftFacts) -> list[Row]:
    plan = facts.office.plan
    offered = {
        "Суть": Panel.ASK_GIST,
        "Источник": Panel.ASK_SOURCE,
        **({"Блок": Panel.BLOCKS} if plan.blocks else {}),
        "Критичность": Panel.LEVELS,
        **({"Территория": Panel.TERRITORIES} if plan.territories else {}),
        "Охват": Panel.ASK_REACH,
    }
    fields = [_turn(facts, title, panel) for title, panel in offered.items()]
    rows = in_rows(fields, 2)
    if facts.draft.understood.hidden & _HIDDEN_NUMBERS:
        rows.append([_turn(facts, "Это служебный номер", Panel.ASK_SERVICE_NUMBER)])
    return [*rows, [_back(facts)]]


def _blocks(facts: DraftFacts) -> list[Row]:
    offered = [(block.title, _block(facts, block.key)) for block in facts.office.plan.blocks]
    return choices([*offered, ("Без блока", _block(facts, None))], _back(facts))


def _levels(facts: DraftFacts) -> list[Row]:
    office, draft = facts.office.id, facts.draft.id
    offered = [
        (level_title(level), FormLevel(office=office, draft=draft, level=level.key))
        for level in facts.office.plan.levels
    ]
    return choices(offered, _back(facts))


def _territories(facts: DraftFacts) -> list[Row]:
    office, draft = facts.office.id, facts.draft.id
    offered = [
        (each.title, FormTerritory(office=office, draft=draft, territory=each.key))
        for each in facts.office.plan.territories
    ]
    nowhere = ("Без территории", FormTerritory(office=office, draft=draft, territory=None))
    return choices([*offered, nowhere], _back(facts))


def _confirmation(facts: DraftFacts) -> list[Row]:
    plan = facts.office.plan
    return [
        [button(f"Да, {plan.highest.title}", _register(facts, highest=True))],
        [button(f"Нет, {plan.highest_without_confirmation.title}", _register(facts, highest=False))],
    ]


def _offices(facts: DraftFacts) -> list[Row]:
    """For whoever works in one office only by now there is one left to choose."""
    desks = facts.desks or (facts.office,)
    return choices(((desk.plan.title, _for_office(facts, desk)) for desk in desks), _cancel(facts))


def _question(facts: DraftFacts) -> list[Row]:
    """Without a gist there is nothing to go back to."""
    return [[_cancel(facts) if facts.draft.gist is None else _back(facts)]]


def _figures(facts: DraftFacts) -> list[Row]:
    """Nobody is made to give figures, and what was typed before can be taken back."""
    none = button("Цифр не видно", FormNoReach(office=facts.office.id, draft=facts.draft.id))
    return [[none], *_question(facts)] if facts.draft.choices.reach is not None else _question(facts)


def _back(facts: DraftFacts) -> InlineKeyboardButton:
    return _turn(facts, "Назад", Panel.MAIN)


def _turn(facts: DraftFacts, title: str, panel: Panel) -> InlineKeyboardButton:
    return button(title, FormPanel(office=facts.office.id, draft=facts.draft.id, panel=panel))


def _cancel(facts: DraftFacts) -> InlineKeyboardButton:
    return button("Отмена", FormCancel(office=facts.office.id, draft=facts.draft.id))


def _for_office(facts: DraftFacts, desk: Office) -> FormOffice:
    return FormOffice(office=facts.office.id, draft=facts.draft.id, into=desk.id)


def _block(facts: DraftFacts, block: BlockKey | None) -> FormBlock:
    return FormBlock(office=facts.office.id, draft=facts.draft.id, block=block)


def _register(facts: DraftFacts, *, highest: bool | None) -> FormRegister:
    return FormRegister(office=facts.office.id, draft=facts.draft.id, highest=highest)


_PANELS: Final[Mapping[Panel, Callable[[DraftFacts], list[Row]]]] = MappingProxyType(
    {
        Panel.MAIN: _main,
        Panel.EDIT: _fields,
        Panel.BLOCKS: _blocks,
        Panel.LEVELS: _levels,
        Panel.TERRITORIES: _territories,
        Panel.CONFIRM_HIGHEST: _confirmation,
        Panel.ASK_OFFICE: _offices,
        Panel.ASK_GIST: _question,
        Panel.ASK_SOURCE: _question,
        Panel.ASK_SERVICE_NUMBER: _question,
        Panel.ASK_REACH: _figures,
    }
)
