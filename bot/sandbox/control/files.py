"""Files that people attach: taken from the page or a test before the message that carries them, and given back."""

from aiohttp import web

from bot.sandbox.control.reading import AbsentError, answer, the_world
from bot.sandbox.downloads import as_attachment
from bot.sandbox.impossible import ImpossibleError


def routes() -> list[web.RouteDef]:
    """The routes of this family."""
    return [
        web.post("/control/files", _take),
        web.get("/control/files/{id}", _give),
    ]


async def _take(request: web.Request) -> web.Response:
    """The body is the file; `?name=` is what its sender calls it."""
    files = the_world(request).files
    content = await request.read()
    if not content:
        raise ImpossibleError("The file is empty.")
    mime = None if request.content_type == "application/octet-stream" else request.content_type
    file = files.add(content, request.query.get("name", "file"), mime=mime)
    return answer({"file": file.id, "name": file.name, "size": file.size})


async def _give(request: web.Request) -> web.Response:
    file = the_world(request).files.get(request.match_info["id"])
    if file is None:
        raise AbsentError(f"There is no file {request.match_info['id']}.")
    return as_attachment(file)
