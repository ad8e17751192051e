"""Closing by criteria: the checklist names what is missing, its buttons supply it, and nothing closes before that."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from tests.journeys.steps import (
    MEASURE,
    answered,
    asked,
    filed,
    gives_link,
    lacking,
    linked,
    looks,
    measured,
    met,
    number_of,
    on_card,
    placed,
    reads_checklist,
    verified,
)
from tests.support.people import Group, Person
from tests.support.slowness import one_fast
from tests.support.stage import Stage

HEAD: Final = "руководитель МЦУ"
VERIFIED: Final = "проверено"
SETTLED: Final = "неизвестных обстоятельств не осталось"
NAMED: Final = "меры указаны"
PUBLISHED: Final = "ответ размещён"
COUNTS: Final = "есть ссылка на публикацию, которая засчитывается"
QUIET: Final = "спокойных проверок реакции достаточно"

NOT_VERIFIED: Final = "нет итога проверки"
NOT_SETTLED: Final = "есть вопросы без ответа"
NOT_NAMED: Final = "не указаны меры"
NOT_PUBLISHED: Final = "ответ не размещён"
NO_LINK: Final = "нет ссылки на публикацию, которая засчитывается"
NOT_QUIET: Final = "спокойных проверок реакции пока мало"

WHOLE: Final = [VERIFIED, SETTLED, NAMED, PUBLISHED, COUNTS, QUIET]


def local(day: int, hour: int) -> datetime:
    """A few minutes past this hour of Пестово, on a day of November."""
    return datetime(2026, 11, day, hour - 3, 5, tzinfo=UTC)


FIRST, SECOND, THIRD = local(20, 14), local(23, 10), local(24, 10)
"""When the three looks are due after an answer that was placed on Friday at 10:00: 4, 9 and 18 working hours."""


@dataclass(frozen=True)
class Troupe:
    """Olga files, so she follows the reaction; Ivan works; the head decides."""

    stage: Stage

    @property
    def olga(self) -> Person:
        return self.stage.person("член проектного офиса 1")

    @property
    def ivan(self) -> Person:
        return self.stage.person("член проектного офиса 2")

    @property
    def head(self) -> Person:
        return self.stage.person(HEAD)

    @property
    def chat(self) -> Group:
        return self.stage.chat

    async def looks_at(self, moment: datetime, spread: str = "Не распространяется", *, at_links: bool = True) -> None:
        await self.stage.office_time_is(moment)
        await on_card(self.olga, "Проверить реакцию", self.chat)
        await looks(self.olga, spread, at_links=at_links)

    async def is_proposed_and_closes(self) -> None:
        assert await number_of(self.olga, "все условия выполнены, можно отметить отработанным") == 1
        await self.olga.presses("Отработан")
        await self.chat.sees("ИР-1/26", "отработан", "Отработан по критериям: член проектного офиса 1")


@pytest.fixture
def troupe(stage: Stage) -> Troupe:
    return Troupe(stage)


# --- from the filing on, by the list alone


@pytest.mark.parametrize(
    ("button", "word"),
    [
        pytest.param("Подтвердился", "подтвердился", marks=pytest.mark.slow),
        ("Частично", "подтвердился частично"),
    ],
)
async def test_the_list_alone_leads_a_risk_that_is_true_or_partly_so_from_its_filing_to_its_closure(
    troupe: Troupe, button: str, word: str
) -> None:
    olga, chat = troupe.olga, troupe.chat
    await filed(olga, chat)
    shown = await reads_checklist(olga)
    assert shown.text.startswith("ИР-1/26 пока нельзя отметить отработанным. Не хватает: 5.")
    assert lacking(shown) == [NOT_VERIFIED, NOT_NAMED, NOT_PUBLISHED, NO_LINK, NOT_QUIET]
    assert shown.buttons == ["Взять на проверку"]

    await olga.presses("Взять на проверку", on=shown)
    shown = await reads_checklist(olga)
    assert lacking(shown) == [NOT_VERIFIED, NOT_NAMED, NOT_PUBLISHED, NO_LINK, NOT_QUIET]
    assert shown.buttons == ["Подтвердился", "Частично", "Не подтвердился", "Добавить меру"]
    await olga.presses(button, on=shown)
    await olga.says("Водоканал подтвердил аварию на водоводе")

    shown = await reads_checklist(olga)
    assert lacking(shown) == [NOT_NAMED, NOT_PUBLISHED, NO_LINK, NOT_QUIET]
    assert f"✓ проверено: {word} (пт 20.11, 10:00)" in shown.text
    assert shown.buttons == ["Добавить меру", "Добавить ответ"]
    await olga.presses("Добавить меру", on=shown)
    await olga.says(MEASURE)
    await olga.presses(HEAD)

    shown = await reads_checklist(olga)
    assert lacking(shown) == [NOT_PUBLISHED, NO_LINK, NOT_QUIET]
    assert shown.buttons == ["Добавить ответ"]
    await olga.presses("Добавить ответ", on=shown)
    await olga.says("Авария на водоводе устранена")
    assert "✗ ответ не размещён\n" in (await reads_checklist(olga)).text, "an answer without platforms is none yet"
    await olga.says("госпаблик администрации ВКонтакте")

    shown = await reads_checklist(olga)
    assert "✗ ответ не размещён: подготовлен, ждёт размещения" in shown.text
    assert shown.buttons == ["Ответ размещён", "Добавить ссылку"]
    await olga.presses("Ответ размещён", on=shown)

    shown = await reads_checklist(olga)
    assert lacking(shown) == [NO_LINK, NOT_QUIET]
    assert "✓ ответ размещён: госпаблик администрации ВКонтакте" in shown.text
    assert shown.buttons == ["Добавить ссылку", "Проверить сейчас"]
    await olga.presses("Добавить ссылку", on=shown)
    await gives_link(olga)

    for done, moment in enumerate((FIRST, SECOND, THIRD)):
        await troupe.stage.office_time_is(moment)
        shown = await reads_checklist(olga)
        assert lacking(shown) == [NOT_QUIET]
        assert f"{done} из 3" in shown.text
        assert shown.buttons == ["Проверить сейчас"]
        await olga.presses("Проверить сейчас", on=shown)
        await looks(olga)
    shown = await reads_checklist(olga)
    assert shown.text.startswith("ИР-1/26 можно отметить отработанным: все условия выполнены.")
    assert met(shown) == WHOLE
    assert shown.buttons == ["Отработан"]
    await troupe.is_proposed_and_closes()


# --- each line in turn is the last one missing


@dataclass(frozen=True)
class LastLine:
    """All is there but this: what the list says, by which button it is supplied, and how the questions are answered."""

    unmet: str
    met: str
    button: str
    leave_out: str
    supply: Callable[[Troupe], Awaitable[None]]
    said: str = ""


async def _the_answer_to_the_question(troupe: Troupe) -> None:
    await troupe.olga.says("Сегодня к 18:00")


async def _a_measure_with_its_position(troupe: Troupe) -> None:
    await troupe.olga.says(MEASURE)
    assert lacking(await reads_checklist(troupe.olga)) == [NOT_NAMED], "a measure without a position is none yet"
    await troupe.olga.presses(HEAD)


async def _a_planned_measure_with_its_day(troupe: Troupe) -> None:
    """Beside the button of the list, which names a measure that was taken, the card has one for what is planned."""
    await troupe.olga.presses("Отмена")
    await on_card(troupe.olga, "Ещё", troupe.chat)
    await on_card(troupe.olga, "Меры", troupe.chat)
    await on_card(troupe.olga, "Мера по плану", troupe.chat)
    await troupe.olga.says(MEASURE)
    await troupe.olga.presses(HEAD)
    assert lacking(await reads_checklist(troupe.olga)) == [NOT_NAMED], "a plan without a day is none yet"
    await troupe.olga.presses("сегодня")


async def _a_link_that_counts(troupe: Troupe) -> None:
    await gives_link(troupe.olga, link="https://vk.com/wall-2_10")


async def _the_third_look(troupe: Troupe) -> None:
    await looks(troupe.olga)


LAST_LINES: Final = {
    "an unknown without its answer": LastLine(
        NOT_SETTLED, SETTLED, "Ответить на вопрос 1", "answer", _the_answer_to_the_question, "1 из 1"
    ),
    "no measure": LastLine(NOT_NAMED, NAMED, "Добавить меру", "measure", _a_measure_with_its_position),
    "no plan either": LastLine(NOT_NAMED, NAMED, "Добавить меру", "measure", _a_planned_measure_with_its_day),
    "no link": LastLine(NO_LINK, COUNTS, "Добавить ссылку", "link", _a_link_that_counts),
    "a link that does not count": LastLine(
        NO_LINK, COUNTS, "Добавить ссылку", "counting", _a_link_that_counts, "указано 1, ни одна не подходит"
    ),
    "the last look": LastLine(NOT_QUIET, QUIET, "Проверить сейчас", "look", _the_third_look, "2 из 3"),
}


async def _worked(troupe: Troupe, *, but: str) -> None:
    """Everything that a confirmed risk is closed by, except what is left out."""
    olga, ivan, head, chat = troupe.olga, troupe.ivan, troupe.head, troupe.chat
    await filed(olga, chat)
    await verified(ivan, chat)
    await asked(ivan, chat, HEAD)
    if but != "answer":
        await head.presses("Ответить")
        await head.says("Сегодня к 18:00")
    if but != "measure":
        await measured(ivan, chat, HEAD)
    await answered(ivan, chat)
    await placed(ivan, chat)
    if but != "link":
        await linked(ivan, chat, "Местное СМИ" if but == "counting" else "Страница органа")
    for moment in (FIRST, SECOND, THIRD)[: 2 if but == "look" else 3]:
        await troupe.looks_at(moment, at_links=but != "link")
    await troupe.stage.office_time_is(THIRD + timedelta(hours=1))


@pytest.mark.parametrize("line", one_fast(LAST_LINES.values(), LAST_LINES["no link"]), ids=LAST_LINES)
@pytest.mark.parametrize("way", [pytest.param("/close", marks=pytest.mark.slow), "button"])
async def test_the_last_line_that_is_missing_is_named_and_supplied_by_its_button_and_closure_is_proposed(
    troupe: Troupe, line: LastLine, way: str
) -> None:
    olga = troupe.olga
    await _worked(troupe, but=line.leave_out)
    await olga.does_not_see("все условия выполнены")
    if way == "/close":
        shown = await reads_checklist(olga)
    else:
        await on_card(olga, "Отработан", troupe.chat)
        shown = await olga.last()
    assert shown.text.startswith("ИР-1/26 пока нельзя отметить отработанным. Не хватает: 1.\n")
    assert lacking(shown) == [line.unmet]
    assert line.said in shown.text
    assert shown.buttons == [line.button]
    await troupe.chat.sees("ИР-1/26", "следим за реакцией")

    await olga.presses(line.button, on=shown)
    await line.supply(troupe)
    shown = await reads_checklist(olga)
    assert lacking(shown) == []
    assert line.met in met(shown)
    await troupe.is_proposed_and_closes()


@pytest.mark.slow
async def test_a_look_that_finds_spread_begins_the_count_anew_and_three_more_are_needed(troupe: Troupe) -> None:
    olga = troupe.olga
    await _worked(troupe, but="look")
    await on_card(olga, "Проверить реакцию", troupe.chat)
    await looks(olga, "Распространяется")
    await olga.sees("ИР-1/26: реакция неспокойная")
    for done, moment in enumerate((local(24, 16), local(25, 12), local(26, 12))):
        shown = await reads_checklist(olga)
        assert lacking(shown) == [NOT_QUIET]
        assert f"{done} из 3" in shown.text
        await olga.does_not_see("все условия выполнены")
        await troupe.stage.office_time_is(moment)
        await olga.presses("Проверить сейчас", on=shown)
        await looks(olga)
    await troupe.is_proposed_and_closes()


async def test_a_look_before_its_time_supplies_nothing(troupe: Troupe) -> None:
    olga = troupe.olga
    await filed(olga, troupe.chat)
    await verified(olga, troupe.chat)
    await answered(olga, troupe.chat)
    await placed(olga, troupe.chat)
    shown = await reads_checklist(olga)
    assert "0 из 3" in shown.text
    assert "следующая пт 20.11, 14:00; более ранняя не засчитывается" in shown.text
    await olga.presses("Проверить сейчас", on=shown)
    await looks(olga, at_links=False)
    assert "0 из 3" in (await reads_checklist(olga)).text


# --- what the other outcomes ask for


async def test_a_refuted_risk_asks_for_an_explanation_with_its_platforms_and_a_link_and_no_more(troupe: Troupe) -> None:
    olga, chat = troupe.olga, troupe.chat
    await filed(olga, chat)
    await verified(olga, chat, "Не подтвердился")
    shown = await reads_checklist(olga)
    assert met(shown) == [VERIFIED]
    assert lacking(shown) == [NOT_PUBLISHED, NO_LINK]
    assert shown.buttons == ["Добавить ответ"]
    await olga.presses("Добавить ответ", on=shown)
    await olga.says("Вода на улице Мира есть, подача не прекращалась")
    await olga.says("сайт администрации")
    await olga.presses("Ответ размещён", on=await reads_checklist(olga))
    shown = await reads_checklist(olga)
    assert "✓ ответ размещён: сайт администрации" in shown.text
    assert lacking(shown) == [NO_LINK]
    assert shown.buttons == ["Добавить ссылку"]
    await olga.presses("Добавить ссылку", on=shown)
    await gives_link(olga)
    assert met(await reads_checklist(olga)) == [VERIFIED, PUBLISHED, COUNTS]
    await troupe.is_proposed_and_closes()


async def test_without_a_public_answer_the_reason_is_asked_for_and_the_looks_stay(troupe: Troupe) -> None:
    olga, head, chat = troupe.olga, troupe.head, troupe.chat
    await filed(olga, chat)
    await on_card(head, "Ещё", chat)
    await on_card(head, "Сменить критичность", chat)
    await on_card(head, "⚪ низкая", chat)
    await verified(olga, chat)
    await on_card(head, "Ещё", chat)
    await on_card(head, "Без публичного ответа", chat)
    await head.says("Касается одной семьи, ей ответили лично")
    await chat.sees("ИР-1/26", "следим за реакцией", "Без публичного ответа: Касается одной семьи")
    for done, moment in enumerate((local(23, 11), local(25, 11))):
        await troupe.stage.office_time_is(moment)
        shown = await reads_checklist(olga)
        assert met(shown) == [VERIFIED, "без публичного ответа, причина указана"]
        assert "причина указана: Касается одной семьи, ей ответили лично" in shown.text
        assert lacking(shown) == [NOT_QUIET]
        assert f"{done} из 2" in shown.text
        assert shown.buttons == ["Проверить сейчас"]
        await olga.presses("Проверить сейчас", on=shown)
        await looks(olga, at_links=False)
    await troupe.is_proposed_and_closes()


async def test_what_is_no_risk_closes_with_the_reason_alone(troupe: Troupe) -> None:
    head, chat = troupe.head, troupe.chat
    await filed(troupe.olga, chat)
    await on_card(head, "Ещё", chat)
    await on_card(head, "Не риск", chat)
    await chat.sees("ИР-1/26", "зарегистрирован")
    await head.says("Плановые работы, о них объявляли")
    card = await chat.sees("ИР-1/26", "не риск", "Причина: Плановые работы, о них объявляли")
    assert "Отработан" not in card.text
    shown = await reads_checklist(troupe.olga)
    assert shown.text == "ИР-1/26: не риск."
    assert shown.buttons == []


async def test_what_is_unclear_cannot_close_whatever_else_is_there(troupe: Troupe) -> None:
    olga, head, chat = troupe.olga, troupe.head, troupe.chat
    await filed(olga, chat)
    await on_card(olga, "Взять на проверку", chat)
    await on_card(olga, "Уточняется", chat)
    await olga.says("Водоканал пока не отвечает")
    await olga.says("Когда восстановят подачу?")
    await olga.presses(HEAD)
    await olga.presses("сегодня")
    await head.presses("Ответить")
    await head.says("Сегодня к 18:00")
    await on_card(olga, "Ещё", chat)
    await measured(olga, chat, HEAD)
    shown = await reads_checklist(olga)
    assert met(shown) == [SETTLED, NAMED]
    assert lacking(shown) == [NOT_VERIFIED, NOT_PUBLISHED, NO_LINK, NOT_QUIET]
    assert "✗ нет итога проверки: уточняется" in shown.text
    assert shown.buttons == ["Подтвердился", "Частично", "Не подтвердился"]
    card = await chat.sees("ИР-1/26", "уточняется")
    assert not {"Отработан", "Ответ размещён"} & set(card.buttons)


async def test_a_risk_that_is_opened_anew_owes_nothing_that_no_button_supplies(troupe: Troupe) -> None:
    olga, head, chat = troupe.olga, troupe.head, troupe.chat
    await filed(olga, chat)
    await on_card(head, "Ещё", chat)
    await on_card(head, "Закрыть решением", chat)
    await head.says("Вопрос решён на планёрке")
    await on_card(head, "Вернуть в работу", chat)
    await head.says("Жалобы продолжаются")
    shown = await reads_checklist(olga)
    assert lacking(shown) == [NOT_VERIFIED, NOT_NAMED, NOT_PUBLISHED, NO_LINK, NOT_QUIET]
