"""A message as the sandbox keeps it; what Telegram shows of it is made in `shapes`."""

from dataclasses import dataclass, field

from bot.sandbox.wire import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a message says: a text, or media with a caption, or neither (a service message)."""

    text: str | None = None
    caption: str | None = None
    entities: tuple[JsonObject, ...] = ()
    media: JsonObject = field(default_factory=dict)
    """The media fields of Telegram's Message, such as {"photo": [...]}."""


@dataclass(slots=True, kw_only=True)
class Message:
    """One message in one chat."""

    id: int
    chat_id: int
    date: int
    sender_id: int
    body: Body
    as_chat: bool = False
    """Written anonymously, in the name of the group."""
    reply_to: int | None = None
    thread: int | None = None
    in_topic: bool = False
    origin: JsonObject | None = None
    """The forward as the control side gave it; None if the message was not forwarded."""
    album: str | None = None
    inline_keyboard: JsonObject | None = None
    had_other_markup: bool = False
    """Carried a reply keyboard or a forced reply: Telegram lets nobody edit such a message."""
    link_preview: JsonObject | None = None
    protected: bool = False
    silent: bool = False
    service: JsonObject | None = None
    """The service field of Telegram's Message, such as {"left_chat_member": {...}}."""
    edit_date: int | None = None
    edit_count: int = 0
    deleted: bool = False
