"""The history of an office's staff and settings: what was done to which position, by which; append-only, nameless."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from risk.ids import PositionId


class StaffEventKind(StrEnum):
    INVITED = "invited"
    ENTERED = "entered"
    """Somebody came by the invitation and waits to be confirmed."""
    SEATED = "seated"
    DECLINED = "declined"
    NAME_CORRECTED = "name_corrected"
    DISMISSED = "dismissed"
    TRANSFERRED = "transferred"
    ABSENCE_NOTED = "absence_noted"
    ABSENCE_ENDED = "absence_ended"
    """Somebody ended it early or cancelled it; that one began or is over, the clock writes."""
    ABSENCE_BEGUN = "absence_begun"
    ABSENCE_OVER = "absence_over"
    DUTY_ASSIGNED = "duty_assigned"
    SETTING_CHANGED = "setting_changed"
    CHAT_BOUND = "chat_bound"
    PRESET_LOADED = "preset_loaded"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffEvent:
    """One line. `by` is None when the operator's shell or the clock did it; `facts` hold keys and dates, no names."""

    at: datetime
    kind: StaffEventKind
    by: PositionId | None
    position: PositionId | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
