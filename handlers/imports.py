"""Files with appeals: one that an officer sends, presses under its preview, `/imports`."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer, turned
from handlers.callbacks.fields import LONGEST_NUMBER
from handlers.callbacks.imports import (
    ImportAct,
    ImportColumn,
    ImportColumnsPage,
    ImportPress,
    ImportsList,
    ImportSource,
)
from handlers.filters import PRIVATE, brings_sheet, command_named
from handlers.places import place_of
from handlers.privately import ask_in_private
from handlers.replies import respond
from handlers.views import imports as views
from risk.ids import ImportId
from risk.imports import Door, Letter, told_name
from risk.people import Actor
from risk.ports import OpenUnit, OpenView
from risk.use_cases import importing


def router() -> Router:
    made = Router(name="imports")
    made.message.register(take_file, PRIVATE, brings_sheet)
    made.message.register(show_imports, PRIVATE, command_named("imports"))
    made.message.register(ask_in_private, command_named("imports"))
    made.callback_query.register(press_list, ImportsList.filter())
    made.callback_query.register(press_undo_listed, ImportPress.filter(F.act == ImportAct.UNDO_LISTED))
    made.callback_query.register(press_load, ImportPress.filter(F.act.in_({ImportAct.LOAD, ImportAct.LOAD_COMPLETE})))
    made.callback_query.register(press_anew, ImportPress.filter(F.act == ImportAct.ANEW))
    made.callback_query.register(press_act, ImportPress.filter())
    made.callback_query.register(press_source, ImportSource.filter())
    made.callback_query.register(press_column, ImportColumn.filter())
    made.callback_query.register(press_page, ImportColumnsPage.filter())
    return made


async def take_file(message: Message, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """The file itself is brought by whoever reads it: what is said of it here is all that is known yet."""
    document = message.document
    assert document is not None
    sent = importing.NewFile(
        door=Door.BOT,
        file=told_name(document.file_name or ""),
        path=document.file_id,
        letter=Letter(place=place_of(message), message=message.message_id),
    )
    await importing.send_file(sent, actor=actor, uow=uow, now=now)


async def show_imports(
    message: Message, command: CommandObject, actor: Actor, uow: OpenUnit, view: OpenView, now: datetime
) -> None:
    number, _, typed = (command.args or "").strip().partition(" ")
    if not number:
        await respond(message, views.imports(await importing.read_imports(actor=actor, view=view, now=now)))
    elif not number.isdecimal() or len(number) > LONGEST_NUMBER:
        await respond(message, views.HOW_TO_DATE)
    elif typed:
        dates = importing.TypedImportDates(one=ImportId(int(number)), typed=typed)
        await importing.date_import_in_words(dates, actor=actor, uow=uow, now=now)
        await respond(message, views.DATED)
    else:
        shown = importing.ShowImport(one=ImportId(int(number)), place=place_of(message))
        await importing.show_import(shown, actor=actor, uow=uow)


async def press_list(query: CallbackQuery, actor: Actor, view: OpenView, now: datetime, bot: Bot) -> Answer | None:
    page = views.imports(await importing.read_imports(actor=actor, view=view, now=now))
    return await turned(bot, query, page, stale=views.STALE_IMPORTS)


async def press_load(_: CallbackQuery, callback_data: ImportPress, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    is_complete = callback_data.act is ImportAct.LOAD_COMPLETE
    wanted = importing.ConfirmImport(one=callback_data.imported, complete=is_complete)
    await importing.confirm_import(wanted, actor=actor, uow=uow, now=now)


async def press_act(_: CallbackQuery, callback_data: ImportPress, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    wanted = importing.OfImport(one=callback_data.imported)
    await _ACTS[callback_data.act](wanted, actor=actor, uow=uow, now=now)


async def press_undo_listed(
    query: CallbackQuery,
    callback_data: ImportPress,
    actor: Actor,
    uow: OpenUnit,
    view: OpenView,
    now: datetime,
    bot: Bot,
) -> Answer | None:
    """The list, which no row keeps, is drawn anew."""
    await importing.undo_import(importing.OfImport(one=callback_data.imported), actor=actor, uow=uow, now=now)
    page = views.imports(await importing.read_imports(actor=actor, view=view, now=now))
    return await turned(bot, query, page, stale=views.UNDONE)


async def press_anew(_: CallbackQuery, callback_data: ImportPress, actor: Actor, uow: OpenUnit) -> None:
    await importing.name_columns_anew(importing.OfImport(one=callback_data.imported), actor=actor, uow=uow)


async def press_source(_: CallbackQuery, callback_data: ImportSource, actor: Actor, uow: OpenUnit) -> None:
    named = importing.SourceNamed(one=callback_data.imported, source=callback_data.source)
    await importing.name_source(named, actor=actor, uow=uow)


async def press_column(_: CallbackQuery, callback_data: ImportColumn, actor: Actor, uow: OpenUnit) -> None:
    named = importing.ColumnNamed(one=callback_data.imported, step=callback_data.step, place=callback_data.place)
    await importing.name_column(named, actor=actor, uow=uow)


async def press_page(_: CallbackQuery, callback_data: ImportColumnsPage, actor: Actor, uow: OpenUnit) -> None:
    turned_to = importing.ColumnsTurned(one=callback_data.imported, page=callback_data.page)
    await importing.turn_columns(turned_to, actor=actor, uow=uow)


_ACTS = {
    ImportAct.CANCEL: importing.cancel_import,
    ImportAct.READ: importing.confirm_columns,
    ImportAct.UNDO: importing.undo_import,
}
