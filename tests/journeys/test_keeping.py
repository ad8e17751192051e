"""The office goes on: with a database put back from a copy, and with one that an earlier version has left."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest

from handlers.views.help import STALE_BUTTON
from storage.copies import make_copy
from storage.database import DatabaseKind, newest_revision, schema_revision
from storage.restoring import restore
from tests.storage.test_upgrades import EARLIER
from tests.support.offices import PLAN, SEATED
from tests.support.people import Chat
from tests.support.slowness import one_fast
from tests.support.stage import Stage

KIND: Final = DatabaseKind.SANDBOX
OLGA: Final = "член проектного офиса 1"
HEAD: Final = "руководитель МЦУ"


def rows(stage: Stage, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(stage.database)) as connection:
        return connection.execute(query).fetchall()


def copied(stage: Stage) -> Path:
    folder = stage.database.parent / "copies"
    return make_copy(stage.database, folder, KIND, program="0.1.0", now=stage.clock.now()).path


def lose_database(stage: Stage) -> None:
    for file in stage.database.parent.glob(f"{stage.database.name}*"):
        file.unlink()


async def restored(stage: Stage, copy: Path) -> None:
    """The machine was lost with all that was on it but the copy."""
    await stage.stop_bot()
    lose_database(stage)
    restore(copy, stage.database, KIND, now=stage.clock.now(), force=False)
    await stage.start_bot()
    await stage.rest()


async def cards(chat: Chat, number: str) -> int:
    return sum(number in message.text for message in await chat.of_bot())


@pytest.mark.slow
async def test_the_office_goes_on_with_a_restored_database(stage: Stage) -> None:
    olga, head, chat = stage.person(OLGA), stage.person(HEAD), stage.chat
    await olga.says("/risk Яма на дороге", where=chat)
    copy = copied(stage)  # the bot is running
    kept = await chat.sees("ИР-1/26", "Яма на дороге")
    as_copied = kept.text
    await olga.says("/risk Нет света в парке", where=chat)
    orphan = await chat.sees("ИР-2/26", "Нет света в парке")
    await head.presses("Сменить блок", on=kept)
    await head.presses("Социальная политика", on=kept)
    assert (await kept.now()).text != as_copied

    said_before = [message.id for message in await chat.of_bot()]
    await restored(stage, copy)
    assert [message.id for message in await chat.of_bot()] == said_before, "nothing is said twice"
    assert (await kept.now()).text == as_copied, "the card says what the database knows"
    assert rows(stage, "select * from ledger") == []

    pressed = await head.presses("Сменить блок", on=orphan)
    assert pressed["text"] == STALE_BUTTON
    await olga.says("/card 2")
    await olga.sees("Риска с номером 2 нет")
    await olga.says("/risk Свалка у школы", where=chat)
    following = await chat.sees("ИР-2/26", "Свалка у школы")
    before = following.text
    for press in ("Сменить блок", "Сменить критичность"):
        assert (await head.presses(press, on=orphan))["text"] == STALE_BUTTON
    assert (await following.now()).text == before, "a lost card's buttons find no other risk"
    assert (await orphan.now()).text == orphan.text

    await head.presses("Сменить блок", on=kept)
    await head.presses("Социальная политика", on=kept)
    assert "Социальная политика" in (await kept.now()).text
    assert await cards(chat, "ИР-1/26") == 1


async def test_a_card_that_may_have_been_posted_is_posted_anew_and_noted(stage: Stage) -> None:
    """The copy was made after the risk was filed and before its card was sent."""
    chat = stage.chat
    await stage.control("faults", kind="502", method="sendMessage", times=0)
    await stage.control("messages", **{"as": stage.person(OLGA).id, "chat": chat.id, "text": "/risk Яма на дороге"})
    assert await stage.world.revision.until(lambda: bool(rows(stage, "select id from risks")), seconds=10)
    copy = copied(stage)
    assert (await stage.sandbox.delete("/control/faults")).is_success
    await restored(stage, copy)
    assert await cards(chat, "ИР-1/26") == 1
    assert rows(stage, "select what, outcome from ledger") == [("standing", "unknown")]


@pytest.mark.parametrize("form", one_fast(EARLIER, EARLIER[-1]), ids=lambda path: path.stem)
async def test_the_office_goes_on_with_the_database_of_an_earlier_version(stage: Stage, form: Path) -> None:
    olga, chat = stage.person(OLGA), stage.chat
    await stage.stop_bot()
    lose_database(stage)
    left_by_earlier_version(stage, form)
    await stage.start_bot()
    await stage.rest()
    assert schema_revision(stage.database)[0] == newest_revision()

    kept = await chat.sees("ИР-1/26")
    await stage.person(HEAD).presses("Сменить критичность", on=kept)
    await stage.person(HEAD).presses("⚪", on=kept)
    assert "⚪" in (await kept.now()).text
    await olga.says("/risk Нет света в парке", where=chat)
    await chat.sees("ИР-2/26", "Нет света в парке")
    await olga.says("Свалка у школы")
    await olga.presses("Зарегистрировать")
    await chat.sees("ИР-3/26", "Свалка у школы")
    assert rows(stage, "pragma foreign_key_check") == []


def left_by_earlier_version(stage: Stage, form: Path) -> None:
    """The filled example, with its people and its chat where those of the stage are."""
    text = form.read_text(encoding="utf-8").replace("VALUES(1,'production',0)", "VALUES(1,'sandbox',0)")
    numbers = {"member": iter((1, 2))}
    for index, role in enumerate(SEATED):
        title = title_of(role, next(numbers[role]) if role in numbers else None)
        text = text.replace(f"'telegram','{100 + index}'", f"'telegram','{stage.office.people[title]}'")
    text = text.replace("'telegram','-1100'", f"'telegram','{stage.office.chat}'")
    with closing(sqlite3.connect(stage.database)) as connection:
        connection.executescript(text)
        connection.execute("UPDATE standing SET message = NULL, shown = 0")  # this chat has none of its messages yet
        connection.commit()


def title_of(role: str, number: int | None) -> str:
    title = next(each.title for each in PLAN.roles if each.key == role)
    return title if number is None else f"{title} {number}"
