"""What an office may change over its preset without the operator."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from tests.support.people import Group, Person
from tests.support.stage import Stage

MONDAY: Final = datetime(2026, 11, 23, tzinfo=ZoneInfo("Europe/Moscow"))


@pytest.fixture
def head(stage: Stage) -> Person:
    return stage.person("руководитель МЦУ")


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


async def test_quiet_hours_are_changed_by_a_button_and_given_back(
    stage: Stage, head: Person, olga: Person, chat: Group
) -> None:
    await head.says("/settings")
    page = await head.sees("Настройки офиса", "Тихие часы: 21:00–08:00 (из пресета)")
    await head.presses("Тихие часы", on=page)
    await head.presses("23:00–07:00", on=page)
    assert "Тихие часы: 23:00–07:00 (изменено в чате)" in (await page.now()).text

    await stage.office_time_is(_tomorrow_at(stage, 22))
    await olga.says("/risk Яма на дороге", where=chat)
    assert not await _card_was_silent(stage)

    await head.presses("Тихие часы", on=page)
    await head.presses("Вернуть как в пресете", on=page)
    assert "Тихие часы: 21:00–08:00 (из пресета)" in (await page.now()).text
    await olga.says("/risk Нет света", where=chat)
    assert await _card_was_silent(stage)


async def test_a_value_may_be_typed_and_a_wrong_one_is_refused(head: Person) -> None:
    await head.says("/settings тихие часы 22:30-07:15")
    await head.sees("Тихие часы: 22:30–07:15 (изменено в чате)")
    await head.says("/settings приглашение 5")
    await head.sees("Срок приглашения: 5 дней (изменено в чате)")
    await head.says("/settings приглашение 365")
    await head.sees("от 1 до 90 дней")
    await head.says("/settings погода ясно")
    await head.sees("Напишите так: /settings тихие часы")


async def test_the_level_by_default_is_never_the_highest_and_is_what_new_risks_get(
    head: Person, olga: Person, chat: Group
) -> None:
    await head.says("/settings")
    page = await head.sees("Критичность по умолчанию: 🟡 средняя (из пресета)")
    await head.presses("Критичность по умолчанию", on=page)
    offered = (await page.now()).buttons
    assert not [each for each in offered if "высокая" in each]
    await head.presses(next(each for each in offered if "низкая" in each), on=page)
    await olga.says("/risk Что-то случилось", where=chat)
    await chat.sees("ИР-1/26", "низкая")


async def test_the_hour_of_the_digest_is_another_one_at_once(stage: Stage, head: Person, chat: Group) -> None:
    await head.says("/settings дайджест 08:40")
    await head.sees("Час дайджеста: 08:40 (изменено в чате)")
    await stage.office_time_is(MONDAY.replace(hour=8, minute=39))
    before = len(await digests(chat))
    await stage.office_time_is(MONDAY.replace(hour=8, minute=41))
    assert len(await digests(chat)) == before + 1


async def test_a_digest_that_has_come_does_not_come_again_at_another_hour(
    stage: Stage, head: Person, chat: Group
) -> None:
    await stage.office_time_is(MONDAY.replace(hour=9, minute=1))
    before = len(await digests(chat))
    await head.says("/settings дайджест 10:00")
    await head.sees("Час дайджеста: 10:00 (изменено в чате)")
    await stage.office_time_is(MONDAY.replace(hour=10, minute=1))
    assert len(await digests(chat)) == before


async def test_a_digest_before_fresh_exports_are_asked_for_is_refused(head: Person) -> None:
    await head.says("/settings дайджест 08:00")
    await head.sees("позже запроса свежей выгрузки")
    await head.says("/settings")
    await head.sees("Час дайджеста: 09:00 (из пресета)")


@pytest.mark.parametrize(
    ("setting", "was", "press", "becomes"),
    [
        ("Час дайджеста", "09:00", "10:00", "10:00"),
        ("Просрочка по блокам", "в алерт-чате", "тем, кто читает отчёты офиса", "тем, кто читает отчёты офиса"),
        ("Начало недели", "понедельник", "суббота", "суббота"),
        ("День справки", "сама не приходит", "пятница", "пятница"),
        ("Час справки", "16:00", "12:00", "12:00"),
        ("Порог для долей", "от 5 обращений", "от 10 обращений", "от 10 обращений"),
    ],
)
async def test_how_the_office_reports_is_changed_by_a_button_and_given_back(
    head: Person, setting: str, was: str, press: str, becomes: str
) -> None:
    await head.says("/settings")
    page = await head.sees(f"{setting}: {was} (из пресета)")
    await head.presses(setting, on=page)
    await head.presses(press, on=page)
    assert f"{setting}: {becomes} (изменено в чате)" in (await page.now()).text
    await head.presses(setting, on=page)
    await head.presses("Вернуть как в пресете", on=page)
    assert f"{setting}: {was} (из пресета)" in (await page.now()).text


async def test_hours_and_the_minimum_may_be_typed(head: Person) -> None:
    await head.says("/settings справка 15:30")
    await head.sees("Час справки: 15:30 (изменено в чате)")
    await head.says("/settings доли 8")
    await head.sees("Порог для долей: от 8 обращений (изменено в чате)")
    await head.says("/settings доли 0")
    await head.sees("Порог бывает от 1 до 100")


async def test_whoever_may_not_change_settings_is_not_shown_them(olga: Person) -> None:
    await olga.says("/settings")
    await olga.sees("Вашей должности не поручено менять настройки офиса")
    await olga.does_not_see("Тихие часы")


async def digests(chat: Group) -> list[str]:
    return [each.text for each in await chat.of_bot() if each.text.startswith("МЦУ Пестовского округа")]


def _tomorrow_at(stage: Stage, hour_in_moscow: int) -> datetime:
    tomorrow = stage.clock.now() + timedelta(days=1)
    return tomorrow.replace(hour=hour_in_moscow - 3, minute=30, second=0, microsecond=0)


async def _card_was_silent(stage: Stage) -> bool:
    sent = [call["params"] for call in await stage.calls("sendMessage") if int(call["params"]["chat_id"]) < 0]
    return str(sent[-1].get("disable_notification")).lower() == "true"
