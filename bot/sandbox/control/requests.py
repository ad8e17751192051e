"""The bodies that the control side takes; unknown fields are mistakes."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from bot.sandbox.chats import MemberStatus
from bot.sandbox.faults import FaultKind
from bot.sandbox.wire import JsonObject


class Request(BaseModel):
    """The base of all bodies."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NewPerson(Request):
    """POST /control/people"""

    first_name: str = Field(min_length=1)
    last_name: str | None = None
    username: str | None = None
    label: str | None = None
    id: int | None = Field(default=None, gt=0)


class Block(Request):
    """POST /control/people/{id}/block"""

    blocked: bool


class NewChat(Request):
    """POST /control/chats"""

    type: Literal["group", "supergroup"]
    title: str = Field(min_length=1)
    members: list[int | Literal["bot"]] = []
    is_forum: bool = False
    username: str | None = None


class MemberChange(Request):
    """POST /control/chats/{id}/members"""

    user: int | Literal["bot"]
    status: MemberStatus
    rights: dict[str, bool] = {}
    by: int | None = None


class NewTopic(Request):
    """POST /control/chats/{id}/topics"""

    as_: int = Field(alias="as")
    name: str = Field(min_length=1)


class TopicChange(Request):
    """POST /control/chats/{id}/topics/{thread}"""

    as_: int = Field(alias="as")
    closed: bool


class FromUser(Request):
    """A forward whose author lets themselves be named."""

    kind: Literal["user"]
    name: str
    id: int | None = None


class FromHidden(Request):
    """A forward whose author hides."""

    kind: Literal["hidden"]
    name: str


class FromChannel(Request):
    """A forwarded post of a channel."""

    kind: Literal["channel"]
    title: str
    username: str | None = None
    message_id: int
    signature: str | None = None


class FromChat(Request):
    """A forward of what a group wrote in its own name."""

    kind: Literal["chat"]
    title: str
    username: str | None = None


Forward = Annotated[FromUser | FromHidden | FromChannel | FromChat, Field(discriminator="kind")]


class Attachments(Request):
    """What can hang on a message; one kind at a time."""

    photo: bool | int = False
    video: bool = False
    voice: bool = False
    video_note: bool = False
    document: bool | str = False
    sticker: bool = False
    file: str | None = None
    """What POST /control/files answered, to be sent as the kind that is asked for; without it one is made up."""

    @property
    def kinds(self) -> list[str]:
        """The kinds that were asked for."""
        return [kind for kind in Attachments.model_fields if kind != "file" and getattr(self, kind)]


class AlbumItem(Attachments):
    """One of several messages that clients show as one."""

    caption: str | None = None


class WithForward(Attachments):
    """The forwarded message after a comment."""

    text: str | None = None
    caption: str | None = None
    forward: Forward


class NewMessage(Attachments):
    """POST /control/messages"""

    as_: int = Field(alias="as")
    chat: int
    text: str | None = None
    caption: str | None = None
    reply_to: int | None = None
    thread: int | None = None
    forward: Forward | None = None
    entities: list[JsonObject] | None = None
    anonymous: bool = False
    media_group: list[AlbumItem] | None = Field(default=None, min_length=2, max_length=10)
    with_forward: WithForward | None = None
    date: int | None = None


class Rewriting(Request):
    """POST /control/messages/{chat}/{id}/edit"""

    as_: int = Field(alias="as")
    text: str | None = None
    caption: str | None = None
    entities: list[JsonObject] | None = None


class Pin(Request):
    """POST /control/chats/{id}/pins"""

    as_: int = Field(alias="as")
    message_id: int
    pinned: bool = True


class NewPress(Request):
    """POST /control/presses"""

    as_: int = Field(alias="as")
    chat: int
    message_id: int
    button: str | None = None
    data: str | None = None


class NewFault(Request):
    """POST /control/faults"""

    kind: FaultKind
    method: str | None = None
    chat: int | None = None
    retry_after: int = Field(default=1, ge=1)
    description: str | None = None
    times: int = Field(default=1, ge=0)
    seconds: float | None = Field(default=None, gt=0)
    applied: bool = False


class OfficeTime(Request):
    """POST /control/office/time"""

    to: AwareDatetime


class NextId(Request):
    """POST /control/update-ids"""

    next: int = Field(gt=0)


class Redelivery(Request):
    """POST /control/updates/redeliver"""

    update_id: int


class RawUpdate(Request):
    """POST /control/updates/raw"""

    update: dict[str, Any]


class WebhookOrder(Request):
    """POST /control/webhook"""

    url: str
