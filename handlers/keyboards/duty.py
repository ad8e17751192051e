"""The buttons under the page of duty and under each step of assigning it."""

from typing import Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks.rota import DutyDays, DutyDraft, DutyList, DutyPositions
from handlers.keyboards.buttons import button, choices, turning
from handlers.keyboards.dates import MonthGrid, month_number, month_rows
from risk.ids import OfficeId, PositionId
from risk.powers import Power
from risk.use_cases.duty_steps import DutyDaysAsked, DutyDrafted, DutyPage, PositionsForDuty

POSITIONS_ON_A_PAGE: Final = 20


def duty_keyboard(facts: DutyPage) -> InlineKeyboardMarkup | None:
    if Power.ASSIGN_DUTY not in facts.allowed:
        return None
    assign = button("Назначить", DutyPositions(office=facts.office.id, page=0))
    return InlineKeyboardMarkup(inline_keyboard=[[assign]])


def positions_keyboard(facts: PositionsForDuty) -> InlineKeyboardMarkup:
    office, begin = facts.office.id, facts.page * POSITIONS_ON_A_PAGE
    shown = facts.positions[begin : begin + POSITIONS_ON_A_PAGE]
    offered = [(each.title(facts.office.plan), _days(office, each.id)) for each in shown]
    pages = -(-len(facts.positions) // POSITIONS_ON_A_PAGE)
    turns = turning(facts.page, pages, lambda page: DutyPositions(office=office, page=page))
    nobody = ("Никто", _days(office, None))
    return InlineKeyboardMarkup(inline_keyboard=[*turns, *choices([*offered, nobody], _to_list(office))])


def days_keyboard(facts: DutyDaysAsked, month: int | None) -> InlineKeyboardMarkup:
    office = facts.office.id
    position = None if facts.position is None else facts.position.id
    first = None if facts.first is None else facts.first.toordinal()
    grid = MonthGrid(
        office=office,
        shown=month_number(facts.earliest) if month is None else month,
        earliest=facts.earliest,
        latest=facts.latest,
        today=facts.today,
    )

    def chosen(number: int) -> DutyDays | DutyDraft:
        if first is None:
            return DutyDays(office=office, position=position, first=number, month=None)
        return DutyDraft(office=office, position=position, first=first, last=number, sure=False)

    def turned(number: int) -> DutyDays:
        return DutyDays(office=office, position=position, first=first, month=number)

    earlier = DutyPositions(office=office, page=0) if first is None else _days(office, position)
    back = button("Назад", earlier)
    return InlineKeyboardMarkup(inline_keyboard=[*month_rows(grid, chosen=chosen, turned=turned), [back]])


def draft_keyboard(facts: DutyDrafted) -> InlineKeyboardMarkup:
    office, first = facts.office.id, facts.first.day.toordinal()
    position = None if facts.position is None else facts.position.id
    save = DutyDraft(office=office, position=position, first=first, last=facts.last.day.toordinal(), sure=True)
    back = DutyDays(office=office, position=position, first=first, month=None)
    return InlineKeyboardMarkup(inline_keyboard=[[button("Сохранить", save)], [button("Назад", back)]])


def _days(office: OfficeId, position: PositionId | None) -> DutyDays:
    return DutyDays(office=office, position=position, first=None, month=None)


def _to_list(office: OfficeId) -> InlineKeyboardButton:
    return button("Назад", DutyList(office=office))
