"""What the HTTP handlers find in the application."""

from aiohttp import web

from bot.sandbox.world import World

WORLD = web.AppKey("world", World)
