"""Writes docs/ru/messages.md: every message about risks, appeals and their figures, in order, as people see it."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from tests.architecture.source import ROOT
from tests.journeys import test_appeal_reminders as nudges
from tests.journeys import test_appeals as appeals
from tests.journeys import test_digests as digests
from tests.journeys import test_imports as imports
from tests.journeys import test_papers as papers
from tests.journeys import test_reminders as reminders
from tests.journeys import test_working as journeys
from tests.support.clocks import StoryClock
from tests.support.people import Chat, Shown
from tests.support.stage import Stage, build_scenery, on_stage

TARGET: Final = ROOT / "docs" / "ru" / "messages.md"
IVAN, OLGA, HEAD = "член проектного офиса 2", "член проектного офиса 1", "руководитель МЦУ"
ROADS, CURATOR = "руководитель блока «Дороги, ЖКХ, благоустройство»", "куратор"
OFFICER = "ответственный за ИМ и ПОС"

_HEADING: Final = """# Что видят люди

Сообщения бота по порядку, как их показывает Telegram; делается командой `make messages` из тех же историй, что и тесты.
В квадратных скобках — кнопки. Имена и адреса вымышлены.
"""

Story = Callable[[Stage], Awaitable[None]]


async def _straight(stage: Stage) -> None:
    people = (stage.person(OLGA), stage.person(IVAN), stage.person(HEAD))
    await journeys.test_the_straight_way_from_a_forward_to_worked_off(stage, *people, stage.chat)


async def _unclear(stage: Stage) -> None:
    people = (stage.person(OLGA), stage.person(IVAN), stage.person(HEAD))
    await journeys.test_what_is_unclear_is_asked_of_a_position_and_answered_meanwhile_in_the_interim(
        *people, stage.chat
    )


async def _again(stage: Stage) -> None:
    await journeys.test_a_mention_a_week_after_closure_brings_the_risk_back_with_cause_forecast_and_a_new_answer(
        stage, stage.person(OLGA), stage.person(IVAN), stage.chat
    )


async def _decided(stage: Stage) -> None:
    people = (stage.person(OLGA), stage.person(IVAN), stage.person(HEAD))
    await journeys.test_whoever_decides_closes_a_risk_with_a_reason_that_its_card_shows(*people, stage.chat)


async def _reminded(stage: Stage) -> None:
    people = (stage.person(OLGA), stage.person(ROADS), stage.chat)
    await reminders.test_behind_the_number_are_the_actions_and_why_it_is_asked_of_them(stage, *people)


async def _overdue(stage: Stage) -> None:
    people = (stage.person(OLGA), stage.person(ROADS), stage.person(HEAD), stage.person(CURATOR))
    await reminders.test_whoever_is_above_gets_a_summary_and_a_senior_block_head_has_the_curator_above(
        stage, *people, stage.chat
    )


async def _loaded(stage: Stage) -> None:
    officer = stage.person(OFFICER)
    await imports.test_an_export_from_the_folder_is_shown_loaded_known_again_and_taken_back(stage, officer)


async def _lacking(stage: Stage) -> None:
    officer = stage.person(OFFICER)
    await imports.test_an_export_that_lacks_much_of_its_period_is_asked_about(stage, officer)


async def _refused(stage: Stage) -> None:
    officer = stage.person(OFFICER)
    await imports.test_a_full_export_of_im_sent_to_the_bot_is_refused_removed_and_leaves_no_trace(stage, officer)


async def _called(stage: Stage) -> None:
    people = (stage.person(OLGA), stage.person(OFFICER), stage.person(ROADS))
    await appeals.test_a_call_is_registered_given_to_a_block_and_answered(*people)


async def _given_back(stage: Stage) -> None:
    await appeals.test_what_is_not_of_the_block_comes_back_to_who_distributes(
        stage, stage.person(ROADS), stage.person(OFFICER)
    )


async def _appeal_overdue(stage: Stage) -> None:
    await nudges.test_a_block_head_reads_what_is_overdue_by_which_export_and_why(stage, stage.person(ROADS))


async def _outdated(stage: Stage) -> None:
    people = (stage.person(ROADS), stage.person(HEAD))
    await nudges.test_without_a_fresh_export_whoever_loads_them_is_asked_and_then_reminders_stop_and_the_head_is_told(
        stage, *people
    )


async def _weekend_told(stage: Stage) -> None:
    await digests.test_on_a_day_off_there_is_none_and_monday_covers_the_weekend(stage, stage.chat)


async def _astray(stage: Stage) -> None:
    await digests.test_when_the_chat_refuses_it_the_head_reads_why(stage, stage.chat, stage.person(HEAD))


async def _registers(stage: Stage) -> None:
    await papers.test_the_curator_gets_registers_as_a_workbook(
        stage, stage.chat, stage.person(HEAD), stage.person(OLGA)
    )


STORIES: Final[tuple[tuple[str, Story], ...]] = (
    ("От пересланного поста до «отработан»", _straight),
    ("Уточняется: вопрос должности и промежуточный ответ", _unclear),
    ("Тема вернулась через неделю", _again),
    ("Закрыт решением и возвращён", _decided),
    ("Напоминание о сроке и «Почему мне?»", _reminded),
    ("Просрочено: узнаёт тот, кто выше", _overdue),
    ("Выгрузка из папки: предпросмотр, загрузка, отмена", _loaded),
    ("Выгрузка, в которой пропало много", _lacking),
    ("Выгрузка ИМ целиком, присланная боту", _refused),
    ("Обращение по звонку", _called),
    ("Обращение не к блоку", _given_back),
    ("Просроченное обращение и «Почему мне?»", _appeal_overdue),
    ("Свежей выгрузки нет", _outdated),
    ("Дайджест в понедельник", _weekend_told),
    ("Дайджест не принят алерт-чатом", _astray),
    ("Реестры в Excel", _registers),
)


class Listener:
    """Notes what stands in each chat whenever it has changed."""

    def __init__(self, stage: Stage) -> None:
        self._chats = {title: stage.person(title) for title in (OLGA, IVAN, HEAD, ROADS, CURATOR, OFFICER)}
        self._group = stage.chat
        self._known: dict[tuple[int, int], str] = {}
        self.heard: list[str] = []

    async def listen(self) -> None:
        for where, chat in [
            ("в алерт-чате", self._group),
            *((f"лично: {title}", chat) for title, chat in self._chats.items()),
        ]:
            await self._note(where, chat)

    async def _note(self, where: str, chat: Chat) -> None:
        for message in await chat.of_bot():
            said = _as_seen(message)
            if self._known.get((chat.id, message.id)) != said:
                changed = "" if (chat.id, message.id) not in self._known else ", изменилось"
                self._known[chat.id, message.id] = said
                self.heard.append(f"**{where}{changed}**\n\n{said}\n")


def _as_seen(message: Shown) -> str:
    lines = [f"> {line}".rstrip() for line in (*_attached(message), *message.text.splitlines())]
    rows = [" ".join(f"[{button['text']}]" for button in row) for row in message.data["buttons"]]
    return "  \n".join([*lines, *(f"> {row}" for row in rows)])


def _attached(message: Shown) -> tuple[str, ...]:
    media = message.data["media"]
    if not media:
        return ()
    return ("(картинка)",) if media["kind"] == "photo" else (f"(файл «{media['file_name']}»)",)


async def _told(title: str, story: Story, scenery_folder: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        scenery = await build_scenery(scenery_folder, StoryClock())
        async with on_stage(scenery, Path(folder), StoryClock()) as stage:
            listener = Listener(stage)
            await listener.listen()
            listener.heard.clear()
            rest = stage.rest

            async def rest_and_listen() -> None:
                await rest()
                await listener.listen()

            stage.rest = rest_and_listen  # type: ignore[method-assign]  # the story is heard at each of its pauses
            await story(stage)
            await listener.listen()
    return "\n".join([f"## {title}\n", *listener.heard])


async def messages() -> str:
    told = []
    for title, story in STORIES:
        with tempfile.TemporaryDirectory() as folder:
            told.append(await _told(title, story, Path(folder)))
    return "\n".join([_HEADING, *told])


if __name__ == "__main__":
    TARGET.write_text(asyncio.run(messages()), encoding="utf-8")
