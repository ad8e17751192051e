"""What goes wrong on order: faults, odd ids, repeated and raw updates, a webhook; and settling."""

from typing import Any

from aiohttp import web

from bot.sandbox.control.reading import AbsentError, answer, body_of, the_world, waiting_seconds
from bot.sandbox.control.requests import NewFault, NextId, RawUpdate, Redelivery, WebhookOrder
from bot.sandbox.control.views import fault_view
from bot.sandbox.faults import Fault
from bot.sandbox.impossible import ImpossibleError
from bot.sandbox.webhook import Webhook


def routes() -> list[web.RouteDef]:
    """The routes of this family."""
    return [
        web.post("/control/faults", _add_fault),
        web.delete("/control/faults", _clear_faults),
        web.post("/control/update-ids", _set_next_id),
        web.post("/control/updates/redeliver", _redeliver),
        web.post("/control/updates/raw", _put_raw),
        web.post("/control/webhook", _set_webhook),
        web.get("/control/settled", _settled),
    ]


async def _add_fault(request: web.Request) -> web.Response:
    world = the_world(request)
    asked = await body_of(request, NewFault)
    lasting: dict[str, Any] = {} if asked.seconds is None else {"until": world.clock() + asked.seconds, "times": 0}
    fault = Fault(**asked.model_dump(exclude={"seconds"}) | lasting)
    world.faults.add(fault)
    world.changed()
    return answer(fault_view(world, fault))


async def _clear_faults(request: web.Request) -> web.Response:
    world = the_world(request)
    world.faults.clear()
    world.changed()
    return answer({})


async def _set_next_id(request: web.Request) -> web.Response:
    world = the_world(request)
    world.updates.next_id = (await body_of(request, NextId)).next
    return answer({"next": world.updates.next_id})


async def _redeliver(request: web.Request) -> web.Response:
    world = the_world(request)
    asked = await body_of(request, Redelivery)
    update = world.updates.past(asked.update_id)
    if update is None:
        raise AbsentError(f"There was no update {asked.update_id}.")
    world.updates.put_raw(update)
    world.changed()
    return answer({"update_id": asked.update_id})


async def _put_raw(request: web.Request) -> web.Response:
    world = the_world(request)
    update = (await body_of(request, RawUpdate)).update
    if not isinstance(update.get("update_id", 0), int):
        raise ImpossibleError("An update's id must be a number, whatever else is wrong with it.")
    update_id = world.updates.put_raw(update)
    world.changed()
    return answer({"update_id": update_id})


async def _set_webhook(request: web.Request) -> web.Response:
    """Pretend that somebody has set a webhook; an empty address takes it away."""
    world = the_world(request)
    world.webhook = Webhook(url=(await body_of(request, WebhookOrder)).url)
    world.updates.take_turn()
    world.changed()
    return answer({"url": world.webhook.url})


async def _settled(request: web.Request) -> web.Response:
    world = the_world(request)
    settled = await world.revision.until(lambda: not world.updates.entries, seconds=waiting_seconds(request))
    return answer({"settled": settled})
