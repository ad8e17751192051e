"""How each end of a call is read: whether it arrived, whether to repeat it, when and where."""

from collections.abc import Iterator

import pytest
from aiogram import exceptions
from aiogram.exceptions import (
    RestartingTelegram,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage
from aiohttp import ClientConnectorError, ClientOSError, ServerDisconnectedError
from aiohttp.client_reqrep import ConnectionKey

from bot.delivery.outcomes import Fate, outcome_of
from bot.gateways.telegram import ProxyRefused, ProxySilent

SENDING = SendMessage(chat_id=1, text="карточка")


def bad_request(says: str) -> TelegramBadRequest:
    return TelegramBadRequest(method=SENDING, message=f"Bad Request: {says}")


def network(cause: Exception) -> TelegramNetworkError:
    error = TelegramNetworkError(method=SENDING, message=type(cause).__name__)
    error.__cause__ = cause
    return error


KEY = ConnectionKey("api.telegram.org", 443, True, True, None, None, None)

TABLE: list[tuple[TelegramAPIError, Fate]] = [
    (bad_request("message is not modified: specified new message content … is exactly the same"), Fate.SAME),
    (bad_request("message to edit not found"), Fate.GONE),
    (bad_request("message can't be edited"), Fate.GONE),
    (bad_request("MESSAGE_ID_INVALID"), Fate.GONE),
    (bad_request("can't parse entities: Unsupported start tag"), Fate.MALFORMED),
    (bad_request("ENTITY_BOUNDS_INVALID"), Fate.MALFORMED),
    (bad_request("chat not found"), Fate.REFUSED),
    (bad_request("not enough rights to send text messages to the chat"), Fate.REFUSED),
    (bad_request("message is too long"), Fate.REFUSED),
    (bad_request("message thread not found"), Fate.TOPIC_GONE),
    (bad_request("TOPIC_CLOSED"), Fate.REFUSED),
    (TelegramForbiddenError(method=SENDING, message="Forbidden: bot was blocked by the user"), Fate.REFUSED),
    (TelegramForbiddenError(method=SENDING, message="Forbidden: bot was kicked from the supergroup"), Fate.REFUSED),
    (TelegramNotFound(method=SENDING, message="Not Found"), Fate.SHUT_OUT),
    (TelegramUnauthorizedError(method=SENDING, message="Unauthorized"), Fate.SHUT_OUT),
    (TelegramConflictError(method=SENDING, message="Conflict"), Fate.NOT_SENT),
    (TelegramEntityTooLarge(method=SENDING, message="Request Entity Too Large"), Fate.REFUSED),
    (TelegramServerError(method=SENDING, message="Bad Gateway"), Fate.NOT_SENT),
    (RestartingTelegram(method=SENDING, message="Internal Server Error: restart"), Fate.NOT_SENT),
    (network(ClientConnectorError(KEY, OSError(111, "refused"))), Fate.NOT_SENT),
    (network(ServerDisconnectedError()), Fate.UNKNOWN),
    (network(ClientOSError(104, "reset by peer")), Fate.UNKNOWN),
    (network(TimeoutError()), Fate.UNKNOWN),
    (TelegramRetryAfter(method=SENDING, message="Too Many Requests", retry_after=17), Fate.FLOOD),
    (ProxySilent(method=SENDING, message="out of reach"), Fate.NOT_SENT),
    (ProxyRefused(SENDING, wants_password=True), Fate.NOT_SENT),
    (TelegramMigrateToChat(method=SENDING, message="upgraded", migrate_to_chat_id=-1009), Fate.MOVED),
]


def kinds(of: type[TelegramAPIError] = TelegramAPIError) -> Iterator[type[TelegramAPIError]]:
    """Every error that aiogram may raise of a call."""
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


@pytest.mark.parametrize(("error", "fate"), TABLE, ids=lambda each: getattr(each, "message", None))
def test_every_end_of_a_call_has_its_fate(error: TelegramAPIError, fate: Fate) -> None:
    assert outcome_of(error).fate is fate


def test_the_table_knows_every_error_of_aiogram() -> None:
    ours = {kind for kind in kinds() if kind.__module__ == exceptions.__name__}
    assert ours == {type(error) for error, _ in TABLE} - {ProxySilent, ProxyRefused}


def test_every_fate_is_met() -> None:
    assert {fate for _, fate in TABLE} == set(Fate)


def test_an_error_that_nobody_foresaw_is_refused_and_named() -> None:
    outcome = outcome_of(TelegramAPIError(method=SENDING, message="teapot"))
    assert (outcome.fate, outcome.why) == (Fate.REFUSED, "TelegramAPIError")


def test_a_flood_says_how_long_and_a_move_says_where() -> None:
    outcomes = {outcome_of(error).fate: outcome_of(error) for error, _ in TABLE}
    assert outcomes[Fate.FLOOD].wait == 17
    assert outcomes[Fate.MOVED].moved_to == -1009


def test_what_is_noted_of_a_refusal_is_short() -> None:
    assert len(outcome_of(bad_request("чат " * 200)).why) <= 200
