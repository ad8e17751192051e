"""The buttons of the menu: one line of the table for each thing that somebody may be entrusted with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks.appeals import AppealsList
from handlers.callbacks.imports import ImportsList
from handlers.callbacks.offices import MenuPage, MenuTopic, OfficesList, SettingsPage
from handlers.callbacks.papers import ExportPage, MemosPage
from handlers.callbacks.people import StaffList, StaffPurpose
from handlers.callbacks.reminders import LedgerPage, OwnOwedPage
from handlers.callbacks.reports import DigestShown, ReportKind, ReportPage
from handlers.callbacks.risks import RisksList
from handlers.callbacks.rota import AbsenceList, DutyList
from handlers.keyboards.buttons import Row, button, in_rows
from risk.ids import OfficeId
from risk.powers import Power
from risk.use_cases.menus import OwnMenu

_IN_A_ROW: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuLine:
    """A button, the power it needs, and what it opens in the place of the menu.

    `of_figures`: it is for those who may read figures, of the office or of a block of theirs. `among_several`: it is
    for those who work in more than one office.
    """

    title: str
    power: Power
    opens: Callable[[OfficeId], CallbackData]
    of_figures: bool = False
    among_several: bool = False


LINES: Final = (
    MenuLine(
        title="Новый риск",
        power=Power.FILE,
        opens=lambda office: MenuPage(office=office, topic=MenuTopic.NEW_RISK),
    ),
    MenuLine(title="Открытые риски", power=Power.READ, opens=lambda office: RisksList(office=office, page=0)),
    MenuLine(title="Обращения", power=Power.READ, opens=lambda office: AppealsList(office=office)),
    MenuLine(title="Что за мной", power=Power.READ, opens=lambda office: OwnOwedPage(office=office)),
    MenuLine(title="Найти", power=Power.READ, opens=lambda office: MenuPage(office=office, topic=MenuTopic.FIND)),
    MenuLine(title="Дайджест", power=Power.READ, opens=lambda office: DigestShown(office=office)),
    MenuLine(
        title="Отчёты",
        power=Power.READ,
        of_figures=True,
        opens=lambda office: MenuPage(office=office, topic=MenuTopic.REPORTS),
    ),
    MenuLine(title="Журнал напоминаний", power=Power.DECIDE, opens=lambda office: LedgerPage(office=office)),
    MenuLine(title="Загрузки", power=Power.IMPORT, opens=lambda office: ImportsList(office=office)),
    MenuLine(
        title="Люди",
        power=Power.READ,
        opens=lambda office: StaffList(office=office, purpose=StaffPurpose.LOOK, page=0),
    ),
    MenuLine(
        title="Пригласить",
        power=Power.INVITE,
        opens=lambda office: StaffList(office=office, purpose=StaffPurpose.INVITE, page=0),
    ),
    MenuLine(title="Отсутствие", power=Power.READ, opens=lambda office: AbsenceList(office=office, page=0)),
    MenuLine(title="Дежурство", power=Power.READ, opens=lambda office: DutyList(office=office)),
    MenuLine(
        title="Настройки",
        power=Power.CONFIGURE,
        opens=lambda office: SettingsPage(office=office, setting=None),
    ),
    MenuLine(
        title="Сменить офис",
        power=Power.READ,
        opens=lambda office: OfficesList(office=office),
        among_several=True,
    ),
)


REPORTS: Final[Mapping[str, Callable[[OfficeId], CallbackData]]] = MappingProxyType(
    {
        "Сводка": lambda office: ReportPage(office=office, report=ReportKind.SUMMARY),
        "Проблемные темы": lambda office: ReportPage(office=office, report=ReportKind.PROBLEMS),
        "Рейтинг": lambda office: ReportPage(office=office, report=ReportKind.RATING),
        "Нагрузка": lambda office: ReportPage(office=office, report=ReportKind.WORKLOAD),
        "Тепловая карта": lambda office: ReportPage(office=office, report=ReportKind.HEAT),
        "Справка": lambda office: MemosPage(office=office),
        "Реестры": lambda office: ExportPage(office=office),
    }
)
"""All figures and papers that there are, for whoever may read any."""


def menu_keyboard(facts: OwnMenu, *, among_several: bool) -> InlineKeyboardMarkup:
    offered = [
        button(line.title, line.opens(facts.office.id))
        for line in LINES
        if line.power in facts.offered.powers
        and (among_several or not line.among_several)
        and (facts.offered.figures or not line.of_figures)
    ]
    return InlineKeyboardMarkup(inline_keyboard=in_rows(offered, _IN_A_ROW))


def reports_keyboard(office: OfficeId) -> InlineKeyboardMarkup:
    offered = [button(title, opens(office)) for title, opens in REPORTS.items()]
    return InlineKeyboardMarkup(inline_keyboard=[*in_rows(offered, _IN_A_ROW), _back(office)])


def back_to_menu(office: OfficeId) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[_back(office)])


def _back(office: OfficeId) -> Row:
    return [button("Меню", MenuPage(office=office, topic=MenuTopic.MENU))]
