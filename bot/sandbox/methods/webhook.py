"""setWebhook, deleteWebhook, getWebhookInfo."""

import re
from urllib.parse import urlsplit

from aiogram.methods import DeleteWebhook, GetWebhookInfo, SetWebhook

from bot.sandbox.refusals import bad_request
from bot.sandbox.webhook import Webhook
from bot.sandbox.wire import JsonObject
from bot.sandbox.world import World

PORTS = frozenset({80, 88, 443, 8443})
LONGEST_SECRET = 256
_SECRET = re.compile(r"[A-Za-z0-9_-]*")


def set_webhook(world: World, call: SetWebhook) -> bool:
    """Updates are brought to the address from now on."""
    webhook = Webhook(
        url=call.url,
        secret=call.secret_token or None,
        max_connections=call.max_connections or 40,
        allowed_updates=call.allowed_updates,
    )
    _check(webhook)
    world.webhook = webhook
    world.updates.allow(call.allowed_updates)
    world.updates.take_turn()
    _forget_pending(world, drop=call.drop_pending_updates)
    return True


def delete_webhook(world: World, call: DeleteWebhook) -> bool:
    """Makes polling possible again; on request forgets what is queued."""
    world.webhook = Webhook()
    _forget_pending(world, drop=call.drop_pending_updates)
    return True


def get_webhook_info(world: World, _: GetWebhookInfo) -> JsonObject:
    """An empty address means polling."""
    webhook = world.webhook
    info: JsonObject = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.entries),
    }
    if webhook.url:
        info["max_connections"] = webhook.max_connections
    if webhook.allowed_updates is not None:
        info["allowed_updates"] = webhook.allowed_updates
    if webhook.last_error_date is not None:
        info |= {"last_error_date": webhook.last_error_date, "last_error_message": webhook.last_error_message}
    return info


def _check(webhook: Webhook) -> None:
    """https and Telegram's ports, unless the address is on this machine."""
    if len(webhook.secret or "") > LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(webhook.secret or ""):
        raise bad_request("secret token contains unallowed characters")
    if not webhook.url or webhook.is_near:
        return
    parts = urlsplit(webhook.url)
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _forget_pending(world: World, *, drop: bool | None) -> None:
    if drop:
        world.updates.entries.clear()
    world.changed()
