"""Telegram's JSON of people, chats, members and messages; pure: reads the world, changes nothing."""

from bot.sandbox.chats import Chat, ChatType, Membership, MemberStatus
from bot.sandbox.identity import GROUP_ANONYMOUS_BOT_ID, BotIdentity
from bot.sandbox.messages import Message
from bot.sandbox.origins import forward_fields
from bot.sandbox.people import Person
from bot.sandbox.wire import JsonObject
from bot.sandbox.world import World

_ADMINISTRATOR_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
_RIGHTS_RARELY_GIVEN = (
    "is_anonymous",
    "can_promote_members",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
_PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


_ADMINISTRATORS_ONLY = ("can_change_info", "can_pin_messages", "can_manage_topics")


def user_json(world: World, user_id: int) -> JsonObject:
    """A User: a person, the bot, or the account behind anonymous administrators."""
    if user_id == world.bot.id:
        return bot_json(world.bot)
    if user_id == GROUP_ANONYMOUS_BOT_ID:
        return {"id": user_id, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    return person_json(world.people[user_id])


def person_json(person: Person) -> JsonObject:
    """A person's User."""
    shown = {"id": person.id, "is_bot": False, "first_name": person.first_name}
    optional = {"last_name": person.last_name, "username": person.username, "language_code": "ru"}
    return shown | {key: value for key, value in optional.items() if value}


def bot_json(bot: BotIdentity) -> JsonObject:
    """The bot's User, as it appears in messages."""
    return {"id": bot.id, "is_bot": True, "first_name": bot.first_name, "username": bot.username}


def chat_json(world: World, chat: Chat) -> JsonObject:
    """A Chat."""
    if chat.type is ChatType.PRIVATE:
        person = person_json(world.people[chat.id])
        names = {key: person[key] for key in ("first_name", "last_name", "username") if key in person}
        return {"id": chat.id, "type": str(chat.type)} | names
    shown: JsonObject = {"id": chat.id, "type": str(chat.type), "title": chat.title}
    if chat.username:
        shown["username"] = chat.username
    if chat.is_forum:
        shown["is_forum"] = True
    if chat.type is ChatType.GROUP:
        shown["all_members_are_administrators"] = True
    return shown


def chat_full_json(world: World, chat: Chat) -> JsonObject:
    """A ChatFullInfo."""
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
        False,
    )
    full: JsonObject = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    if chat.type is not ChatType.PRIVATE:
        full["permissions"] = dict.fromkeys(_PERMISSIONS, True) | dict.fromkeys(_ADMINISTRATORS_ONLY, False)
    if pins := chat.pins():
        full["pinned_message"] = message_json(world, pins[-1], with_reply=False)
    return chat_json(world, chat) | full


def member_json(world: World, user_id: int, membership: Membership) -> JsonObject:
    """A ChatMember of the kind that fits the status."""
    shown: JsonObject = {"user": user_json(world, user_id), "status": str(membership.status)}
    rights = dict(membership.rights)
    if membership.status is MemberStatus.CREATOR:
        return shown | {"is_anonymous": rights.get("is_anonymous", False)}
    if membership.status is MemberStatus.ADMINISTRATOR:
        usual = dict.fromkeys(_ADMINISTRATOR_RIGHTS, True) | dict.fromkeys(_RIGHTS_RARELY_GIVEN, False)
        return shown | {"can_be_edited": False} | usual | rights
    if membership.status is MemberStatus.RESTRICTED:
        return shown | {"is_member": True, "until_date": 0} | dict.fromkeys(_PERMISSIONS, False) | rights
    if membership.status is MemberStatus.KICKED:
        return shown | {"until_date": 0}
    return shown


def message_json(world: World, message: Message, *, with_reply: bool = True) -> JsonObject:
    """A Message; the message replied to is shown without its own reply, as Telegram does."""
    chat = world.chats[message.chat_id]
    shown: JsonObject = {
        "message_id": message.id,
        "from": user_json(world, message.sender_id),
        "chat": chat_json(world, chat),
        "date": message.date,
    }
    if message.as_chat:
        shown["sender_chat"] = chat_json(world, chat)
    if message.origin:
        shown |= forward_fields(message.origin, date=message.date)
    if with_reply and (target := chat.living_message(message.reply_to or _topic_start(message))):
        shown["reply_to_message"] = message_json(world, target, with_reply=False)
    return shown | _marks(message) | _content(message)


def _topic_start(message: Message) -> int | None:
    """What a first-level message of a topic «replies» to: the message that created the topic."""
    return message.thread if message.in_topic and message.thread != message.id else None


def _marks(message: Message) -> JsonObject:
    marks = {
        "edit_date": message.edit_date,
        "message_thread_id": message.thread,
        "is_topic_message": message.in_topic,
        "media_group_id": message.album,
        "has_protected_content": message.protected,
        "link_preview_options": message.link_preview,
        "reply_markup": message.inline_keyboard,
    }
    return {key: value for key, value in marks.items() if value}


def _content(message: Message) -> JsonObject:
    body = message.body
    shown: JsonObject = dict(message.service or {}) | body.media
    if body.text is not None:
        shown["text"] = body.text
    if body.caption is not None:
        shown["caption"] = body.caption
    if body.entities:
        shown["entities" if body.text is not None else "caption_entities"] = list(body.entities)
    return shown
