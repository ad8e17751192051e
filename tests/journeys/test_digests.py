"""The daily digest: at the office's hour, once, with its picture."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.support.people import Group
from tests.support.stage import Stage

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


async def test_on_a_working_day_the_digest_stands_in_the_chat_with_its_picture(stage: Stage, chat: Group) -> None:
    await stage.office_time_is(datetime(2026, 11, 23, 9, 1, tzinfo=MOSCOW))
    head = stage.person("руководитель МЦУ")
    await head.says("/digest")
    print(*[f"{m.text}\n{m.buttons}\n" for m in await chat.of_bot()], sep="\n")
    print((await head.last()).text)
    await head.presses("Страница для планёрки", on=(await chat.of_bot())[-2])
    await stage.office_time_is(datetime(2026, 11, 23, 15, 1, tzinfo=MOSCOW))
    print(*[f"{m.text}\n{m.buttons}\n" for m in await head.of_bot()], sep="\n")

    digest, picture = (await chat.of_bot())[-2:]
    assert digest.text.startswith("МЦУ Пестовского округа")
    assert picture.data["media"]["kind"] == "photo"
    assert picture.data["reply_to"] == digest.id
