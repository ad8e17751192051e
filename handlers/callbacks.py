"""What the buttons carry: office, thing, choice, round; what is written on them is in `keyboards`.

Telegram gives a button 64 bytes. Numbers up to 2**53, keys up to 20 letters and rounds up to 9999 fit; of people and
positions, which an installation counts by the hundred, numbers up to 2**40.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from risk.appeal_acts import AppealAct
from risk.appeal_lists import CODE_LENGTH, Standing
from risk.appeals import AppealSource
from risk.dates import Days
from risk.errors import UnknownChoice
from risk.figures import Cut, Figure
from risk.ids import (
    AbsenceId,
    AppealId,
    BlockKey,
    DigestId,
    DraftId,
    EntryId,
    ImportId,
    LevelKey,
    NoteOfferId,
    ObligationId,
    OfficeId,
    PaperId,
    PersonId,
    PositionId,
    RecordId,
    RiskId,
    RoleKey,
    TerritoryKey,
)
from risk.office_settings import Setting
from risk.periods import Period, PeriodKind
from risk.records import RecordField, RecordKind
from risk.reports_asked import CodedScope, PeriodAsked, ReportAsked
from risk.risks import Stage
from risk.standing import Panel


class StaffPurpose(StrEnum):
    """What a page of people is for."""

    LOOK = "look"
    INVITE = "invite"
    FREE = "free"
    HAND_OVER = "hand"


DayNumber = Annotated[int, Field(ge=1, le=999_999)]
"""A day as Python counts days from the year 1; six digits last until the year 2738."""

MonthNumber = Annotated[int, Field(ge=12, le=2738 * 12)]
"""A month counted from January of the year 0."""


class MenuTopic(StrEnum):
    """What the menu itself shows; its other buttons open pages of other features."""

    MENU = "menu"
    NEW_RISK = "new_risk"


LONGEST_NUMBER = 16
"""Digits of 2**53; a longer one is no number that we gave to anything."""


class CardPanel(CallbackData, prefix="cp"):
    """Open a panel of the card."""

    office: OfficeId
    risk: RiskId
    panel: Panel
    round: int


class CardBlock(CallbackData, prefix="cb"):
    """Give the risk to a block, or to none."""

    office: OfficeId
    risk: RiskId
    block: BlockKey | None
    round: int


class CardLevel(CallbackData, prefix="cl"):
    """Set the criticality; `confirmed` is the second press that the highest one asks for."""

    office: OfficeId
    risk: RiskId
    level: LevelKey
    confirmed: bool
    round: int


class CardDeadline(CallbackData, prefix="cd"):
    """Show how the deadline was counted."""

    office: OfficeId
    risk: RiskId
    round: int


class WorkPress(StrEnum):
    """What a press on a card does by itself, without words."""

    TAKE = "take"
    SUBMIT = "submit"
    APPROVE = "approve"
    PUBLISH = "publish"
    WORK_OFF = "off"
    WATCH = "watch"
    FOLLOW = "follow"
    DETAILS = "details"
    TO_REGION = "up"
    CHECKLIST = "list"


ItemPlace = Annotated[int, Field(ge=0, le=999)]
"""The place of an unknown, a measure or a published link in the list of its round."""


class CardPress(CallbackData, prefix="cw"):
    """Move the risk on, or show more of it."""

    office: OfficeId
    risk: RiskId
    act: WorkPress
    round: int


class CardMeasure(CallbackData, prefix="cq"):
    """A planned measure was taken."""

    office: OfficeId
    risk: RiskId
    measure: ItemPlace
    round: int


class LinkSeen(CallbackData, prefix="cs"):
    """Somebody has opened the published link, and it is in its place."""

    office: OfficeId
    risk: RiskId
    link: ItemPlace
    round: int


class CardMerge(CallbackData, prefix="cx"):
    """Let the risk go into another one."""

    office: OfficeId
    risk: RiskId
    merged: RiskId
    round: int


class CardRecord(CallbackData, prefix="cr"):
    """Put something on the record of the risk: the questions follow in private."""

    office: OfficeId
    risk: RiskId
    kind: RecordKind
    item: ItemPlace
    round: int


RecordValue = Annotated[str, Field(max_length=14)]
"""A key, a number or a day: what a question offers, never what somebody typed."""


class RecordChoice(CallbackData, prefix="rc"):
    """Answer the question of a record by a button."""

    office: OfficeId
    record: RecordId
    field: RecordField
    chosen: RecordValue


class RecordStep(CallbackData, prefix="rs"):
    """Ask the last question again, or leave the record."""

    office: OfficeId
    record: RecordId
    back: bool


class NoteTaken(CallbackData, prefix="nt"):
    """Keep the reply as a note."""

    office: OfficeId
    offer: NoteOfferId


class FormPanel(CallbackData, prefix="fp"):
    """Open a panel of the form. A form has one round: once filed or cancelled it has no buttons."""

    office: OfficeId
    draft: DraftId
    panel: Panel


class FormBlock(CallbackData, prefix="fb"):
    """Choose the block of the draft, or none."""

    office: OfficeId
    draft: DraftId
    block: BlockKey | None


class FormTerritory(CallbackData, prefix="ft"):
    """Choose the territory of the draft, or none."""

    office: OfficeId
    draft: DraftId
    territory: TerritoryKey | None


class FormLevel(CallbackData, prefix="fl"):
    """Choose the criticality of the draft."""

    office: OfficeId
    draft: DraftId
    level: LevelKey


class FormNoReach(CallbackData, prefix="fn"):
    """Take the typed figures of spread back."""

    office: OfficeId
    draft: DraftId


class FormOffice(CallbackData, prefix="fo"):
    """Say for which of its author's offices the draft is: the one where it is, or another one to move it into."""

    office: OfficeId
    draft: DraftId
    into: OfficeId


class FormRegister(CallbackData, prefix="fr"):
    """File the draft; `highest` answers the question about the highest level, None while it was not put."""

    office: OfficeId
    draft: DraftId
    highest: bool | None


class FormJoin(CallbackData, prefix="fj"):
    """Say that the draft is the same as a risk that there is."""

    office: OfficeId
    draft: DraftId
    risk: RiskId


class FormCancel(CallbackData, prefix="fc"):
    """Drop the draft."""

    office: OfficeId
    draft: DraftId


class EntryAnswer(CallbackData, prefix="ea"):
    """Say whether the person at the door is who they say."""

    office: OfficeId
    entry: EntryId
    is_them: bool


class EntryAsk(CallbackData, prefix="eq"):
    """Put that question again."""

    office: OfficeId
    entry: EntryId


class StaffList(CallbackData, prefix="sl"):
    """Open a page of the people of the office: the list itself, or the positions to choose one from for an act."""

    office: OfficeId
    purpose: StaffPurpose
    page: int


class SeatInvite(CallbackData, prefix="si"):
    """Invite to a seat: a vacant one, or one whose holder is to be succeeded."""

    office: OfficeId
    position: PositionId
    succeeds: PersonId | None


class RoleInvite(CallbackData, prefix="ri"):
    """Invite to a role that grows by invitation."""

    office: OfficeId
    role: RoleKey


class SeatChosen(CallbackData, prefix="sc"):
    """Ask about a held position: is it to be freed, to whom is it to be handed over."""

    office: OfficeId
    position: PositionId
    purpose: StaffPurpose


class SeatFree(CallbackData, prefix="sf"):
    """Free the position that this person held when the button was made."""

    office: OfficeId
    position: PositionId
    holder: PersonId


class SeatHandOver(CallbackData, prefix="so"):
    """Give the position to another person of the office; `sure` is the second press."""

    office: OfficeId
    position: PositionId
    holder: PersonId
    heir: PersonId
    sure: bool


class ThisIsMe(CallbackData, prefix="me"):
    """Show who wrote a command in the name of the group. Its office is that of the chat: 0 stands here for it."""

    office: OfficeId
    command: str


class OfficesList(CallbackData, prefix="ol"):
    """Show the offices of the person who pressed."""

    office: OfficeId


class OfficeChosen(CallbackData, prefix="oc"):
    """Mean this office from now on."""

    office: OfficeId


class MenuPage(CallbackData, prefix="mp"):
    """Open the menu, or what it says of filing a risk."""

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


class RisksList(CallbackData, prefix="rl"):
    """Turn the list of open risks to a page, counted from 0, or narrow it to a stage and a block."""

    office: OfficeId
    page: int
    stage: Stage | None = None
    block: BlockKey | None = None


class RisksBlocks(CallbackData, prefix="rb"):
    """Choose the block to which the list is narrowed."""

    office: OfficeId
    stage: Stage | None


class HistoryPage(CallbackData, prefix="hp"):
    """Turn the history of a risk to a page, counted from 0 at the newest."""

    office: OfficeId
    risk: RiskId
    page: int


class Blank(CallbackData, prefix="nb"):
    """Part of a keyboard that leads nowhere: the name of a month, a day that cannot be chosen."""

    office: OfficeId


class AbsenceList(CallbackData, prefix="aa"):
    """Turn the list of absences to a page, or back to it from a step."""

    office: OfficeId
    page: int


class AbsencePeople(CallbackData, prefix="ap"):
    """Choose another person who will be away."""

    office: OfficeId
    page: int


class AbsenceDays(CallbackData, prefix="ad"):
    """Show a month: to choose the first day, or the last one when there is a first."""

    office: OfficeId
    person: PersonId
    first: DayNumber | None
    month: MonthNumber | None


class AbsenceDeputies(CallbackData, prefix="al"):
    """The days are chosen: ask who stands in."""

    office: OfficeId
    person: PersonId
    first: DayNumber
    last: DayNumber
    page: int


class AbsenceDraft(CallbackData, prefix="ac"):
    """All is chosen: show it or, when `sure`, note it."""

    office: OfficeId
    person: PersonId
    first: DayNumber
    last: DayNumber
    deputy: PersonId | None
    sure: bool


class AbsenceEnd(CallbackData, prefix="ae"):
    """End the absence early or cancel it; `sure` is the second press."""

    office: OfficeId
    absence: AbsenceId
    sure: bool


class DutyList(CallbackData, prefix="da"):
    """Back to the page of duty."""

    office: OfficeId


class DutyPositions(CallbackData, prefix="dp"):
    """Choose the position that is to be on duty."""

    office: OfficeId
    page: int


class DutyDays(CallbackData, prefix="dd"):
    """Show a month: to choose the day of the first shift, or of the last one when there is a first."""

    office: OfficeId
    position: PositionId | None
    first: DayNumber | None
    month: MonthNumber | None


class DutyDraft(CallbackData, prefix="dc"):
    """All is chosen: show it or, when `sure`, assign it."""

    office: OfficeId
    position: PositionId | None
    first: DayNumber
    last: DayNumber
    sure: bool


class OwedView(StrEnum):
    """What is shown of a thing that is owed."""

    ONE = "one"
    WHY = "why"


class OwedPress(CallbackData, prefix="ow"):
    """Show, in private, one thing that is owed."""

    office: OfficeId
    owed: ObligationId
    view: OwedView


ASK_HOUR, USUAL_HOUR = "ask", "usual"


class HourChosen(CallbackData, prefix="hr"):
    """The hour of the morning's reminders, written «08.30», or one of the two words above."""

    office: OfficeId
    hour: str


def day_or_none(number: int | None) -> date | None:
    return None if number is None else date.fromordinal(number)


def days_between(first: int, last: int) -> Days:
    return Days(first=date.fromordinal(first), last=date.fromordinal(last))


class AppealPage(CallbackData, prefix="pg"):
    """Show the page of an appeal."""

    office: OfficeId
    appeal: AppealId


class AppealPress(CallbackData, prefix="px"):
    """Move the appeal on."""

    office: OfficeId
    appeal: AppealId
    does: AppealAct


class AppealHistoryPage(CallbackData, prefix="ph"):
    """Turn the history of an appeal to a page, counted from 0 at the newest."""

    office: OfficeId
    appeal: AppealId
    page: int


PageNumber = Annotated[int, Field(ge=0, le=99_999)]
"""The page of a list where a button has little room."""

KeyCode = Annotated[str, Field(max_length=CODE_LENGTH)]
"""A key of a preset, as `risk.appeal_lists.short_code` makes it."""


class AppealsList(CallbackData, prefix="pl"):
    """Turn the list of appeals to a page, counted from 0, or narrow it."""

    office: OfficeId
    leaf: PageNumber = 0
    standing: Standing = Standing.OPEN
    channel: AppealSource | None = None
    block_code: KeyCode | None = None
    territory_code: KeyCode | None = None


class AppealsOfBlock(CallbackData, prefix="pb"):
    """Show the list of a block's appeals in a message of its own: what was pressed is a reminder and stays."""

    office: OfficeId
    standing: Standing
    block_code: KeyCode


class Narrowing(StrEnum):
    """By what a list is to be narrowed."""

    BLOCK = "b"
    CHANNEL = "c"
    TERRITORY = "t"


class AppealsNarrow(CallbackData, prefix="pn"):
    """Choose to what the list is narrowed, on top of what narrows it already."""

    office: OfficeId
    by: Narrowing
    standing: Standing
    channel: AppealSource | None
    block_code: KeyCode | None
    territory_code: KeyCode | None


class AppealRecord(CallbackData, prefix="pr"):
    """Put something on the record of the appeal: the questions follow in private."""

    office: OfficeId
    appeal: AppealId
    kind: RecordKind


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


class ImportsList(CallbackData, prefix="il"):
    """Show the last files with appeals."""

    office: OfficeId


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


class DigestPage(CallbackData, prefix="gp"):
    """Have the digest set on one page, which comes in private."""

    office: OfficeId
    digest: DigestId


class DigestAgain(CallbackData, prefix="ga"):
    """Send the digest again, which may not have arrived though it was sent again so many `times` before."""

    office: OfficeId
    digest: DigestId
    times: int


class OwedRecord(CallbackData, prefix="po"):
    """Put something on the record of whatever it is about that is owed: a named day, «не относится к блоку»."""

    office: OfficeId
    owed: ObligationId
    kind: RecordKind


class PaperAgain(CallbackData, prefix="pz"):
    """Make the paper once more that could not be made."""

    office: OfficeId
    paper: PaperId


class ExportChosen(CallbackData, prefix="xr"):
    """Write the registers of these days; without them, of all the time."""

    office: OfficeId
    period: PeriodKind | None
    first: DayNumber | None
    last: DayNumber | None


def period_or_none(kind: PeriodKind | None, first: int | None, last: int | None) -> Period | None:
    """Raises UnknownChoice for days that no button of ours has."""
    if kind is None or first is None or last is None:
        return None
    if last < first:
        raise UnknownChoice
    return Period(first=date.fromordinal(first), last=date.fromordinal(last), kind=kind)


class MemoAsked(CallbackData, prefix="ma"):
    """Ask the memo of the period that this is the first day of."""

    office: OfficeId
    period: PeriodKind
    first: DayNumber


class ReportKind(StrEnum):
    """Which report is shown."""

    SUMMARY = "s"
    FIGURES = "f"
    """All figures of a summary, to open one."""
    PROBLEMS = "p"
    RATING = "r"
    WORKLOAD = "w"
    HEAT = "h"
    """The choice of a heat map."""


class ReportPage(CallbackData, prefix="rg"):
    """Show a report in the place of the pressed message: of a period, narrowed to a group, cut, turned to a page.

    Without a first day it is the current period of the kind; a cut without a code narrows to what has no group of it.
    """

    office: OfficeId
    report: ReportKind
    period: PeriodKind
    first: DayNumber | None = None
    last: DayNumber | None = None
    within: Cut | None = None
    code: KeyCode | None = None
    cut: Cut | None = None
    leaf: PageNumber = 0


class FigureItems(CallbackData, prefix="fi"):
    """Show what a figure counts, of those days and that group. Without a page it is a message of its own."""

    office: OfficeId
    figure: Figure
    first: DayNumber
    last: DayNumber
    within: Cut | None = None
    code: KeyCode | None = None
    leaf: PageNumber | None = None


class Heat(StrEnum):
    """Which heat map is wanted."""

    TERRITORIES = "t"
    WEEKS = "w"


class HeatPress(CallbackData, prefix="ht"):
    """Have a heat map of these days made."""

    office: OfficeId
    heat: Heat
    period: PeriodKind
    first: DayNumber
    last: DayNumber


YearNumber = Annotated[int, Field(ge=1, le=9999)]


class RiskCard(CallbackData, prefix="rk"):
    """Post the card of the risk with this number, in private."""

    office: OfficeId
    serial: Annotated[int, Field(ge=1, le=2**53)]
    year: YearNumber


def report_asked(data: ReportPage | FigureItems) -> ReportAsked:
    """What the button asks for; the days of a figure are taken as they are."""
    kind, cut = (data.period, data.cut) if isinstance(data, ReportPage) else (PeriodKind.DAYS, None)
    return ReportAsked(
        period=PeriodAsked(kind=kind, first=day_or_none(data.first), last=day_or_none(data.last)),
        scope=None if data.within is None else CodedScope(cut=data.within, code=data.code),
        cut=cut,
        leaf=data.leaf or 0,
    )


def callback_classes() -> tuple[type[CallbackData], ...]:
    """Every kind of button there is."""
    return (
        CardPanel,
        CardBlock,
        CardLevel,
        CardDeadline,
        CardPress,
        CardMeasure,
        LinkSeen,
        CardMerge,
        CardRecord,
        RecordChoice,
        RecordStep,
        NoteTaken,
        FormPanel,
        FormBlock,
        FormTerritory,
        FormLevel,
        FormNoReach,
        FormOffice,
        FormRegister,
        FormJoin,
        FormCancel,
        EntryAnswer,
        EntryAsk,
        StaffList,
        SeatInvite,
        RoleInvite,
        SeatChosen,
        SeatFree,
        SeatHandOver,
        Blank,
        AbsenceList,
        AbsencePeople,
        AbsenceDays,
        AbsenceDeputies,
        AbsenceDraft,
        AbsenceEnd,
        DutyList,
        DutyPositions,
        DutyDays,
        DutyDraft,
        ThisIsMe,
        AppealPage,
        AppealPress,
        AppealHistoryPage,
        AppealsList,
        AppealsOfBlock,
        AppealsNarrow,
        AppealRecord,
        OwedRecord,
        ImportsList,
        ImportPress,
        ImportSource,
        ImportColumn,
        ImportColumnsPage,
        OfficesList,
        OfficeChosen,
        MenuPage,
        SettingsPage,
        SettingValue,
        RisksList,
        RisksBlocks,
        HistoryPage,
        OwedPress,
        HourChosen,
        PaperAgain,
        ExportChosen,
        MemoAsked,
        ReportPage,
        FigureItems,
        HeatPress,
        RiskCard,
        DigestPage,
        DigestAgain,
    )


def office_of_press(data: str) -> OfficeId | None:
    """The office whose button was pressed; None when the data is no button of ours, or names none."""
    _, _, rest = data.partition(":")
    office, _, _ = rest.partition(":")
    is_number = office.isascii() and office.isdigit() and len(office) <= LONGEST_NUMBER
    return OfficeId(int(office)) if is_number and int(office) else None
