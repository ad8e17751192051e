"""Checking what a bot hangs under its messages; pressing it is in `acts`."""

import json
from typing import Any
from urllib.parse import urlsplit

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox.refusals import Reason, bad_request, not_served
from bot.sandbox.wire import JsonObject

MOST_BUTTONS = 100
MOST_IN_ROW = 8
MOST_DATA_BYTES = 64
MOST_BYTES = 10_000
"""Of the keyboard as JSON; bots have found this limit, Telegram does not publish it."""

_STYLES = frozenset({"default", "primary", "danger", "success"})


def inline_keyboard(markup: Any) -> JsonObject | None:
    """The keyboard as it will hang under the message; None if there is none or it has no buttons."""
    if not isinstance(markup, InlineKeyboardMarkup):
        return None
    if markup.force_reply:
        raise not_served("inline keyboards that force a reply")
    rows = [row for row in markup.inline_keyboard if row]
    if not rows:
        return None
    if max(map(len, rows)) > MOST_IN_ROW or sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request(Reason.MARKUP_TOO_LONG)
    keyboard = {"inline_keyboard": [[_button(button) for button in row] for row in rows]}
    if len(json.dumps(keyboard, ensure_ascii=False).encode()) > MOST_BYTES:
        raise bad_request(Reason.MARKUP_TOO_LONG)
    return keyboard


def is_other_markup(markup: Any) -> bool:
    """Whether it is a reply keyboard, its removal, or a forced reply."""
    return markup is not None and not isinstance(markup, InlineKeyboardMarkup)


def _button(button: InlineKeyboardButton) -> JsonObject:
    shown = button.model_dump(exclude_none=True)
    if other := set(shown) - {"text", "url", "callback_data", "style", "icon_custom_emoji_id"}:
        raise not_served(f"inline buttons with {', '.join(sorted(other))}")
    if not button.url and not button.callback_data:
        raise bad_request(Reason.BUTTON_WITHOUT_ACTION)
    if button.style is not None and button.style not in _STYLES:
        raise bad_request(Reason.BUTTON_STYLE)
    if not button.text.strip():
        raise bad_request(Reason.BUTTON_TEXT_EMPTY)
    if button.url:
        _check_url(button.url)
        shown.pop("callback_data", None)
    elif button.callback_data and len(button.callback_data.encode()) > MOST_DATA_BYTES:
        raise bad_request(Reason.BUTTON_DATA_INVALID)
    return shown


def _check_url(url: str) -> None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme in {"tg", "ton"}:
        return
    if parts.scheme not in {"http", "https"}:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if not parts.hostname or any(char.isspace() for char in url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if "://" not in url and "." not in parts.hostname:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if "." not in parts.hostname or parts.hostname.replace(".", "").isdigit():
        raise bad_request(Reason.BUTTON_URL_INVALID)
