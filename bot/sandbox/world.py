"""The world that the bot lives in: people, chats, what is queued; deeds are in `acts` and `methods`."""

import secrets
from collections.abc import Iterator
from typing import Any

from bot.sandbox.calls import CallLog
from bot.sandbox.chats import Chat, ChatType
from bot.sandbox.clock import Clock, unix_now
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.identity import BotIdentity, Profile
from bot.sandbox.limits import Throttle
from bot.sandbox.messages import Message
from bot.sandbox.people import Person
from bot.sandbox.presses import Press
from bot.sandbox.revision import Revision
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import Webhook
from bot.sandbox.wire import JsonObject

_FIRST_PERSON_ID = 7_000_000_001
_FIRST_GROUP_ID = -4_200_001
_FIRST_SUPERGROUP_ID = -1_002_000_000_001


class World:
    """Everything there is; one bot, one event loop, no threads."""

    def __init__(
        self,
        profile: Profile = Profile.FAST,
        bot: BotIdentity | None = None,
        *,
        clock: Clock = unix_now,
    ) -> None:
        self.profile = profile
        self.bot = bot or BotIdentity()
        self.clock = clock
        self.revision = Revision()
        self.updates = UpdateQueue(next_id=100_000_000 + secrets.randbelow(400_000_000))
        self.faults = Faults()
        self.throttle = Throttle()
        self.calls = CallLog()
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.files = Files()
        self.commands: dict[str, list[JsonObject]] = {}
        self.training: Any = {}
        self.webhook = Webhook()
        self.next_account_message_id = 1
        self.era = secrets.token_hex(4)
        """Another after the world was emptied: what was read before means nothing any more."""
        self.bot_status: str | None = None
        """Address of the bot's status port; None where nobody has said it."""

    @property
    def now(self) -> int:
        """Whole seconds since the epoch, as messages are dated."""
        return int(self.clock())

    @property
    def throttled(self) -> bool:
        """Whether this Telegram keeps its limits on sending."""
        return self.profile is Profile.TELEGRAM

    def changed(self) -> None:
        """Tell everybody who waits for news."""
        self.revision.step()

    def empty(self) -> None:
        """Forget people, chats, updates and faults; ids of updates go on, as the bot may remember them."""
        for store in (self.people, self.chats, self.presses, self.commands, self.updates.entries, self.files.entries):
            store.clear()
        self.faults.clear()
        self.throttle.forget()
        self.calls.clear()
        self.training = {}
        self.webhook = Webhook()
        self.era = secrets.token_hex(4)
        self.changed()

    def keep(self, chat: Chat, message: Message) -> Message:
        """Put a message into its chat."""
        chat.messages[message.id] = message
        self.changed()
        return message

    def next_message_id(self, chat: Chat) -> int:
        """Supergroups count their own messages; private chats and groups share the account's counter."""
        if chat.type is ChatType.SUPERGROUP:
            chat.next_message_id += 1
            return chat.next_message_id - 1
        self.next_account_message_id += 1
        return self.next_account_message_id - 1

    def free_person_id(self) -> int:
        """An id that nobody has."""
        return max([_FIRST_PERSON_ID - 1, *self.people]) + 1

    def free_chat_id(self, chat_type: ChatType) -> int:
        """An id as Telegram gives them: -100… to supergroups, small negative ones to groups."""
        first = _FIRST_SUPERGROUP_ID if chat_type is ChatType.SUPERGROUP else _FIRST_GROUP_ID
        return min([first + 1, *(chat.id for chat in self.chats.values() if chat.type is chat_type)]) - 1

    def groups(self) -> Iterator[Chat]:
        """Every chat but the private ones."""
        return (chat for chat in self.chats.values() if chat.type is not ChatType.PRIVATE)
