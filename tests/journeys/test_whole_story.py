"""One risk from a forward on Saturday night to the week's memo: docs/ru/whole-story.md, played as it is written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from tests.journeys.steps import LINK, on_card, reads_document
from tests.support.people import Group, Person
from tests.support.stage import Stage

SATURDAY: Final = date(2026, 11, 28)
"""Its week ends a month, so that nothing of the story may rest on one."""
OFFICER: Final = "ответственный за ИМ и ПОС"
HEAD: Final = "руководитель МЦУ"
PAGE: Final = (Path(__file__).parents[2] / "docs/ru/whole-story.md").read_text(encoding="utf-8")
STEP: Final = re.compile(r"^(\d+)\. (.+?)(?=^\d+\. |^\*\*|^!|\Z)", re.MULTILINE | re.DOTALL)
ASKED: Final = re.compile(r"- «(?P<question>.+)» → (?:`(?P<words>.+)`|кнопка «(?P<button>.+?)…?»)$", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """One of the page, by its number."""

    number: int

    @property
    def text(self) -> str:
        return " ".join(self._written.split())

    @property
    def _written(self) -> str:
        return next(found[2] for found in STEP.finditer(PAGE) if int(found[1]) == self.number)

    def says(self, words: str) -> str:
        """The same words, if the page has them in this step."""
        assert f"`{words}`" in self.text, self.text
        return words

    def button(self, title: str) -> str:
        assert f"«{title}»" in self.text, self.text
        return title

    @property
    def asked(self) -> Sequence[re.Match[str]]:
        return list(ASKED.finditer(self._written))

    async def answered_by(self, person: Person) -> None:
        """Each question of the step is put to them in these words, and answered as the page does."""
        assert self.asked
        for each in self.asked:
            question = await person.sees(each["question"])
            if each["words"] is None:
                await person.presses(each["button"], on=question)
            else:
                await person.says(each["words"])


def local(days: int, hour: int, minute: int = 0) -> datetime:
    """So many days from that Saturday in Пестово; some seconds past it, when what was due has been done."""
    stood = datetime.combine(SATURDAY, datetime.min.time()) + timedelta(days=days, hours=hour, minutes=minute)
    return datetime.fromisoformat(f"{stood + timedelta(seconds=5)}+03:00")


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

    async def card(self, person: Person, step: Step, *buttons: str) -> None:
        for each in buttons:
            await on_card(person, step.button(each), self.chat)

    async def somebody_is_put_on_duty(self) -> None:
        step = Step(1)
        await self.head.says(step.says("/duty"))
        await self.head.presses(step.button("Назначить"))
        await self.head.presses(step.button(OFFICER))
        await self.head.presses(str(SATURDAY.day - 1))
        await self.head.presses(str(SATURDAY.day + 1))
        await self.head.presses(step.button("Сохранить"))

    async def a_post_is_forwarded_on_saturday_night(self) -> None:
        step = Step(2)
        await self.stage.office_time_is(local(0, 23, 10))
        await self.olga.forwards(step.says("На улице Мира прорвало трубу, весь город без воды"))
        await self.olga.presses(step.button("Зарегистрировать"))
        await self.olga.presses(step.button("Да, высокая"))
        await self.chat.sees("ИР-1/26", "высокая", "Проверить до: вс 29.11, 01:10")

    async def whoever_is_on_duty_hears_of_it_and_asks(self) -> None:
        await self.stage.office_time_is(local(1, 0, 10))
        await self.officer.sees("Вы сейчас дежурите", "ИР-1/26 · проверка · сегодня до 01:10")
        await self.card(self.officer, Step(5), "Взять на проверку", "Уточняется")
        await Step(5).answered_by(self.officer)

    async def an_interim_answer_is_published(self) -> None:
        await self.card(self.officer, Step(6), "Промежуточный ответ")
        await Step(6).answered_by(self.officer)
        await self.chat.sees("ИР-1/26", "уточняется", "Промежуточный ответ размещён: обещан ответ до вс 29.11")

    async def the_answer_is_published_before_dawn(self) -> None:
        officer, chat = self.officer, self.chat
        await self.stage.office_time_is(local(1, 4, 30))
        await self.head.presses(Step(7).button("Ответить"))
        await Step(7).answered_by(self.head)
        await officer.sees("на ваш вопрос ответили", "Ответ: К 5 утра")
        await self.card(officer, Step(8), "Подтвердился")
        await Step(8).answered_by(officer)
        await self.card(officer, Step(9), "Меры", "Мера принята")
        await Step(9).answered_by(officer)
        await self.card(officer, Step(10), "Добавить ответ")
        await Step(10).answered_by(officer)
        await self.card(officer, Step(11), "Ответ размещён")
        await chat.sees("Отработка ИР-1/26", "Текст: Авария", "Площадки: госпаблик")
        await self.card(officer, Step(11), "Добавить ссылку")
        await Step(11).answered_by(officer)

    async def residents_reaction_is_looked_at(self, days: int, hour: int) -> None:
        await self.stage.office_time_is(local(days, hour, 40))
        await self.card(self.olga, Step(12), "Проверить реакцию")
        await Step(12).answered_by(self.olga)

    async def it_is_worked_off(self) -> None:
        proposal = await self.olga.sees("все условия выполнены")
        await self.olga.presses(Step(16).button("Отработан"), on=proposal)
        pressed = await proposal.now()
        assert "ИР-1/26: отработан (вт 01.12, 04:40)" in pressed.text, "what was pressed tells what it did"
        assert pressed.buttons == ["Подробнее"]
        await self.chat.sees("ИР-1/26", "отработан", "Отработан по критериям")

    async def figures_are_read(self) -> None:
        """Of the week of the memo, by the buttons that the page names."""
        step = Step(15)
        await self.head.says(step.says("/summary"))
        await self.head.presses(step.button("Неделя"))
        await self.head.presses(step.button("‹ Раньше"))
        shown = await self.head.sees("неделя 23.11–29.11")
        assert re.search(r"^открыты +1 ", shown.text, re.MULTILINE), shown.text


async def test_from_a_forward_on_saturday_night_to_the_memo_of_the_week(stage: Stage) -> None:
    story = Story(stage)
    await story.somebody_is_put_on_duty()
    await story.a_post_is_forwarded_on_saturday_night()
    await story.whoever_is_on_duty_hears_of_it_and_asks()
    await story.an_interim_answer_is_published()
    await story.the_answer_is_published_before_dawn()
    await story.residents_reaction_is_looked_at(1, 8)
    await story.residents_reaction_is_looked_at(2, 4)

    await stage.office_time_is(local(2, 9))
    digest = await story.chat.sees(
        "МЦУ Пестовского округа · понедельник, 30\u00a0ноября · по состоянию на 09:00",
        "Риски: открыто 1, просрочено 0",
        "следим за реакцией 1",
        "За пт–вс: новых 1, отработано 0, закрыто решением 0",
    )
    over = await story.chat.sees("Дежурство окончено")
    assert "просроченных" not in over.text, "it was answered in time"
    await story.head.presses("Риски открыты 1", on=digest)
    await story.head.sees("ИР-1/26", "На улице Мира")

    await story.head.says(Step(15).says("/memo прошлая неделя"))
    memo = await reads_document(story.head)
    assert "за неделю 23–29 ноября 2026 года" in memo
    for words in ("ИР-1/26", "Подвоз воды на улицу Мира", "Вода подаётся", LINK.removeprefix("https://")):
        assert words in memo
    await story.figures_are_read()

    await story.residents_reaction_is_looked_at(3, 4)
    await story.it_is_worked_off()
    await stage.office_time_is(local(3, 9))
    await stage.office_time_is(local(4, 9))
    await story.chat.sees("среда, 2\u00a0декабря", "За вт 01.12: новых 0", "отработано 1")

    await story.head.says("/memo эта неделя")
    memo = await reads_document(story.head)
    assert "за неделю 30 ноября — 6 декабря 2026 года" in memo
    assert "Дороги, ЖКХ, благоустройство; отработан." in memo
