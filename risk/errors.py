"""Everything a use case may refuse, as one tree; codes and data only, the wording lives in `handlers/errors.py`.

Refusal
├── NotListed             the person has no position in this office
├── NotPermitted          the person's positions do not give the power
│   └── FigureNotPermitted  what a figure counts is for whoever reads reports
├── NotHere               the group is not the office's alert chat
├── InvitationRefused     unknown, used or expired code
├── NameUnclear           the typed words are no name for papers
├── EntryWaiting          the name is given, whoever invites has not answered yet
├── EntryClosed           the person at the door was confirmed, declined or withdrawn before
├── DatesUnclear          the typed words name no days
├── DayOver               the typed day has passed
├── PeriodUnclear         the typed words name no period of a report, or one that reaches too far back
├── PeriodAhead           the period of a report has not begun
├── AbsenceRefused        days in the wrong order, over or too far; a deputy who cannot deputise
├── AbsenceOverlaps       the person's absence is noted already for some of these days
├── DutyRefused           days in the wrong order, over or too far
├── AlertChatUnusable     the group is of the wrong kind or belongs to another office
├── AlertChatMissing      the office has no alert chat yet
├── RiskNotFound          no risk of that number
├── AppealNotFound        no appeal of that number
├── AppealActNotPossible  the appeal stands where this cannot be done, or somebody has done it already
├── NothingToFile         the message has neither words nor a link
├── GistMissing           a risk cannot be filed without its gist
├── AnswerUnclear         the typed words do not answer the question
├── AlreadyFiled          the draft was filed before, under this number
├── AlreadyNoted          somebody was first: the words are in the history of this risk
├── DraftClosed           the draft was cancelled or given up before
├── SettingUnfit          the value is not one that this setting may have
├── MoveNotPossible       the risk is in a state that does not allow this
├── TakenBySomeone        somebody has pressed before: the verification is theirs
├── OutsideBlock          the risk is of a block that the person does not work in
├── AnswerMissing         there is no answer with a text and platforms yet
├── ApprovalMissing       the office asks approval before an answer is published
├── AnswerOwed            this criticality may not end without a public answer
├── NotWorkedOff          the criteria of closure are not met
├── MergedWithItself      a risk cannot be merged with itself
├── LinkUnfit             not the address of a public page
├── ImportActedUpon       somebody has done something about its appeals: the import stays
├── ImportDatesUnfit      the export cannot be of that moment or period
├── DigestOver            the digest is of an earlier day: nobody needs it in the chat any more
├── DigestSentAgain       somebody has had the digest sent again already, or it did arrive
├── SomeoneElses          only its author may act on this form
└── UnknownChoice         the pressed button is of an earlier round or names something that is no more
    └── ImportNotOpen     no import of that number, or it is past what is asked of it
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from risk.powers import Action, Power


class Refusal(Exception):
    """A rule said no. `code` is stable: the views, the logs and the tests speak of it."""

    code: ClassVar[str] = "refusal"


class NotListed(Refusal):
    code = "not_listed"


@dataclass(eq=False)
class NotPermitted(Refusal):
    """`action` is there when it is the gate of a use case that refuses."""

    code = "not_permitted"
    power: Power
    action: Action | None = None


@dataclass(eq=False)
class FigureNotPermitted(NotPermitted):
    """Of risks, or else of appeals."""

    code = "figure_not_permitted"
    of_risks: bool = False


class NotHere(Refusal):
    code = "not_here"


class InvitationFault(StrEnum):
    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"
    HOLDS_ALREADY = "holds_already"


@dataclass(eq=False)
class InvitationRefused(Refusal):
    code = "invitation_refused"
    fault: InvitationFault


class NameUnclear(Refusal):
    code = "name_unclear"


class EntryWaiting(Refusal):
    code = "entry_waiting"


class EntryClosed(Refusal):
    code = "entry_closed"


class DatesUnclear(Refusal):
    code = "dates_unclear"


@dataclass(eq=False)
class DayOver(Refusal):
    """`coming` is the next such day, where that may be meant: it is to be typed with its year."""

    code = "day_over"
    day: date
    coming: date | None = None


class PeriodUnclear(Refusal):
    code = "period_unclear"


class PeriodAhead(Refusal):
    code = "period_ahead"


class AbsenceFault(StrEnum):
    REVERSED = "reversed"
    OVER = "over"
    TOO_FAR = "too_far"
    DEPUTY_AWAY = "deputy_away"
    DEPUTY_THEMSELF = "deputy_themself"


@dataclass(eq=False)
class AbsenceRefused(Refusal):
    code = "absence_refused"
    fault: AbsenceFault


@dataclass(eq=False)
class AbsenceOverlaps(Refusal):
    """With the days of the absence that is noted already."""

    code = "absence_overlaps"
    first_day: date
    last_day: date
    today: date


class DutyFault(StrEnum):
    REVERSED = "reversed"
    OVER = "over"
    TOO_FAR = "too_far"


@dataclass(eq=False)
class DutyRefused(Refusal):
    code = "duty_refused"
    fault: DutyFault


class ChatFault(StrEnum):
    NOT_A_SUPERGROUP = "not_a_supergroup"
    OF_ANOTHER_OFFICE = "of_another_office"


@dataclass(eq=False)
class AlertChatUnusable(Refusal):
    code = "alert_chat_unusable"
    fault: ChatFault


class AlertChatMissing(Refusal):
    code = "alert_chat_missing"


@dataclass(eq=False)
class RiskNotFound(Refusal):
    code = "risk_not_found"
    asked: str


@dataclass(eq=False)
class AppealNotFound(Refusal):
    code = "appeal_not_found"
    asked: str


class AppealActNotPossible(Refusal):
    code = "appeal_act_not_possible"


class NothingToFile(Refusal):
    code = "nothing_to_file"


class GistMissing(Refusal):
    code = "gist_missing"


class AnswerUnclear(Refusal):
    code = "answer_unclear"


@dataclass(eq=False)
class AlreadyFiled(Refusal):
    code = "already_filed"
    number: str


@dataclass(eq=False)
class AlreadyNoted(Refusal):
    code = "already_noted"
    number: str


class DraftClosed(Refusal):
    code = "draft_closed"


@dataclass(eq=False)
class SettingUnfit(Refusal):
    """`setting` is the key of the setting, as a preset names it."""

    code = "setting_unfit"
    setting: str


@dataclass(eq=False)
class MoveNotPossible(Refusal):
    """`state` is where the risk stands."""

    code = "move_not_possible"
    state: str


@dataclass(eq=False)
class TakenBySomeone(Refusal):
    """`by` is the title of the position that was first, `at` when, and `now`, in the office's zone."""

    code = "taken_by_someone"
    by: str
    at: datetime
    now: datetime


class OutsideBlock(Refusal):
    code = "outside_block"


class AnswerMissing(Refusal):
    code = "answer_missing"


class ApprovalMissing(Refusal):
    code = "approval_missing"


class AnswerOwed(Refusal):
    code = "answer_owed"


@dataclass(eq=False)
class NotWorkedOff(Refusal):
    """`missing` are the keys of the lines of the checklist that are not met."""

    code = "not_worked_off"
    missing: tuple[str, ...]


@dataclass(eq=False)
class HoldUnfit(Refusal):
    """A reminder cannot be put off to that day; from `first` to `last` it may be."""

    code = "hold_unfit"
    first: date
    last: date


class BlockDecided(Refusal):
    """The block was given by whoever decides, and cannot return the risk."""

    code = "block_decided"


class MergedWithItself(Refusal):
    code = "merged_with_itself"


class LinkUnfit(Refusal):
    code = "link_unfit"


@dataclass(eq=False)
class ImportActedUpon(Refusal):
    """`numbers` are those of the appeals."""

    code = "import_acted_upon"
    numbers: tuple[str, ...]


class ImportDatesUnfit(Refusal):
    code = "import_dates_unfit"


class DigestOver(Refusal):
    code = "digest_over"


class DigestSentAgain(Refusal):
    code = "digest_sent_again"


class SomeoneElses(Refusal):
    code = "someone_elses"


class UnknownChoice(Refusal):
    code = "unknown_choice"


class ImportNotOpen(UnknownChoice):
    code = "import_not_open"
