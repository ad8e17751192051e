"""aiogram's own bot against the sandbox: forms, models and errors as the real bot meets them."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
    Update,
)
from aiogram.utils.formatting import Bold, Text, TextLink

from tests.bot.sandbox.harness import Json, Sandbox

TAKE = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Взять", callback_data="take")]])


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    bot = sandbox.real_bot()
    yield bot
    await bot.session.close()


@pytest.fixture
async def olga(sandbox: Sandbox) -> int:
    return await sandbox.person("Ольга")


async def test_the_bot_knows_itself(bot: Bot, sandbox: Sandbox) -> None:
    me = await bot.get_me()
    assert (me.id, me.username) == (sandbox.world.bot.id, sandbox.world.bot.username)
    assert me.can_read_all_group_messages is False


async def test_a_formatted_message_with_everything(bot: Bot, sandbox: Sandbox, olga: int) -> None:
    words = await sandbox.writes(olga, "Вопрос")
    content = Text("😀 ", Bold("Жирно"), " и ", TextLink("ссылка", url="https://example.org/1"))
    sent = await bot.send_message(
        olga,
        **content.as_kwargs(),
        reply_markup=TAKE,
        disable_notification=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(message_id=words["id"]),
    )
    assert sent.text == content.as_kwargs()["text"]
    assert [item.type for item in sent.entities or ()] == ["bold", "text_link"]
    assert sent.reply_markup is not None
    assert sent.reply_markup.model_dump() == TAKE.model_dump()
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "Вопрос"


async def test_a_press_from_update_to_answer(bot: Bot, sandbox: Sandbox, olga: int) -> None:
    card = await bot.send_message(olga, "Карточка", reply_markup=TAKE)
    made = await sandbox.control("presses", as_=olga, chat=olga, message_id=card.message_id, button="Взять")
    (update,) = await bot.get_updates(timeout=1, allowed_updates=["message", "callback_query"])
    assert isinstance(update.callback_query, CallbackQuery)
    assert isinstance(update.callback_query.message, Message)
    await bot.answer_callback_query(update.callback_query.id, text="Взято")
    assert (await sandbox.look(f"presses/{made['query_id']}"))["text"] == "Взято"
    edited = await bot.edit_message_text("Взято", chat_id=olga, message_id=card.message_id)
    assert isinstance(edited, Message)
    assert edited.reply_markup is None
    marked = await bot.edit_message_reply_markup(chat_id=olga, message_id=card.message_id, reply_markup=TAKE)
    assert isinstance(marked, Message)
    assert await bot.delete_message(olga, card.message_id)


async def test_every_kind_of_message_is_a_message_of_aiograms(bot: Bot, sandbox: Sandbox, olga: int) -> None:
    for kind in ("photo", "video", "voice", "document", "sticker"):
        wish: Json = {"as_": olga, "chat": olga, kind: True}
        await sandbox.control("messages", **wish)
    updates = await bot.get_updates()
    kinds = [update.message.content_type for update in updates if update.message]
    assert kinds == ["photo", "video", "voice", "document", "sticker"]


async def test_chats_members_and_commands(bot: Bot, sandbox: Sandbox, olga: int) -> None:
    chat = await sandbox.group(olga, "bot", is_forum=True)
    assert (await bot.get_chat(chat)).is_forum
    assert (await bot.get_chat(olga)).first_name == "Ольга"
    for status in ("member", "administrator", "restricted"):
        await sandbox.membership(chat, "bot", status)
        assert (await bot.get_chat_member(chat, bot.id)).status == status
    assert (await bot.get_chat_member(chat, olga)).status == "creator"
    commands = [BotCommand(command="risks", description="Риски")]
    await bot.set_my_commands(commands, scope=BotCommandScopeChat(chat_id=chat))
    (shown,) = await bot.get_my_commands(scope=BotCommandScopeChat(chat_id=chat))
    assert (shown.command, shown.description) == ("risks", "Риски")
    assert await bot.get_my_commands() == []
    assert await bot.leave_chat(chat)


async def test_refusals_are_aiograms_errors(bot: Bot, sandbox: Sandbox, olga: int) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(5, "Привет")
    with pytest.raises(TelegramBadRequest, match="message text is empty"):
        await bot.send_message(olga, "")
    card = await bot.send_message(olga, "Карточка", reply_markup=TAKE)
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("Карточка", chat_id=olga, message_id=card.message_id, reply_markup=TAKE)
    asked = await bot.send_message(olga, "Кто?", reply_markup=ForceReply())
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("Кто же?", chat_id=olga, message_id=asked.message_id)
    await sandbox.control(f"people/{olga}/block", blocked=True)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(olga, "Привет")


async def test_a_migration_is_aiograms_error_with_the_new_id(bot: Bot, sandbox: Sandbox, olga: int) -> None:
    old = await sandbox.group(olga, "bot", chat_type="group")
    new = await sandbox.control(f"chats/{old}/migrate")
    with pytest.raises(TelegramMigrateToChat) as caught:
        await bot.send_message(old, "Привет")
    assert caught.value.migrate_to_chat_id == new["id"]


async def test_faults_are_aiograms_errors(bot: Bot, sandbox: Sandbox, olga: int) -> None:
    await sandbox.control("faults", kind="429", retry_after=9)
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(olga, "Привет")
    assert caught.value.retry_after == 9
    await sandbox.control("faults", kind="drop_after")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(olga, "Дошло")
    assert (await sandbox.look(f"chats/{olga}/messages"))["messages"][-1]["text"] == "Дошло"


async def test_two_pollers_conflict(bot: Bot, sandbox: Sandbox) -> None:
    turn = sandbox.world.updates.turn
    first = asyncio.gather(bot.get_updates(timeout=30))
    await sandbox.world.revision.until(lambda: sandbox.world.updates.turn > turn, seconds=10)
    await bot.get_updates()
    with pytest.raises(TelegramConflictError):
        await first


async def test_another_token_is_unauthorized(sandbox: Sandbox) -> None:
    bot = Bot("123:other", session=sandbox.real_bot().session)
    with pytest.raises(TelegramUnauthorizedError):
        await bot.get_me()
    await bot.session.close()


async def test_updates_of_the_future_reach_aiogram(bot: Bot, sandbox: Sandbox) -> None:
    await sandbox.control("updates/raw", update={"hologram": {"depth": 3}})
    (update,) = await bot.get_updates()
    assert isinstance(update, Update)
    assert (update.model_extra or {})["hologram"] == {"depth": 3}
