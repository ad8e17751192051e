"""Files over HTTP: to the bot at the address that getFile told, to the page by their ids."""

from urllib.parse import quote

from aiohttp import web

from bot.sandbox.app_keys import WORLD
from bot.sandbox.files import StoredFile


async def serve_to_bot(request: web.Request) -> web.Response:
    """`/file/bot<token>/<path>`; what getFile has not told is not there."""
    world = request.app[WORLD]
    if request.match_info["token"] != world.bot.token:
        return _absent(401, "Unauthorized")
    file = world.files.at(request.match_info["path"])
    if file is None:
        return _absent(404, "Not Found")
    return web.Response(body=file.content, content_type="application/octet-stream")


def as_attachment(file: StoredFile) -> web.Response:
    """For a browser: only pictures are shown in place, whatever the sender called the rest."""
    shown = file.mime in {"image/png", "image/jpeg"}
    kind = file.mime if shown else "application/octet-stream"
    headers = {
        "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(file.name)}",
        "Content-Security-Policy": "default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return web.Response(body=file.content, content_type=kind, headers=headers)


def _absent(code: int, description: str) -> web.Response:
    return web.json_response({"ok": False, "error_code": code, "description": description}, status=code)
