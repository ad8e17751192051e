"""The texts with which the sandbox refuses a call, and the error that carries them; checks are elsewhere."""

from enum import StrEnum

NOT_SERVED = 501
"""The code of the loud answer; Telegram itself never gives it."""


class Reason(StrEnum):
    """Telegram's own words; `docs/sandbox.md` says which are from its sources and which from memory."""

    CHAT_ID_EMPTY = "chat_id is empty"
    CHAT_NOT_FOUND = "chat not found"
    CHAT_NOT_LEAVABLE = "chat member status can't be changed in private chats"
    USER_NOT_FOUND = "user not found"
    INVALID_USER_ID = "invalid user_id specified"
    CHAT_MIGRATED = "group chat was upgraded to a supergroup chat"
    NOT_ENOUGH_RIGHTS = "not enough rights to send text messages to the chat"
    TEXT_EMPTY = "message text is empty"
    TEXT_BLANK = "text must be non-empty"
    TEXT_BYTES = "text is too long"
    TEXT_TOO_LONG = "message is too long"
    CAPTION_TOO_LONG = "message caption is too long"
    NO_DOCUMENT = "there is no document in the request"
    NO_PHOTO = "there is no photo in the request"
    FILE_UNKNOWN = "wrong file identifier/HTTP URL specified"
    FILE_EMPTY = "file must be non-empty"
    FILE_ID_MISSING = "file_id not specified"
    FILE_ID_INVALID = "invalid file_id"
    FILE_TOO_BIG = "file is too big"
    PICTURE_UNREADABLE = "IMAGE_PROCESS_FAILED"
    PICTURE_MISSHAPEN = "PHOTO_INVALID_DIMENSIONS"
    EDIT_NOT_FOUND = "message to edit not found"
    EDIT_FORBIDDEN = "message can't be edited"
    EDIT_NO_TEXT = "there is no text in the message to edit"
    EDIT_NO_CAPTION = "there is no caption in the message to edit"
    DELETE_NOT_FOUND = "message to delete not found"
    DELETE_FORBIDDEN = "message can't be deleted"
    NOT_MODIFIED = (
        "message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message"
    )
    MESSAGE_ID_MISSING = "message identifier is not specified"
    PIN_NOT_FOUND = "message to pin not found"
    UNPIN_NOT_FOUND = "message to unpin not found"
    PIN_FORBIDDEN = "not enough rights to manage pinned messages in the chat"
    NOT_PINNED = "CHAT_NOT_MODIFIED"
    BAN_SELF = "can't restrict self"
    BAN_OWNER = "can't remove chat owner"
    BAN_ADMINISTRATOR = "user is an administrator of the chat"
    BAN_FORBIDDEN = "not enough rights to restrict/unrestrict chat member"
    BAN_IN_PRIVATE = "can't ban members in private chats"
    SUPERGROUPS_ONLY = "method is available for supergroup and channel chats only"
    NO_ADMINISTRATORS = "there are no administrators in the private chat"
    NOT_A_FORUM = "the chat is not a supergroup forum"
    TOPIC_NAME_EMPTY = "name must be non-empty"
    TOPIC_CREATION_FORBIDDEN = "not enough rights to create a topic"
    TOPIC_CLOSING_FORBIDDEN = "not enough rights to close or open the topic"
    TOPIC_UNKNOWN = "TOPIC_ID_INVALID"
    TOPIC_AS_IT_WAS = "TOPIC_NOT_MODIFIED"
    REPLY_NOT_FOUND = "message to be replied not found"
    THREAD_NOT_FOUND = "message thread not found"
    TOPIC_CLOSED = "TOPIC_CLOSED"
    MARKUP_TOO_LONG = "reply markup is too long"
    MARKUP_NOT_INLINE = "inline keyboard expected"
    BUTTON_TEXT_EMPTY = "inline keyboard button text must be non-empty"
    BUTTON_WITHOUT_ACTION = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
    BUTTON_STYLE = "can't parse inline keyboard button: invalid button style specified"
    BUTTON_DATA_INVALID = "BUTTON_DATA_INVALID"
    BUTTON_URL_INVALID = "BUTTON_URL_INVALID"
    QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
    ANSWER_TOO_LONG = "MESSAGE_TOO_LONG"
    ACTION_UNKNOWN = "wrong parameter action in request"
    COMMAND_INVALID = "BOT_COMMAND_INVALID"
    COMMAND_DESCRIPTION_INVALID = "BOT_COMMAND_DESCRIPTION_INVALID"
    TOO_MANY_COMMANDS = "BOT_COMMANDS_TOO_MUCH"


class Ban(StrEnum):
    """Telegram's words for what is forbidden to the bot itself."""

    BLOCKED = "bot was blocked by the user"
    NEVER_STARTED = "bot can't initiate conversation with a user"
    NOT_IN_GROUP = "bot is not a member of the group chat"
    NOT_IN_SUPERGROUP = "bot is not a member of the supergroup chat"
    KICKED_FROM_GROUP = "bot was kicked from the group chat"
    KICKED_FROM_SUPERGROUP = "bot was kicked from the supergroup chat"


class Clash(StrEnum):
    """Telegram's words when two ways of getting updates collide."""

    OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
    WEBHOOK = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class RefusalError(Exception):
    """A call that gets `ok: false`: HTTP code, description, and Telegram's response parameters."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(reason: str, **parameters: int) -> RefusalError:
    """The call is wrong, or the world is not as the bot thinks."""
    return RefusalError(400, f"Bad Request: {reason}", **parameters)


def forbidden(ban: Ban) -> RefusalError:
    """The bot has been shut out."""
    return RefusalError(403, f"Forbidden: {ban}")


def conflict(clash: Clash) -> RefusalError:
    """Somebody else takes this bot's updates."""
    return RefusalError(409, f"Conflict: {clash}")


def too_many_requests(retry_after: int) -> RefusalError:
    """The bot is to be silent for this many seconds."""
    return RefusalError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def too_large() -> RefusalError:
    """The request is more than Telegram reads; its server answers before it knows what was asked."""
    return RefusalError(413, "Request Entity Too Large")


def not_served(what: str) -> RefusalError:
    """Telegram has this and the sandbox has not: the loud answer that nobody may take for success."""
    return RefusalError(NOT_SERVED, f"Not Implemented: the sandbox does not serve {what}")
