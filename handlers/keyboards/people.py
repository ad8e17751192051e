"""The buttons under the list of people and under each step of inviting, freeing and handing over."""

from collections.abc import Sequence
from typing import Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks.people import (
    EntryAsk,
    RoleInvite,
    SeatChosen,
    SeatFree,
    SeatHandOver,
    SeatInvite,
    StaffList,
    StaffPurpose,
)
from handlers.keyboards.buttons import Row, button, choices, turning
from risk.entries import EntryState
from risk.ids import OfficeId, PersonId
from risk.offices import OfficePlan
from risk.powers import Power
from risk.use_cases.inviting import Vacancies
from risk.use_cases.staff import HandOver, Staff, StaffedPosition

POSITIONS_ON_A_PAGE: Final = 20


def on_page(positions: Sequence[StaffedPosition], page: int) -> Sequence[StaffedPosition]:
    """The positions of a page, counted from 0."""
    return positions[page * POSITIONS_ON_A_PAGE : (page + 1) * POSITIONS_ON_A_PAGE]


def staff_keyboard(facts: Staff) -> InlineKeyboardMarkup | None:
    """What the reader may do about the people; nothing for whoever may only read."""
    office = facts.office.id
    rows: list[Row] = []
    if Power.INVITE in facts.allowed:
        waiting = [each.entry for each in facts.positions if each.entry is not None]
        rows += [
            [button(f"Подтвердить: {entry.name}", EntryAsk(office=office, entry=entry.id))]
            for entry in waiting
            if entry.state is EntryState.WAITING
        ]
        rows.append([button("Пригласить", _opening(office, StaffPurpose.INVITE))])
    if Power.DISMISS in facts.allowed and facts.held:
        rows.append([button("Освободить должность", _opening(office, StaffPurpose.FREE))])
        rows.append([button("Передать должность", _opening(office, StaffPurpose.HAND_OVER))])
    rows += _turning(facts, StaffPurpose.LOOK, len(facts.positions))
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def invite_keyboard(facts: Vacancies) -> InlineKeyboardMarkup:
    office, plan = facts.office.id, facts.office.plan
    seats = [(each.title(plan), SeatInvite(office=office, position=each.id, succeeds=None)) for each in facts.seats]
    roles = [(f"+ {plan.role(role).title}", RoleInvite(office=office, role=role)) for role in facts.growing]
    return InlineKeyboardMarkup(inline_keyboard=choices([*seats, *roles], _back(office)))


def chosen_keyboard(facts: Staff, purpose: StaffPurpose) -> InlineKeyboardMarkup:
    office, plan = facts.office.id, facts.office.plan
    offered = [
        (_named(each, plan), SeatChosen(office=office, position=each.position.id, purpose=purpose))
        for each in on_page(facts.held, facts.page)
    ]
    turning = _turning(facts, purpose, len(facts.held))
    return InlineKeyboardMarkup(inline_keyboard=[*turning, *choices(offered, _back(office))])


def heirs_keyboard(facts: HandOver) -> InlineKeyboardMarkup:
    """The people who work here already, and the way for somebody new."""
    office, position, holder = facts.office.id, facts.position.id, facts.holder.id
    known = [
        (
            _named(each, facts.office.plan),
            SeatHandOver(office=office, position=position, holder=holder, heir=each.person.id, sure=False),
        )
        for each in facts.heirs
        if each.person is not None
    ]
    somebody_new = ("Новый сотрудник", SeatInvite(office=office, position=position, succeeds=holder))
    return InlineKeyboardMarkup(inline_keyboard=choices([*known, somebody_new], _back(office)))


def sure_keyboard(facts: HandOver, heir: PersonId | None = None) -> InlineKeyboardMarkup:
    office, position, holder = facts.office.id, facts.position.id, facts.holder.id
    if heir is None:
        act = button("Освободить", SeatFree(office=office, position=position, holder=holder))
    else:
        sure = SeatHandOver(office=office, position=position, holder=holder, heir=heir, sure=True)
        act = button("Передать", sure)
    return InlineKeyboardMarkup(inline_keyboard=[[act], [_back(office)]])


def _back(office: OfficeId) -> InlineKeyboardButton:
    return button("Назад", _opening(office, StaffPurpose.LOOK))


def _named(each: StaffedPosition, plan: OfficePlan) -> str:
    """The name first: long titles of positions are cut on a narrow phone, and begin alike."""
    title = each.position.title(plan)
    name = None if each.person is None else each.person.official_name
    return title if name is None else f"{name} · {title}"


def _opening(office: OfficeId, purpose: StaffPurpose) -> StaffList:
    return StaffList(office=office, purpose=purpose, page=0)


def _turning(facts: Staff, purpose: StaffPurpose, positions: int) -> list[Row]:
    """Ways to the pages before and after this one, if there are any."""
    pages = -(-positions // POSITIONS_ON_A_PAGE)
    return turning(
        facts.page,
        pages,
        lambda page: StaffList(office=facts.office.id, purpose=purpose, page=page),
        earlier="‹ Раньше",
    )
