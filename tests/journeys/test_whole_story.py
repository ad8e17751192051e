"""One risk from a forward on Saturday night to the week's memo, as docs/ru/whole-story.md walks it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from tests.journeys.steps import LINK, linked, looks, on_card, reads_document
from tests.support.people import Group, Person
from tests.support.stage import Stage

OFFICER: Final = "ответственный за ИМ и ПОС"
HEAD: Final = "руководитель МЦУ"


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """Of Пестово, in November; some seconds past it, when what was due has been done."""
    return datetime(2026, 11, day - (hour < 3), (hour - 3) % 24, minute, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Story:
    """Olga files and follows the reaction; the officer is on duty and works; the head answers, and reads the papers."""

    stage: Stage

    @property
    def olga(self) -> Person:
        return self.stage.person("член проектного офиса 1")

    @property
    def officer(self) -> Person:
        return self.stage.person(OFFICER)

    @property
    def head(self) -> Person:
        return self.stage.person(HEAD)

    @property
    def chat(self) -> Group:
        return self.stage.chat

    async def somebody_is_put_on_duty(self) -> None:
        await self.head.says("/duty")
        await self.head.presses("Назначить")
        await self.head.presses(OFFICER)
        await self.head.presses("[20]")
        await self.head.presses("22")
        await self.head.presses("Сохранить")

    async def a_post_is_forwarded_on_saturday_night(self) -> None:
        await self.stage.office_time_is(local(21, 23, 10))
        await self.olga.forwards("На улице Мира прорвало трубу, весь город без воды")
        await self.olga.presses("Зарегистрировать")
        await self.olga.presses("Да, высокая")
        await self.chat.sees("ИР-1/26", "высокая", "Проверить до: вс 22.11, 01:10")

    async def whoever_is_on_duty_hears_of_it_and_asks(self) -> None:
        officer, chat = self.officer, self.chat
        await self.stage.office_time_is(local(22, 0, 10))
        await officer.sees("Вы сейчас дежурите", "ИР-1/26 · проверка · сегодня до 01:10")
        await on_card(officer, "Взять на проверку", chat)
        await on_card(officer, "Уточняется", chat)
        await officer.says("Диспетчер водоканала выехал, причину назовёт к утру")
        await officer.says("Когда восстановят подачу?")
        await officer.presses(HEAD)
        await officer.presses("сегодня")

    async def an_interim_answer_is_published(self) -> None:
        officer, chat = self.officer, self.chat
        await on_card(officer, "Промежуточный ответ", chat)
        await officer.says("22.11")
        await officer.says("Информация проверяется, ответим до 22.11.")
        await officer.says("госпаблик администрации")
        await chat.sees("ИР-1/26", "уточняется", "Промежуточный ответ размещён: обещан ответ до вс 22.11")

    async def the_answer_is_published_before_dawn(self) -> None:
        officer, chat = self.officer, self.chat
        await self.stage.office_time_is(local(22, 4, 30))
        await self.head.presses("Ответить")
        await self.head.says("К 5 утра")
        await on_card(officer, "Подтвердился", chat)
        await officer.says("Водоканал: авария на водоводе, устранена в 04:10")
        await on_card(officer, "Меры", chat)
        await on_card(officer, "Мера принята", chat)
        await officer.says("Подвоз воды на улицу Мира")
        await officer.presses("руководитель блока «Дороги")
        await on_card(officer, "Добавить ответ", chat)
        await officer.says("Авария на водоводе по улице Мира устранена в 04:10. Вода подаётся.")
        await officer.says("госпаблик администрации ВКонтакте; сайт администрации")
        await on_card(officer, "Ответ размещён", chat)
        await chat.sees("Отработка ИР-1/26", "Текст: Авария", "Площадки: госпаблик")
        await linked(officer, chat)

    async def residents_reaction_is_looked_at(self, day: int, hour: int) -> None:
        await self.stage.office_time_is(local(day, hour, 40))
        await on_card(self.olga, "Проверить реакцию", self.chat)
        await looks(self.olga)

    async def it_is_worked_off(self) -> None:
        await self.olga.sees("все условия выполнены")
        await self.olga.presses("Отработан")
        await self.chat.sees("ИР-1/26", "отработан", "Отработан по критериям")


async def test_from_a_forward_on_saturday_night_to_the_memo_of_the_week(stage: Stage) -> None:
    story = Story(stage)
    await story.somebody_is_put_on_duty()
    await story.a_post_is_forwarded_on_saturday_night()
    await story.whoever_is_on_duty_hears_of_it_and_asks()
    await story.an_interim_answer_is_published()
    await story.the_answer_is_published_before_dawn()
    await story.residents_reaction_is_looked_at(22, 8)
    await story.residents_reaction_is_looked_at(23, 4)

    await stage.office_time_is(local(23, 9))
    await story.chat.sees(
        "МЦУ Пестовского округа · понедельник, 23\u00a0ноября · по состоянию на 09:00",
        "Риски: открыто 1, просрочено 0",
        "следим за реакцией 1",
        "За пт–вс: новых 1, отработано 0, закрыто решением 0",
    )
    over = await story.chat.sees("Дежурство окончено")
    assert "просроченных" not in over.text, "it was answered in time"

    await story.head.says("/memo прошлая неделя")
    memo = await reads_document(story.head)
    assert "за неделю 16–22 ноября 2026 года" in memo
    for words in ("ИР-1/26", "Подвоз воды на улицу Мира", "Вода подаётся", LINK.removeprefix("https://")):
        assert words in memo

    await story.residents_reaction_is_looked_at(24, 4)
    await story.it_is_worked_off()
    await stage.office_time_is(local(24, 9))
    await stage.office_time_is(local(25, 9))
    await story.chat.sees("среда, 25\u00a0ноября", "За вт 24.11: новых 0", "отработано 1")

    await story.head.says("/memo эта неделя")
    memo = await reads_document(story.head)
    assert "за неделю 23–29 ноября 2026 года" in memo
    assert "Дороги, ЖКХ, благоустройство; отработан." in memo
