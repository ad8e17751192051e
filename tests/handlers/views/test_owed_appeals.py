"""Reminders of appeals as people read them, the page behind a number, why it is asked; by which export it is said."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest

from handlers.callbacks.appeals import AppealPage, AppealsOfBlock
from handlers.callbacks.reminders import OwedRecord
from handlers.keyboards.reminders import list_of_rest
from handlers.views import reminders as views
from handlers.views.due import due
from handlers.views.freshness import freshness_line
from handlers.views.message import LONGEST_TEXT, Outgoing
from handlers.views.notice import notice
from risk.appeal_cases import AppealCase
from risk.appeal_lists import Standing, Undistributed, short_code
from risk.appeal_obligations import obligations_of_appeal
from risk.appeal_terms import DaysTerm, due_of
from risk.appeals import AppealSource, AppealState, Regime
from risk.deadlines import ClockKind, deadline
from risk.ids import AppealId, BlockKey, ObligationId, OfficeId
from risk.notices import AppealsUndistributed, ExportAwaited, ExportsStale
from risk.obligations import ObligationKind, Owed
from risk.units import units
from risk.use_cases.due import OwedDue
from risk.use_cases.export_watch import AwaitedTold, ExportTold, StaleTold
from risk.use_cases.reminder_telling import Explained, OwedTold
from risk.use_cases.telling import NoticeFacts
from tests.handlers.builders import ROADS, SATURDAY, office, plan, titles
from tests.handlers.owed import HEAD_TITLE, explained, owed_told, own_owed, reminder_told
from tests.support.exported import appeal

OFFICE: Final = OfficeId(3)
POS, IM = AppealSource.POS, AppealSource.IM


def at(day: int, clock: str) -> datetime:
    """Of November 2026 in Zarechny, by Moscow's clocks; Monday is the 23rd."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=3)


MONDAY: Final = at(23, "08:05")
FRESHEST: Final = {POS: at(20, "08:10")}


def case(number: str = "6100013", planned_on: date | None = date(2026, 11, 18), **kept: Any) -> AppealCase:
    told = appeal(number, planned_on, **kept)
    due_at = due_of(told, plan().appeal_terms, plan().calendar).at
    return AppealCase(id=AppealId(41), appeal=told, state=AppealState.OPEN, due_at=due_at, block=ROADS)


def told_of(of: AppealCase, number: int = 1, **known: Any) -> OwedTold:
    [obligation] = obligations_of_appeal(of, plan())
    if "kind" in known:
        obligation = replace(obligation, key=replace(obligation.key, kind=known.pop("kind")))
    owed = Owed(id=ObligationId(number), obligation=obligation, since=MONDAY, climbed_to=MONDAY)
    return OwedTold(owed=owed, matter=of, about=None, whose=HEAD_TITLE, **known)


def shown(*own: OwedTold, now: datetime = MONDAY, **known: Any) -> Outgoing:
    return views.reminder(reminder_told(*own, now=now, freshest=FRESHEST, **known))


def explains(of: AppealCase, now: datetime = MONDAY, **known: Any) -> Explained:
    told = told_of(of, **known)
    term = told.owed.obligation.term
    return explained(
        told,
        due=due_of(of.appeal, plan().appeal_terms, plan().calendar),
        counted=None if term is None else deadline(told.owed.obligation.counted_from, term, plan().calendar),
        freshest=FRESHEST,
        now=now,
    )


def lines(said: Outgoing) -> list[str]:
    return said.text.splitlines()


# --- in a message ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("planned_on", "when"),
    [
        (date(2026, 11, 18), "просрочено на 2 рабочих дня"),
        (date(2026, 11, 19), "просрочено на 1 рабочий день"),
        (date(2026, 11, 20), "просрочено, срок был пт 20.11"),
        (date(2026, 11, 22), "просрочено, срок был вс 22.11"),
        (date(2026, 11, 23), "сегодня"),
        (date(2026, 11, 24), "завтра"),
        (date(2026, 11, 25), "до ср 25.11"),
        (date(2027, 1, 15), "до пт 15.01.2027"),
    ],
)
def test_an_appeal_is_told_with_its_number_its_topic_and_its_day_and_by_which_export(
    planned_on: date, when: str
) -> None:
    said = lines(shown(told_of(case(planned_on=planned_on))))
    assert said[1:] == [f"1. ПОС 6100013 · Ямы на Советской · {when}", "По выгрузке ПОС от пт 20.11, 08:10."]


def test_the_first_answer_of_im_runs_out_at_a_moment() -> None:
    of_im = case("700000", None, source=IM, regime=Regime.IM, created_at=at(20, "16:00"), created_on=date(2026, 11, 20))
    assert "ИМ 700000 · первый ответ · Ямы на Советской · сегодня до 16:00" in shown(told_of(of_im)).text


def test_an_approval_says_that_it_is_one() -> None:
    assert "· согласование ответа ·" in shown(told_of(case(), kind=ObligationKind.APPEAL_APPROVAL)).text


def test_of_forty_overdue_the_first_are_named_and_a_button_lists_the_others_of_the_block() -> None:
    forty = [told_of(case(str(6100000 + number)), number) for number in range(40)]
    said = shown(*forty)
    assert lines(said)[0] == "На сегодня у вас 40: просрочено 40."
    assert lines(said)[-2:] == ["И ещё 32: кнопка «Показать список».", "По выгрузке ПОС от пт 20.11, 08:10."]
    assert titles(said.keyboard) == [["1", "2", "3", "4"], ["5", "6", "7", "8"], ["Показать список"]]
    assert list_of_rest(OFFICE, forty[8:], MONDAY) == AppealsOfBlock(
        office=OFFICE, standing=Standing.OVERDUE, block_code=short_code(ROADS)
    )
    own = views.own(own_owed(*forty, now=MONDAY, freshest=FRESHEST))
    assert "И ещё 32: кнопка «Показать список»." in lines(own)
    assert ["Показать список"] in titles(own.keyboard)


def test_where_some_are_not_yet_late_the_button_lists_all_that_is_open() -> None:
    soon = told_of(case("6100002", date(2026, 11, 24)), 2)
    listed = list_of_rest(OFFICE, [told_of(case()), soon], MONDAY)
    assert listed is not None
    assert listed.standing is Standing.OPEN


def test_what_is_of_several_blocks_is_in_the_list_of_all() -> None:
    forty = [case(str(6100000 + number)) for number in range(40)]
    mixed = [replace(each, block=BlockKey("social")) if place % 2 else each for place, each in enumerate(forty)]
    said = shown(*[told_of(each, number) for number, each in enumerate(mixed)])
    assert lines(said)[-2:] == ["И ещё 32: /overdue", "По выгрузке ПОС от пт 20.11, 08:10."]
    assert titles(said.keyboard) == [["1", "2", "3", "4"], ["5", "6", "7", "8"]]


def test_where_risks_and_appeals_are_left_out_both_lists_are_named() -> None:
    both = [*[told_of(case(), number) for number in range(9)], owed_told(number=10)]
    assert "И ещё 2: /reminders, обращения: /overdue" in lines(shown(*both))


def test_a_message_about_risks_alone_speaks_of_no_export() -> None:
    assert "выгрузк" not in views.reminder(reminder_told(owed_told())).text


def test_whoever_is_above_reads_whose_appeal_it_is() -> None:
    said = views.reminder(reminder_told(below=(told_of(case(), steps=1),), now=MONDAY, freshest=FRESHEST))
    assert f"1. {HEAD_TITLE}: ПОС 6100013 · Ямы на Советской · просрочено на 2 рабочих дня" in lines(said)


def test_the_longest_message_of_appeals_fits() -> None:
    long = case("9" * 40, topic="🏠" * 400)
    below = tuple(told_of(long, number, steps=1) for number in range(500))
    said = shown(*[told_of(long, number) for number in range(500)], below=below)
    assert units(said.text) <= LONGEST_TEXT


def test_what_one_owes_names_what_waits_for_a_fresh_export() -> None:
    said = lines(views.own(own_owed(told_of(case()), unknown=3, freshest=FRESHEST, now=MONDAY)))
    assert said[-3:-1] == ["По 3 обращениям ждём свежую выгрузку: /overdue.", "По выгрузке ПОС от пт 20.11, 08:10."]


# --- behind the number ----------------------------------------------------------------------------


def test_behind_the_number_are_the_page_of_the_appeal_what_puts_it_off_and_why() -> None:
    said = views.one(explains(case()))
    assert lines(said) == [
        "ПОС 6100013 · ответ на обращение",
        "Ямы на Советской",
        "Срок: просрочено на 2 рабочих дня",
        "По выгрузке ПОС от пт 20.11, 08:10.",
    ]
    assert titles(said.keyboard) == [
        ["Открыть обращение"],
        ["Принято в работу"],
        ["Напомнить позже"],
        ["Не относится к блоку"],
        ["Почему мне?"],
    ]
    assert said.keyboard is not None
    pressed = [row[0].callback_data or "" for row in said.keyboard.inline_keyboard]
    assert AppealPage.unpack(pressed[0]).appeal == 41
    assert OwedRecord.unpack(pressed[1]).owed == 1


def test_an_approval_is_of_no_block() -> None:
    said = views.one(explains(case(), kind=ObligationKind.APPEAL_APPROVAL))
    assert ["Не относится к блоку"] not in titles(said.keyboard)


# --- why ------------------------------------------------------------------------------------------


def why(of: AppealCase, now: datetime = MONDAY) -> list[str]:
    return lines(views.why(explains(of, now)))


def test_a_date_of_the_export_is_told_as_such_with_the_working_days_that_have_passed() -> None:
    assert why(case())[:3] == [
        "ПОС 6100013 · ответ на обращение",
        "Поступило пн 09.11, плановый срок ср 18.11 (дата из выгрузки).",
        "Сегодня пн 23.11: прошло 2 рабочих дня (19.11, 20.11).",
    ]
    assert why(case())[-1] == "По выгрузке ПОС от пт 20.11, 08:10."


def test_before_its_date_nothing_has_passed() -> None:
    assert not any("прош" in line for line in why(case(planned_on=date(2026, 11, 25))))


@pytest.mark.parametrize(
    ("kept", "line"),
    [
        (
            {"regime": Regime.LAW_59},
            "Поступило пн 09.11, ответить до ср 09.12: 30 дней со дня регистрации (59-ФЗ, ст. 12).",
        ),
        (
            {"regime": Regime.POS_FAST_TRACK},
            "Поступило пн 09.11, ответить до чт 19.11: 10 дней (внутренний ориентир МЦУ).",
        ),
        (
            {"regime": Regime.IM, "source": IM, "first_answered_at": at(10, "12:00")},
            "Первый ответ дан вт 10.11, окончательный до чт 19.11: 7 рабочих дней (внутренний ориентир МЦУ).",
        ),
    ],
)
def test_a_term_of_the_office_is_never_told_as_law_and_that_of_59_fz_is(kept: dict[str, Any], line: str) -> None:
    assert why(case("1", None, **kept))[1] == line


def test_another_term_that_the_office_has_set_for_59_fz_is_its_own() -> None:
    of_law = case("1", None, regime=Regime.LAW_59)
    terms = plan().appeal_terms
    shorter = replace(terms, answer={**terms.answer, Regime.LAW_59: DaysTerm(days=20, clock=ClockKind.CLOCK)})
    facts = replace(explains(of_law), due=due_of(of_law.appeal, shorter, plan().calendar))
    assert "59-ФЗ" not in views.why(facts).text


def test_the_first_answer_is_told_with_its_arithmetic() -> None:
    of_im = case("7", None, source=IM, regime=Regime.IM, created_at=at(20, "16:00"), created_on=date(2026, 11, 20))
    assert why(of_im)[1:3] == [
        "Поступило пт 20.11, первый ответ до пн 23.11, 16:00 (внутренний ориентир МЦУ).",
        "9 рабочих часов: пт 20.11 16:00–18:00, пн 23.11 09:00–16:00.",
    ]


# --- by which export ------------------------------------------------------------------------------


def test_under_what_rests_on_exports_stands_of_when_each_of_them_is() -> None:
    both = {POS: at(20, "08:10"), IM: at(23, "08:00"), AppealSource.HAND: at(1, "10:00")}
    assert freshness_line(both, plan(), SATURDAY) == "По выгрузке ИМ от пн 23.11, 08:00, ПОС от пт 20.11, 08:10."
    assert freshness_line({}, plan(), SATURDAY) is None


def test_the_page_of_the_sandbox_names_an_appeal_by_its_number() -> None:
    ahead = OwedDue(at=MONDAY, kind=ObligationKind.APPEAL_ANSWER, number=(POS, "6100013"))
    assert due(ahead, plan()) == "ПОС 6100013: ответ на обращение"


# --- notices --------------------------------------------------------------------------------------


def said_of(what: Any, exports: ExportTold) -> list[str]:
    return lines(notice(NoticeFacts(office=office(), now=SATURDAY, notice=what, exports=exports)))


def test_an_awaited_export_is_asked_for_with_the_last_ones() -> None:
    last = {IM: at(19, "08:10"), POS: at(20, "08:12")}
    awaited = ExportAwaited(day=date(2026, 11, 23))
    first, *rest = said_of(awaited, AwaitedTold(last=last, waits=False))
    assert first == "Свежей выгрузки ещё нет. Последняя: ИМ от чт 19.11, 08:10, ПОС от пт 20.11, 08:12."
    assert rest == [
        "Положите файл в папку на сервере офиса; файл без личных данных можно прислать сюда.",
        "Без свежих выгрузок напоминания по обращениям останавливаются.",
    ]
    assert "ждёт вашего решения: /imports" in said_of(awaited, AwaitedTold(last=last, waits=True))[1]


@pytest.mark.parametrize("asked", [("специалист",), ()])
def test_that_reminders_have_stopped_is_told_with_the_reason_and_who_may_help(asked: tuple[str, ...]) -> None:
    stale = ExportsStale(source=IM, made_at=at(18, "08:10"))
    first, second, third = said_of(stale, StaleTold(open=12, asked=asked))
    assert first == "Напоминания по обращениям ИМ остановлены: последняя выгрузка от ср 18.11, 08:10."
    assert second.startswith("Ей больше 2 рабочих дней. Открытых обращений по ней: 12;")
    assert ("загружает: специалист." in third) is bool(asked)


def test_how_many_have_no_block_is_told_with_how_many_of_these_are_overdue() -> None:
    undistributed = AppealsUndistributed(day=date(2026, 11, 23))
    first, *_ = said_of(undistributed, Undistributed(count=12, overdue=3))
    assert first == "Обращений без блока: 12, из них просрочено 3."
    assert said_of(undistributed, Undistributed(count=1, overdue=0))[0] == "Обращений без блока: 1."
