"""Which method of aiogram's goes to which function of ours, and which of its fields we serve."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiogram.methods
from aiogram.methods import TelegramMethod

from bot.sandbox.methods.answering import answer_callback_query
from bot.sandbox.methods.banning import ban_chat_member, unban_chat_member
from bot.sandbox.methods.chatting import (
    get_chat,
    get_chat_administrators,
    get_chat_member,
    get_chat_member_count,
    leave_chat,
)
from bot.sandbox.methods.commands import delete_my_commands, get_my_commands, set_my_commands
from bot.sandbox.methods.editing import (
    delete_message,
    edit_message_caption,
    edit_message_reply_markup,
    edit_message_text,
)
from bot.sandbox.methods.pinning import pin_chat_message, unpin_all_chat_messages, unpin_chat_message
from bot.sandbox.methods.polling import get_me, get_updates
from bot.sandbox.methods.sending import send_chat_action, send_document, send_message, send_photo
from bot.sandbox.methods.topics import close_forum_topic, create_forum_topic, reopen_forum_topic
from bot.sandbox.methods.uploads import get_file
from bot.sandbox.methods.webhook import delete_webhook, get_webhook_info, set_webhook
from bot.sandbox.world import World

Serve = Callable[[World, Any], Any | Awaitable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A method that the sandbox serves; any other field that is set gets a loud 501."""

    serve: Serve
    fields: frozenset[str]


def known_methods() -> dict[str, type[TelegramMethod[Any]]]:
    """Every method of the Bot API that aiogram knows, by its name in small letters: Telegram ignores case."""
    classes = (getattr(aiogram.methods, name) for name in aiogram.methods.__all__)
    return {
        cls.__api_method__.lower(): cls
        for cls in classes
        if issubclass(cls, TelegramMethod) and cls is not TelegramMethod
    }


def _served(serve: Serve, fields: str = "") -> Served:
    return Served(serve=serve, fields=frozenset(fields.split()))


_ANY_MESSAGE = (
    "chat_id message_thread_id disable_notification protect_content reply_parameters reply_markup reply_to_message_id "
    "allow_sending_without_reply"
)
SERVED = {
    "getMe": _served(get_me),
    "getUpdates": _served(get_updates, "offset limit timeout allowed_updates"),
    "setWebhook": _served(set_webhook, "url secret_token max_connections allowed_updates drop_pending_updates"),
    "deleteWebhook": _served(delete_webhook, "drop_pending_updates"),
    "getWebhookInfo": _served(get_webhook_info),
    "sendMessage": _served(send_message, f"text entities link_preview_options {_ANY_MESSAGE}"),
    "sendDocument": _served(
        send_document, f"document caption caption_entities disable_content_type_detection {_ANY_MESSAGE}"
    ),
    "sendPhoto": _served(send_photo, f"photo caption caption_entities {_ANY_MESSAGE}"),
    "sendChatAction": _served(send_chat_action, "chat_id action message_thread_id"),
    "editMessageText": _served(edit_message_text, "chat_id message_id text entities link_preview_options reply_markup"),
    "editMessageCaption": _served(edit_message_caption, "chat_id message_id caption caption_entities reply_markup"),
    "editMessageReplyMarkup": _served(edit_message_reply_markup, "chat_id message_id reply_markup"),
    "deleteMessage": _served(delete_message, "chat_id message_id"),
    "answerCallbackQuery": _served(answer_callback_query, "callback_query_id text show_alert url cache_time"),
    "getChat": _served(get_chat, "chat_id"),
    "getChatMember": _served(get_chat_member, "chat_id user_id"),
    "getChatMemberCount": _served(get_chat_member_count, "chat_id"),
    "getChatAdministrators": _served(get_chat_administrators, "chat_id"),
    "banChatMember": _served(ban_chat_member, "chat_id user_id revoke_messages"),
    "unbanChatMember": _served(unban_chat_member, "chat_id user_id only_if_banned"),
    "leaveChat": _served(leave_chat, "chat_id"),
    "pinChatMessage": _served(pin_chat_message, "chat_id message_id disable_notification"),
    "unpinChatMessage": _served(unpin_chat_message, "chat_id message_id"),
    "unpinAllChatMessages": _served(unpin_all_chat_messages, "chat_id"),
    "createForumTopic": _served(create_forum_topic, "chat_id name"),
    "closeForumTopic": _served(close_forum_topic, "chat_id message_thread_id"),
    "reopenForumTopic": _served(reopen_forum_topic, "chat_id message_thread_id"),
    "getFile": _served(get_file, "file_id"),
    "setMyCommands": _served(set_my_commands, "commands scope language_code"),
    "deleteMyCommands": _served(delete_my_commands, "scope language_code"),
    "getMyCommands": _served(get_my_commands, "scope language_code"),
}
"""The methods that the bot calls; the names are Telegram's."""
