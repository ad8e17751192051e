"""What the sandbox refuses about pins, bans, topics and lists of commands, and in which words: one table."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bot.sandbox.refusals import Reason
from tests.bot.sandbox.harness import Json, Sandbox

MISSING = 9999


@dataclass(slots=True, kw_only=True)
class Scene:
    """Olga's forum, where the bot administrates, and what stands in it."""

    sandbox: Sandbox
    olga: int
    petr: int
    forum: int
    basic: int
    topic: int
    words: int
    service: int


@pytest.fixture
async def scene(sandbox: Sandbox) -> Scene:
    olga, petr = await sandbox.person("Ольга"), await sandbox.person("Пётр")
    forum = await sandbox.group(olga, petr, "bot", is_forum=True)
    basic = await sandbox.group(olga, petr, "bot", chat_type="group")
    topic = (await sandbox.control(f"chats/{forum}/topics", as_=olga, name="ПИЛОТ"))["thread"]
    await sandbox.membership(forum, "bot", "administrator")
    words = (await sandbox.writes(olga, "Слова", forum))["id"]
    return Scene(
        sandbox=sandbox, olga=olga, petr=petr, forum=forum, basic=basic, topic=topic, words=words, service=topic
    )


Preparation = Callable[[Scene], Awaitable[Any]]


async def nothing(_: Scene) -> None:
    """Most refusals need no preparation."""


async def ordinary(scene: Scene) -> None:
    await scene.sandbox.membership(scene.forum, "bot", "member")


async def without_rights(scene: Scene) -> None:
    rights = dict.fromkeys(("can_pin_messages", "can_restrict_members", "can_manage_topics"), False)
    await scene.sandbox.membership(scene.forum, "bot", "administrator", rights=rights)


async def kicked(scene: Scene) -> None:
    await scene.sandbox.membership(scene.forum, "bot", "kicked")


async def petr_rises(scene: Scene) -> None:
    await scene.sandbox.membership(scene.forum, scene.petr, "administrator")


async def topic_closed(scene: Scene) -> None:
    await scene.sandbox.control(f"chats/{scene.forum}/topics/{scene.topic}", as_=scene.olga, closed=True)


async def words_deleted(scene: Scene) -> None:
    await scene.sandbox.control(f"messages/{scene.forum}/{scene.words}/delete")


@dataclass(frozen=True, slots=True)
class Case:
    """A call, and what it gets."""

    name: str
    method: str
    params: Callable[[Scene], Json]
    says: str
    before: Preparation = nothing
    code: int = 400


def in_forum(**more: Any) -> Callable[[Scene], Json]:
    """The value «words» and its like stand for what the scene has under that name."""
    return lambda scene: (
        {"chat_id": scene.forum} | {key: getattr(scene, str(value), value) for key, value in more.items()}
    )


def in_basic(**more: Any) -> Callable[[Scene], Json]:
    return lambda scene: in_forum(**more)(scene) | {"chat_id": scene.basic}


def in_private(**more: Any) -> Callable[[Scene], Json]:
    return lambda scene: in_forum(**more)(scene) | {"chat_id": scene.olga}


PIN, UNPIN, UNPIN_ALL = "pinChatMessage", "unpinChatMessage", "unpinAllChatMessages"
BAN, UNBAN = "banChatMember", "unbanChatMember"
OPEN, CLOSE, REOPEN = "createForumTopic", "closeForumTopic", "reopenForumTopic"

CASES = [
    Case("pin nothing", PIN, in_forum(), Reason.MESSAGE_ID_MISSING),
    Case("pin what never was", PIN, in_forum(message_id=MISSING), Reason.PIN_NOT_FOUND),
    Case("pin what was deleted", PIN, in_forum(message_id="words"), Reason.PIN_NOT_FOUND, words_deleted),
    Case("pin a service message", PIN, in_forum(message_id="service"), Reason.PIN_NOT_FOUND),
    Case("pin as an ordinary member", PIN, in_forum(message_id="words"), Reason.PIN_FORBIDDEN, ordinary),
    Case("pin without the right", PIN, in_forum(message_id="words"), Reason.PIN_FORBIDDEN, without_rights),
    Case("unpin where nothing is pinned", UNPIN, in_forum(), Reason.UNPIN_NOT_FOUND),
    Case("unpin what never was", UNPIN, in_forum(message_id=MISSING), Reason.UNPIN_NOT_FOUND),
    Case("unpin what is not pinned", UNPIN, in_forum(message_id="words"), Reason.NOT_PINNED),
    Case("unpin without the right", UNPIN, in_forum(message_id="words"), Reason.PIN_FORBIDDEN, without_rights),
    Case("unpin all without the right", UNPIN_ALL, in_forum(), Reason.PIN_FORBIDDEN, without_rights),
    Case("ban nobody", BAN, in_forum(), Reason.INVALID_USER_ID),
    Case("ban nobody's id", BAN, in_forum(user_id=-1), Reason.INVALID_USER_ID),
    Case("ban whom nobody knows", BAN, in_forum(user_id=MISSING), Reason.USER_NOT_FOUND),
    Case("ban in private", BAN, in_private(user_id="petr"), Reason.BAN_IN_PRIVATE),
    Case("ban the owner", BAN, in_forum(user_id="olga"), Reason.BAN_OWNER),
    Case("ban as an ordinary member", BAN, in_forum(user_id="petr"), Reason.BAN_FORBIDDEN, ordinary),
    Case("ban without the right", BAN, in_forum(user_id="petr"), Reason.BAN_FORBIDDEN, without_rights),
    Case("ban an administrator", BAN, in_forum(user_id="petr"), Reason.BAN_ADMINISTRATOR, petr_rises),
    Case("unban in a basic group", UNBAN, in_basic(user_id="petr"), Reason.SUPERGROUPS_ONLY),
    Case("unban in private", UNBAN, in_private(user_id="petr"), Reason.SUPERGROUPS_ONLY),
    Case("unban whom nobody knows", UNBAN, in_forum(user_id=MISSING), Reason.USER_NOT_FOUND),
    Case("unban without the right", UNBAN, in_forum(user_id="petr"), Reason.BAN_FORBIDDEN, without_rights),
    Case("administrators of a private chat", "getChatAdministrators", in_private(), Reason.NO_ADMINISTRATORS),
    Case("a topic in a basic group", OPEN, in_basic(name="Тема"), Reason.NOT_A_FORUM),
    Case("a topic without a name", OPEN, in_forum(), Reason.TOPIC_NAME_EMPTY),
    Case("a topic with a blank name", OPEN, in_forum(name="  "), Reason.TOPIC_NAME_EMPTY),
    Case("a topic without the right", OPEN, in_forum(name="Тема"), Reason.TOPIC_CREATION_FORBIDDEN, without_rights),
    Case(
        "close without the right",
        CLOSE,
        in_forum(message_thread_id="topic"),
        Reason.TOPIC_CLOSING_FORBIDDEN,
        without_rights,
    ),
    Case("close what is no topic", CLOSE, in_forum(message_thread_id=MISSING), Reason.TOPIC_UNKNOWN),
    Case("close what is closed", CLOSE, in_forum(message_thread_id="topic"), Reason.TOPIC_AS_IT_WAS, topic_closed),
    Case("reopen what is open", REOPEN, in_forum(message_thread_id="topic"), Reason.TOPIC_AS_IT_WAS),
    Case(
        "commands for somebody whom nobody knows",
        "setMyCommands",
        lambda scene: {
            "commands": [{"command": "help", "description": "Справка"}],
            "scope": {"type": "chat_member", "chat_id": scene.forum, "user_id": MISSING},
        },
        Reason.USER_NOT_FOUND,
    ),
    Case(
        "commands for a chat that is not there",
        "deleteMyCommands",
        lambda _: {"scope": {"type": "chat", "chat_id": MISSING}},
        Reason.CHAT_NOT_FOUND,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_the_call_is_refused_in_telegrams_words(scene: Scene, case: Case) -> None:
    await case.before(scene)
    reply = await scene.sandbox.call(case.method, **case.params(scene))
    assert (reply.code, reply.description) == (case.code, f"Bad Request: {case.says}")


@pytest.mark.parametrize("method", [PIN, UNPIN, UNPIN_ALL, BAN, UNBAN, OPEN, CLOSE, REOPEN, "getChatAdministrators"])
async def test_a_bot_that_was_removed_may_do_nothing(scene: Scene, method: str) -> None:
    await kicked(scene)
    given = {"message_id": scene.words, "user_id": scene.petr, "name": "Тема", "message_thread_id": scene.topic}
    reply = await scene.sandbox.call(method, chat_id=scene.forum, **given)
    assert (reply.code, reply.description) == (403, "Forbidden: bot was kicked from the supergroup chat")
