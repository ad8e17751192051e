"""Chats and people of Telegram as the addresses and places that the domain speaks of."""

from aiogram.types import CallbackQuery, Message

from risk.people import Address, MessengerKind, Place


def telegram(identifier: int) -> Address:
    """The address of a person or a chat with this number in Telegram."""
    return Address(messenger=MessengerKind.TELEGRAM, value=str(identifier))


def place_of(message: Message) -> Place:
    """Where the message stands. A thread counts in forums only: elsewhere it is a mere chain of replies."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Place(address=telegram(message.chat.id), thread=thread)


def place_of_press(query: CallbackQuery) -> Place:
    """Where the person who pressed is written to in private."""
    return Place(address=telegram(query.from_user.id))


def is_private(place: Place) -> bool:
    """Whether the place is a talk with one person: Telegram numbers groups below zero."""
    return not place.address.value.startswith("-")
