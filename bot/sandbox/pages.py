"""Serving the files of the chat page; the page itself is in `page/`."""

from pathlib import Path

from aiohttp import web

_FOLDER = Path(__file__).resolve().parent / "page"
_CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def routes() -> list[web.RouteDef]:
    """The page at `/`, its files both beside it and under `/page/`."""
    return [
        web.get("/", _serve),
        web.get("/page/{name:.*}", _serve),
        web.get("/{name:.*}", _serve),
    ]


async def _serve(request: web.Request) -> web.StreamResponse:
    name = request.match_info.get("name") or "index.html"
    path = (_FOLDER / name).resolve()
    content_type = _CONTENT_TYPES.get(path.suffix)
    if content_type is None or not path.is_relative_to(_FOLDER) or not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers=_HEADERS | {"Content-Type": content_type})
