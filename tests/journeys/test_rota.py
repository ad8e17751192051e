"""Absence and duty: noted and assigned by buttons in private, told to whom they concern, handed over each morning."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from bot.training import OFFICIAL_NAMES
from tests.support.people import Group, Person
from tests.support.stage import Stage

FRIDAY_EVENING: Final = datetime(2026, 11, 20, 15, 0, 5, tzinfo=UTC)
"""Five seconds past 18:00 in Moscow: the office has closed."""
SATURDAY_MORNING: Final = datetime(2026, 11, 21, 6, 0, 5, tzinfo=UTC)
SATURDAY_NIGHT: Final = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
SUNDAY_MORNING: Final = datetime(2026, 11, 22, 6, 0, 5, tzinfo=UTC)
MONDAY_MORNING: Final = datetime(2026, 11, 23, 6, 0, 5, tzinfo=UTC)
TUESDAY: Final = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)

OLGA: Final = "член проектного офиса 1"
IVAN: Final = "член проектного офиса 2"
HEAD: Final = "руководитель МЦУ"
OFFICER: Final = "ответственный за ИМ и ПОС"
ROADS: Final = "руководитель блока «Дороги, ЖКХ, благоустройство»"


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person(OLGA)


@pytest.fixture
def head(stage: Stage) -> Person:
    return stage.person(HEAD)


@pytest.fixture
def officer(stage: Stage) -> Person:
    return stage.person(OFFICER)


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


def name_of(stage: Stage, title: str) -> str:
    """The official name that its holder gave at the door."""
    return OFFICIAL_NAMES[list(stage.office.people).index(title)]


async def lines(chat: Group, beginning: str) -> list[str]:
    return [message.text for message in await chat.of_bot() if message.text.startswith(beginning)]


async def test_ones_own_absence_is_noted_by_buttons_and_the_deputy_is_told(stage: Stage, olga: Person) -> None:
    ivan = stage.person(IVAN)
    await olga.says("/absence")
    await olga.sees("Ваше отсутствие", "Ничего не отмечено")
    await olga.presses("Отметить отсутствие")
    await olga.sees("Первый день отсутствия?")
    await olga.presses("25")
    await olga.sees("Отсутствие с ср 25.11", "Последний день")
    await olga.presses("›")
    await olga.presses("4")
    await olga.sees("с ср 25.11 по пт 04.12", "Кто замещает?")
    await olga.presses(name_of(stage, IVAN))
    await olga.sees(f"Отсутствие: {OLGA}", "с ср 25.11 по пт 04.12", f"Замещает: {IVAN}")
    assert (await olga.presses("Сохранить"))["text"] == "Отсутствие отмечено."

    await olga.sees(f"• с ср 25.11 по пт 04.12 · замещает {IVAN}")
    await ivan.sees(f"Вы замещаете: {OLGA}", "с ср 25.11 по пт 04.12")
    await olga.does_not_see("Отмечено ваше отсутствие")


async def test_an_absence_is_cancelled_and_the_deputy_is_told(stage: Stage, olga: Person) -> None:
    await olga.says("/absence 23–27.11")
    await olga.presses(name_of(stage, IVAN))
    await olga.presses("Сохранить")
    await olga.presses("Отменить: с пн 23.11")
    await olga.sees("Отменить отсутствие с пн 23.11 по пт 27.11?")
    await olga.presses("Отменить отсутствие")
    await olga.sees("Ничего не отмечено")
    await stage.person(IVAN).sees(f"Замещать не нужно: {OLGA}", "отменено")


async def test_typed_days_lead_straight_to_the_deputy(olga: Person) -> None:
    await olga.says("/absence с завтра до пятницы")
    await olga.sees("с сб 21.11 по пт 27.11", "Кто замещает?")
    await olga.presses("Без заместителя")
    await olga.sees("Замещающего нет")
    await olga.presses("Сохранить")
    await olga.says("/absence 24.11")
    await olga.sees("Отсутствие уже отмечено: с сб 21.11 по пт 27.11")
    await olga.says("/absence когда-нибудь")
    await olga.sees("Не получилось понять даты")


async def test_every_button_of_a_month_answers(olga: Person) -> None:
    await olga.says("/absence")
    await olga.presses("Отметить отсутствие")
    month = await olga.last()
    assert "[20]" in month.buttons
    assert "19" not in month.buttons
    for nothing in ("·", "ноябрь 2026", "пн"):
        assert (await olga.presses(nothing, on=month))["answered"]
    assert (await month.now()).text == month.text


async def test_a_half_chosen_absence_survives_a_restart(stage: Stage, olga: Person) -> None:
    await olga.says("/absence")
    await olga.presses("Отметить отсутствие")
    await olga.presses("23")
    await stage.restart_bot()
    await olga.presses("24")
    await olga.presses("Без заместителя")
    await olga.presses("Сохранить")
    await olga.sees("• с пн 23.11 по вт 24.11 · замещающего нет")


async def test_the_head_notes_anothers_absence_and_both_are_told(
    stage: Stage, olga: Person, head: Person, chat: Group
) -> None:
    roads = stage.person(ROADS)
    await olga.says("/risk Яма на дороге", where=chat)
    card = await chat.sees("ИР-1/26", "отвечает: руководитель блока")
    await head.says("/absence")
    await head.presses("За другого")
    await head.presses(name_of(stage, ROADS))
    await head.presses("[20]")
    await head.presses("27")
    await head.presses(name_of(stage, HEAD))
    await head.presses("Сохранить")

    await head.sees("Отсутствие других", f"{ROADS} ({name_of(stage, ROADS)}): с пт 20.11 по пт 27.11")
    await roads.sees("Отмечено ваше отсутствие: с пт 20.11 по пт 27.11", f"Кто отметил: {HEAD}", f"Замещает: {HEAD}")
    assert "отсутствует по пт 27.11, замещает руководитель МЦУ" in (await card.now()).text

    await stage.office_time_is(TUESDAY)
    await roads.says("/absence")
    await roads.presses("Вернуться раньше")
    await roads.presses("Завершить")
    assert "отсутствует" not in (await card.now()).text
    await head.sees("Замещение окончено", "снова на месте")


async def test_cards_say_by_themselves_when_an_absence_begins_and_ends(stage: Stage, olga: Person, chat: Group) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    card = await chat.sees("ИР-1/26")
    roads = stage.person(ROADS)
    await roads.says("/absence 23–24.11")
    await roads.presses("Без заместителя")
    await roads.presses("Сохранить")
    assert "отсутствует" not in (await card.now()).text
    await stage.office_time_is(datetime(2026, 11, 22, 21, 1, tzinfo=UTC))
    assert "(отсутствует по вт 24.11, замещающего нет)" in (await card.now()).text
    await stage.office_time_is(datetime(2026, 11, 24, 21, 1, tzinfo=UTC))
    assert "отсутствует" not in (await card.now()).text


async def test_a_member_is_not_offered_to_note_others(olga: Person) -> None:
    await olga.says("/absence")
    assert "За другого" not in (await olga.last()).buttons


async def test_absence_is_not_talked_over_in_the_alert_chat(olga: Person, chat: Group) -> None:
    await olga.says("/absence", where=chat)
    await chat.sees("Напишите мне в личные сообщения: /absence")


async def assign(head: Person, position: str, first: str, last: str) -> None:
    await head.says("/duty")
    await head.presses("Назначить")
    await head.presses(position)
    await head.presses(first)
    await head.presses(last)
    await head.presses("Сохранить")


async def test_duty_over_a_weekend(stage: Stage, olga: Person, head: Person, officer: Person, chat: Group) -> None:
    who = f"{OFFICER} ({name_of(stage, OFFICER)})"
    await head.says("/duty")
    await head.sees("Сейчас рабочее время", "пт 20.11 вечер – пт 04.12 утро: не назначено")
    await assign(head, OFFICER, "[20]", "22")
    await head.sees(f"пт 20.11 вечер – пн 23.11 утро: {who}", "пн 23.11 вечер – пт 04.12 утро: не назначено")
    await officer.sees("Вам назначено дежурство: с пт 20.11, 18:00 до пн 23.11, 09:00")

    await stage.office_time_is(FRIDAY_EVENING)
    await officer.sees("Вы на дежурстве с пт 20.11, 18:00 до пн 23.11, 09:00")
    await stage.office_time_is(SATURDAY_MORNING)
    await chat.sees(f"Дежурство продолжает: {who}. За смену ничего не поступило.")

    await stage.office_time_is(SATURDAY_NIGHT)
    await olga.says("/risk Прорвало трубу на Советской", where=chat)
    await olga.says("/risk Нет света в парке", where=chat)
    await stage.office_time_is(SUNDAY_MORNING)
    await chat.sees(f"Дежурство продолжает: {who}. За смену поступило 2: ИР-1/26, ИР-2/26.")
    await stage.restart_bot()
    await stage.office_time_is(MONDAY_MORNING)
    await chat.sees(f"Дежурство окончено: {who}. За смену ничего не поступило.")
    await stage.office_time_is(MONDAY_MORNING + timedelta(minutes=1))

    assert len(await lines(chat, "Дежурство")) == 3
    assert len([each for each in await officer.of_bot() if each.text.startswith("Вы на дежурстве")]) == 1
    assert not [message for message in await chat.of_bot() if message.text.startswith("Смена с")]


async def test_duty_changes_hands_within_a_weekend(stage: Stage, head: Person, officer: Person, chat: Group) -> None:
    await assign(head, OFFICER, "[20]", "22")
    await assign(head, OLGA, "21", "21")
    await officer.sees("Вы больше не дежурите: с сб 21.11, 09:00 до вс 22.11, 09:00")
    await stage.office_time_is(FRIDAY_EVENING)
    await officer.sees("Вы на дежурстве с пт 20.11, 18:00 до сб 21.11, 09:00")
    await stage.office_time_is(SATURDAY_MORNING)
    await chat.sees(f"Дежурство окончено: {OFFICER}", f"Заступает: {OLGA}")
    await stage.person(OLGA).sees("Вы на дежурстве с сб 21.11, 09:00 до вс 22.11, 09:00")
    await stage.office_time_is(SUNDAY_MORNING)
    await chat.sees(f"Дежурство окончено: {OLGA}", f"Заступает: {OFFICER}")


async def test_the_deputy_is_on_duty_for_whoever_is_away(
    stage: Stage, head: Person, officer: Person, chat: Group
) -> None:
    await officer.says("/absence 20–22.11")
    await officer.presses(name_of(stage, OLGA))
    await officer.presses("Сохранить")
    await assign(head, OFFICER, "[20]", "[20]")
    await head.sees(f"{OFFICER} (отсутствует, замещает {OLGA} ({name_of(stage, OLGA)}))")
    await stage.office_time_is(FRIDAY_EVENING)
    await stage.person(OLGA).sees("Вы на дежурстве с пт 20.11, 18:00 до сб 21.11, 09:00")
    await officer.does_not_see("Вы на дежурстве")


async def test_a_hand_over_that_is_late_is_said_once_with_its_dates(stage: Stage, head: Person, chat: Group) -> None:
    await assign(head, OFFICER, "[20]", "[20]")
    await stage.stop_bot()
    await stage.start_bot()
    await stage.office_time_is(SATURDAY_MORNING + timedelta(hours=5))
    await chat.sees("Смена с пт 20.11, 18:00 до сб 21.11, 09:00. Дежурство окончено")
    await stage.restart_bot()
    await stage.office_time_is(SATURDAY_MORNING + timedelta(hours=6))
    assert len(await lines(chat, "Смена с")) == 1


async def test_a_hand_over_of_long_ago_is_nobodys_news(stage: Stage, head: Person, chat: Group) -> None:
    await assign(head, OFFICER, "[20]", "[20]")
    await stage.office_time_is(SUNDAY_MORNING + timedelta(minutes=1))
    await chat.does_not_see("Дежурство окончено")


async def test_shifts_may_be_given_to_nobody(stage: Stage, head: Person, officer: Person, chat: Group) -> None:
    await assign(head, OFFICER, "[20]", "22")
    await assign(head, "Никто", "[20]", "22")
    await officer.sees("Вы больше не дежурите: с пт 20.11, 18:00 до пн 23.11, 09:00")
    await stage.office_time_is(SATURDAY_MORNING)
    await chat.does_not_see("Дежурство")


async def test_in_the_alert_chat_duty_is_read_and_not_assigned(head: Person, chat: Group) -> None:
    await head.says("/duty", where=chat)
    assert (await chat.sees("Ближайшие две недели")).buttons == []
    await head.says("/duty")
    assert (await head.last()).buttons == ["Назначить"]
