"""Making people, and their blocking the bot."""

from aiohttp import web

from bot.sandbox.acts.membership import block_bot
from bot.sandbox.control.reading import answer, body_of, the_person, the_world
from bot.sandbox.control.requests import Block, NewPerson
from bot.sandbox.control.views import person_view
from bot.sandbox.impossible import ImpossibleError
from bot.sandbox.people import Person


def routes() -> list[web.RouteDef]:
    """The routes of this family."""
    return [
        web.post("/control/people", _create),
        web.post(r"/control/people/{id:\d+}/block", _block),
    ]


async def _create(request: web.Request) -> web.Response:
    world = the_world(request)
    asked = await body_of(request, NewPerson)
    person_id = asked.id or world.free_person_id()
    if person_id in world.people or person_id == world.bot.id:
        raise ImpossibleError(f"The id {person_id} is taken.")
    person = Person(
        id=person_id,
        first_name=asked.first_name,
        last_name=asked.last_name,
        username=asked.username,
        label=asked.label,
    )
    world.people[person.id] = person
    world.changed()
    return answer(person_view(person))


async def _block(request: web.Request) -> web.Response:
    world = the_world(request)
    person = the_person(world, request.match_info["id"])
    asked = await body_of(request, Block)
    block_bot(world, person, blocked=asked.blocked)
    return answer(person_view(person))
