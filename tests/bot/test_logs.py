"""The log tells what happened and where, without the token and without anybody's words."""

import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import LogFormat, places, set_up_logs

TOKEN = "4200000001:AAF-secret_secret"
WORDS = "Зоряна-Проверка"


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, hook = root.handlers[:], root.level, sys.excepthook
    yield
    sys.excepthook = hook
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


def test_a_line_of_json_is_one_event_with_its_keys(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO", LogFormat.JSON)
    structlog.get_logger().warning("not ready", part="database", seconds=5)
    logging.getLogger("aiogram").warning("asked %s", "nobody")
    ours, theirs = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert list(ours)[:3] == ["timestamp", "level", "event"]
    assert (ours["event"], ours["part"], ours["seconds"]) == ("not ready", "database", 5)
    assert (theirs["level"], theirs["event"], theirs["logger"]) == ("warning", "asked nobody", "aiogram")


@pytest.mark.parametrize("form", LogFormat)
def test_no_form_of_the_log_shows_words_or_secrets_even_of_errors(
    capsys: pytest.CaptureFixture[str], form: LogFormat
) -> None:
    set_up_logs("INFO", form, ["tell-nobody"])
    structlog.get_logger().error("failed", exc_info=failure(), secret="tell-nobody", inside=["tell-nobody", {1: TOKEN}])
    logging.getLogger("asyncio").error("failed with tell-nobody", exc_info=failure())
    logging.getLogger("aiohttp").error("asked http://pilot:hunter22@127.0.0.1:8080/")
    err = capsys.readouterr().err
    assert err.count("LookupError") == 2
    for hidden in (WORDS, "tell-nobody", "hunter22", "AAF-secret"):
        assert hidden not in err


def test_the_last_words_of_a_program_are_as_restrained(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO")
    error = failure()
    sys.excepthook(type(error), error, error.__traceback__)
    err = capsys.readouterr().err
    assert "fault='LookupError'" in err
    assert WORDS not in err
    assert len(err.splitlines()) == 1


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
