"""What reminders say: one thing and many, of oneself and of those below, why it is asked; the buttons under it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest
from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks.reminders import HourChosen, OwedPress, OwedRecord, OwedView
from handlers.callbacks.working import CardMeasure, CardPress, CardRecord, WorkPress
from handlers.keyboards.reminders import items_keyboard
from handlers.views import reminders as views
from handlers.views.message import LONGEST_TEXT, Outgoing
from handlers.views.notice import notice
from risk.bundle_hours import bundle_hour
from risk.deadlines import ClockKind, Term, deadline
from risk.ids import NudgeId, ObligationId, OfficeId, PersonId, PositionId
from risk.notices import PersonUnreachable, Reminder, RemindersAstray
from risk.obligations import Hold, HoldKind, ObligationKind
from risk.records import RecordKind
from risk.risks import RiskState
from risk.typed import LONGEST_NOTE
from risk.units import units
from risk.use_cases.reminder_telling import Explained, OwedTold
from risk.use_cases.telling import NoticeFacts
from tests.handlers.builders import HOSTILE, SATURDAY, calendar, marked, office, titles
from tests.handlers.owed import DAY, HEAD_TITLE, HOUR, NOW, explained, owed_told, own_owed, reminder_told
from tests.handlers.workings import MEMBER, ROUNDS, facts_in

LONG_TITLE: Final = "руководитель блока «Экономика, финансы, сельское хозяйство и прочее»"
ROOMY: Final = "🏠" * 400


def lines(shown: Outgoing) -> list[str]:
    return shown.text.splitlines()


# --- a message of reminders -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "summary", "line"),
    [
        (owed_told(), "просрочено 1", "просрочено с пт 20.11, 15:00"),
        (owed_told(NOW), "просрочено 1", "просрочено с пт 20.11, 16:00"),
        (owed_told(NOW + HOUR), "срок сегодня 1", "сегодня до 17:00"),
        (owed_told(NOW + 3 * DAY), "срок позже 1", "до пн 23.11, 16:00"),
    ],
)
def test_one_thing_is_told_with_its_number_its_kind_its_time_and_what_it_is_about(
    told: OwedTold, summary: str, line: str
) -> None:
    shown = views.reminder(reminder_told(told))
    assert lines(shown) == [f"На сегодня у вас 1: {summary}.", f"1. 🟡 ИР-1/26 · проверка · {line} · Нет воды"]
    assert marked(shown, "bold") == [f"На сегодня у вас 1: {summary}."]
    assert titles(shown.keyboard) == [["1"]]


def test_of_several_it_is_counted_what_is_late_what_is_due_today_and_what_later() -> None:
    told = [
        owed_told(NOW - DAY, number=1),
        owed_told(NOW - HOUR, ObligationKind.ANSWER, number=2),
        owed_told(NOW + HOUR, ObligationKind.CHECK, number=3),
        owed_told(NOW + 4 * DAY, ObligationKind.MEASURE, number=4, about="График подвоза"),
    ]
    assert lines(views.reminder(reminder_told(*told))) == [
        "На сегодня у вас 4: просрочено 2, срок сегодня 1, срок позже 1.",
        "1. 🟡 ИР-1/26 · проверка · просрочено с чт 19.11, 16:00 · Нет воды",
        "2. 🟡 ИР-2/26 · официальный ответ · просрочено с пт 20.11, 15:00 · Нет воды",
        "3. 🟡 ИР-3/26 · проверка реакции · сегодня до 17:00 · Нет воды",
        "4. 🟡 ИР-4/26 · мера · до вт 24.11, 16:00 · График подвоза",
    ]


@pytest.mark.parametrize("kind", ObligationKind)
def test_every_kind_has_its_word(kind: ObligationKind) -> None:
    assert f" · {views.KINDS[kind]} · " in views.reminder(reminder_told(owed_told(kind=kind))).text
    assert len(set(views.KINDS.values())) == len(ObligationKind)


def test_what_does_not_go_in_is_counted_and_has_no_buttons() -> None:
    told = [owed_told(number=number) for number in range(1, 13)]
    shown = views.reminder(reminder_told(*told))
    assert lines(shown)[0] == "На сегодня у вас 12: просрочено 12."
    assert lines(shown)[-1] == "И ещё 4: /reminders"
    assert lines(shown)[-2].startswith("8. ")
    assert titles(shown.keyboard) == [["1", "2", "3", "4"], ["5", "6", "7", "8"]]


def test_eight_go_in_without_a_word() -> None:
    shown = views.reminder(reminder_told(*[owed_told(number=number) for number in range(1, 9)]))
    assert "И ещё" not in shown.text


def test_whoever_is_above_is_told_whose_it_is() -> None:
    below = (owed_told(steps=1), owed_told(number=2, steps=2, whose=None))
    assert lines(views.reminder(reminder_told(below=below))) == [
        "Просрочено у других, вы следующий по порядку: 2.",
        f"1. {HEAD_TITLE}: 🟡 ИР-1/26 · проверка · просрочено с пт 20.11, 15:00 · Нет воды",
        "2. должность не занята: 🟡 ИР-2/26 · проверка · просрочено с пт 20.11, 15:00 · Нет воды",
    ]


def test_ones_own_comes_first_and_the_numbers_go_on() -> None:
    own = [owed_told(number=number) for number in range(1, 11)]
    below = tuple(owed_told(number=20 + number, steps=1) for number in range(10))
    shown = views.reminder(reminder_told(*own, below=below))
    numbers = [line.split(".")[0] for line in lines(shown) if line[0:1].isdigit()]
    assert numbers == [str(number) for number in range(1, 17)]
    pressed = [OwedPress.unpack(data or "").owed for data in _data(shown.keyboard)]
    assert pressed == [*range(1, 9), *range(20, 28)], "each number opens what stands beside it"
    assert [label for row in titles(shown.keyboard) for label in row] == numbers


@pytest.mark.parametrize(
    ("missed", "words"), [(1, "1 напоминание"), (2, "2 напоминания"), (5, "5 напоминаний"), (21, "21 напоминание")]
)
def test_after_a_stop_one_line_says_how_many_did_not_come(missed: int, words: str) -> None:
    shown = views.reminder(reminder_told(owed_told(), missed=missed))
    assert lines(shown)[0] == f"Пока бот не работал, не пришло: {words}. Вот что остаётся сейчас."
    assert lines(shown)[1].startswith("На сегодня у вас 1")


def test_whoever_has_the_shift_or_stands_in_reads_why_it_comes_to_them() -> None:
    assert "Вы сейчас дежурите" in views.reminder(reminder_told(owed_told(), on_duty=True)).text
    assert f"Вы замещаете: {HEAD_TITLE}." in views.reminder(reminder_told(owed_told(), deputises=[HEAD_TITLE])).text
    plain = views.reminder(reminder_told(owed_told())).text
    assert "дежурите" not in plain
    assert "замещаете" not in plain


def test_a_gist_that_was_dropped_is_named_as_such() -> None:
    assert "Текст удалён" in views.reminder(reminder_told(owed_told(gist=""))).text


@pytest.mark.parametrize("gist", HOSTILE)
def test_whatever_is_written_in_a_gist_changes_nothing_about_the_message(gist: str) -> None:
    shown = views.reminder(reminder_told(owed_told(gist=gist)))
    assert marked(shown, "bold") == ["На сегодня у вас 1: просрочено 1."]
    assert {entity.type for entity in shown.entities} == {"bold"}


def test_the_fullest_message_fits() -> None:
    own = [owed_told(NOW - 400 * DAY, ObligationKind.APPROVAL, number=999_999, gist=ROOMY) for _ in range(500)]
    below = tuple(replace(each, steps=2, whose=LONG_TITLE) for each in own)
    shown = views.reminder(reminder_told(*own, below=below, missed=9999, on_duty=True, deputises=[LONG_TITLE] * 3))
    assert units(shown.text) <= LONGEST_TEXT - 100, "and the heading of an office beside"
    assert len(_data(shown.keyboard)) == 16


# --- notices --------------------------------------------------------------------------------------


def test_the_notice_of_a_reminder_is_the_reminder() -> None:
    told = reminder_told(owed_told())
    said = Reminder(person=PersonId(4), bundle=NudgeId(1))
    assert notice(NoticeFacts(office=office(), now=SATURDAY, notice=said, reminders=told)) == views.reminder(told)


@pytest.mark.parametrize(("name", "who"), [(None, HEAD_TITLE), ("Анисимова А. А.", f"{HEAD_TITLE} (Анисимова А. А.)")])
def test_of_whoever_cannot_be_reached_it_is_said_who_it_is_and_what_to_ask_them(name: str | None, who: str) -> None:
    said = PersonUnreachable(person=PersonId(4))
    facts = NoticeFacts(office=office(), now=SATURDAY, notice=said, position=HEAD_TITLE, name=name)
    first, last = lines(notice(facts))
    assert first == f"Бот не может написать сотруднику: {who}. Бот у него остановлен или заблокирован."
    assert "нажать «Начать»" in last


@pytest.mark.parametrize(("count", "words"), [(1, "1 напоминание"), (3, "3 напоминания"), (11, "11 напоминаний")])
def test_of_what_was_lost_track_of_it_is_said_how_much_and_where_to_look(count: int, words: str) -> None:
    facts = NoticeFacts(office=office(), now=SATURDAY, notice=RemindersAstray(count=count))
    first, last = lines(notice(facts))
    assert first.startswith(f"{words} больше часа без исхода")
    assert "/ledger" in last


# --- one thing ------------------------------------------------------------------------------------


def test_behind_a_number_is_what_it_is_until_when_and_of_which_level() -> None:
    shown = views.one(explained(owed_told(NOW + HOUR, ObligationKind.UNKNOWN, about="Когда пустят воду?")))
    assert lines(shown) == [
        "ИР-1/26 · ответ на вопрос · 🟡 средняя",
        "Нет воды",
        "Когда пустят воду?",
        "Срок: сегодня до 17:00",
    ]


@pytest.mark.parametrize(
    ("kind", "reason", "line"),
    [
        (HoldKind.ACCEPTED, None, "Принято в работу до вт 24.11"),
        (HoldKind.POSTPONED, "ждём подрядчика", "Напомнить вт 24.11: ждём подрядчика."),
    ],
)
def test_a_named_day_is_shown(kind: HoldKind, reason: str | None, line: str) -> None:
    hold = Hold(kind=kind, day=date(2026, 11, 24), by=PositionId(5), at=NOW, reason=reason)
    assert lines(views.one(explained(owed_told(hold=hold))))[-1].startswith(line)


BUTTONS: Final[dict[tuple[ObligationKind, RiskState], list[list[str]]]] = {
    (ObligationKind.VERIFICATION, RiskState.FILED): [["Взять на проверку"]],
    (ObligationKind.VERIFICATION, RiskState.VERIFYING): [
        ["Подтвердилось", "Частично"],
        ["Не подтвердилось", "Уточняется"],
    ],
    (ObligationKind.ANSWER, RiskState.ANSWERING): [["Добавить ответ"]],
    (ObligationKind.ANSWER, RiskState.APPROVED): [],
    (ObligationKind.APPROVAL, RiskState.APPROVING): [["Согласовать"], ["Вернуть с замечанием"]],
    (ObligationKind.INTERIM, RiskState.ANSWERING): [["Добавить ответ"]],
    (ObligationKind.CHECK, RiskState.WATCHED): [["Проверить реакцию"]],
    (ObligationKind.UNKNOWN, RiskState.UNCLEAR): [["Ответить"]],
    (ObligationKind.MEASURE, RiskState.WORKED_OFF): [["Мера принята"]],
}
OF_APPEALS: Final = {
    ObligationKind.FIRST_ANSWER,
    ObligationKind.APPEAL_ANSWER,
    ObligationKind.APPEAL_APPROVAL,
}
"""What settles these stands on the page of the appeal."""
PUTS_OFF: Final = [["Принято в работу"], ["Напомнить позже"]]
EXPLAINS: Final = ["Почему мне?", "Подробнее"]


@pytest.mark.parametrize(("kind", "state"), BUTTONS)
def test_first_stands_what_settles_it_then_what_puts_it_off_then_what_explains_it(
    kind: ObligationKind, state: RiskState
) -> None:
    told = owed_told(kind=kind, state=state, position=PositionId(MEMBER))
    shown = views.one(explained(told, card=facts_in(state)))
    assert titles(shown.keyboard) == [*BUTTONS[kind, state], *PUTS_OFF, EXPLAINS]


def test_every_kind_has_its_buttons() -> None:
    assert {kind for kind, _ in BUTTONS} | OF_APPEALS == set(ObligationKind)


@pytest.mark.parametrize(
    ("known", "offered"),
    [
        ({}, True),
        ({"block": None}, False),
        ({"position": PositionId(MEMBER)}, False),
        ({"kind": ObligationKind.APPROVAL, "state": RiskState.APPROVING}, False),
    ],
    ids=["of a block", "of none", "asked of a position", "asked of a power"],
)
def test_only_what_is_asked_of_a_block_can_be_returned_from_it(known: dict[str, Any], offered: bool) -> None:
    shown = views.one(explained(owed_told(**known)))
    assert (["Не относится к блоку"] in titles(shown.keyboard)) is offered


def test_a_draft_of_the_answer_is_changed_not_added() -> None:
    told = owed_told(kind=ObligationKind.ANSWER, state=RiskState.ANSWERING)
    drafted = facts_in(RiskState.ANSWERING, ROUNDS[RiskState.APPROVING])
    assert titles(views.one(explained(told, card=drafted)).keyboard)[0] == ["Изменить ответ"]


def test_buttons_act_on_this_very_thing() -> None:
    told = owed_told(number=12_345, kind=ObligationKind.MEASURE, place=3, state=RiskState.ANSWERING)
    data = [each or "" for each in _data(views.one(explained(told, card=facts_in(RiskState.ANSWERING))).keyboard)]
    assert CardMeasure.unpack(data[0]).measure == 3
    records = [OwedRecord.unpack(each) for each in data[1:4]]
    assert [(each.kind, each.owed) for each in records] == [
        (RecordKind.ACCEPT, 12_345),
        (RecordKind.POSTPONE, 12_345),
        (RecordKind.NOT_OURS, 12_345),
    ]
    why = OwedPress.unpack(data[4])
    assert (why.owed, why.view) == (ObligationId(12_345), OwedView.WHY)
    assert CardPress.unpack(data[5]).act is WorkPress.DETAILS


def test_the_answer_to_a_question_goes_to_that_question() -> None:
    told = owed_told(kind=ObligationKind.UNKNOWN, place=2, state=RiskState.UNCLEAR)
    shown = views.one(explained(told, card=facts_in(RiskState.UNCLEAR)))
    first = CardRecord.unpack(_data(shown.keyboard)[0] or "")
    assert (first.kind, first.item) == (RecordKind.UNKNOWN_ANSWER, 2)


def test_the_longest_thing_fits() -> None:
    hold = Hold(kind=HoldKind.POSTPONED, day=date(2026, 12, 24), by=PositionId(5), at=NOW, reason="🏠" * 300)
    told = owed_told(about=ROOMY, gist=ROOMY * 3, hold=hold)
    assert units(hold.reason or "") == LONGEST_NOTE
    assert units(views.one(explained(told)).text) <= LONGEST_TEXT - 100


# --- why ------------------------------------------------------------------------------------------


def why(told: OwedTold | None = None, **known: Any) -> list[str]:
    return lines(views.why(explained(told, **known)))


def test_why_tells_the_arithmetic_who_is_asked_and_who_is_next() -> None:
    assert why() == [
        "ИР-1/26 · проверка",
        "Срок: пт 20.11, 15:00 (внутренний ориентир МЦУ).",
        "4 рабочих часа: пт 20.11 10:00–14:00.",
        "Просрочено на 1 рабочий час.",
        f"Вы: {HEAD_TITLE}. Отвечаете за это вы.",
        "Если до пн 23.11, 16:00 ничего не изменится, сводку получит руководитель МЦУ.",
    ]


def test_a_day_that_somebody_named_has_no_arithmetic() -> None:
    assert why(counted=None)[1] == "Срок назвал сотрудник: пт 20.11, 15:00."


def test_beyond_the_calendar_it_is_said_that_days_are_guessed() -> None:
    known = calendar(known_until=NOW)
    far = deadline(NOW + 10 * DAY, Term(amount=9 * HOUR, clock=ClockKind.WORKING), known)
    assert any("Производственный календарь" in line for line in why(counted=far))
    assert not any("Производственный календарь" in line for line in why())


@pytest.mark.parametrize(
    ("overdue_by", "words"),
    [
        (timedelta(), "Просрочено меньше чем на рабочий час."),
        (timedelta(minutes=59), "Просрочено меньше чем на рабочий час."),
        (HOUR, "Просрочено на 1 рабочий час."),
        (2 * HOUR, "Просрочено на 2 рабочих часа."),
        (45 * HOUR, "Просрочено на 45 рабочих часов."),
    ],
)
def test_how_long_it_is_overdue_is_told_in_working_hours(overdue_by: timedelta, words: str) -> None:
    assert words in why(overdue_by=overdue_by)


def test_what_is_not_overdue_is_not_called_so() -> None:
    assert not any("Просрочено" in line for line in why(owed_told(NOW + HOUR)))


@pytest.mark.parametrize(
    ("known", "line"),
    [
        (
            {"links": [(HEAD_TITLE, True), ("руководитель МЦУ", False)]},
            f"Вы замещаете: {HEAD_TITLE}. Отвечаете за это вы.",
        ),
        (
            {"links": [("руководитель МЦУ", False)]},
            (
                "Вы: руководитель МЦУ. Отвечаете за это вы. "
                f"Должность «{HEAD_TITLE}» не занята или её обладатель в отъезде без замены."
            ),
        ),
        (
            {"place": 1},
            (
                f"Вы: руководитель МЦУ. Отвечает: {HEAD_TITLE}. "
                "Вы выше по порядку офиса, поэтому видите просроченное сводкой."
            ),
        ),
        ({"place": None}, f"Отвечает: {HEAD_TITLE}."),
        ({"place": None, "links": []}, "Отвечает: никто, должности не заняты."),
    ],
    ids=["a deputy", "instead of a vacancy", "above", "beside", "nobody"],
)
def test_it_is_said_by_which_right_somebody_is_asked(known: dict[str, Any], line: str) -> None:
    assert why(**known)[-2] == line


def test_at_the_top_nobody_is_next() -> None:
    assert why(next_title=None, next_at=None)[-1] == "Выше никто больше не получит напоминания."


def test_the_longest_why_fits() -> None:
    long = deadline(NOW, Term(amount=10_000 * HOUR, clock=ClockKind.WORKING), calendar())
    facts: Explained = explained(links=[(LONG_TITLE, True)] * 5, place=4, counted=long, next_title=LONG_TITLE)
    assert units(views.why(facts).text) <= LONGEST_TEXT - 100


# --- what one owes now ----------------------------------------------------------------------------


def test_who_owes_nothing_reads_so_and_when_reminders_come() -> None:
    shown = views.own(own_owed())
    assert lines(shown) == ["За вами сейчас ничего нет.", "Утренние напоминания приходят в 09:00 (час офиса)."]
    assert titles(shown.keyboard) == [["Сменить час"]]


def test_what_one_owes_is_told_as_in_a_reminder() -> None:
    shown = views.own(own_owed(*[owed_told(number=number) for number in range(1, 11)], is_usual=False))
    assert lines(shown)[0] == "За вами сейчас 10: просрочено 10."
    assert lines(shown)[-2:] == [
        "И ещё 2, они не так срочны.",
        "Утренние напоминания приходят в 09:00 (выбрали вы).",
    ]
    assert titles(shown.keyboard) == [["1", "2", "3", "4"], ["5", "6", "7", "8"], ["Сменить час"]]


def test_an_hour_is_chosen_of_those_that_may_be_but_for_the_present_one() -> None:
    shown = views.choose_hour(own_owed())
    assert titles(shown.keyboard) == [
        ["07:00", "07:30", "08:00", "08:30"],
        ["10:00", "11:00"],
        ["Как у офиса: 09:00"],
    ]
    hours = [HourChosen.unpack(data or "").hour for data in _data(shown.keyboard)]
    assert all(bundle_hour(hour) is not None for hour in hours[:-1])
    assert bundle_hour(hours[-1]) is None


def test_the_longest_list_of_ones_own_fits() -> None:
    own = [owed_told(NOW - 400 * DAY, ObligationKind.APPROVAL, number=999_999, gist=ROOMY) for _ in range(500)]
    assert units(views.own(own_owed(*own)).text) <= LONGEST_TEXT - 100


def test_without_anything_there_are_no_numbers() -> None:
    assert items_keyboard(OfficeId(3), [], None) is None


@pytest.mark.parametrize(
    "shown",
    [
        views.reminder(reminder_told(owed_told(), below=(owed_told(steps=1),), missed=2)),
        views.one(explained()),
        views.why(explained()),
        views.own(own_owed(owed_told())),
        views.HOW_TO_CHOOSE_HOUR,
    ],
    ids=["reminder", "one", "why", "own", "hour"],
)
def test_words_are_plain_and_calm(shown: Outgoing) -> None:
    assert "!" not in shown.text
    assert "None" not in shown.text
    assert shown.text == shown.text.strip()


def _data(keyboard: InlineKeyboardMarkup | None) -> list[str | None]:
    return [] if keyboard is None else [button.callback_data for row in keyboard.inline_keyboard for button in row]
