"""What the operator sets: the environment and `.env`, validated; `.env.example` lists exactly these."""

import os
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    data_folder: Path = Field(
        default_factory=default_data_folder,
        description="Where the databases live; empty: the XDG state folder.",
    )
    status_port: int = Field(default=8091, description="Loopback port that tells what is pending.", ge=0, le=65535)
    sandbox_port: int = Field(
        default=8090, description="Loopback port of the sandbox's page and Bot API.", ge=0, le=65535
    )
    sandbox_limits: bool = Field(default=False, description="Whether the sandbox keeps Telegram's own flood limits.")
    log_level: str = Field(
        default="INFO", description="DEBUG, INFO, WARNING or ERROR.", pattern="(?i)^(debug|info|warning|error)$"
    )
    messages_per_second: float = Field(default=28.0, description="All chats together; Telegram allows 30.", gt=0)
    chat_messages_per_second: float = Field(default=1.0, description="One private chat; Telegram allows about 1.", gt=0)
    group_messages_per_minute: int = Field(default=19, description="One group; Telegram allows 20.", gt=0)

    @field_validator("bot_token", "data_folder", mode="before")
    @classmethod
    def _empty_means_default(cls, value: object, info: object) -> object:
        if value != "":
            return value
        return default_data_folder() if getattr(info, "field_name", "") == "data_folder" else None

    @property
    def production_database(self) -> Path:
        return self.data_folder / "mcu-pilot.db"

    @property
    def sandbox_database(self) -> Path:
        return self.data_folder / "sandbox" / "mcu-pilot.db"

    @property
    def sandbox_world(self) -> Path:
        """Where the sandbox keeps its people and chats between runs."""
        return self.data_folder / "sandbox" / "telegram.json"
