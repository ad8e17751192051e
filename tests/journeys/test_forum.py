"""In a forum, cards stand in the topic where `/bind` was said, and follow it."""

import pytest

from tests.support.people import Group, Person, Shown
from tests.support.stage import Stage


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


async def topic(stage: Stage, forum: Group, head: Person, name: str) -> int:
    made = await stage.control(f"chats/{forum.id}/topics", **{"as": head.id, "name": name})
    return int(made["thread"])


def thread(message: Shown) -> int | None:
    found: int | None = message.data["thread"]
    return found


async def test_cards_go_to_the_topic_where_the_chat_was_bound(
    stage: Stage, forum: Group, head: Person, olga: Person
) -> None:
    risks = await topic(stage, forum, head, "Риски")
    await head.says("/bind", where=forum, thread=risks)
    assert thread(await forum.sees("Теперь это алерт-чат")) == risks
    await olga.says("/risk Яма на дороге", where=forum)
    assert thread(await forum.sees("ИР-1/26")) == risks


async def test_another_topic_bound_takes_the_open_cards_along(
    stage: Stage, forum: Group, head: Person, olga: Person
) -> None:
    first, second = await topic(stage, forum, head, "Риски"), await topic(stage, forum, head, "Важное")
    await head.says("/bind", where=forum, thread=first)
    await olga.says("/risk Яма на дороге", where=forum)
    left = await forum.sees("ИР-1/26")
    await head.says("/bind", where=forum, thread=second)
    card = await forum.sees("ИР-1/26", "Яма на дороге")
    assert thread(card) == second
    assert "больше не обновляется" in (await left.now()).text
    await olga.says("/risk Нет света", where=forum)
    assert thread(await forum.sees("ИР-2/26")) == second


async def test_a_topic_that_was_deleted_leaves_the_cards_to_the_general_one(
    stage: Stage, forum: Group, head: Person, olga: Person
) -> None:
    risks = await topic(stage, forum, head, "Риски")
    await head.says("/bind", where=forum, thread=risks)
    await olga.says("/risk Яма на дороге", where=forum)
    answer = await stage.sandbox.delete(f"/control/chats/{forum.id}/topics/{risks}")
    assert answer.is_success
    await olga.says("/risk Нет света в парке", where=forum)
    assert thread(await forum.sees("ИР-2/26", "Нет света в парке")) is None
