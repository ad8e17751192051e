"""What the operator may set, where it is read from, and what an empty value means."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings, default_data_folder


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No `.env` and no environment but what a test writes."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def env_file(*lines: str) -> None:
    Path(".env").write_text("\n".join(lines), encoding="utf-8")


def test_nothing_needs_to_be_set() -> None:
    settings = Settings()
    assert settings.bot_token is None
    assert settings.status_port != settings.sandbox_port
    assert settings.data_folder == default_data_folder()


def test_a_setting_is_read_from_the_env_file_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    env_file("# заметка", "BOT_TOKEN=42:of-the-file", "STATUS_PORT=8191  # свой", 'LOG_LEVEL="WARNING"')
    monkeypatch.setenv("BOT_TOKEN", "42:of-the-environment")
    settings = Settings()
    assert settings.bot_token is not None
    assert settings.bot_token.get_secret_value() == "42:of-the-environment"
    assert (settings.status_port, settings.log_level) == (8191, "WARNING")


def test_the_example_file_is_a_valid_env_file_and_sets_nothing_but_defaults() -> None:
    example = Path(__file__).parents[2] / ".env.example"
    env_file(example.read_text(encoding="utf-8"))
    with_example = Settings()
    Path(".env").unlink()
    assert with_example == Settings()


@pytest.mark.parametrize("empty", ["", '""'])
def test_an_empty_token_means_the_sandbox_and_an_empty_folder_the_default(empty: str) -> None:
    env_file(f"BOT_TOKEN={empty}", f"DATA_FOLDER={empty}")
    settings = Settings()
    assert settings.bot_token is None
    assert settings.data_folder == default_data_folder()


def test_lines_of_other_programs_in_the_env_file_are_passed_over() -> None:
    env_file("COMPOSE_PROJECT_NAME=x", "BOT_TOKEN=42:abcdef")
    assert Settings().bot_token is not None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STATUS_PORT", "порт"),
        ("STATUS_PORT", "70000"),
        ("SANDBOX_PORT", "-1"),
        ("MESSAGES_PER_SECOND", "0"),
        ("CHAT_MESSAGES_PER_SECOND", "-1"),
        ("GROUP_MESSAGES_PER_MINUTE", "0"),
        ("GROUP_MESSAGES_PER_MINUTE", "2.5"),
        ("SANDBOX_LIMITS", "может быть"),
        ("LOG_LEVEL", "VERBOSE"),
        ("LOG_FORMAT", "xml"),
        ("PROXY_URL", "ftp://127.0.0.1:1080"),
        ("PROXY_URL", "socks5://127.0.0.1"),
        ("PROXY_URL", "http://:8080"),
        ("PROXY_URL", "http://pilot:пароль@127.0.0.1:8080"),
        ("WEBHOOK_URL", "http://example.org/hook"),
        ("WEBHOOK_URL", "example.org"),
        ("WEBHOOK_PORT", "0"),
        ("WEBHOOK_SECRET", "два слова"),
        ("WEBHOOK_SECRET", "a" * 257),
    ],
)
def test_a_wrong_value_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert [error["loc"] for error in refused.value.errors()] == [(name.lower(),)]


@pytest.mark.parametrize("level", ["debug", "INFO", "Warning", "error"])
def test_a_log_level_may_be_written_in_any_case(monkeypatch: pytest.MonkeyPatch, level: str) -> None:
    monkeypatch.setenv("LOG_LEVEL", level)
    assert Settings().log_level.upper() == level.upper()


def test_the_token_is_not_shown_when_settings_are() -> None:
    env_file("BOT_TOKEN=4200000001:secret-secret")
    assert "secret-secret" not in f"{Settings()!r} {Settings()} {Settings().model_dump()}"


@pytest.mark.parametrize("url", ["https://example.org/hook", "https://example.org:8443/", "http://127.0.0.1:8092/"])
def test_a_webhook_is_public_and_encrypted_or_on_this_machine(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("WEBHOOK_URL", url)
    assert Settings().webhook_url == url


def test_what_no_log_may_show_is_named_in_each_of_its_forms() -> None:
    env_file(
        "BOT_TOKEN=42:secret-token",
        "PROXY_URL=http://pilot:p%40role@127.0.0.1:8080",
        "WEBHOOK_SECRET=tell-nobody",
    )
    assert set(Settings().secrets) == {"42:secret-token", "p%40role", "p@role", "tell-nobody"}


def test_databases_of_the_sandbox_and_of_production_lie_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_FOLDER", "здесь")
    settings = Settings()
    assert settings.production_database == Path("здесь/mcu-pilot.db")
    assert settings.sandbox_database == Path("здесь/sandbox/mcu-pilot.db")
    assert settings.sandbox_world.parent == settings.sandbox_database.parent


def test_the_state_folder_is_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_data_folder() == tmp_path / "state" / "mcu-pilot"
    monkeypatch.delenv("XDG_STATE_HOME")
    assert default_data_folder() == Path.home() / ".local" / "state" / "mcu-pilot"
