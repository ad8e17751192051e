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
from risk.use_cases import (
    import_applying,
    import_columns,
    import_deciding,
    import_receiving,
    import_telling,
)
from risk.use_cases.import_keeping import OfImport


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
    sent = import_receiving.NewFile(
        door=Door.BOT,
        file=told_name(document.file_name or ""),
        path=document.file_id,
        letter=Letter(place=place_of(message), message=message.message_id),
    )
    await import_receiving.send_file(sent, actor=actor, uow=uow, now=now)


async def show_imports(
    message: Message, command: CommandObject, actor: Actor, uow: OpenUnit, view: OpenView, now: datetime
) -> None:
    number, _, typed = (command.args or "").strip().partition(" ")
    if not number:
        await respond(message, views.imports(await import_telling.read_imports(actor=actor, view=view, now=now)))
    elif not number.isdecimal() or len(number) > LONGEST_NUMBER:
        await respond(message, views.HOW_TO_DATE)
    elif typed:
        dates = import_deciding.TypedImportDates(one=ImportId(int(number)), typed=typed)
        await import_deciding.date_import_in_words(dates, actor=actor, uow=uow, now=now)
        await respond(message, views.DATED)
    else:
        shown = import_telling.ShowImport(one=ImportId(int(number)), place=place_of(message))
        await import_telling.show_import(shown, actor=actor, uow=uow)


async def press_list(query: CallbackQuery, actor: Actor, view: OpenView, now: datetime, bot: Bot) -> Answer | None:
    page = views.imports(await import_telling.read_imports(actor=actor, view=view, now=now))
    return await turned(bot, query, page, stale=views.STALE_IMPORTS)


async def press_load(_: CallbackQuery, callback_data: ImportPress, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    is_complete = callback_data.act is ImportAct.LOAD_COMPLETE
    wanted = import_deciding.ConfirmImport(one=callback_data.imported, complete=is_complete)
    await import_deciding.confirm_import(wanted, actor=actor, uow=uow, now=now)


async def press_act(_: CallbackQuery, callback_data: ImportPress, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    wanted = OfImport(one=callback_data.imported)
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
    await import_applying.undo_import(OfImport(one=callback_data.imported), actor=actor, uow=uow, now=now)
    page = views.imports(await import_telling.read_imports(actor=actor, view=view, now=now))
    return await turned(bot, query, page, stale=views.UNDONE)


async def press_anew(_: CallbackQuery, callback_data: ImportPress, actor: Actor, uow: OpenUnit) -> None:
    await import_columns.name_columns_anew(OfImport(one=callback_data.imported), actor=actor, uow=uow)


async def press_source(_: CallbackQuery, callback_data: ImportSource, actor: Actor, uow: OpenUnit) -> None:
    named = import_columns.SourceNamed(one=callback_data.imported, source=callback_data.source)
    await import_columns.name_source(named, actor=actor, uow=uow)


async def press_column(_: CallbackQuery, callback_data: ImportColumn, actor: Actor, uow: OpenUnit) -> None:
    named = import_columns.ColumnNamed(one=callback_data.imported, step=callback_data.step, place=callback_data.place)
    await import_columns.name_column(named, actor=actor, uow=uow)


async def press_page(_: CallbackQuery, callback_data: ImportColumnsPage, actor: Actor, uow: OpenUnit) -> None:
    turned_to = import_columns.ColumnsTurned(one=callback_data.imported, page=callback_data.page)
    await import_columns.turn_columns(turned_to, actor=actor, uow=uow)


_ACTS = {
    ImportAct.CANCEL: import_deciding.cancel_import,
    ImportAct.READ: import_columns.confirm_columns,
    ImportAct.UNDO: import_applying.undo_import,
}
