"""People and chats as a journey speaks of them: `olga.forwards(…)`, `olga.presses(…)`, `chat.sees(…)`."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.support.stage import Stage

Json = dict[str, Any]


class Shown:
    """A message as somebody sees it in a chat."""

    def __init__(self, chat: "Chat", data: Json) -> None:
        self.chat = chat
        self.data = data
        self.id: int = data["id"]

    @property
    def text(self) -> str:
        return self.data["text"] or self.data["caption"] or ""

    @property
    def buttons(self) -> list[str]:
        return [button["text"] for row in self.data["buttons"] for button in row]

    def label(self, beginning: str) -> str:
        """The whole of the button that begins so, or is just that."""
        if beginning in self.buttons:
            return beginning
        return next((each for each in self.buttons if each.startswith(beginning)), beginning)

    @property
    def is_of_bot(self) -> bool:
        return bool(self.data["from"]["is_bot"])

    async def now(self) -> "Shown":
        """The same message as it stands now."""
        return next(message for message in await self.chat.messages() if message.id == self.id)


class Chat:
    """What stands in a chat, as the bot's side of it is read."""

    def __init__(self, stage: "Stage", chat_id: int) -> None:
        self.stage = stage
        self.id = chat_id

    async def messages(self) -> list[Shown]:
        answer = await self.stage.sandbox.get(f"/control/chats/{self.id}/messages")
        assert answer.is_success, answer.text
        return [Shown(self, message) for message in answer.json()["messages"]]

    async def of_bot(self) -> list[Shown]:
        return [message for message in await self.messages() if message.is_of_bot]

    async def sees(self, *words: str) -> Shown:
        """The newest message of the bot that says all of these."""
        standing = await self.of_bot()
        for message in reversed(standing):
            if all(each in message.text for each in words):
                return message
        raise AssertionError(f"nobody said {words} here:\n" + "\n---\n".join(each.text for each in standing))

    async def does_not_see(self, words: str) -> None:
        said = [message.text for message in await self.of_bot() if words in message.text]
        assert not said, said

    async def last(self) -> Shown:
        return (await self.of_bot())[-1]


class Group(Chat):
    """A supergroup."""


class Person(Chat):
    """A person and their private chat with the bot."""

    async def says(self, text: str, *, where: Chat | None = None, **more: Any) -> int:
        """Write to the bot in private, or in a group; the identifier of the message."""
        return await self.sends(where=where, text=text, **more)

    async def sends(self, *, where: Chat | None = None, settle: bool = True, **message: Any) -> int:
        chat = self if where is None else where
        written = await self.stage.control("messages", **{"as": self.id, "chat": chat.id} | message)
        if settle:
            await self.stage.rest()
        return int(written["messages"][0]["id"])

    async def sends_file(self, content: bytes, name: str, *, settle: bool = True, **more: Any) -> int:
        """Attach a file of theirs; the identifier of the message."""
        taken = await self.stage.sandbox.post("/control/files", params={"name": name}, content=content)
        assert taken.is_success, taken.text
        message = {"document": True, "file": taken.json()["file"]} | more
        return await self.sends(settle=settle, **message)

    async def forwards(
        self, text: str, *, post: str = "pestovo_news/77", comment: str | None = None, **more: Any
    ) -> int:
        """Forward a post of a public channel, with a comment of their own if there is one."""
        channel, number = post.split("/")
        origin = {"kind": "channel", "title": channel, "username": channel, "message_id": int(number)}
        return await self._forwards(text, origin, comment, more)

    async def forwards_from_person(self, text: str, *, name: str, comment: str | None = None) -> int:
        """Forward what a resident wrote; Telegram names them."""
        return await self._forwards(text, {"kind": "user", "name": name, "id": 555_000_111}, comment, {})

    async def replies(self, message: Shown, text: str) -> int:
        return await self.sends(where=message.chat, text=text, reply_to=message.id)

    async def presses(self, button: str, *, on: Shown | None = None, settle: bool = True) -> Json:
        """Press a button of the newest message that carries it in private, or of a given message.

        A long button may be named by its beginning, as a person reads it.
        """
        message = await self._carrying(button) if on is None else await on.now()
        return await self._presses(message, {"button": message.label(button)}, settle=settle)

    async def presses_data(self, data: str, *, on: Shown) -> Json:
        """Press what an earlier keyboard of the message carried: the second tap of a quick finger."""
        return await self._presses(on, {"data": data}, settle=True)

    async def _presses(self, message: Shown, what: Json, *, settle: bool) -> Json:
        press = await self.stage.control(
            "presses", **{"as": self.id, "chat": message.chat.id, "message_id": message.id} | what
        )
        answer = await self.stage.sandbox.get(f"/control/presses/{press['query_id']}", params={"wait": 10})
        if settle:
            await self.stage.rest()
        answered: Json = answer.json()
        return answered

    async def _carrying(self, button: str) -> Shown:
        standing = await self.of_bot()
        for message in reversed(standing):
            if any(label.startswith(button) for label in message.buttons):
                return message
        raise AssertionError(f"no button «{button}»: {[message.buttons for message in standing]}")

    async def _forwards(self, text: str, origin: Json, comment: str | None, more: Json) -> int:
        if comment is None:
            return await self.sends(text=text, forward=origin, **more)
        return await self.sends(text=comment, with_forward={"text": text, "forward": origin}, **more)
