"""The webhook that is set, and how the last delivery to it failed; bringing updates there is `bringing`'s business."""

from dataclasses import dataclass
from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost"})


@dataclass(slots=True, kw_only=True)
class Webhook:
    """An empty address means polling."""

    url: str = ""
    secret: str | None = None
    max_connections: int = 40
    allowed_updates: list[str] | None = None
    last_error_date: int | None = None
    last_error_message: str | None = None

    @property
    def is_near(self) -> bool:
        """Whether it is on this machine: nothing that is written in the sandbox leaves it."""
        return urlsplit(self.url).hostname in LOOPBACK
