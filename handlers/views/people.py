"""The people of the office: who holds what, who is awaited, and the questions before a position changes hands."""

from collections.abc import Iterator, Sequence
from typing import Final

from aiogram.utils.formatting import Bold

from handlers.callbacks.people import StaffPurpose
from handlers.days import day
from handlers.keyboards.people import (
    chosen_keyboard,
    heirs_keyboard,
    invite_keyboard,
    on_page,
    staff_keyboard,
    sure_keyboard,
)
from handlers.russian import counted
from handlers.views.dates import moment
from handlers.views.message import Line, Outgoing, outgoing
from risk.entries import EntryState
from risk.people import Person
from risk.use_cases.inviting import IssuedInvitation, Vacancies
from risk.use_cases.staff import HandOver, Staff, StaffedPosition

HOW_TO_NAME: Final = Outgoing(text="Напишите имя, как в документах: /name Иванова О. П.")
FREED: Final = Outgoing(text="Должность освобождена. Список людей: /people, пригласить: /invite.")
HANDED_OVER: Final = Outgoing(text="Должность передана: оба сотрудника об этом узнают. Список людей: /people.")
STALE: Final = "Этот список устарел. Откройте его заново: /people."


def staff(facts: Staff) -> Outgoing:
    return outgoing(_list(facts), staff_keyboard(facts))


def choose_position(facts: Staff, purpose: StaffPurpose) -> Outgoing:
    """The first step of freeing a position or handing it over."""
    question = "Какую должность освободить?" if purpose is StaffPurpose.FREE else "Какую должность передать?"
    return outgoing([question], chosen_keyboard(facts, purpose))


def invite(facts: Vacancies) -> Outgoing:
    seats = counted(len(facts.seats), "должность", "должности", "должностей")
    vacant = f"Не занято: {seats}." if facts.seats else "Свободных должностей нет."
    return outgoing([vacant, "На какую должность пригласить?"], invite_keyboard(facts))


def invitation(issued: IssuedInvitation, username: str) -> Outgoing:
    """Stands alone when it is forwarded to whoever is invited."""
    plan = issued.office.plan
    return outgoing(
        (
            f"Приглашение: {issued.position.title(plan)} ({plan.title}).",
            f"https://t.me/{username}?start=i_{issued.code}",
            f"Для одного человека, до {moment(issued.expires_at, plan.calendar, issued.issued_at)}.",
            "Откройте ссылку и нажмите «Запустить».",
        )
    )


def free(facts: HandOver) -> Outgoing:
    """The question before a position is freed."""
    return outgoing(
        [
            f"Освободить должность: {_title(facts)}, {_name(facts.holder)}?",
            "Доступ закроется сразу, незаконченные формы сотрудника будут стёрты.",
            _work(facts),
        ],
        sure_keyboard(facts),
    )


def hand_over(facts: HandOver) -> Outgoing:
    """The question to whom a position goes."""
    return outgoing(
        [
            f"Кому передать должность: {_title(facts)}? Сейчас её занимает {_name(facts.holder)}.",
            _work(facts),
        ],
        heirs_keyboard(facts),
    )


def sure_to_hand_over(facts: HandOver, heir: Person) -> Outgoing:
    return outgoing(
        [
            f"Передать должность: {_title(facts)}?",
            f"Сейчас: {_name(facts.holder)}. Будет: {_name(heir)}.",
            "Прежний сотрудник сразу потеряет права этой должности.",
        ],
        sure_keyboard(facts, heir.id),
    )


def named(name: str) -> Outgoing:
    return outgoing([f"Имя для бумаг: {name}."])


def _list(facts: Staff) -> Iterator[Line]:
    yield Bold(f"{facts.office.plan.title} · люди")
    yield f"Занято: {len(facts.held)} из {len(facts.positions)}."
    awaited = [each for each in facts.positions if each.invitation is not None]
    if awaited:
        yield f"Не подключились по приглашению: {len(awaited)}."
    for each in on_page(facts.positions, facts.page):
        yield _position(each, facts)


def _position(each: StaffedPosition, facts: Staff) -> str:
    return f"• {each.position.title(facts.office.plan)} — {'; '.join(_standing(each, facts))}"


def _standing(each: StaffedPosition, facts: Staff) -> Sequence[str]:
    calendar, now = facts.office.plan.calendar, facts.now
    said = ["не занята"] if each.person is None else [_name(each.person)]
    if each.away is not None:
        stands_in = "замещающего нет" if each.deputy is None else f"замещает {_name(each.deputy)}"
        said.append(f"отсутствует по {day(each.away.last_day, calendar.local(now).date())}, {stands_in}")
    if each.person is not None and each.person.unreachable_since is not None:
        said.append(f"сообщения не доходят с {moment(each.person.unreachable_since, calendar, now)}")
    if each.entry is not None:
        waiting = each.entry.state is EntryState.WAITING
        said.append(f"ждёт подтверждения: {each.entry.name}" if waiting else "вход начат, имя не названо")
    elif each.invitation is not None:
        until = moment(each.invitation.expires_at, calendar, now)
        expired = each.invitation.expires_at <= facts.now
        said.append(f"приглашение истекло {until}" if expired else f"приглашение до {until}, вход не выполнен")
    return said


def _title(facts: HandOver) -> str:
    return facts.position.title(facts.office.plan)


def _name(person: Person) -> str:
    return person.official_name or "имя не указано"


def _work(facts: HandOver) -> str:
    if not facts.open_risks:
        return "Открытых рисков за этой должностью нет."
    return f"Открытых рисков: {facts.open_risks}. Они останутся за должностью."
