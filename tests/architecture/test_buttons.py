"""Every kind of button that any handler defines is known where their lengths and prefixes are checked."""

import importlib
import pkgutil
from collections.abc import Iterator

from aiogram.filters.callback_data import CallbackData

import handlers
from handlers.callbacks import callback_classes


def test_every_kind_of_button_under_handlers_is_in_the_list() -> None:
    for module in pkgutil.walk_packages(handlers.__path__, f"{handlers.__name__}."):
        importlib.import_module(module.name)
    ours = {kind for kind in _kinds(CallbackData) if kind.__module__.partition(".")[0] == handlers.__name__}
    assert ours == set(callback_classes())


def _kinds(parent: type[CallbackData]) -> Iterator[type[CallbackData]]:
    for kind in parent.__subclasses__():
        yield kind
        yield from _kinds(kind)
