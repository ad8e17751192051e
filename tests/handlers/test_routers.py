"""The table of contents: what is asked first, and that nothing happens at import."""

import inspect

from aiogram import Dispatcher

import handlers
from handlers import routers
from handlers.injected import Injected

BY_FILTERS = {"command", "callback_data"}


def test_fallback_is_asked_last() -> None:
    names = [router.name for router in routers()]
    assert names[-1] == "fallback"
    assert len(set(names)) == len(names)


def test_routers_can_be_attached_as_often_as_asked_for() -> None:
    for _ in range(2):
        Dispatcher(disable_fsm=True).include_routers(*routers())


def test_handlers_ask_only_for_the_listed_names() -> None:
    allowed = set(Injected.__annotations__) | BY_FILTERS
    for router in routers():
        for observer in router.observers.values():
            for handler in observer.handlers:
                event, *named = inspect.signature(handler.callback).parameters
                assert set(named) <= allowed, f"{handler.callback} asks for {named} beside {event}"


def test_importing_the_package_makes_no_router() -> None:
    assert not [name for name, value in vars(handlers).items() if type(value).__name__ == "Router"]
