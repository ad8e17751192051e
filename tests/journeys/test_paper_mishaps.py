"""Papers on their way to a chat that changes meanwhile, and to somebody who works in two offices."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from tests.durability.disk import rows
from tests.support.people import Chat, Group, Person, Shown
from tests.support.second_office import FIRST, SECOND, found_second_office
from tests.support.stage import PATIENCE, Stage

MONDAY_NINE: Final = datetime(2026, 11, 23, 9, 1, tzinfo=ZoneInfo("Europe/Moscow"))
MONDAY: Final = "понедельник, 23"


@pytest.fixture
def head(stage: Stage) -> Person:
    return stage.person("руководитель МЦУ")


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
async def forum(stage: Stage, head: Person, olga: Person) -> Group:
    made = await stage.control(
        "chats", type="supergroup", title="Форум МЦУ", is_forum=True, members=[head.id, olga.id, "bot"]
    )
    await stage.rest()
    return Group(stage, made["id"])


async def bound_topic(stage: Stage, forum: Group, head: Person) -> int:
    """A topic of the forum that the office's alert chat is bound to."""
    made = await stage.control(f"chats/{forum.id}/topics", **{"as": head.id, "name": "Риски"})
    await head.says("/bind", where=forum, thread=made["thread"])
    return int(made["thread"])


async def the_picture_has_to_wait(stage: Stage) -> None:
    """The digest stands there; its picture was turned away, and its turn comes again in a second."""
    await stage.control("faults", kind="429", method="sendPhoto", retry_after=1, times=1)
    answer = await stage.status.post("/time", json={"to": MONDAY_NINE.isoformat()})
    assert answer.is_success
    await until(lambda: any(call.method == "sendPhoto" for call in stage.world.calls.since(0)))


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - what others do is looked at from outside
            await asyncio.sleep(0)


async def pictures_in(chat: Chat) -> list[Shown]:
    return [each for each in await chat.of_bot() if (each.data["media"] or {}).get("kind") == "photo"]


async def test_in_a_forum_the_digest_and_its_picture_stand_in_the_bound_topic(
    stage: Stage, forum: Group, head: Person
) -> None:
    topic = await bound_topic(stage, forum, head)
    await stage.office_time_is(MONDAY_NINE)
    digest, picture = (await forum.of_bot())[-2:]
    assert [each.data["thread"] for each in (digest, picture)] == [topic, topic]
    assert picture.data["reply_to"] == digest.id


async def test_a_topic_deleted_before_the_hour_leaves_the_digest_to_the_general_one(
    stage: Stage, forum: Group, head: Person
) -> None:
    topic = await bound_topic(stage, forum, head)
    assert (await stage.sandbox.delete(f"/control/chats/{forum.id}/topics/{topic}")).is_success
    await stage.office_time_is(MONDAY_NINE)
    digest, picture = (await forum.of_bot())[-2:]
    assert MONDAY in digest.text
    assert [each.data["thread"] for each in (digest, picture)] == [None, None]
    assert picture.data["reply_to"] == digest.id


async def test_a_topic_deleted_between_the_digest_and_its_picture_does_not_take_the_picture_along(
    stage: Stage, forum: Group, head: Person
) -> None:
    topic = await bound_topic(stage, forum, head)
    await the_picture_has_to_wait(stage)
    assert (await stage.sandbox.delete(f"/control/chats/{forum.id}/topics/{topic}")).is_success
    await stage.rest()
    [picture] = await pictures_in(forum)
    assert picture.data["thread"] is None
    await all_was_sent(stage)


async def test_the_picture_follows_the_chat_to_its_new_address(stage: Stage) -> None:
    await the_picture_has_to_wait(stage)
    moved = await stage.control(f"chats/{stage.chat.id}/migrate")
    await stage.rest()
    assert len(await pictures_in(Group(stage, moved["id"]))) == 1
    assert await pictures_in(stage.chat) == []
    await all_was_sent(stage)


async def test_a_paper_says_of_which_office_it_is_to_whoever_works_in_two(
    stage: Stage, head: Person, olga: Person
) -> None:
    await found_second_office(stage, head=head, member=olga)
    await head.says("/office")
    await head.presses(FIRST)
    await head.says("/export 01.11–20.11")
    file = (await head.of_bot())[-1]
    assert file.data["media"]["kind"] == "document"
    assert file.data["caption"].splitlines() == [FIRST, "Реестры за 01–20.11"]
    assert SECOND not in file.text


async def test_a_digest_without_its_picture_is_told_of_by_the_next_one(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("bot.gateways.paper_press.CHILD", "bot.no_such_module")
        await stage.office_time_is(MONDAY_NINE)
    assert await pictures_in(stage.chat) == []
    await stage.office_time_is(MONDAY_NINE + timedelta(days=1))
    digest, _picture = (await stage.chat.of_bot())[-2:]
    assert "Бот не справился: прошлый дайджест вышел без картинки" in digest.text


async def all_was_sent(stage: Stage) -> None:
    """Nothing was given up, and no file is left behind."""
    await stage.stop_bot()
    assert rows(stage.database, "select distinct state, file from papers") == [("sent", None)]
    assert rows(stage.database, "select count(*) from outbox where state not in ('sent', 'moot')") == [(0,)]
    assert not list((stage.database.parent / "papers").iterdir())
