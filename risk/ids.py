"""Names for identifiers, so that a type checker tells a risk from a draft; no behaviour lives here."""

from typing import NewType

OfficeId = NewType("OfficeId", int)
PersonId = NewType("PersonId", int)
PositionId = NewType("PositionId", int)
InvitationId = NewType("InvitationId", int)
EntryId = NewType("EntryId", int)
AbsenceId = NewType("AbsenceId", int)
DutyId = NewType("DutyId", int)
RiskId = NewType("RiskId", int)
DraftId = NewType("DraftId", int)
ObligationId = NewType("ObligationId", int)
NudgeId = NewType("NudgeId", int)
RecordId = NewType("RecordId", int)
NoteOfferId = NewType("NoteOfferId", int)
StandingId = NewType("StandingId", int)
ReceiptId = NewType("ReceiptId", int)
AppealId = NewType("AppealId", int)
ImportId = NewType("ImportId", int)
MappingId = NewType("MappingId", int)
JobId = NewType("JobId", int)

RoleKey = NewType("RoleKey", str)
BlockKey = NewType("BlockKey", str)
LevelKey = NewType("LevelKey", str)
TerritoryKey = NewType("TerritoryKey", str)
