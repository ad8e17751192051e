"""The log tells what happened and where, without the token and without anybody's words."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import places, set_up_logs

TOKEN = "4200000001:AAF-secret_secret"
WORDS = "Зоряна-Проверка"


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def fail() -> None:
    raise LookupError(f"нет строки «{WORDS}» для {TOKEN}")


def failure() -> LookupError:
    try:
        fail()
    except LookupError as error:
        return error
    raise AssertionError


def test_a_line_says_when_how_bad_and_what(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO")
    structlog.get_logger().warning("no updates for now", reason="TelegramNetworkError")
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("timestamp='2")
    assert "level='warning' event='no updates for now' reason='TelegramNetworkError'" in err


@pytest.mark.parametrize(
    "url",
    [
        f"https://api.telegram.org/bot{TOKEN}/getMe",
        f"Cannot connect with {TOKEN}.",
        f"{TOKEN}",
    ],
)
def test_the_token_is_never_written(capsys: pytest.CaptureFixture[str], url: str) -> None:
    set_up_logs("INFO")
    structlog.get_logger().warning(url, url=url)
    logging.getLogger("aiogram").warning("asked %s", url)
    _, err = capsys.readouterr()
    assert "secret" not in err
    assert err.count("[token]") == 3


@pytest.mark.parametrize("way", ["exception", "exc_info"])
def test_an_error_is_logged_as_its_kind_and_its_places_without_its_words(
    capsys: pytest.CaptureFixture[str], way: str
) -> None:
    set_up_logs("INFO")
    log = structlog.get_logger()
    if way == "exc_info":
        log.error("tick failed", exc_info=failure())
    else:
        try:
            fail()
        except LookupError:
            log.exception("tick failed")
    _, err = capsys.readouterr()
    assert WORDS not in err
    assert "fault='LookupError'" in err
    assert "fail:" in err


def test_errors_that_libraries_log_are_without_their_words_too(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO")
    error = failure()
    logging.getLogger("asyncio").error("Task exception was never retrieved", exc_info=error)
    _, err = capsys.readouterr()
    assert WORDS not in err
    assert "LookupError at" in err


def test_libraries_are_heard_from_a_warning_on(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO")
    logging.getLogger("aiogram.event").info("Update is handled")
    logging.getLogger("aiogram.event").warning("Update is not handled")
    _, err = capsys.readouterr()
    assert "not handled" in err
    assert "is handled" not in err


@pytest.mark.parametrize(("level", "heard"), [("DEBUG", 2), ("info", 1), ("ERROR", 0)])
def test_the_level_that_was_set_is_kept(capsys: pytest.CaptureFixture[str], level: str, heard: int) -> None:
    set_up_logs(level)
    log = structlog.get_logger()
    log.debug("claimed")
    log.info("started")
    assert len(capsys.readouterr().err.splitlines()) == heard


def test_places_go_from_the_outermost_call_inwards() -> None:
    names = [step.split(":")[0] for step in places(failure()).split(" > ")]
    assert names == ["failure", "fail"]
