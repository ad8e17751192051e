"""Buttons of files with appeals: what becomes of one, and what its columns say."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from handlers.callbacks.fields import ItemPlace
from risk.appeals import AppealSource
from risk.ids import ImportId, OfficeId


class ImportsList(CallbackData, prefix="il"):
    """Show the last files with appeals."""

    office: OfficeId


class ImportAct(StrEnum):
    """What a press on a file with appeals does to it."""

    LOAD = "load"
    LOAD_COMPLETE = "all"
    """What is missing in it has really vanished."""
    CANCEL = "cancel"
    UNDO = "undo"
    UNDO_LISTED = "undol"
    """From the list, which is then drawn anew."""
    ANEW = "anew"
    READ = "read"


class ImportPress(CallbackData, prefix="im"):
    """Load the file, leave it, take it back; read it by the columns that were named, or name them anew."""

    office: OfficeId
    imported: ImportId
    act: ImportAct


class ImportSource(CallbackData, prefix="is"):
    """Say whose numbers a plain table has."""

    office: OfficeId
    imported: ImportId
    source: AppealSource


class ImportColumn(CallbackData, prefix="ic"):
    """Say which column answers the question of this step; without a place, that there is none."""

    office: OfficeId
    imported: ImportId
    step: ItemPlace
    place: ItemPlace | None


class ImportColumnsPage(CallbackData, prefix="ip"):
    """Turn the headers to choose from to a page, counted from 0."""

    office: OfficeId
    imported: ImportId
    page: int
