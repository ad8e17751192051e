"""aiogram's dispatcher with our routers and the desk before them; it keeps no state and starts nothing."""

from aiogram import Dispatcher

from bot.middlewares.desk import Desk
from handlers import routers


def make_dispatcher(desk: Desk) -> Dispatcher:
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.update.outer_middleware(desk)
    dispatcher.include_routers(*routers())
    return dispatcher
