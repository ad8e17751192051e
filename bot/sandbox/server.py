"""The application: every route of the sandbox in one place; listening is `__main__`'s business."""

from aiohttp import web

from bot.sandbox import pages
from bot.sandbox.app_keys import WORLD
from bot.sandbox.bot_api import handle_call
from bot.sandbox.bringing import bringing
from bot.sandbox.control import chats, files, messages, office, overview, people, presses, trouble
from bot.sandbox.control.reading import no_such_address, plain_errors
from bot.sandbox.downloads import serve_to_bot
from bot.sandbox.guard import only_this_machine
from bot.sandbox.world import World

_LARGEST_BODY = 64 * 1024 * 1024


def create_app(world: World) -> web.Application:
    """The sandbox over this world: Bot API, control side and page."""
    app = web.Application(middlewares=[plain_errors, only_this_machine], client_max_size=_LARGEST_BODY)
    app[WORLD] = world
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", handle_call)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", serve_to_bot)
    for family in (overview, people, chats, files, messages, office, presses, trouble):
        app.router.add_routes(family.routes())
    app.router.add_route("*", "/control/{unknown:.*}", no_such_address)
    app.router.add_routes(pages.routes())
    app.cleanup_ctx.append(bringing)
    app.on_shutdown.append(_release_waiting)
    return app


async def _release_waiting(app: web.Application) -> None:
    """Long polls must not hold the server up when it goes down."""
    app[WORLD].revision.close()
