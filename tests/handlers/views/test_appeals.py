"""Lists of appeals, the page of one, its history and notices about it, as a person reads them on a narrow phone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers.callbacks.appeals import AppealRecord, AppealsList, Narrowing
from handlers.keyboards.appeals import STANDINGS
from handlers.views import appeals as views
from handlers.views.appeal_lines import STATES, basis_words, due_day, standing_at, standing_words
from handlers.views.appeal_work_notice import appeal_work_notice
from handlers.views.freshness import NO_EXPORTS, exports_line, freshness_line
from handlers.views.lists import found
from handlers.views.message import LONGEST_TEXT, Outgoing
from risk.appeal_acts import AppealAct
from risk.appeal_cases import AppealHappening, Approval, Press, Pressed, Redirected
from risk.appeal_lists import AppealsAsked, Standing, short_code
from risk.appeal_terms import due_of
from risk.appeals import AppealOutcome, AppealSource, AppealState, Regime, Satisfaction
from risk.ids import AppealId, ImportId, ObligationId, PositionId
from risk.imports import Door, Import, ImportState
from risk.notices import AppealApprovalAsked, AppealApproved, AppealReturned, AppealSentBack, AppealWorkNotice
from risk.obligations import Hold, HoldKind, Matter, Obligation, ObligationKey, ObligationKind, Owed
from risk.records import RecordKind
from risk.units import units
from risk.use_cases.reading import MOST_APPEALS_FOUND, MOST_FOUND, FoundRisks
from tests.handlers.appealed import (
    NOW,
    appeal,
    appeal_case,
    appeal_facts,
    appeal_told,
    appeals_page,
    by_hand,
    changed,
    history_of,
)
from tests.handlers.builders import (
    FRIDAY_AFTERNOON,
    HOSTILE,
    NORTH,
    ROADS,
    SOCIAL,
    marked,
    office,
    plan,
    risk,
    titles,
    without_blocks,
)

DAY = timedelta(days=1)
A = AppealAct
H = AppealHappening
LONGEST_TITLE = 40


def lines(shown: Outgoing) -> list[str]:
    return shown.text.splitlines()


def fits(shown: Outgoing) -> bool:
    """Into a message; its buttons onto a screen of 360 pixels."""
    rows = titles(shown.keyboard)
    narrow = all(sum(units(title) for title in row) <= LONGEST_TITLE for row in rows)
    return units(shown.text) <= LONGEST_TEXT and narrow


# --- the list


def test_each_appeal_takes_one_line_and_the_exports_are_named() -> None:
    shown = views.appeals(appeals_page(appeal_case(), appeal_case(by_hand(), block=None)))
    assert lines(shown) == [
        "Открытые: 2",
        "1. ПОС 6100013 · просрочено на 2 рабочих дня · Ямы на дороге",
        "2. О-1/26 · до вс 20.12 · Ямы на дороге",
        "По выгрузке ПОС от пт 20.11, 16:00.",
    ]
    assert marked(shown, "bold") == ["Открытые: 2", "ПОС 6100013", "О-1/26"]
    assert titles(shown.keyboard)[0] == ["1", "2"]
    assert fits(shown)


def test_an_empty_list_says_so_and_can_be_narrowed_otherwise() -> None:
    shown = views.appeals(appeals_page(asked=AppealsAsked(standing=Standing.OVERDUE, block=SOCIAL), freshest={}))
    assert lines(shown) == ["Просрочено · Социальная политика: обращений нет.", NO_EXPORTS]
    assert ["Все открытые"] in titles(shown.keyboard)


def test_a_list_of_what_no_export_brings_speaks_of_none() -> None:
    asked = AppealsAsked(channel=AppealSource.HAND)
    assert lines(views.appeals(appeals_page(asked=asked))) == ["Открытые · Вручную: обращений нет."]


def test_what_narrows_the_list_stays_when_a_page_is_turned() -> None:
    asked = AppealsAsked(standing=Standing.OVERDUE, block=ROADS, channel=AppealSource.POS, territory=NORTH)
    shown = views.appeals(appeals_page(appeal_case(), asked=asked, pages=3, page=1, total=20))
    assert lines(shown)[0] == "Просрочено · Дороги, ЖКХ, благоустройство · ПОС · Северная сторона: 20"
    assert shown.keyboard is not None
    back, on = (AppealsList.unpack(each.callback_data or "") for each in shown.keyboard.inline_keyboard[1])
    assert (back.leaf, on.leaf) == (0, 2)
    assert (on.standing, on.channel) == (Standing.OVERDUE, AppealSource.POS)
    assert (on.block_code, on.territory_code) == (short_code(ROADS), short_code(NORTH))


def test_every_standing_has_its_button_and_the_chosen_one_its_mark() -> None:
    offered = [each for row in titles(views.appeals(appeals_page()).keyboard) for each in row]
    assert "• Открытые" in offered
    assert set(STANDINGS.values()) - {"Открытые"} <= set(offered)
    assert set(STANDINGS) == set(Standing)


@pytest.mark.parametrize(
    ("by", "offered"),
    [
        (Narrowing.BLOCK, ["Дороги, ЖКХ, благоустройство", "Социальная политика", "Все"]),
        (Narrowing.TERRITORY, ["Северная сторона", "Все"]),
        (Narrowing.CHANNEL, ["ИМ", "ПОС", "Вручную", "Все"]),
    ],
)
def test_a_list_is_narrowed_by_choosing(by: Narrowing, offered: list[str]) -> None:
    shown = views.narrowing(appeals_page(), by)
    assert [row[0] for row in titles(shown.keyboard)] == offered


def test_an_office_without_blocks_and_territories_is_not_offered_them() -> None:
    shown = views.appeals(appeals_page(of=without_blocks()))
    offered = {title for row in titles(shown.keyboard) for title in row}
    assert "Откуда" in offered
    assert not {"Блок", "Территория", STANDINGS[Standing.UNDISTRIBUTED]} & offered


def test_a_full_page_of_long_topics_fits() -> None:
    cases = [appeal_case(appeal(topic=words)) for words in (*HOSTILE, "о" * 2000, "ы" * 2000)]
    assert fits(views.appeals(appeals_page(*cases, pages=9, total=70)))


# --- how one stands


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (appeal_case(), "просрочено на 2 рабочих дня"),
        (appeal_case(appeal(planned_on=date(2026, 11, 20))), "просрочено с пт 20.11"),
        (appeal_case(appeal(planned_on=date(2026, 11, 23))), "сегодня"),
        (appeal_case(appeal(planned_on=date(2026, 11, 22))), "просрочено с вс 22.11"),
        (appeal_case(appeal(planned_on=date(2026, 11, 25))), "до ср 25.11"),
        (appeal_case(pressed=Pressed(press=Press.SENT, at=NOW, by=PositionId(5))), "ждём подтверждения выгрузкой"),
        (appeal_case(vanished_in=ImportId(2)), "нет в новой выгрузке, проверьте"),
        (appeal_case(redirected=Redirected(to="Область", on=date(2026, 11, 20))), "перенаправлено"),
        (appeal_case(state=AppealState.ANSWERED), "ответ дан"),
        (appeal_case(due_at=NOW + timedelta(minutes=30)), "сегодня до 16:30"),
    ],
)
def test_one_phrase_says_how_it_stands(case: object, words: str) -> None:
    assert standing_words(case, plan(), NOW) == words  # type: ignore[arg-type]  # parameters of pytest have no type


def test_every_state_has_words() -> None:
    assert set(STATES) == set(AppealState)


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (appeal(), "дата из выгрузки"),
        (by_hand(), "30 дней по 59-ФЗ"),
        (by_hand(regime=Regime.BY_HAND), "внутренний срок: 30 дней"),
        (appeal(planned_on=None, regime=Regime.POS_FAST_TRACK), "внутренний срок: 10 дней"),
        (
            appeal(planned_on=None, regime=Regime.IM, source=AppealSource.IM, created_at=FRIDAY_AFTERNOON),
            "первый ответ, внутренний срок: 9 рабочих часов",
        ),
        (
            appeal(planned_on=None, regime=Regime.IM, source=AppealSource.IM, first_answered_at=FRIDAY_AFTERNOON),
            "внутренний срок: 7 рабочих дней с первого ответа",
        ),
    ],
)
def test_a_setting_is_never_shown_as_law(of: object, words: str) -> None:
    due = due_of(of, plan().appeal_terms, plan().calendar)  # type: ignore[arg-type]  # parameters of pytest have no type
    assert basis_words(due, of.regime) == words  # type: ignore[attr-defined]  # parameters of pytest have no type


def test_a_deadline_within_a_day_has_its_hour() -> None:
    assert due_day(FRIDAY_AFTERNOON, plan().calendar, NOW) == "пт 20.11, 16:00"


# --- the page of one


def test_a_page_says_where_it_stands_and_what_the_date_rests_on() -> None:
    shown = views.appeal(appeal_facts(appeal_case(extensions=1)))
    assert lines(shown) == [
        "ПОС 6100013 · просрочено на 2 рабочих дня",
        "Ямы на дороге",
        "Вид: сообщение ПОС",
        "Поступило: пн 09.11",
        "Группа тем: Дороги",
        "Блок: Дороги, ЖКХ, благоустройство (правило 3: «Группа тем» содержит «ЖКХ»)",
        "Состояние: в работе, шаг «Назначен исполнитель»",
        "Срок: до ср 18.11 (дата из выгрузки; переносили 1 раз)",
        "Ссылка: карточка в ПОС",
        "По выгрузке ПОС от пт 20.11, 16:00.",
    ]
    assert titles(shown.keyboard) == [["История"]]


def test_an_appeal_of_the_law_says_until_when_it_may_be_handed_on() -> None:
    case = appeal_case(by_hand(settlement="Верховье"), block=None, registered_by=PositionId(5))
    shown = views.appeal(appeal_facts(case))
    assert lines(shown) == [
        "О-1/26 · до вс 20.12",
        "Ямы на дороге",
        "Вид: обращение по 59-ФЗ",
        "Поступило: пт 20.11 · звонок",
        "Населённый пункт: Верховье",
        "Зарегистрировал: член проектного офиса 1",
        "Блок: без блока",
        "Состояние: в работе",
        "Срок: до вс 20.12 (30 дней по 59-ФЗ)",
        "Перенаправить можно до пт 27.11 (7 дней с регистрации, 59-ФЗ, ст. 8)",
    ]
    late = views.appeal(appeal_facts(case, now=NOW + 7 * DAY))
    assert "Срок перенаправления прошёл пт 27.11" in late.text


def test_what_was_chosen_by_hand_says_so() -> None:
    shown = views.appeal(appeal_facts(appeal_case(routed=None, chosen=True)))
    assert "Блок: Дороги, ЖКХ, благоустройство (выбрано вручную)" in lines(shown)


def test_what_a_block_has_returned_says_so() -> None:
    shown = views.appeal(appeal_facts(appeal_case(block=None, returns=1)))
    assert "Блок: без блока, блок ответил, что это не к нему" in lines(shown)


def test_a_press_that_awaits_its_export_says_whose_it_was() -> None:
    case = appeal_case(pressed=Pressed(press=Press.SENT, at=FRIDAY_AFTERNOON, by=PositionId(5)))
    shown = views.appeal(appeal_facts(case))
    expected = "Ответ направлен: пт 20.11, 16:00, член проектного офиса 1; ждём подтверждения выгрузкой"
    assert expected in lines(shown)


def test_how_it_ended_and_that_it_was_late() -> None:
    of = appeal(
        finished_on=date(2026, 11, 20),
        outcome=AppealOutcome.SOLVED,
        mark=4,
        satisfaction=Satisfaction.PLEASED,
        repeated=True,
    )
    shown = views.appeal(appeal_facts(appeal_case(of, state=AppealState.ANSWERED)))
    assert "Завершено позже срока" in lines(shown)
    assert "Итог: решено, оценка: 4, автор доволен, повторное" in lines(shown)


def test_where_the_head_approves_the_page_says_how_far_that_is() -> None:
    approving = replace(plan(), approves_appeals=True)
    shown = views.appeal(appeal_facts(of=approving))
    assert "Согласование: нужно до отправки ответа" in lines(shown)
    sent_back = appeal_facts(appeal_case(approval=Approval.SENT_BACK), of=approving, remark="Назовите срок")
    assert lines(views.appeal(sent_back))[-4:-2] == ["Согласование: ответ возвращён", "Замечание: Назовите срок"]


@pytest.mark.parametrize(
    ("allowed", "rows"),
    [
        ([A.ANSWERED, A.RETURN], [["Ответ направлен"], ["Не относится к блоку"]]),
        ([A.PREPARED], [["Ответ подготовлен"]]),
        ([A.APPROVE, A.SEND_BACK], [["Согласовать"], ["Вернуть с замечанием"]]),
        ([A.GIVE, A.REDIRECT], [["Сменить блок"], ["Перенаправить в вышестоящую организацию"]]),
    ],
)
def test_a_page_offers_what_is_allowed(allowed: list[AppealAct], rows: list[list[str]]) -> None:
    shown = views.appeal(appeal_facts(None, *allowed))
    assert titles(shown.keyboard) == [*rows, ["История"]]
    assert fits(shown)


def test_an_answer_in_a_network_is_placed_not_sent() -> None:
    case = appeal_case(appeal(source=AppealSource.IM, number="7", regime=Regime.IM, post="vk.com/wall-1_2"))
    shown = views.appeal(appeal_facts(case, A.ANSWERED))
    assert titles(shown.keyboard)[0] == ["Ответ размещён"]
    assert "Ссылка: публичный пост" in lines(shown)


def test_what_has_no_block_is_given_one_not_another() -> None:
    shown = views.appeal(appeal_facts(appeal_case(block=None), A.GIVE))
    assert titles(shown.keyboard)[0] == ["Назначить блок"]
    assert shown.keyboard is not None
    pressed = AppealRecord.unpack(shown.keyboard.inline_keyboard[0][0].callback_data or "")
    assert (pressed.appeal, pressed.kind) == (AppealId(41), RecordKind.GIVE)


def owed() -> Owed:
    key = ObligationKey(matter=Matter.APPEAL, matter_id=41, round=1, kind=ObligationKind.APPEAL_ANSWER)
    obligation = Obligation(key=key, due_at=NOW, counted_from=NOW)
    return Owed(id=ObligationId(12_345), obligation=obligation, since=NOW, climbed_to=NOW)


def test_what_is_owed_may_be_put_off_from_the_page() -> None:
    rows = titles(views.appeal(appeal_facts(owed=owed())).keyboard)
    assert rows == [["Принято в работу"], ["Напомнить позже"], ["История"]]
    assert titles(views.appeal(appeal_facts(owed=owed(), may_hold=False)).keyboard) == [["История"]]


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (HoldKind.ACCEPTED, "Принято в работу до вт 24.11, член проектного офиса 1"),
        (HoldKind.POSTPONED, "Напомнить вт 24.11, член проектного офиса 1"),
    ],
)
def test_a_day_that_somebody_has_named_stands_on_the_page_until_it_is_over(kind: HoldKind, says: str) -> None:
    named = Hold(kind=kind, day=date(2026, 11, 24), by=PositionId(5), at=FRIDAY_AFTERNOON)
    held = replace(owed(), hold=named)
    assert says in lines(views.appeal(appeal_facts(owed=held)))
    assert says not in views.appeal(appeal_facts(owed=held, now=NOW + 3 * DAY)).text


@pytest.mark.parametrize("words", HOSTILE)
def test_a_page_of_long_words_fits(words: str) -> None:
    of = appeal(topic=words, group=words, settlement=words, step=words)
    case = appeal_case(of, redirected=Redirected(to=words, on=date(2026, 11, 20)))
    assert fits(views.appeal(appeal_facts(case, *AppealAct, remark=words[:300])))


def test_one_number_of_two_systems_is_asked_about() -> None:
    other = appeal_facts(appeal_case(by_hand(number="6100013"), id=AppealId(42)))
    shown = views.which_appeal([appeal_facts(), other])
    assert lines(shown)[0] == "Под этим номером несколько обращений. Какое открыть?"
    assert titles(shown.keyboard) == [["ПОС"], ["Вручную"]]
    assert views.which_appeal([other]) == views.appeal(other)


# --- history


IMPORTED = Import(
    id=ImportId(3),
    state=ImportState.APPLIED,
    door=Door.FOLDER,
    file="pos.xlsx",
    path="",
    received_at=FRIDAY_AFTERNOON,
    made_at=FRIDAY_AFTERNOON,
    source=AppealSource.POS,
)


@pytest.mark.parametrize("happening", AppealHappening)
def test_every_change_has_words(happening: AppealHappening) -> None:
    line = lines(views.appeal_history(history_of(changed(happening=happening))))[2]
    assert line.startswith("пт 20.11, 16:00 · ")
    assert len(line) > len("пт 20.11, 16:00 · ")


def test_a_change_names_its_import_or_whose_act_it_was() -> None:
    facts = history_of(
        changed(happening=H.IMPORTED, imported=ImportId(3)),
        changed(happening=H.GIVEN, position=PositionId(6), facts={"before": "", "after": SOCIAL}),
        changed(happening=H.PRESSED, position=PositionId(5), facts={"press": "sent"}),
        changed(happening=H.RETURNED, position=PositionId(5), facts={"text": "Не наше"}),
        changed(happening=H.ACCEPTED, position=PositionId(5), facts={"day": "2026-11-24", "text": ""}),
        imports={ImportId(3): IMPORTED},
    )
    at = "пт 20.11, 16:00"
    assert lines(views.appeal_history(facts)) == [
        "ПОС 6100013 · история",
        "Ямы на дороге",
        f"{at} · выгрузка ПОС от {at} («pos.xlsx»): в работе, срок до ср 18.11",
        f"{at} · блок: без блока → Социальная политика · руководитель МЦУ",
        f"{at} · ответ направлен · член проектного офиса 1",
        f"{at} · блок ответил, что это не к нему: Не наше · член проектного офиса 1",
        f"{at} · принято в работу до вт 24.11 · член проектного офиса 1",
    ]


def test_a_long_history_is_turned_page_by_page_the_newest_first() -> None:
    changes = [changed(happening=H.SENT_BACK, facts={"text": f"{number} {HOSTILE[1]}"}) for number in range(25)]
    newest, oldest = views.appeal_history(history_of(*changes)), views.appeal_history(history_of(*changes), 9)
    assert lines(newest)[-1] == "1 из 3"
    assert lines(oldest)[-1] == "3 из 3"
    assert titles(newest.keyboard) == [["‹ Раньше"], ["Открыть обращение"]]
    assert fits(newest)
    assert fits(oldest)


# --- notices


@pytest.mark.parametrize(
    ("notice", "says", "buttons"),
    [
        (
            AppealApprovalAsked(appeal=AppealId(41)),
            "ПОС 6100013: ответ подготовлен и ждёт вашего согласования.",
            [["Согласовать"], ["Вернуть с замечанием"], ["Открыть обращение"]],
        ),
        (AppealApproved(appeal=AppealId(41)), "ПОС 6100013: ответ согласован", [["Открыть обращение"]]),
        (AppealSentBack(appeal=AppealId(41)), "Назовите срок", [["Открыть обращение"]]),
        (AppealReturned(appeal=AppealId(41), returns=1), "не к нему. Назначьте блок.", [["Открыть обращение"]]),
        (AppealReturned(appeal=AppealId(41), returns=2), "Это второй возврат", [["Открыть обращение"]]),
    ],
)
def test_a_notice_says_what_is_wanted(notice: AppealWorkNotice, says: str, buttons: list[list[str]]) -> None:
    shown = appeal_work_notice(notice, appeal_told(remark="Назовите срок"))
    assert says in shown.text
    assert lines(shown)[-1] == "Ямы на дороге · просрочено на 2 рабочих дня"
    assert titles(shown.keyboard) == buttons
    assert "!" not in shown.text


# --- how fresh it is, and what is found


def test_freshness_names_the_systems_that_have_given_an_export() -> None:
    both = {AppealSource.POS: FRIDAY_AFTERNOON - DAY, AppealSource.IM: FRIDAY_AFTERNOON}
    assert freshness_line(both, plan(), NOW) == "По выгрузке ИМ от пт 20.11, 16:00, ПОС от чт 19.11, 16:00."
    assert exports_line({}, plan(), NOW) == "Выгрузок ещё не было."
    assert freshness_line({AppealSource.HAND: NOW}, plan(), NOW) is None


def test_what_words_find_is_told_by_kind() -> None:
    facts = FoundRisks(office=office(), risks=[], now=NOW, appeals=[appeal_case()])
    assert lines(found(facts)) == [
        "Обращений найдено: 1",
        "ПОС 6100013 · в работе · Ямы на дороге",
        "Обращение: /appeal и номер.",
        NO_EXPORTS,
    ]


def test_the_most_that_is_found_fits() -> None:
    long = appeal_case(appeal(topic=HOSTILE[2], number="9" * 16))
    risks = [risk(gist=HOSTILE[2])] * MOST_FOUND
    assert fits(found(FoundRisks(office=office(), risks=risks, now=NOW, appeals=[long] * MOST_APPEALS_FOUND)))


def test_a_list_of_an_earlier_moment_counts_lateness_up_to_it() -> None:
    case = appeal_case()
    due = case.due_at
    later = due + timedelta(days=30)
    assert standing_at(case, plan(), due + timedelta(days=7), later) == standing_words(
        case, plan(), due + timedelta(days=7)
    )
    assert standing_at(case, plan(), due - timedelta(days=1), later).startswith("до ")
    assert standing_at(appeal_case(state=AppealState.ANSWERED), plan(), due, later) == "ответ дан"
