"""The webhook's door: only Telegram is let in, 200 means stored, and nothing but that is said."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from aiogram import Bot
from aiogram.methods import GetWebhookInfo, SetWebhook
from aiogram.types import WebhookInfo
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.health import Health, Part, Why
from bot.intake.door import HEARD
from bot.intake.replies import Doorkeeper
from bot.intake.webhook import LARGEST_UPDATE, Webhook, WebhookAddress, secret_from
from bot.tasks import TaskOwner
from storage.hindrance import DatabaseUnavailable, Hindrance
from storage.inbox import Inbox, Receipt
from tests.bot.doors import census_of, door_of
from tests.bot.telegram import ME, TOKEN, Json, ScriptedTelegram, message
from tests.support.offices import NOW, Offices
from tests.support.programs import free_port

OLGA = 104
KEYS = st.sampled_from(["message", "from", "chat", "id", "text", "callback_query"])
SECRET = "tell-nobody"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class WebhookTelegram(ScriptedTelegram):
    """Remembers the webhook that is set, and has a trouble to tell of if the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.info = WebhookInfo(url="", has_custom_certificate=False, pending_update_count=0)

    async def _answer(self, method: Any) -> Any:
        if isinstance(method, SetWebhook):
            self.info = self.info.model_copy(update={"url": method.url})
        if isinstance(method, GetWebhookInfo):
            return self.info
        return await super()._answer(method)


class Entrance:
    """A webhook with its surroundings; what it hands to the lanes stands in `worked`."""

    def __init__(self, offices: Offices) -> None:
        self.telegram = WebhookTelegram()
        self.worked: list[Json] = []
        self.inbox = Inbox(offices.database, ME.id)
        self.tasks = TaskOwner()
        self.health = Health(lambda: 0.0)
        self.address = WebhookAddress(url="https://example.org/hook", port=free_port(), secret=SecretStr(SECRET))
        bot = Bot(TOKEN, session=self.telegram)
        door = door_of(
            offices,
            inbox=self.inbox,
            tasks=self.tasks,
            doorkeeper=Doorkeeper(bot, lambda: 0.0),
            census=census_of(offices, bot),
            work=self._work,
        )
        self.webhook = Webhook(bot, door, self.health, self.address)
        self.telegram_comes = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{self.address.port}", trust_env=False, headers={HEADER: SECRET}
        )

    async def brings(self, update: Any, **headers: str) -> int:
        answer = await self.telegram_comes.post("/hook", json=update, headers=headers)
        assert answer.content == b""
        await self.tasks.finish()
        return answer.status_code

    async def _work(self, receipt: Receipt) -> None:
        self.worked.append(receipt.payload)


@pytest.fixture
async def entrance(offices: Offices) -> AsyncIterator[Entrance]:
    made = Entrance(offices)
    await made.webhook.open()
    running = made.tasks.start(made.webhook.run(), name="webhook", awaited=True)
    made.tasks._tasks.clear()  # `brings` waits for the lanes alone
    async with made.telegram_comes:
        yield made
    made.webhook.stop()
    await running


def words(number: int, text: str = "Нет света", *, sender: int = OLGA) -> Json:
    return {"update_id": number, "message": message(text, sender=sender)}


async def test_telegram_is_told_the_address_the_secret_and_what_is_heard(entrance: Entrance) -> None:
    [told] = [call for call in entrance.telegram.calls if isinstance(call, SetWebhook)]
    assert (told.url, told.secret_token, told.allowed_updates) == (entrance.address.url, SECRET, HEARD)
    assert entrance.health.ills == {}


async def test_what_is_ours_is_stored_and_handed_on_before_it_is_acknowledged(entrance: Entrance) -> None:
    assert await entrance.brings(words(7)) == 200
    assert [each["update_id"] for each in entrance.worked] == [7]
    assert len(await entrance.inbox.waiting()) == 1


async def test_an_update_that_comes_twice_is_acknowledged_twice_and_worked_once(entrance: Entrance) -> None:
    assert [await entrance.brings(words(7)) for _ in range(2)] == [200, 200]
    assert len(entrance.worked) == 1


@pytest.mark.parametrize("shown", ["", "tell-nobody-else", "TELL-NOBODY", "tell-nobod", "секрет".encode().hex()])
async def test_a_stranger_with_a_wrong_secret_learns_nothing_and_leaves_nothing(entrance: Entrance, shown: str) -> None:
    assert await entrance.brings(words(7), **{HEADER: shown}) == 403
    assert await entrance.inbox.waiting() == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_a_visitor_without_the_secret_cannot_tell_that_there_is_a_bot(entrance: Entrance, method: str) -> None:
    answer = await entrance.telegram_comes.request(method, "/", headers={HEADER: ""})
    assert (answer.status_code, answer.content) == (403, b"")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"5", b'{"update_id": "7"}', b'{"update_id": true}', b"\xff"])
async def test_what_is_no_update_is_not_acknowledged(entrance: Entrance, body: bytes) -> None:
    answer = await entrance.telegram_comes.post("/", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert await entrance.brings(words(8)) == 200


async def test_what_is_no_json_is_not_read(entrance: Entrance) -> None:
    answer = await entrance.telegram_comes.post("/", data={"update_id": "7"})
    assert answer.status_code == 415


async def test_what_is_too_large_for_an_update_is_not_read(entrance: Entrance) -> None:
    assert (await entrance.telegram_comes.post("/", json={"x": "x" * LARGEST_UPDATE})).status_code == 413


@pytest.mark.parametrize("odd", [{"message": "слово"}, {"callback_query": 5}, {"holographic_message": {}}, {}], ids=str)
async def test_an_update_of_an_unknown_form_is_acknowledged_and_dropped(entrance: Entrance, odd: Json) -> None:
    assert await entrance.brings({"update_id": 7, **odd}) == 200
    assert await entrance.brings(words(8)) == 200
    assert [each["update_id"] for each in entrance.worked] == [8]


async def test_what_cannot_be_stored_is_not_acknowledged(entrance: Entrance, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(*_: object) -> None:
        raise DatabaseUnavailable(Hindrance.NO_ROOM)

    with monkeypatch.context() as patch:
        patch.setattr(Inbox, "take", full)
        assert await entrance.brings(words(7)) == 500
    assert await entrance.brings(words(7)) == 200
    assert len(entrance.worked) == 1


async def test_after_a_stop_nothing_is_taken(entrance: Entrance) -> None:
    entrance.webhook._stopped.set()
    with pytest.raises((httpx.TransportError, AssertionError)):
        assert await entrance.brings(words(7)) == 200
    assert entrance.worked == []


async def test_a_webhook_that_somebody_took_away_is_set_again(entrance: Entrance) -> None:
    entrance.telegram.info = entrance.telegram.info.model_copy(update={"url": ""})
    await entrance.webhook.look()
    assert entrance.telegram.info.url == entrance.address.url


async def test_telegrams_failure_to_bring_updates_is_said_until_one_comes(entrance: Entrance) -> None:
    failing = {"pending_update_count": 3, "last_error_date": NOW, "last_error_message": "Connection refused"}
    entrance.telegram.info = entrance.telegram.info.model_copy(update=failing)
    for _ in range(2):
        await entrance.webhook.look()
        assert entrance.health.ills == {Part.UPDATES: Why.NOT_BROUGHT}
    await entrance.brings(words(7))
    await entrance.webhook.look()
    assert entrance.health.ills == {}


async def test_an_old_failure_with_nothing_waiting_is_forgotten(entrance: Entrance) -> None:
    entrance.telegram.info = entrance.telegram.info.model_copy(update={"last_error_date": NOW})
    await entrance.webhook.look()
    assert entrance.health.ills == {}


def test_a_secret_made_of_the_token_is_the_same_at_every_start_and_another_for_another_token() -> None:
    first, again, other = (secret_from(SecretStr(token)).get_secret_value() for token in (TOKEN, TOKEN, "43:test"))
    assert first == again != other
    assert TOKEN not in first


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    update=st.recursive(
        st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["message", "from", "chat", "id", "text", "callback_query"]), inner, max_size=4
            )
        ),
        max_leaves=12,
    )
)
async def test_nothing_that_is_brought_breaks_the_door(entrance: Entrance, update: Any) -> None:
    given_id = {"update_id": 5} | (update if isinstance(update, dict) else {"message": update})
    assert await entrance.brings(given_id) == 200
