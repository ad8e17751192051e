"""Everything that the bot says to Telegram goes through the proxy; a dead proxy is said plainly and waited out."""

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from pydantic import SecretStr

from bot.cli import _settings
from bot.gateways.telegram import ProxyRefused, ProxySilent, username_of
from bot.health import Why
from bot.logs import LogFormat, set_up_logs
from bot.plain_errors import plain_line
from bot.running import SANDBOX_TOKEN
from bot.settings import Settings
from tests.support.clocks import StoryClock
from tests.support.programs import free_port
from tests.support.proxies import PASSWORD, PASSWORD_IN_URL, HttpProxy, Proxy, SocksProxy
from tests.support.stage import Scenery, Stage, on_stage

PROXIES = [HttpProxy(), HttpProxy(wants_password=True), SocksProxy(), SocksProxy(wants_password=True)]


@pytest.fixture(params=PROXIES, ids=lambda each: f"{each.scheme}{' with a password' if each.wants_password else ''}")
async def proxy(request: pytest.FixtureRequest) -> AsyncIterator[Proxy]:
    running: Proxy = type(request.param)(wants_password=request.param.wants_password)
    async with running:
        yield running


@pytest.fixture
async def behind(scenery: Scenery, tmp_path: Path, proxy: Proxy) -> AsyncIterator[Stage]:
    async with on_stage(scenery, tmp_path, StoryClock(), proxy=SecretStr(proxy.url)) as stage:
        yield stage


@pytest.fixture
def _logs_as_they_were() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


async def test_a_risk_is_filed_through_the_proxy_and_by_no_other_way(behind: Stage, proxy: Proxy) -> None:
    olga = behind.person("член проектного офиса 1")
    await olga.says("/risk Яма на дороге", where=behind.chat)
    await behind.chat.sees("ИР-1/26")
    assert set(proxy.asked) == {behind.url.removeprefix("http://")}


@pytest.mark.slow
async def test_a_proxy_that_dies_is_waited_out_and_nothing_is_lost(
    scenery: Scenery, tmp_path: Path, proxy: Proxy
) -> None:
    async with on_stage(scenery, tmp_path, StoryClock(), proxy=SecretStr(proxy.url)) as stage:
        await proxy.__aexit__()
        await stage.tells("telegram", Why.PROXY_SILENT)
        olga = stage.person("член проектного офиса 1")
        await stage.control("messages", **{"as": olga.id, "chat": stage.chat.id, "text": "/risk Яма на дороге"})
        async with proxy:
            await stage.rest()
            await stage.chat.sees("ИР-1/26")
            await stage.tells("telegram")
            await stage.stop_bot()


async def test_a_dead_proxy_is_one_plain_line_at_the_start(stage: Stage) -> None:
    with pytest.raises(ProxySilent) as silent:
        await username_of(SANDBOX_TOKEN, stage.url, SecretStr(f"socks5://127.0.0.1:{free_port()}"))
    assert plain_line(silent.value) == "Прокси не отвечает. Проверьте PROXY_URL и сам прокси."


@pytest.mark.parametrize("kind", [HttpProxy, SocksProxy])
async def test_a_wrong_password_of_the_proxy_is_one_plain_line(stage: Stage, kind: type[Proxy]) -> None:
    async with kind(wants_password=True) as proxy:
        wrong = SecretStr(f"{proxy.scheme}://pilot:wrong@127.0.0.1:{proxy.port}")
        with pytest.raises(ProxyRefused) as refused:
            await username_of(SANDBOX_TOKEN, stage.url, wrong)
    assert plain_line(refused.value) == "Прокси не принимает имя или пароль. Проверьте PROXY_URL."


async def test_a_proxy_that_reaches_nothing_is_another_plain_line() -> None:
    async with HttpProxy() as proxy:
        with pytest.raises((ProxyRefused, ProxySilent)) as refused:
            await username_of(SANDBOX_TOKEN, f"http://127.0.0.1:{free_port()}", SecretStr(proxy.url))
    assert "рокси" in (plain_line(refused.value) or "")


def fail(words: str) -> None:
    raise ConnectionError(words)


@pytest.mark.parametrize("form", LogFormat)
@pytest.mark.usefixtures("_logs_as_they_were")
def test_the_password_is_in_no_line_of_the_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: LogFormat
) -> None:
    monkeypatch.chdir(tmp_path)
    url = f"socks5://pilot:{PASSWORD_IN_URL}@127.0.0.1:1080"
    settings = Settings(proxy_url=SecretStr(url), bot_token=SecretStr("4200000001:AAF-secret"))
    set_up_logs("INFO", form, settings.secrets)
    log = structlog.get_logger()
    log.warning("asked", url=url, nested={"password": PASSWORD}, words=f"in {PASSWORD} and {PASSWORD_IN_URL}")
    try:
        fail(url)
    except ConnectionError:
        log.exception("no way through")
        logging.getLogger("aiohttp").exception("no way %s", url)
    err = capsys.readouterr().err
    assert "no way" in err
    for secret in (PASSWORD, PASSWORD_IN_URL, "AAF-secret"):
        assert secret not in err


def test_a_wrong_proxy_is_refused_without_being_repeated(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PROXY_URL", f"ftp://pilot:{PASSWORD_IN_URL}@127.0.0.1:1080")
    with pytest.raises(BaseException, match="2"):
        _settings()
    err = capsys.readouterr().err
    assert "PROXY_URL неверна" in err
    assert PASSWORD_IN_URL not in err
