"""How often the bot may send under the profile «telegram»; time is moved by the test."""

import pytest

from bot.sandbox.identity import Profile
from bot.sandbox.limits import Throttle
from tests.bot.sandbox.harness import Reply, Sandbox


@pytest.fixture
def profile() -> Profile:
    return Profile.TELEGRAM


@pytest.fixture
async def group(sandbox: Sandbox) -> int:
    return await sandbox.group(await sandbox.person("Ольга"), "bot")


async def sends(sandbox: Sandbox, chat: int) -> Reply:
    return await sandbox.call("sendMessage", chat_id=chat, text="Привет")


def silence(reply: Reply) -> int:
    """How long the bot is told to be silent; the description says the same."""
    seconds = int(reply.body["parameters"]["retry_after"])
    assert (reply.code, reply.description) == (429, f"Too Many Requests: retry after {seconds}")
    return seconds


async def test_one_message_a_second_in_a_chat(sandbox: Sandbox, group: int) -> None:
    assert (await sends(sandbox, group)).code == 200
    assert silence(await sends(sandbox, group)) == 1
    sandbox.clock.pass_by(1)
    assert (await sends(sandbox, group)).code == 200


async def test_a_refused_message_does_not_count(sandbox: Sandbox, group: int) -> None:
    await sends(sandbox, group)
    sandbox.clock.pass_by(0.5)
    await sends(sandbox, group)
    sandbox.clock.pass_by(0.5)
    assert (await sends(sandbox, group)).code == 200


async def test_twenty_messages_a_minute_in_a_group(sandbox: Sandbox, group: int) -> None:
    for _ in range(20):
        assert (await sends(sandbox, group)).code == 200
        sandbox.clock.pass_by(1)
    assert silence(await sends(sandbox, group)) == 40
    sandbox.clock.pass_by(40)
    assert (await sends(sandbox, group)).code == 200


async def test_a_message_every_three_seconds_never_fails(sandbox: Sandbox, group: int) -> None:
    for _ in range(60):
        assert (await sends(sandbox, group)).code == 200
        sandbox.clock.pass_by(2.999)


async def test_a_private_chat_knows_no_minute(sandbox: Sandbox) -> None:
    olga = await sandbox.person("Ольга")
    for _ in range(40):
        assert (await sends(sandbox, olga)).code == 200
        sandbox.clock.pass_by(1)


async def test_thirty_messages_a_second_to_everybody(sandbox: Sandbox) -> None:
    people = [await sandbox.person(f"Житель {number}") for number in range(31)]
    replies = [await sends(sandbox, person) for person in people]
    assert [reply.code for reply in replies[:30]] == [200] * 30
    assert silence(replies[30]) == 1


async def test_edits_count_as_messages(sandbox: Sandbox, group: int) -> None:
    card = (await sends(sandbox, group)).result
    edit = {"chat_id": group, "message_id": card["message_id"], "text": "Новое"}
    assert silence(await sandbox.call("editMessageText", **edit)) == 1
    sandbox.clock.pass_by(1)
    assert (await sandbox.call("editMessageText", **edit)).code == 200
    assert silence(await sends(sandbox, group)) == 1


async def test_deletions_and_answers_do_not_count(sandbox: Sandbox, group: int) -> None:
    card = (await sends(sandbox, group)).result
    deletion = await sandbox.call("deleteMessage", chat_id=group, message_id=card["message_id"])
    assert deletion.code == 200


class TestFast:
    """The other profile."""

    @pytest.fixture
    def profile(self) -> Profile:
        return Profile.FAST

    async def test_knows_no_limits(self, sandbox: Sandbox, group: int) -> None:
        replies = [await sends(sandbox, group) for _ in range(50)]
        assert {reply.code for reply in replies} == {200}


async def test_in_haste_all_windows_are_shorter_and_the_figures_the_same(sandbox: Sandbox, group: int) -> None:
    sandbox.world.throttle = Throttle(haste=4)
    for _ in range(20):
        assert (await sends(sandbox, group)).code == 200
        sandbox.clock.pass_by(0.25)
    assert silence(await sends(sandbox, group)) == 10
    sandbox.clock.pass_by(10)
    assert (await sends(sandbox, group)).code == 200
