"""What the operator sets: the environment and `.env`, validated; `.env.example` lists exactly these."""

import os
import re
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.logs import LogFormat
from risk.retention import Retention

PROXIES: Final = frozenset({"http", "socks5"})
LOCAL_NAMES: Final = frozenset({"127.0.0.1", "localhost"})
_KEPT: Final = Retention()


def default_data_folder() -> Path:
    """The XDG state folder: nothing is written beside the program."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "mcu-pilot"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    bot_token: SecretStr | None = Field(default=None, description="Token from @BotFather; empty: the sandbox.")
    telegram_api_url: str = Field(
        default="https://api.telegram.org", description="Another Bot API server, if you run one."
    )
    proxy_url: SecretStr | None = Field(
        default=None,
        description=(
            "Proxy on the way to Telegram: http://user:password@host:port or socks5://…; empty: none. "
            "Links are checked past it."
        ),
    )
    webhook_url: str = Field(
        default="", description="Public https address where Telegram brings updates; empty: the bot asks for them."
    )
    webhook_port: int = Field(
        default=8092, description="Loopback port to which your reverse proxy passes the webhook on.", ge=1, le=65535
    )
    webhook_secret: SecretStr | None = Field(
        default=None, description="What Telegram proves itself by: 1-256 of A-Z a-z 0-9 _ -; empty: made of the token."
    )
    data_folder: Path = Field(
        default_factory=default_data_folder,
        description="Where the databases live; empty: the XDG state folder.",
    )
    status_port: int = Field(default=8091, description="Loopback port that tells what is pending.", ge=0, le=65535)
    sandbox_port: int = Field(
        default=8090, description="Loopback port of the sandbox's page and Bot API.", ge=0, le=65535
    )
    sandbox_limits: bool = Field(default=False, description="Whether the sandbox keeps Telegram's own flood limits.")
    exports_with_residents_by_messenger: bool = Field(
        default=False, description="Whether exports with residents' texts and links may be sent to the bot."
    )
    log_level: str = Field(
        default="INFO", description="DEBUG, INFO, WARNING or ERROR.", pattern="(?i)^(debug|info|warning|error)$"
    )
    log_format: LogFormat = Field(default=LogFormat.CONSOLE, description="console or json: one event in a line.")
    messages_per_second: float = Field(default=28.0, description="All chats together; Telegram allows 30.", gt=0)
    chat_messages_per_second: float = Field(default=1.0, description="One private chat; Telegram allows about 1.", gt=0)
    group_messages_per_minute: int = Field(default=19, description="One group; Telegram allows 20.", gt=0)

    retain_set_aside_days: int = Field(
        default=_KEPT.set_aside_days, description="Days that messages set aside are kept; 0: for ever.", ge=0
    )
    retain_drafts_days: int = Field(
        default=_KEPT.drafts_days, description="Days that closed drafts are kept; 0: for ever.", ge=0
    )
    retain_outbox_days: int = Field(
        default=_KEPT.outbox_days,
        description="Days that sent notices and the ledger are kept, then only counted; 0: for ever.",
        ge=0,
    )
    retain_closed_text_days: int = Field(
        default=_KEPT.closed_text_days,
        description="Days that words and links of a risk are kept after its last event, once closed; 0: for ever.",
        ge=0,
    )
    retain_invitations_days: int = Field(
        default=_KEPT.invitations_days, description="Days that used or expired invitations are kept; 0: for ever.", ge=0
    )
    retain_former_names_days: int = Field(
        default=_KEPT.former_names_days,
        description="Days that the name of somebody without a position is kept; 0: for ever.",
        ge=0,
    )

    @field_validator("bot_token", "proxy_url", "webhook_secret", "data_folder", mode="before")
    @classmethod
    def _empty_means_default(cls, value: object, info: object) -> object:
        if value != "":
            return value
        return default_data_folder() if getattr(info, "field_name", "") == "data_folder" else None

    @field_validator("proxy_url")
    @classmethod
    def _is_a_proxy(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            parts = urlsplit(value.get_secret_value())
            login = unquote(f"{parts.username}{parts.password}")
            if parts.scheme not in PROXIES or not parts.hostname or parts.port is None or not login.isascii():
                raise ValueError("a proxy is http://host:port or socks5://host:port; its login is in Latin letters")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _is_reachable(cls, value: str) -> str:
        """Telegram comes by https alone; a sandbox on this machine needs none."""
        parts = urlsplit(value)
        if value and not (parts.hostname and (parts.scheme == "https" or parts.hostname in LOCAL_NAMES)):
            raise ValueError("a webhook is https://…")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _may_stand_in_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
            raise ValueError("a secret is 1-256 of A-Z a-z 0-9 _ -")
        return value

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show, in each form in which it could get there."""
        proxy = "" if self.proxy_url is None else urlsplit(self.proxy_url.get_secret_value()).password or ""
        told = [each.get_secret_value() for each in (self.bot_token, self.webhook_secret) if each is not None]
        return tuple(filter(None, (*told, proxy, unquote(proxy))))

    @property
    def retention(self) -> Retention:
        return Retention(
            set_aside_days=self.retain_set_aside_days,
            drafts_days=self.retain_drafts_days,
            outbox_days=self.retain_outbox_days,
            closed_text_days=self.retain_closed_text_days,
            invitations_days=self.retain_invitations_days,
            former_names_days=self.retain_former_names_days,
        )

    @property
    def production_database(self) -> Path:
        return self.data_folder / "mcu-pilot.db"

    @property
    def sandbox_database(self) -> Path:
        return self.data_folder / "sandbox" / "mcu-pilot.db"

    @property
    def calendar_file(self) -> Path:
        """Where the operator writes down days that the bot does not know."""
        return self.data_folder / "calendar.toml"

    @property
    def sandbox_world(self) -> Path:
        """Where the sandbox keeps its people and chats between runs."""
        return self.data_folder / "sandbox" / "telegram.json"
