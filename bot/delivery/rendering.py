"""What a standing message says now: read from the database and worded; how it travels is the courier's."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from handlers.views.card import card
from handlers.views.entry import admission, entry
from handlers.views.form import form
from handlers.views.imports import preview
from handlers.views.message import Outgoing
from handlers.views.notes import offer
from handlers.views.papers.progress import paper_progress_line
from handlers.views.record import record
from risk.ids import DraftId, EntryId, ImportId, NoteOfferId, PaperId, RecordId, RiskId
from risk.offices import Office
from risk.ports import Unit
from risk.standing import Standing, Subject
from risk.use_cases.entering import entry_facts
from risk.use_cases.import_telling import import_facts
from risk.use_cases.notes import offer_facts
from risk.use_cases.papers import paper_progress
from risk.use_cases.reading import card_facts, draft_facts, record_facts

ANSWERS_AT_ONCE: Final = frozenset({Subject.DRAFT, Subject.ENTRY, Subject.RECORD, Subject.IMPORT, Subject.PAPER})
"""They answer what somebody has just written, so they need not be silent at night."""


SILENT: Final = frozenset({Subject.NOTE_OFFER})
"""Nobody has asked for them, so they make no sound by day either."""


async def rendered(unit: Unit, standing: Standing, now: datetime, desks: Sequence[Office] = ()) -> Outgoing:
    """`desks`: the offices of a reader who works in several."""
    match standing.subject:
        case Subject.DRAFT:
            return form(await draft_facts(unit, DraftId(standing.subject_id), standing.panel, desks))
        case Subject.ENTRY:
            return entry(await entry_facts(unit, EntryId(standing.subject_id)))
        case Subject.ADMISSION:
            return admission(await entry_facts(unit, EntryId(standing.subject_id)))
        case Subject.RECORD:
            return record(await record_facts(unit, RecordId(standing.subject_id), now))
        case Subject.IMPORT:
            return preview(await import_facts(unit, ImportId(standing.subject_id), now))
        case Subject.PAPER:
            return paper_progress_line(await paper_progress(unit, PaperId(standing.subject_id)))
        case Subject.NOTE_OFFER:
            return offer(await offer_facts(unit, NoteOfferId(standing.subject_id)))
        case Subject.RISK:
            return card(await card_facts(unit, RiskId(standing.subject_id), standing.panel, now))
