"""What the doctor asks of Telegram: token, proxy, webhook, the time, and what the bot may do in its alert chats."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from bot.clock import MachineClock
from bot.doctor import Finding, examine
from bot.doctor.chats import look_at_alert_chats
from bot.running import SANDBOX_TOKEN
from bot.sandbox.webhook import Webhook
from bot.settings import Settings
from tests.bot.shell import free_port
from tests.support.proxies import PASSWORD_IN_URL, HttpProxy
from tests.support.stage import Stage

HOOK = "https://bot.example.org/hook"


class WrongClock(MachineClock):
    def __init__(self, off: timedelta) -> None:
        self._off = off
        super().__init__()

    def wall(self) -> datetime:
        return super().wall() + self._off


def settings(stage: Stage, **more: Any) -> Settings:
    """Of an installation whose Telegram is the stage's; its database is what the stage's bot works with."""
    return Settings(
        bot_token=SANDBOX_TOKEN,
        telegram_api_url=stage.url,
        data_folder=stage.database.parent,
        status_port=free_port(),
        **more,
    )


async def the_finding(
    words: str, looked_at: Settings, machine: MachineClock | None = None, *, in_sandbox: bool = False
) -> Finding:
    found = await examine(looked_at, in_sandbox=in_sandbox, machine=machine)
    matching = [each for each in found if words in each.says]
    assert len(matching) == 1, found
    return matching[0]


async def test_a_good_token_is_fine(stage: Stage) -> None:
    assert (await the_finding("Токен принят", settings(stage))).fine


async def test_a_sandbox_is_asked_nothing_of_telegram(stage: Stage) -> None:
    found = await examine(settings(stage), in_sandbox=True)
    assert not [each for each in found if any(words in each.says for words in ("Токен", "Webhook", "Часы"))]


async def test_a_proxy_that_lets_through_is_fine_and_its_password_is_not_said(stage: Stage) -> None:
    async with HttpProxy(wants_password=True) as proxy:
        finding = await the_finding("Прокси", settings(stage, proxy_url=SecretStr(proxy.url)))
    assert finding.fine
    assert f"127.0.0.1:{proxy.port}" in finding.says
    assert PASSWORD_IN_URL not in finding.says


async def test_a_dead_proxy_is_one_finding(stage: Stage) -> None:
    dead = SecretStr(f"http://127.0.0.1:{free_port()}")
    assert not (await the_finding("Прокси не отвечает", settings(stage, proxy_url=dead))).fine


@pytest.mark.parametrize(
    ("ours", "stands", "fine", "says"),
    [
        ("", Webhook(), True, "Webhook не задан"),
        ("", Webhook(url=HOOK), False, "(bot.example.org), а WEBHOOK_URL не задан"),
        (HOOK, Webhook(url=HOOK), True, "Webhook стоит на наш адрес"),
        (HOOK, Webhook(), False, "Webhook не стоит"),
        (HOOK, Webhook(url="https://other.example.org/"), False, "чужой адрес"),
    ],
)
async def test_the_webhook_is_as_it_was_set_or_something_is_to_be_done(
    stage: Stage, ours: str, stands: Webhook, fine: bool, says: str
) -> None:
    stage.world.webhook = stands
    assert (await the_finding(says, settings(stage, webhook_url=ours))).fine is fine


@pytest.mark.parametrize(("ago", "fine"), [(timedelta(minutes=5), False), (timedelta(hours=2), True)])
async def test_a_failure_to_deliver_is_news_for_an_hour(stage: Stage, ago: timedelta, fine: bool) -> None:
    failed_at = int((MachineClock().wall() - ago).timestamp())
    stage.world.webhook = Webhook(url=HOOK, last_error_date=failed_at, last_error_message="Connection refused")
    stage.world.updates.put_raw({"message": {}})
    says = "Webhook стоит" if fine else "не может доставить сообщения (Connection refused), ждут 1"
    assert (await the_finding(says, settings(stage, webhook_url=HOOK))).fine is fine


@pytest.mark.parametrize(
    ("off", "says"),
    [
        (timedelta(), "Часы машины верны"),
        (timedelta(seconds=30), "Часы машины верны"),
        (timedelta(minutes=5), "Часы машины спешат на"),
        (timedelta(minutes=-5), "Часы машины отстают на"),
    ],
    ids=str,
)
async def test_a_clock_that_is_a_minute_off_is_said(stage: Stage, off: timedelta, says: str) -> None:
    finding = await the_finding("Часы", settings(stage), WrongClock(off))
    assert (says in finding.says, finding.fine) == (True, "верны" in says)


@pytest.mark.parametrize(
    ("standing", "fine", "says"),
    [
        ({"status": "administrator"}, True, "бот может писать, закреплять сообщения, исключать участников"),
        ({"status": "administrator", "rights": {"can_pin_messages": False}}, False, "не может закреплять сообщения."),
        ({"status": "member"}, False, "не может закреплять сообщения, исключать участников"),
        ({"status": "restricted", "rights": {"can_send_messages": False}}, False, "не может писать, закреплять"),
        ({"status": "left"}, False, "бота нет в алерт-чате"),
        ({"status": "kicked"}, False, "бота нет в алерт-чате"),
    ],
    ids=str,
)
async def test_what_the_bot_may_not_do_in_its_alert_chat_is_said(
    stage: Stage, standing: dict[str, Any], fine: bool, says: str
) -> None:
    head = stage.person("руководитель МЦУ")
    await stage.control(f"chats/{stage.chat.id}/members", **{"user": "bot", "by": head.id} | standing)
    await stage.stop_bot()
    looked_at = settings(stage)
    finding = await _rights(looked_at)
    assert (says in finding.says, finding.fine) == (True, fine), finding


async def _rights(looked_at: Settings) -> Finding:
    """The database of a stage is a sandbox's, and so the look that is meant for production is taken by itself."""
    assert looked_at.bot_token is not None
    [finding] = await look_at_alert_chats(looked_at, looked_at.bot_token)
    return finding


async def test_little_room_on_the_disk_is_said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await the_finding("Места на диске хватает", settings(stage), in_sandbox=True)).fine
    monkeypatch.setattr("bot.doctor.disk.LEAST_FREE", 2**60)
    assert not (await the_finding("На диске мало места", settings(stage), in_sandbox=True)).fine
    monkeypatch.setattr("bot.doctor.disk.LEAST_FREE", 0)
    monkeypatch.setattr("bot.doctor.disk.TIMES_DATABASE", 2**40)
    assert not (await the_finding("На диске мало места", settings(stage))).fine
