"""The stories that are played with a bot that dies, and what must be true of the database at the end of each."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from tests.durability.disk import Rows
from tests.durability.mortal import MortalStage

AUTHOR: Final = "Зоряна"
AUTHOR_IN_FULL: Final = f"{AUTHOR} Выдумкина"
PHONE: Final = "+7 921 555-01-23"
MEMBER: Final = "член проектного офиса 1"
FORMS_OF_PHONE: Final = (PHONE, "555-01-23", "5550123")

Facts = Mapping[str, Rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """`facts` are queries with the rows that each must answer with once all is over.

    `prologue` is played once, and nobody dies in it: the story begins where it ends.
    `shown` are beginnings of answers that only show something: no row stands behind them, and no kill repeats them.
    `at_once` is how many messages and acts of the bot's own accord may be in flight at one moment.
    `merges`: it tells how far something is by edits, fewer of them on a slow machine, so not each is made again.
    """

    title: str
    play: Callable[[MortalStage], Awaitable[None]]
    facts: Callable[[MortalStage], Facts]
    shown: tuple[str, ...] = ()
    at_once: int = 1
    merges: bool = False
    prologue: Callable[[MortalStage], Awaitable[None]] | None = None


async def _file_in_private(stage: MortalStage) -> None:
    olga = stage.person(MEMBER)
    await olga.forwards_from_person(f"Нет воды на Мира, звоните {PHONE}", name=AUTHOR_IN_FULL)
    await olga.sees("Проверьте, прежде чем отправить", "[номер скрыт]")
    await stage.presses(olga, "Зарегистрировать", olga)
    await olga.sees("ИР-1/26", "зарегистрирован")
    await stage.chat.sees("ИР-1/26", "[номер скрыт]")


def _filed_in_private(_: MortalStage) -> Facts:
    return {
        "select serial, year from risks": [(1, 2026)],
        "select last from counters": [(1,)],
        "select kind from events": [("filed",)],
        "select status from drafts": [("filed",)],
        "select subject from standing where subject in ('draft', 'risk') order by id": [("draft",), ("risk",)],
    }


async def _set_block(stage: MortalStage) -> None:
    head = stage.person("руководитель МЦУ")
    await stage.person(MEMBER).says("/risk Что-то случилось", where=stage.chat)
    await stage.chat.sees("ИР-1/26", "Блок: не назначен")
    await stage.presses(head, "Сменить блок", stage.chat)
    await stage.presses(head, "Социальная политика", stage.chat)
    await stage.chat.sees("ИР-1/26", "Блок: Социальная политика")


def _block_was_set(_: MortalStage) -> Facts:
    return {
        "select serial, block is not null from risks": [(1, 1)],
        "select last from counters": [(1,)],
        "select kind from events order by id": [("filed",), ("block_set",)],
        "select subject, panel from standing where subject = 'risk'": [("risk", "main")],
    }


async def _enter(stage: MortalStage) -> None:
    await stage.stranger.says(f"/start i_{stage.reserve_code}")
    await stage.stranger.says("Новикова А. А.")
    head = stage.person("руководитель МЦУ")
    await stage.presses(head, "Да, это так", head)
    await stage.stranger.sees("Ваша должность")


def _entered(stage: MortalStage) -> Facts:
    seated = f"(select id from people where address = '{stage.stranger.id}')"
    return {
        f"select count(*) from people where address = '{stage.stranger.id}'": [(1,)],
        f"select count(*) from positions where holder in {seated}": [(1,)],
        f"select count(*) from invitations where used_by in {seated}": [(1,)],
        f"select name, state from entries where person in {seated}": [("Новикова А. А.", "confirmed")],
        f"select kind, state from outbox where address = '{stage.stranger.id}' order by id": [
            ("joined", "sent"),
            ("show_commands", "sent"),
        ],
    }


async def _leave(stage: MortalStage) -> None:
    head = stage.person("руководитель МЦУ")
    while not any("Соколова О. П." in button for each in await head.of_bot() for button in each.buttons):
        await head.says("/dismiss")  # an answer that only shows something is lost with the bot, and asked for again
    await stage.presses(head, "Соколова О. П. · член проектного офиса 1", head)
    await stage.presses(head, "Освободить", head)
    await stage.person(MEMBER).sees("За вами больше нет должности")


def _left(stage: MortalStage) -> Facts:
    leaver = stage.person(MEMBER).id
    held = f"(select id from people where address = '{leaver}')"
    return {
        f"select count(*) from positions where holder in {held}": [(0,)],
        "select kind from staff_events where kind = 'dismissed'": [("dismissed",)],
        "select kind, state from outbox where kind in ('position_lost', 'remove_from_chat') order by id": [
            ("position_lost", "sent"),
            ("remove_from_chat", "sent"),
        ],
    }


STORIES: Final = (
    Story(title="a forward becomes a card", play=_file_in_private, facts=_filed_in_private),
    Story(title="a block is set on a card", play=_set_block, facts=_block_was_set),
    Story(title="a new person takes a seat", play=_enter, facts=_entered),
    Story(
        title="a member leaves the office",
        play=_leave,
        facts=_left,
        shown=("Какую должность", "Освободить", "Должность"),
        at_once=2,
    ),
)
