"""People who can write in the sandbox; their memberships belong to the chats."""

from dataclasses import dataclass


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody with an account; all names are invented."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    label: str | None = None
    """The page's caption, a position; Telegram knows nothing of it."""
    blocked: bool = False
    """This person has blocked the bot."""

    @property
    def name(self) -> str:
        """The name as a chat shows it."""
        return " ".join(filter(None, (self.first_name, self.last_name)))
