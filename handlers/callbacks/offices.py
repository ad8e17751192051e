"""Buttons of an office as a whole: which one is meant, its menu, its settings."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from risk.ids import OfficeId
from risk.office_settings import Setting


class OfficesList(CallbackData, prefix="ol"):
    """Show the offices of the person who pressed."""

    office: OfficeId


class OfficeChosen(CallbackData, prefix="oc"):
    """Mean this office from now on."""

    office: OfficeId


class MenuTopic(StrEnum):
    """What the menu itself shows; its other buttons open pages of other features."""

    MENU = "menu"
    NEW_RISK = "new_risk"
    FIND = "find"
    REPORTS = "reports"


class MenuPage(CallbackData, prefix="mp"):
    """Open the menu, what it says of filing a risk or of finding one, or its page of reports."""

    office: OfficeId
    topic: MenuTopic


class SettingsPage(CallbackData, prefix="sp"):
    """Open the settings of the office, or the choices for one of them."""

    office: OfficeId
    setting: Setting | None


class SettingValue(CallbackData, prefix="sv"):
    """Change a setting; without a value it is as in the preset again.

    A button's own separator is the colon, so that clocks are written with a point here.
    """

    office: OfficeId
    setting: Setting
    value: str | None
