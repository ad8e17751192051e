"""Powers: what a person may do, and which power each use case asks for; who holds a power is the preset's to say.

Deny by default: an action missing from `POWER_FOR` cannot be permitted to anybody.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Power(StrEnum):
    """One thing that an office may entrust to its roles."""

    READ = "read"
    """Read cards, lists and histories."""
    FILE = "file"
    """File an informational risk."""
    CLASSIFY = "classify"
    """Set block and criticality of a filed risk."""
    WORK = "work"
    """Verify risks, keep measures, prepare and publish answers, follow the reaction, close by the criteria."""
    APPROVE = "approve"
    """Approve answers, where the office asks it."""
    IMPORT = "import"
    """Load exports of appeals, confirm what is in them, undo the last one."""
    DISTRIBUTE = "distribute"
    """Give appeals to blocks, and hand on those that are not the office's."""
    REPORT = "report"
    """Read figures and papers of the whole office; whoever heads a block reads its own without it."""
    DECIDE = "decide"
    """Decide what no criterion decides: no risk, no public answer, one risk with another, closed all the same."""
    BIND = "bind"
    """Make a group the office's alert chat."""
    INVITE = "invite"
    """Issue one-time invitations to positions and confirm who came by them."""
    DISMISS = "dismiss"
    """Take a position from its holder, or give it to somebody else."""
    MANAGE_ABSENCE = "manage_absence"
    """Note another person's absence and deputy."""
    ASSIGN_DUTY = "assign_duty"
    """Say who is on duty."""
    CONFIGURE = "configure"
    """Change the settings of the office that may be changed in the chat."""
    OPERATE = "operate"
    """Hear of faults and keep the installation running."""


class Action(StrEnum):
    """A use case that asks for a power before it does anything."""

    BIND_ALERT_CHAT = "bind_alert_chat"
    DRAFT_RISK = "draft_risk"
    FILE_RISK = "file_risk"
    SET_BLOCK = "set_block"
    SET_LEVEL = "set_level"
    ANSWER_OWN_LEVEL_QUESTION = "answer_own_level_question"
    OPEN_PANEL = "open_panel"
    BROWSE_CARD = "browse_card"
    WORK_RISK = "work_risk"
    APPROVE_ANSWER = "approve_answer"
    DECIDE_RISK = "decide_risk"
    FOLLOW_RISK = "follow_risk"
    KEEP_OWN_WORDS = "keep_own_words"
    KEEP_WORDS_OF_OTHERS = "keep_words_of_others"
    READ_RISKS = "read_risks"
    POST_CARD = "post_card"
    OPEN_MENU = "open_menu"
    SIT_DOWN = "sit_down"
    READ_SETTINGS = "read_settings"
    CHANGE_SETTING = "change_setting"
    READ_STAFF = "read_staff"
    INVITE = "invite"
    ADMIT = "admit"
    CORRECT_OWN_NAME = "correct_own_name"
    FREE_POSITION = "free_position"
    HAND_POSITION_OVER = "hand_position_over"
    READ_ROTA = "read_rota"
    CHOOSE_HOUR = "choose_hour"
    READ_LEDGER = "read_ledger"
    NOTE_OWN_ABSENCE = "note_own_absence"
    NOTE_ABSENCE = "note_absence"
    ASSIGN_DUTY = "assign_duty"
    IMPORT_APPEALS = "import_appeals"
    READ_APPEALS = "read_appeals"
    REGISTER_APPEAL = "register_appeal"
    WORK_APPEAL = "work_appeal"
    APPROVE_APPEAL = "approve_appeal"
    DISTRIBUTE_APPEAL = "distribute_appeal"
    READ_DIGEST = "read_digest"
    SEND_DIGEST_AGAIN = "send_digest_again"
    READ_REPORT = "read_report"
    READ_REPORT_OF_OFFICE = "read_report_of_office"


POWER_FOR: Final[Mapping[Action, Power]] = MappingProxyType(
    {
        Action.BIND_ALERT_CHAT: Power.BIND,
        Action.DRAFT_RISK: Power.FILE,
        Action.FILE_RISK: Power.FILE,
        Action.SET_BLOCK: Power.CLASSIFY,
        Action.SET_LEVEL: Power.CLASSIFY,
        Action.ANSWER_OWN_LEVEL_QUESTION: Power.FILE,
        Action.OPEN_PANEL: Power.CLASSIFY,
        Action.BROWSE_CARD: Power.READ,
        Action.WORK_RISK: Power.WORK,
        Action.APPROVE_ANSWER: Power.APPROVE,
        Action.DECIDE_RISK: Power.DECIDE,
        Action.FOLLOW_RISK: Power.READ,
        Action.KEEP_OWN_WORDS: Power.READ,
        Action.KEEP_WORDS_OF_OTHERS: Power.WORK,
        Action.READ_RISKS: Power.READ,
        Action.POST_CARD: Power.READ,
        Action.OPEN_MENU: Power.READ,
        Action.SIT_DOWN: Power.READ,
        Action.READ_SETTINGS: Power.CONFIGURE,
        Action.CHANGE_SETTING: Power.CONFIGURE,
        Action.READ_STAFF: Power.READ,
        Action.INVITE: Power.INVITE,
        Action.ADMIT: Power.INVITE,
        Action.CORRECT_OWN_NAME: Power.READ,
        Action.FREE_POSITION: Power.DISMISS,
        Action.HAND_POSITION_OVER: Power.DISMISS,
        Action.READ_ROTA: Power.READ,
        Action.CHOOSE_HOUR: Power.READ,
        Action.READ_LEDGER: Power.DECIDE,
        Action.NOTE_OWN_ABSENCE: Power.READ,
        Action.NOTE_ABSENCE: Power.MANAGE_ABSENCE,
        Action.ASSIGN_DUTY: Power.ASSIGN_DUTY,
        Action.IMPORT_APPEALS: Power.IMPORT,
        Action.READ_APPEALS: Power.READ,
        Action.REGISTER_APPEAL: Power.FILE,
        Action.WORK_APPEAL: Power.WORK,
        Action.APPROVE_APPEAL: Power.APPROVE,
        Action.DISTRIBUTE_APPEAL: Power.DISTRIBUTE,
        Action.READ_DIGEST: Power.READ,
        Action.SEND_DIGEST_AGAIN: Power.DECIDE,
        # Of their own blocks: `risk.use_cases.reporting` asks for REPORT before it gives out more.
        Action.READ_REPORT: Power.READ,
        Action.READ_REPORT_OF_OFFICE: Power.REPORT,
    }
)
