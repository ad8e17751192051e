"""Notices: what the bot says or does of its own accord, as data; dropped when they no longer hold.

A message is worded when it is sent. An act is something else that the messenger is asked to do.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Literal

from risk.appeals import AppealSource
from risk.ids import AbsenceId, AppealId, DigestId, NudgeId, PaperId, PersonId, PositionId, RiskId
from risk.risks import RiskState


class NoticeState(StrEnum):
    """How far a planned notice has come."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    """It is being sent."""
    SENT = "sent"
    MOOT = "moot"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """It may have arrived, and is not repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of a notice; `message` is how the messenger knows it, `why` the reason that it gave for a refusal."""

    state: NoticeState
    message: int | None
    why: str | None = None


class ChatRight(StrEnum):
    """What the bot must be allowed in the alert chat."""

    WRITE = "write"


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """To the person who was given a position: which one it is, and the work that waits there."""

    repeat_if_unknown: ClassVar[bool] = True
    position: PositionId
    kind: Literal["joined"] = "joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionLost:
    """To the person whose position was freed or given to somebody else; `left` when it was their last one."""

    repeat_if_unknown: ClassVar[bool] = True
    position: PositionId
    left: bool
    kind: Literal["position_lost"] = "position_lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCorrected:
    """To who may invite: the name that papers bear is another now."""

    repeat_if_unknown: ClassVar[bool] = True
    person: PersonId
    kind: Literal["name_corrected"] = "name_corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalFailed:
    """To who may free positions: the bot could not remove from the alert chat somebody who left the office."""

    repeat_if_unknown: ClassVar[bool] = True
    person: PersonId
    kind: Literal["removal_failed"] = "removal_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertChatBound:
    """To the chat that became the alert chat, or in private to who bound it when the bot may not write there."""

    repeat_if_unknown: ClassVar[bool] = False
    lacks: frozenset[ChatRight]
    kind: Literal["alert_chat_bound"] = "alert_chat_bound"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertChatClosed:
    """To who may bind a chat: the bot was silenced in the alert chat or put out of it."""

    repeat_if_unknown: ClassVar[bool] = True
    lacks: frozenset[ChatRight]
    kind: Literal["alert_chat_closed"] = "alert_chat_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceNoted:
    """To the deputy, and to who will be away when somebody else noted it."""

    repeat_if_unknown: ClassVar[bool] = True
    absence: AbsenceId
    kind: Literal["absence_noted"] = "absence_noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceEnded:
    """To the deputy and the person, but for whoever did it: ended early when it had `begun`, else cancelled."""

    repeat_if_unknown: ClassVar[bool] = True
    person: PersonId
    first_day: date
    last_day: date
    begun: bool
    kind: Literal["absence_ended"] = "absence_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyAssigned:
    """To the holder of the position, ahead of time: these shifts were given to it."""

    repeat_if_unknown: ClassVar[bool] = True
    position: PositionId
    first_day: date
    last_day: date
    kind: Literal["duty_assigned"] = "duty_assigned"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLifted:
    """To the holder of the position: of the shifts of these days, some were given to somebody else."""

    repeat_if_unknown: ClassVar[bool] = True
    position: PositionId
    first_day: date
    last_day: date
    kind: Literal["duty_lifted"] = "duty_lifted"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyBegins:
    """To whoever is on duty from the shift of this day on."""

    repeat_if_unknown: ClassVar[bool] = True
    person: PersonId
    day: date
    kind: Literal["duty_begins"] = "duty_begins"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyHandedOver:
    """To the alert chat in the morning: the shift of this day is over; who had it, and who has the next one.

    `next` is None in working hours and when nobody has it. Who it was is kept as it was: later assignments do not
    change the past.
    """

    repeat_if_unknown: ClassVar[bool] = False
    day: date
    had: PositionId
    had_by: PersonId | None
    next: PositionId | None
    next_by: PersonId | None
    kind: Literal["duty_handed_over"] = "duty_handed_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSetAside:
    """A message could not be worked in: its number goes to who sent it and to who keeps the installation running."""

    repeat_if_unknown: ClassVar[bool] = True
    reference: str
    for_operator: bool
    kind: Literal["message_set_aside"] = "message_set_aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveFromChat:
    """Take somebody who left the office out of the chat that the notice is addressed to."""

    repeat_if_unknown: ClassVar[bool] = True
    person: PersonId
    kind: Literal["remove_from_chat"] = "remove_from_chat"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReported:
    """To the alert chat: the answer as it was published, in the procedure's two parts."""

    repeat_if_unknown: ClassVar[bool] = True
    risk: RiskId
    round: int
    kind: Literal["answer_reported"] = "answer_reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAsked:
    """To who may approve answers: one waits."""

    repeat_if_unknown: ClassVar[bool] = True
    risk: RiskId
    kind: Literal["approval_asked"] = "approval_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSentBack:
    """To whoever prepared the answer: it was returned with a remark."""

    repeat_if_unknown: ClassVar[bool] = True
    risk: RiskId
    kind: Literal["answer_sent_back"] = "answer_sent_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownAsked:
    """To the position that is asked about a circumstance still unknown."""

    repeat_if_unknown: ClassVar[bool] = True
    risk: RiskId
    round: int
    unknown: int
    kind: Literal["unknown_asked"] = "unknown_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownAnswered:
    """To the position that asked about a circumstance: the answer is there."""

    repeat_if_unknown: ClassVar[bool] = True
    risk: RiskId
    round: int
    unknown: int
    kind: Literal["unknown_answered"] = "unknown_answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """To whoever owes something, or is above them: all that is due at that moment, in one message."""

    repeat_if_unknown: ClassVar[bool] = True
    person: PersonId
    bundle: NudgeId
    kind: Literal["reminder"] = "reminder"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureProposed:
    """To whoever follows the reaction: every criterion is met."""

    repeat_if_unknown: ClassVar[bool] = True
    risk: RiskId
    round: int
    kind: Literal["closure_proposed"] = "closure_proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnProposed:
    """To whoever follows the reaction: it spreads again, or its publication is not in its place."""

    repeat_if_unknown: ClassVar[bool] = True
    risk: RiskId
    round: int
    kind: Literal["return_proposed"] = "return_proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFollowed:
    """To a position that follows the risk: it has come to another state."""

    repeat_if_unknown: ClassVar[bool] = True
    risk: RiskId
    state: RiskState
    kind: Literal["risk_followed"] = "risk_followed"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockReturned:
    """To who decides: a block has said that the risk is not theirs."""

    repeat_if_unknown: ClassVar[bool] = True
    risk: RiskId
    returns: int
    kind: Literal["block_returned"] = "block_returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealApprovalAsked:
    """To who may approve answers: one to an appeal waits."""

    repeat_if_unknown: ClassVar[bool] = True
    appeal: AppealId
    kind: Literal["appeal_approval_asked"] = "appeal_approval_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealApproved:
    """To whoever prepared the answer and to the block: it may go out."""

    repeat_if_unknown: ClassVar[bool] = True
    appeal: AppealId
    kind: Literal["appeal_approved"] = "appeal_approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealSentBack:
    """To whoever prepared the answer and to the block: it was returned with a remark."""

    repeat_if_unknown: ClassVar[bool] = True
    appeal: AppealId
    kind: Literal["appeal_sent_back"] = "appeal_sent_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealReturned:
    """To who distributes: a block has said that the appeal is not theirs."""

    repeat_if_unknown: ClassVar[bool] = True
    appeal: AppealId
    returns: int
    kind: Literal["appeal_returned"] = "appeal_returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonUnreachable:
    """To who operates and who decides, once: the messenger does not let the bot write to somebody."""

    repeat_if_unknown: ClassVar[bool] = True
    person: PersonId
    kind: Literal["person_unreachable"] = "person_unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindersAstray:
    """To who operates: so much is due without an outcome."""

    repeat_if_unknown: ClassVar[bool] = False
    count: int
    kind: Literal["reminders_astray"] = "reminders_astray"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportAwaited:
    """To who imports: on this working day no export has come so far of a source that the office imports."""

    repeat_if_unknown: ClassVar[bool] = False
    day: date
    kind: Literal["export_awaited"] = "export_awaited"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportsStale:
    """To who decides, once: the newest export of the source is too old, and nobody is reminded by it any more."""

    repeat_if_unknown: ClassVar[bool] = True
    source: AppealSource
    made_at: datetime
    kind: Literal["exports_stale"] = "exports_stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealsUndistributed:
    """To who distributes, once a day: appeals that no rule gives to a block."""

    repeat_if_unknown: ClassVar[bool] = False
    day: date
    kind: Literal["appeals_undistributed"] = "appeals_undistributed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPosted:
    """To the alert chat: the digest as its snapshot has it. `times`: how often somebody has had it sent again."""

    repeat_if_unknown: ClassVar[bool] = False
    digest: DigestId
    times: int = 0
    kind: Literal["digest_posted"] = "digest_posted"


@dataclass(frozen=True, slots=True, kw_only=True)
class LatenessByBlock:
    """To who may read reports of the whole office, where figures of lateness by block are kept from the chat."""

    repeat_if_unknown: ClassVar[bool] = False
    digest: DigestId
    kind: Literal["lateness_by_block"] = "lateness_by_block"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestAstray:
    """To who decides: the digest was being sent when the connection, or the bot, broke; or the chat refused it.

    `times`: how often it had been sent again before.
    """

    repeat_if_unknown: ClassVar[bool] = True
    digest: DigestId
    times: int
    kind: Literal["digest_astray"] = "digest_astray"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMade:
    """To whoever asked for it, or to the chat: the paper or picture itself."""

    repeat_if_unknown: ClassVar[bool] = True
    paper: PaperId
    kind: Literal["paper_made"] = "paper_made"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFailed:
    """To whoever a memo was to come to by itself: it could not be made, or sent. `times`: of which making that is."""

    repeat_if_unknown: ClassVar[bool] = True
    paper: PaperId
    times: int
    kind: Literal["paper_failed"] = "paper_failed"


# The one list of them: who tells them from others asks `isinstance(…, WorkNotice)`, and whoever words each is checked
# by `assert_never`.
WorkNotice = (
    AnswerReported
    | ApprovalAsked
    | AnswerSentBack
    | UnknownAsked
    | UnknownAnswered
    | ClosureProposed
    | ReturnProposed
    | RiskFollowed
    | BlockReturned
)

AppealWorkNotice = AppealApprovalAsked | AppealApproved | AppealSentBack | AppealReturned
"""About working one appeal, as `WorkNotice` is about working a risk."""

AbsenceNotice = AbsenceNoted | AbsenceEnded
DutyNotice = DutyAssigned | DutyLifted | DutyBegins | DutyHandedOver


@dataclass(frozen=True, slots=True, kw_only=True)
class StrangersInChat:
    """To who may invite: so many members of the alert chat are not on the list."""

    repeat_if_unknown: ClassVar[bool] = False
    count: int
    kind: Literal["strangers_in_chat"] = "strangers_in_chat"


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseQuestion:
    """Take the button from under a question, in the chat that this is addressed to: it was answered."""

    repeat_if_unknown: ClassVar[bool] = True
    message: int
    kind: Literal["close_question"] = "close_question"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveMessage:
    """Delete a message of the chat that this is addressed to: it holds what may not travel through a messenger."""

    repeat_if_unknown: ClassVar[bool] = True
    message: int
    kind: Literal["remove_message"] = "remove_message"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowCommands:
    """Let the messenger's own menu, in the chat that this is addressed to, offer what may be done there now."""

    repeat_if_unknown: ClassVar[bool] = True
    kind: Literal["show_commands"] = "show_commands"


OfficeNotice = (
    Joined
    | PositionLost
    | NameCorrected
    | RemovalFailed
    | AlertChatBound
    | AlertChatClosed
    | StrangersInChat
    | AbsenceNotice
    | DutyNotice
    | MessageSetAside
)
"""About the office, its people and its chat; the others are about working a risk."""

ReminderNotice = Reminder | PersonUnreachable | RemindersAstray

ExportNotice = ExportAwaited | ExportsStale | AppealsUndistributed
"""About exports of appeals, and what waits in them."""

ReportNotice = DigestPosted | LatenessByBlock | DigestAstray | PaperMade | PaperFailed
"""Digests and papers."""

Message = OfficeNotice | WorkNotice | AppealWorkNotice | ReminderNotice | ExportNotice | ReportNotice
Act = RemoveFromChat | ShowCommands | CloseQuestion | RemoveMessage
Notice = Message | Act
