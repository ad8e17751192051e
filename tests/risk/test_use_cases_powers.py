"""Every use case that people reach asks for its power first, and a refused one leaves no trace."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path
from typing import Any, Final

import pytest

from risk.appeal_cases import Approval
from risk.appeal_lists import CodedAppeals
from risk.dates import Days
from risk.digests import DigestKind
from risk.drafts import Draft, DraftField
from risk.errors import NotListed, NotPermitted
from risk.ids import (
    AbsenceId,
    AppealId,
    BlockKey,
    DigestId,
    EntryId,
    LevelKey,
    NoteOfferId,
    ObligationId,
    PaperId,
    PersonId,
    RecordId,
    TerritoryKey,
)
from risk.obligations import Matter
from risk.office_settings import Setting
from risk.offices import OPERATOR, OfficePlan
from risk.papers import PaperKind
from risk.people import Actor, Place, Position
from risk.periods import PeriodKind, period_of
from risk.powers import POWER_FOR, Action, Power
from risk.probes import Probe, ProbeResult
from risk.records import Record, RecordField, RecordKind, RecordStatus
from risk.risks import NumberAsked, Risk, RiskState
from risk.sameness import Sameness, SamenessReason
from risk.standing import Panel, Subject
from risk.understanding import Alike, RawMessage
from risk.use_cases import (
    absence_steps,
    absences,
    appeal_presses,
    appeal_reading,
    appeal_records,
    cards,
    chats,
    desks,
    digest_astray,
    digesting,
    drafts,
    duties,
    duty_steps,
    entering,
    filing,
    inviting,
    link_watch,
    memo_reading,
    mentions,
    menus,
    moving,
    notes,
    nudge_ledger,
    paper_asking,
    papers,
    reading,
    recording,
    registers,
    reminder_hours,
    reminder_telling,
    settings,
    staff,
    working,
)
from risk.use_cases.record_answers import RecordWords
from risk.workings import Outcome
from storage import tables
from storage.delivery import Deliveries
from storage.mapping import PLAN as PLAN_ADAPTER
from storage.mapping import dumped
from tests.risk.appealed import appeal, stands
from tests.risk.doors import at_the_door, new_code
from tests.risk.importing_acts import IMPORTING, Files, files_of
from tests.risk.reading_reports import READING_REPORTS
from tests.risk.worked import SITE, answer, finding, measure, publication, published, put
from tests.storage.dumps import dump
from tests.support.offices import HEAD, MEMBER, NOW, OFFICER, UNDERSTAND, Offices, StaffedOffice, opened_copy, part

IN_DECEMBER: Final = Days(first=date(2026, 12, 1), last=date(2026, 12, 4))
NEXT_WEEK: Final = Days(first=date(2026, 11, 23), last=date(2026, 11, 27))

NOVEMBER: Final = period_of(PeriodKind.MONTH, date(2026, 11, 1))

BARRED: Final = Probe(result=ProbeResult.BARRED, address=f"https://{SITE}", final=None, title=None, status=None, at=NOW)
"""The machine cannot tell whether the link is in its place."""

QUESTION = 70
"""The message in the chat that asks Olga for the gist."""

CARD = 71
"""The card of the first risk."""


@dataclass(frozen=True)
class Scene:
    """Risks in several states, a form and two records in private, a question in the chat; all Olga's.

    Of the second risk she was asked its level.
    """

    office: StaffedOffice
    risk: Risk
    fire: Risk
    answering: Risk
    """With an answer that is not placed yet, and a planned measure."""
    approving: Risk
    quiet: Risk
    """Watched, and every criterion of closure is met."""
    asking_words: RecordId
    asking_choice: RecordId
    olgas_words: NoteOfferId
    ivans_words: NoteOfferId
    """Replies to the card of the first risk, which may become notes of it."""
    draft: Draft
    """It may be of the first risk."""
    entry: EntryId
    positions: tuple[Position, ...]
    absence: AbsenceId
    """Of Olga, next week."""
    owed: ObligationId
    """The verification of the first risk."""
    appeal: AppealId
    prepared_appeal: AppealId
    """Its answer waits for approval."""
    approved_appeal: AppealId
    owed_appeal: ObligationId
    """The answer to the first appeal."""
    files: Files
    failed_paper: PaperId
    """The head's."""
    digest: DigestId
    """Of today; nobody knows whether it has arrived."""

    @property
    def ivan(self) -> PersonId:
        return self.held_by(self.ivans)

    def away(self, person: PersonId) -> absences.NoteAbsence:
        return absences.NoteAbsence(person=person, days=IN_DECEMBER, deputy=None)

    @property
    def shifts(self) -> duties.AssignDuty:
        return duties.AssignDuty(position=self.ivans.id, days=IN_DECEMBER)

    @property
    def olga(self) -> PersonId:
        [olga] = [each for each in self.positions if each.role == MEMBER and each.number == 1]
        return self.held_by(olga)

    @property
    def vacant(self) -> Position:
        """A seat that nobody holds and nobody is invited to."""
        return next(each for each in reversed(self.positions) if each.holder is None)

    @property
    def ivans(self) -> Position:
        return next(each for each in self.positions if each.role == MEMBER and each.number == 2)

    @property
    def heads(self) -> Position:
        return next(each for each in self.positions if each.role == HEAD)

    def held_by(self, position: Position) -> PersonId:
        assert position.holder is not None
        return position.holder

    def taken(self, text: str = "Яма", *, in_chat: bool = False) -> drafts.TakeMessage:
        place = self.office.chat if in_chat else self.draft.place
        return drafts.TakeMessage(part=part(text), place=place, typed=text, replies_to=QUESTION if in_chat else None)

    @property
    def replied(self) -> notes.OfferNote:
        """Another reply to the card of the first risk."""
        return reply_to_card(self.office, "Вода есть", message=75)

    @property
    def asked(self) -> NumberAsked:
        return NumberAsked(serial=self.risk.number.serial, year=None)

    def wanted(self, kind: RecordKind, risk: Risk) -> recording.OpenRecord:
        return recording.OpenRecord(risk=risk.id, round=1, kind=kind, item=0, place=self.draft.place)


Act = Callable[[Scene, Actor], Awaitable[Any]]

USE_CASES: dict[str, tuple[Action, Act]] = {
    "ask_paper": (
        Action.READ_REPORT,
        lambda scene, actor: paper_asking.ask_paper(
            paper_asking.AskPaper(kind=PaperKind.REGISTERS, place=Place(address=actor.address)),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
    ),
    "ask_paper_again": (
        Action.READ_REPORT,
        lambda scene, actor: paper_asking.ask_paper_again(
            paper_asking.AskAgain(paper=scene.failed_paper), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "days_of_registers": (
        Action.READ_REPORT,
        lambda scene, actor: registers.days_of_registers("", actor=actor, view=scene.office.view, now=NOW),
    ),
    "take_message": (
        Action.DRAFT_RISK,
        lambda scene, actor: drafts.take_message(
            scene.taken(), actor=actor, uow=scene.office.uow, now=NOW, understand=UNDERSTAND
        ),
    ),
    "take_edited_message": (
        Action.DRAFT_RISK,
        lambda scene, actor: drafts.take_edited_message(
            scene.taken(), actor=actor, uow=scene.office.uow, now=NOW, understand=UNDERSTAND
        ),
    ),
    "turn_draft": (
        Action.DRAFT_RISK,
        lambda scene, actor: drafts.turn_draft(
            drafts.TurnDraft(draft=scene.draft.id, panel=Panel.ASK_GIST), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "choose_block": (
        Action.DRAFT_RISK,
        lambda scene, actor: drafts.choose_block(
            drafts.ChooseBlock(draft=scene.draft.id, block=BlockKey("social")),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
    ),
    "choose_territory": (
        Action.DRAFT_RISK,
        lambda scene, actor: drafts.choose_territory(
            drafts.ChooseTerritory(draft=scene.draft.id, territory=TerritoryKey("town")),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
    ),
    "choose_level": (
        Action.DRAFT_RISK,
        lambda scene, actor: drafts.choose_level(
            drafts.ChooseLevel(draft=scene.draft.id, level=LevelKey("low")),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
    ),
    "register_draft": (
        Action.DRAFT_RISK,
        lambda scene, actor: drafts.register_draft(
            drafts.RegisterDraft(draft=scene.draft.id), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "cancel_draft": (
        Action.DRAFT_RISK,
        lambda scene, actor: drafts.cancel_draft(
            drafts.CancelDraft(draft=scene.draft.id), actor=actor, uow=scene.office.uow
        ),
    ),
    "file_in_chat": (
        Action.FILE_RISK,
        lambda scene, actor: filing.file_in_chat(
            filing.FileInChat(parts=(part("Яма"),), place=scene.office.chat, command=5),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
            understand=UNDERSTAND,
        ),
    ),
    "turn_card": (
        Action.OPEN_PANEL,
        lambda scene, actor: cards.turn_card(
            cards.TurnCard(risk=scene.risk.id, round=1, panel=Panel.BLOCKS), actor=actor, uow=scene.office.uow
        ),
    ),
    "turn_card to what any reader may open": (
        Action.BROWSE_CARD,
        lambda scene, actor: cards.turn_card(
            cards.TurnCard(risk=scene.risk.id, round=1, panel=Panel.MORE), actor=actor, uow=scene.office.uow
        ),
    ),
    "set_block": (
        Action.SET_BLOCK,
        lambda scene, actor: cards.set_block(
            cards.SetBlock(risk=scene.risk.id, round=1, block=BlockKey("social")),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
    ),
    "set_level": (
        Action.SET_LEVEL,
        lambda scene, actor: cards.set_level(
            cards.SetLevel(risk=scene.risk.id, round=1, level=LevelKey("low")),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
    ),
    "answer_own_level_question": (
        Action.ANSWER_OWN_LEVEL_QUESTION,
        lambda scene, actor: cards.set_level(
            cards.SetLevel(risk=scene.fire.id, round=1, level=LevelKey("high"), confirmed=True),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
    ),
    "post_card": (
        Action.POST_CARD,
        lambda scene, actor: cards.post_card(
            cards.PostCard(asked=scene.asked, place=scene.office.chat), actor=actor, uow=scene.office.uow
        ),
    ),
    "explain_deadline": (
        Action.READ_RISKS,
        lambda scene, actor: reading.explain_deadline(scene.risk.id, actor=actor, view=scene.office.view, now=NOW),
    ),
    "open_risks": (
        Action.READ_RISKS,
        lambda scene, actor: reading.open_risks(0, actor=actor, view=scene.office.view, now=NOW),
    ),
    "history": (
        Action.READ_RISKS,
        lambda scene, actor: reading.history(scene.asked, actor=actor, view=scene.office.view, now=NOW),
    ),
    "turn_history": (
        Action.READ_RISKS,
        lambda scene, actor: reading.turn_history(scene.risk.id, actor=actor, view=scene.office.view, now=NOW),
    ),
    "read_card": (
        Action.READ_RISKS,
        lambda scene, actor: reading.read_card(scene.risk.id, actor=actor, view=scene.office.view, now=NOW),
    ),
    "find_risks": (
        Action.READ_RISKS,
        lambda scene, actor: reading.find_risks(
            "яма", actor=actor, view=scene.office.view, now=NOW, understand=UNDERSTAND
        ),
    ),
    "own_risks": (
        Action.READ_RISKS,
        lambda scene, actor: reading.own_risks(actor=actor, view=scene.office.view, now=NOW),
    ),
    "take_up": (
        Action.WORK_RISK,
        lambda scene, actor: working.take_up(of(scene.risk), actor=actor, uow=scene.office.uow, now=NOW),
    ),
    "submit_answer": (
        Action.WORK_RISK,
        lambda scene, actor: working.submit_answer(of(scene.answering), actor=actor, uow=scene.office.uow, now=NOW),
    ),
    "approve_answer": (
        Action.APPROVE_ANSWER,
        lambda scene, actor: working.approve_answer(of(scene.approving), actor=actor, uow=scene.office.uow, now=NOW),
    ),
    "publish_answer": (
        Action.WORK_RISK,
        lambda scene, actor: working.publish_answer(of(scene.answering), actor=actor, uow=scene.office.uow, now=NOW),
    ),
    "work_off": (
        Action.WORK_RISK,
        lambda scene, actor: working.work_off(of(scene.quiet), actor=actor, uow=scene.office.uow, now=NOW),
    ),
    "take_measure": (
        Action.WORK_RISK,
        lambda scene, actor: working.take_measure(
            working.OfMeasure(risk=scene.answering.id, round=1, measure=0),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
    ),
    "take_watch": (
        Action.WORK_RISK,
        lambda scene, actor: working.take_watch(of(scene.risk), actor=actor, uow=scene.office.uow, now=NOW),
    ),
    "follow": (
        Action.FOLLOW_RISK,
        lambda scene, actor: working.follow(of(scene.risk), actor=actor, uow=scene.office.uow),
    ),
    "pass_up": (
        Action.WORK_RISK,
        lambda scene, actor: working.pass_up(of(scene.risk), actor=actor, uow=scene.office.uow, now=NOW),
    ),
    "open_record": (
        Action.WORK_RISK,
        lambda scene, actor: recording.open_record(
            scene.wanted(RecordKind.NOTE, scene.risk), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "open_record_of_a_remark": (
        Action.APPROVE_ANSWER,
        lambda scene, actor: recording.open_record(
            scene.wanted(RecordKind.REMARK, scene.approving), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "open_record_of_a_decision": (
        Action.DECIDE_RISK,
        lambda scene, actor: recording.open_record(
            scene.wanted(RecordKind.OVERRIDE, scene.risk), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "choose_in_record": (
        Action.WORK_RISK,
        lambda scene, actor: recording.choose_in_record(
            recording.ChooseInRecord(record=scene.asking_choice, field=RecordField.REACTION, value="none"),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
    ),
    "step_back": (
        Action.WORK_RISK,
        lambda scene, actor: recording.step_back(
            recording.OfRecord(record=scene.asking_words), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "cancel_record": (
        Action.WORK_RISK,
        lambda scene, actor: recording.cancel_record(
            recording.OfRecord(record=scene.asking_words), actor=actor, uow=scene.office.uow
        ),
    ),
    "confirm_link": (
        Action.WORK_RISK,
        lambda scene, actor: link_watch.confirm_link(
            link_watch.OfLink(risk=scene.quiet.id, round=1, link=0), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "merge_risks": (
        Action.DECIDE_RISK,
        lambda scene, actor: mentions.merge_risks(
            mentions.MergeRisks(risk=scene.fire.id, round=1, into=scene.risk.id),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
    ),
    "merge_numbered": (
        Action.DECIDE_RISK,
        lambda scene, actor: mentions.merge_numbered(
            mentions.MergeNumbered(
                risk=NumberAsked(serial=scene.fire.number.serial, year=None),
                into=NumberAsked(serial=scene.risk.number.serial, year=None),
            ),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
    ),
    "drop_reach": (
        Action.DRAFT_RISK,
        lambda scene, actor: drafts.drop_reach(
            drafts.DropReach(draft=scene.draft.id), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "offer_note": (
        Action.KEEP_OWN_WORDS,
        lambda scene, actor: notes.offer_note(scene.replied, actor=actor, uow=scene.office.uow, now=NOW),
    ),
    "take_note_of_own_words": (
        Action.KEEP_OWN_WORDS,
        lambda scene, actor: notes.take_note(
            notes.TakeNote(offer=scene.olgas_words), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "take_note": (
        Action.KEEP_WORDS_OF_OTHERS,
        lambda scene, actor: notes.take_note(
            notes.TakeNote(offer=scene.ivans_words), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "join_risk": (
        Action.FILE_RISK,
        lambda scene, actor: drafts.join_risk(
            drafts.JoinRisk(draft=scene.draft.id, risk=scene.risk.id), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "bind_alert_chat": (
        Action.BIND_ALERT_CHAT,
        lambda scene, actor: chats.bind_alert_chat(
            chats.BindAlertChat(place=scene.office.chat, is_supergroup=True, lacks=frozenset(), bound_to=None),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
    ),
    "keep_draft": (
        Action.DRAFT_RISK,
        lambda scene, actor: moving.keep_draft(
            moving.KeepDraft(draft=scene.draft.id), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "sit_down": (
        Action.SIT_DOWN,
        lambda scene, actor: desks.sit_down(actor=actor, uow=scene.office.uow, now=NOW),
    ),
    "own_menu": (
        Action.OPEN_MENU,
        lambda scene, actor: menus.own_menu(actor=actor, view=scene.office.view),
    ),
    "settings": (
        Action.READ_SETTINGS,
        lambda scene, actor: settings.settings(actor=actor, view=scene.office.view),
    ),
    "change_setting": (
        Action.CHANGE_SETTING,
        lambda scene, actor: settings.change_setting(
            settings.ChangeSetting(setting=Setting.INVITATION_DAYS, value="3"),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
    ),
    "restore_setting": (
        Action.CHANGE_SETTING,
        lambda scene, actor: settings.restore_setting(
            Setting.INVITATION_DAYS, actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "staff": (
        Action.READ_STAFF,
        lambda scene, actor: staff.staff(0, actor=actor, view=scene.office.view, now=NOW),
    ),
    "may_ask_about_staff": (
        Action.READ_STAFF,
        lambda scene, actor: staff.may_ask_about_staff(actor=actor, view=scene.office.view),
    ),
    "correct_own_name": (
        Action.CORRECT_OWN_NAME,
        lambda scene, actor: staff.correct_own_name(
            staff.CorrectOwnName(typed="Петрова О. П."), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "vacancies": (
        Action.INVITE,
        lambda scene, actor: inviting.vacancies(actor=actor, view=scene.office.view),
    ),
    "invite_to_seat": (
        Action.INVITE,
        lambda scene, actor: inviting.invite_to_seat(
            inviting.InviteToSeat(position=scene.vacant.id),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
            new_code=new_code,
        ),
    ),
    "invite_to_role": (
        Action.INVITE,
        lambda scene, actor: inviting.invite_to_role(
            inviting.InviteToRole(role=MEMBER),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
            new_code=new_code,
        ),
    ),
    "answer_entry": (
        Action.ADMIT,
        lambda scene, actor: entering.answer_entry(
            entering.AnswerEntry(entry=scene.entry, is_them=True), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "ask_entry_again": (
        Action.ADMIT,
        lambda scene, actor: entering.ask_entry_again(
            entering.AskEntryAgain(entry=scene.entry, place=scene.office.private(actor)),
            actor=actor,
            uow=scene.office.uow,
        ),
    ),
    "staff_to_free": (
        Action.FREE_POSITION,
        lambda scene, actor: staff.staff_to_free(0, actor=actor, view=scene.office.view, now=NOW),
    ),
    "hand_over": (
        Action.FREE_POSITION,
        lambda scene, actor: staff.hand_over(scene.ivans.id, actor=actor, view=scene.office.view, now=NOW),
    ),
    "free_position": (
        Action.FREE_POSITION,
        lambda scene, actor: staff.free_position(
            staff.FreePosition(position=scene.ivans.id, holder=scene.held_by(scene.ivans)),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
    ),
    "hand_position_over": (
        Action.HAND_POSITION_OVER,
        lambda scene, actor: staff.hand_position_over(
            staff.HandPositionOver(
                position=scene.ivans.id, holder=scene.held_by(scene.ivans), heir=scene.held_by(scene.heads)
            ),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
    ),
    "absences": (
        Action.READ_ROTA,
        lambda scene, actor: absence_steps.absences(0, actor=actor, view=scene.office.view, now=NOW),
    ),
    "may_ask_about_absences": (
        Action.READ_ROTA,
        lambda scene, actor: absence_steps.may_ask_about_absences(actor=actor, view=scene.office.view),
    ),
    "people_to_note": (
        Action.NOTE_ABSENCE,
        lambda scene, actor: absence_steps.people_to_note(0, actor=actor, view=scene.office.view, now=NOW),
    ),
    "days_asked_of_oneself": (
        Action.NOTE_OWN_ABSENCE,
        lambda scene, actor: absence_steps.days_asked(
            absence_steps.AskDays(person=scene.olga, first=None), actor=actor, view=scene.office.view, now=NOW
        ),
    ),
    "days_asked_of_another": (
        Action.NOTE_ABSENCE,
        lambda scene, actor: absence_steps.days_asked(
            absence_steps.AskDays(person=scene.ivan, first=None), actor=actor, view=scene.office.view, now=NOW
        ),
    ),
    "deputies_asked_for_another": (
        Action.NOTE_ABSENCE,
        lambda scene, actor: absence_steps.deputies_asked(
            absence_steps.AskDeputies(person=scene.ivan, days=IN_DECEMBER),
            actor=actor,
            view=scene.office.view,
            now=NOW,
        ),
    ),
    "typed_absence": (
        Action.NOTE_OWN_ABSENCE,
        lambda scene, actor: absence_steps.typed_absence("завтра", actor=actor, view=scene.office.view, now=NOW),
    ),
    "absence_drafted_for_another": (
        Action.NOTE_ABSENCE,
        lambda scene, actor: absence_steps.absence_drafted(
            scene.away(scene.ivan), actor=actor, view=scene.office.view, now=NOW
        ),
    ),
    "note_own_absence": (
        Action.NOTE_OWN_ABSENCE,
        lambda scene, actor: absences.note_absence(scene.away(scene.olga), actor=actor, uow=scene.office.uow, now=NOW),
    ),
    "note_absence_of_another": (
        Action.NOTE_ABSENCE,
        lambda scene, actor: absences.note_absence(scene.away(scene.ivan), actor=actor, uow=scene.office.uow, now=NOW),
    ),
    "absence_to_end": (
        Action.NOTE_OWN_ABSENCE,
        lambda scene, actor: absence_steps.absence_to_end(scene.absence, actor=actor, view=scene.office.view, now=NOW),
    ),
    "end_absence": (
        Action.NOTE_OWN_ABSENCE,
        lambda scene, actor: absences.end_absence(
            absences.EndAbsence(absence=scene.absence), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "duty_page": (
        Action.READ_ROTA,
        lambda scene, actor: duty_steps.duty_page(actor=actor, view=scene.office.view, now=NOW),
    ),
    "positions_for_duty": (
        Action.ASSIGN_DUTY,
        lambda scene, actor: duty_steps.positions_for_duty(0, actor=actor, view=scene.office.view, now=NOW),
    ),
    "duty_days_asked": (
        Action.ASSIGN_DUTY,
        lambda scene, actor: duty_steps.duty_days_asked(
            duty_steps.AskDutyDays(position=None, first=None), actor=actor, view=scene.office.view, now=NOW
        ),
    ),
    "duty_drafted": (
        Action.ASSIGN_DUTY,
        lambda scene, actor: duty_steps.duty_drafted(scene.shifts, actor=actor, view=scene.office.view, now=NOW),
    ),
    "assign_duty": (
        Action.ASSIGN_DUTY,
        lambda scene, actor: duties.assign_duty(scene.shifts, actor=actor, uow=scene.office.uow, now=NOW),
    ),
    "own_owed": (
        Action.READ_RISKS,
        lambda scene, actor: reminder_telling.own_owed(actor=actor, view=scene.office.view, now=NOW),
    ),
    "explain_owed": (
        Action.READ_RISKS,
        lambda scene, actor: reminder_telling.explain_owed(scene.owed, actor=actor, view=scene.office.view, now=NOW),
    ),
    "open_owed_record": (
        Action.WORK_RISK,
        lambda scene, actor: recording.open_owed_record(
            recording.OpenOwedRecord(owed=scene.owed, kind=RecordKind.ACCEPT, place=scene.draft.place),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
    ),
    "open_owed_record of an appeal": (
        Action.WORK_APPEAL,
        lambda scene, actor: recording.open_owed_record(
            recording.OpenOwedRecord(owed=scene.owed_appeal, kind=RecordKind.ACCEPT, place=scene.draft.place),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
    ),
    "open_appeal_form": (
        Action.REGISTER_APPEAL,
        lambda scene, actor: appeal_records.open_appeal_form(
            appeal_records.OpenAppealForm(place=scene.draft.place), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "open_appeal_record to give it": (Action.DISTRIBUTE_APPEAL, lambda *known: _about_appeal(RecordKind.GIVE, *known)),
    "open_appeal_record to hand it on": (
        Action.DISTRIBUTE_APPEAL,
        lambda *known: _about_appeal(RecordKind.REDIRECT, *known),
    ),
    "open_appeal_record to return it": (Action.WORK_APPEAL, lambda *known: _about_appeal(RecordKind.NOT_OURS, *known)),
    "open_appeal_record with a remark": (
        Action.APPROVE_APPEAL,
        lambda scene, actor: _about_appeal(RecordKind.APPEAL_REMARK, scene, actor, prepared=True),
    ),
    "report_answered": (
        Action.WORK_APPEAL,
        lambda scene, actor: appeal_presses.report_answered(
            appeal_presses.OfAppeal(appeal=scene.approved_appeal), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "ask_appeal_approval": (
        Action.WORK_APPEAL,
        lambda scene, actor: appeal_presses.ask_appeal_approval(
            appeal_presses.OfAppeal(appeal=scene.appeal), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "approve_appeal": (
        Action.APPROVE_APPEAL,
        lambda scene, actor: appeal_presses.approve_appeal(
            appeal_presses.OfAppeal(appeal=scene.prepared_appeal), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    "read_appeals": (
        Action.READ_APPEALS,
        lambda scene, actor: appeal_reading.read_appeals(
            0, CodedAppeals(), actor=actor, view=scene.office.view, now=NOW
        ),
    ),
    "read_appeal": (
        Action.READ_APPEALS,
        lambda scene, actor: appeal_reading.read_appeal(scene.appeal, actor=actor, view=scene.office.view, now=NOW),
    ),
    "appeals_numbered": (
        Action.READ_APPEALS,
        lambda scene, actor: appeal_reading.appeals_numbered("1", actor=actor, view=scene.office.view, now=NOW),
    ),
    "read_appeal_history": (
        Action.READ_APPEALS,
        lambda scene, actor: appeal_reading.read_appeal_history(
            scene.appeal, actor=actor, view=scene.office.view, now=NOW
        ),
    ),
    "choose_hour": (
        Action.CHOOSE_HOUR,
        lambda scene, actor: reminder_hours.choose_hour(
            reminder_hours.ChooseHour(hour=time(8, 30)), actor=actor, uow=scene.office.uow
        ),
    ),
    "read_ledger": (
        Action.READ_LEDGER,
        lambda scene, actor: nudge_ledger.read_ledger(actor=actor, view=scene.office.view, now=NOW),
    ),
    "offered_memos": (
        Action.READ_REPORT,
        lambda scene, actor: memo_reading.offered_memos(actor=actor, view=scene.office.view, now=NOW),
    ),
    "read_digest": (
        Action.READ_DIGEST,
        lambda scene, actor: digesting.read_digest(actor=actor, view=scene.office.view, now=NOW),
    ),
    "ask_digest_page": (
        Action.READ_DIGEST,
        lambda scene, actor: digesting.ask_digest_page(
            digesting.AskDigestPage(digest=scene.digest, place=scene.office.private(actor)),
            actor=actor,
            uow=scene.office.uow,
            now=NOW,
        ),
    ),
    "send_digest_again": (
        Action.SEND_DIGEST_AGAIN,
        lambda scene, actor: digest_astray.send_digest_again(
            digest_astray.SendDigestAgain(digest=scene.digest, times=0), actor=actor, uow=scene.office.uow, now=NOW
        ),
    ),
    **IMPORTING,
    **READING_REPORTS,
}

HEADS_ALONE: Final = {
    Power.BIND,
    Power.INVITE,
    Power.DISMISS,
    Power.MANAGE_ABSENCE,
    Power.ASSIGN_DUTY,
    Power.CONFIGURE,
    Power.APPROVE,
    Power.DECIDE,
    Power.REPORT,
}
"""What the preset of the tests entrusts to the head and not to a member."""
OFFICERS_ALONE: Final = {Power.IMPORT, Power.DISTRIBUTE}
"""What it entrusts to whoever is responsible for ИМ and ПОС."""


every_use_case = pytest.mark.parametrize("name", USE_CASES)


def _about_appeal(kind: RecordKind, scene: Scene, actor: Actor, *, prepared: bool = False) -> Awaitable[None]:
    which = scene.prepared_appeal if prepared else scene.appeal
    wanted = appeal_records.OpenAppealRecord(appeal=which, kind=kind, place=scene.draft.place)
    return appeal_records.open_appeal_record(wanted, actor=actor, uow=scene.office.uow, now=NOW)


def who_may(office: StaffedOffice, action: Action) -> Actor:
    power = POWER_FOR[action]
    if action is Action.READ_REPORT:
        return office.head  # who reads may ask, and gets what is of their blocks: a member has none
    if power in OFFICERS_ALONE:
        return office.actor(OFFICER)
    return office.head if power in HEADS_ALONE else office.olga


def of(risk: Risk) -> working.OfRisk:
    return working.OfRisk(risk=risk.id, round=1)


def words_for_record(scene: Scene, actor: Actor) -> Awaitable[bool]:
    words = RecordWords(part=part("Звонили из школы"), place=scene.draft.place, typed="Звонили из школы")
    return recording.take_record_words(words, actor=actor, uow=scene.office.uow, now=NOW)


def reply_to_card(office: StaffedOffice, words: str, *, message: int) -> notes.OfferNote:
    said = RawMessage(message_id=message, sent_at=NOW, text=words)
    return notes.OfferNote(said=said, place=office.chat, replies_to=CARD)


def reply_in_chat(scene: Scene, actor: Actor) -> Awaitable[bool]:
    return drafts.take_reply_in_chat(scene.taken(in_chat=True), actor=actor, uow=scene.office.uow, now=NOW)


async def _failed_paper(office: StaffedOffice) -> PaperId:
    asked = paper_asking.AskPaper(kind=PaperKind.MEMO, place=Place(address=office.head.address))
    await paper_asking.ask_paper(asked, actor=office.head, uow=office.uow, now=NOW)
    async with office.view() as view:
        [paper] = await view.papers.in_hand()
    await papers.note_paper_failed(paper.id, uow=office.uow, now=NOW)
    return paper.id


async def set_scene(
    offices: Offices, office: StaffedOffice, *, gist: str = "Яма на дороге", newcomer: str = "Новикова А. А."
) -> Scene:
    risk, fire = await office.filed(gist), await office.filed(f"{gist}, пожар на складе")
    answering, approving, quiet = await _in_the_works(office, gist)
    draft = await office.drafted(part(f"{gist}, нет света в парке"))
    await _resembles(office, draft, risk)
    wanted = filing.FileInChat(parts=(part("t.me/novosti/77"),), place=office.chat, command=5)
    await filing.file_in_chat(wanted, actor=office.olga, uow=office.uow, now=NOW, understand=UNDERSTAND)
    async with office.view() as view:
        [question] = await view.standing.of(Subject.DRAFT, draft.id + 1)
    await Deliveries(offices.database, "run").shown(question, QUESTION)
    olgas_words, ivans_words = await _said_under_the_card(offices, office, risk, gist)
    entry = await at_the_door(office, newcomer)
    away = absences.NoteAbsence(person=await office.person(office.olga), days=NEXT_WEEK, deputy=None)
    absence = await absences.note_absence(away, actor=office.olga, uow=office.uow, now=NOW)
    await _change_plan(offices, office, lambda plan: replace(plan, approves_appeals=True))
    of_appeals = [
        await stands(office, appeal(number=str(number), topic=gist), approval=approval)
        for number, approval in enumerate((None, Approval.ASKED, Approval.APPROVED), 1)
    ]
    choice = await _record(office, quiet, RecordKind.CHECK)
    words = await _record(office, risk, RecordKind.NOTE)
    files = await files_of(office, gist)
    failed_paper = await _failed_paper(office)
    digest = await _digest_astray(offices, office)
    async with office.view() as view:
        return Scene(
            office=office,
            risk=risk,
            fire=fire,
            answering=answering,
            approving=approving,
            quiet=quiet,
            asking_words=words,
            asking_choice=choice,
            olgas_words=olgas_words,
            ivans_words=ivans_words,
            draft=draft,
            entry=entry.id,
            positions=await view.people.positions(),
            absence=absence.id,
            owed=(await view.obligations.open_of(Matter.RISK, risk.id))[0].id,
            appeal=of_appeals[0].id,
            prepared_appeal=of_appeals[1].id,
            approved_appeal=of_appeals[2].id,
            owed_appeal=(await view.obligations.open_of(Matter.APPEAL, of_appeals[0].id))[0].id,
            files=files,
            failed_paper=failed_paper,
            digest=digest,
        )


async def _digest_astray(offices: Offices, office: StaffedOffice) -> DigestId:
    assert await digesting.post_digests(uow=office.uow, view=office.view, now=NOW) == 1
    posted = (tables.outbox.c.kind == "digest_posted") & (tables.outbox.c.office_id == office.id)
    async with offices.database.write() as connection:
        await connection.execute(tables.outbox.update().where(posted).values(state="unknown"))
        await connection.commit()
    async with office.view() as view:
        digest = await view.digests.of_day(DigestKind.DAILY, NOW.date())
    assert digest is not None
    return digest.id


async def _said_under_the_card(
    offices: Offices, office: StaffedOffice, risk: Risk, words: str
) -> tuple[NoteOfferId, NoteOfferId]:
    async with office.view() as view:
        [card] = await view.standing.of(Subject.RISK, risk.id)
    await Deliveries(offices.database, "run").shown(card, CARD)
    for message, actor in ((72, office.olga), (73, office.ivan)):
        said = reply_to_card(office, f"{words}, уже чинят", message=message)
        assert await notes.offer_note(said, actor=actor, uow=office.uow, now=NOW)
    rows = [row for row in await offices.rows(tables.note_offers) if row["office_id"] == office.id]
    olgas, ivans = (NoteOfferId(row["id"]) for row in rows)
    return olgas, ivans


async def _in_the_works(office: StaffedOffice, gist: str) -> tuple[Risk, Risk, Risk]:
    answering, approving, quiet = [
        await office.filed(f"{gist}, {place}") for place in ("у школы", "на мосту", "у больницы")
    ]
    by = answering.filed_by
    found = (finding(by),)
    return (
        await put(office, answering, RiskState.ANSWERING, findings=found, answer=answer(by), measures=(measure(by),)),
        await put(office, approving, RiskState.APPROVING, findings=found, answer=answer(by, submitted_at=NOW)),
        await put(
            office,
            quiet,
            RiskState.WATCHED,
            findings=(finding(by, Outcome.REFUTED),),
            answer=published(by),
            publications=(publication(by, link=SITE, last=BARRED),),
        ),
    )


async def _resembles(office: StaffedOffice, draft: Draft, risk: Risk) -> None:
    why = Sameness(reason=SamenessReason.WORDS, score=90, words=("яма",), link=None)
    alike = (Alike(risk=risk.id, sameness=why),)
    async with office.uow() as unit:
        await unit.drafts.save(replace(draft, understood=replace(draft.understood, alike=alike)))
        await unit.commit()


async def _record(office: StaffedOffice, risk: Risk, kind: RecordKind) -> RecordId:
    """Open, of Olga's; of several the newest awaits words."""
    record = Record(
        id=RecordId(0),
        author=await office.person(office.olga),
        place=office.private(office.olga),
        risk=risk.id,
        round=1,
        kind=kind,
        status=RecordStatus.OPEN,
        touched_at=NOW,
    )
    async with office.uow() as unit:
        stored = await unit.records.add(record)
        await unit.commit()
    return stored.id


@pytest.fixture(scope="module")
def scene_file(offices_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Scene]:
    """Set once; tests work on copies."""

    async def made() -> tuple[Path, Scene]:
        async with opened_copy(offices_file, tmp_path_factory.mktemp("scene")) as offices:
            return offices.path, await set_scene(offices, offices.ours)

    return asyncio.run(made())


@pytest.fixture
async def offices(scene_file: tuple[Path, Scene], tmp_path: Path) -> AsyncIterator[Offices]:
    async with opened_copy(scene_file[0], tmp_path) as copied:
        yield copied


@pytest.fixture
def scene(scene_file: tuple[Path, Scene], offices: Offices) -> Scene:
    return replace(scene_file[1], office=offices.ours)


async def stored(offices: Offices) -> dict[str, Any]:
    async with offices.database.read() as connection:
        return await dump(connection, offices.ours.id)


async def take_away(offices: Offices, power: Power) -> None:
    """Leave the power to the operator alone."""

    def without(plan: OfficePlan) -> OfficePlan:
        return replace(plan, powers={**plan.powers, power: (frozenset({OPERATOR}),)})

    await _change_plan(offices, offices.ours, without)


async def _change_plan(offices: Offices, office: StaffedOffice, change: Callable[[OfficePlan], OfficePlan]) -> None:
    ours = tables.offices.c.id == office.id
    async with offices.database.write() as connection:
        [row] = await connection.execute(tables.offices.select().where(ours))
        changed = dumped(PLAN_ADAPTER, change(PLAN_ADAPTER.validate_json(row.plan)))
        await connection.execute(tables.offices.update().where(ours).values(plan=changed))
        await connection.commit()


def test_every_action_has_its_use_case_here() -> None:
    assert {action for action, _ in USE_CASES.values()} == set(Action)


@every_use_case
async def test_whoever_has_the_power_may(scene: Scene, name: str) -> None:
    action, act = USE_CASES[name]
    await act(scene, who_may(scene.office, action))


@every_use_case
async def test_a_person_without_a_position_is_refused(offices: Offices, scene: Scene, name: str) -> None:
    before = await stored(offices)
    with pytest.raises(NotListed):
        await USE_CASES[name][1](scene, scene.office.stranger)
    assert await stored(offices) == before


@every_use_case
async def test_a_person_of_another_office_is_refused(offices: Offices, scene: Scene, name: str) -> None:
    before = await stored(offices)
    theirs = offices.theirs.head
    for actor in (theirs, Actor(office=scene.office.id, address=theirs.address)):
        with pytest.raises(NotListed):
            await USE_CASES[name][1](scene, actor)
    assert await stored(offices) == before


@every_use_case
async def test_a_person_without_the_power_is_refused(offices: Offices, scene: Scene, name: str) -> None:
    action, act = USE_CASES[name]
    await take_away(offices, POWER_FOR[action])
    before = await stored(offices)
    with pytest.raises(NotPermitted) as refused:
        await act(scene, scene.office.olga)
    assert refused.value.power is POWER_FOR[action]
    assert await stored(offices) == before


async def test_a_reply_to_ones_own_question_asks_for_the_power_too(offices: Offices, scene: Scene) -> None:
    await take_away(offices, Power.FILE)
    before = await stored(offices)
    with pytest.raises(NotPermitted):
        await reply_in_chat(scene, scene.office.olga)
    assert await stored(offices) == before


async def test_anybody_elses_reply_is_talk_among_people(offices: Offices, scene: Scene) -> None:
    before = await stored(offices)
    for actor in (scene.office.ivan, scene.office.stranger, offices.theirs.olga):
        assert not await reply_in_chat(scene, actor)
    assert await stored(offices) == before


async def test_the_scene_has_a_question_to_reply_to(scene: Scene) -> None:
    async with scene.office.view() as view:
        olga = await scene.office.person(scene.office.olga)
        assert await view.prompts.pending(olga, scene.office.chat) == (scene.draft.id + 1, DraftField.GIST)
    assert await reply_in_chat(scene, scene.office.olga)


async def test_words_for_ones_own_record_ask_for_the_power_too(offices: Offices, scene: Scene) -> None:
    await take_away(offices, Power.WORK)
    before = await stored(offices)
    with pytest.raises(NotPermitted):
        await words_for_record(scene, scene.office.olga)
    assert await stored(offices) == before


async def test_anybody_elses_words_answer_no_record_of_hers(offices: Offices, scene: Scene) -> None:
    before = await stored(offices)
    for actor in (scene.office.ivan, scene.office.stranger, offices.theirs.olga):
        assert not await words_for_record(scene, actor)
    assert await stored(offices) == before


async def test_the_scene_has_a_record_that_awaits_words(scene: Scene) -> None:
    assert await words_for_record(scene, scene.office.olga)


@pytest.mark.parametrize("kind", sorted({*recording.DECIDED, RecordKind.REMARK}))
async def test_what_was_opened_with_a_power_ends_with_it_still(
    offices: Offices, scene: Scene, kind: RecordKind
) -> None:
    """Who has lost the power meanwhile neither ends the record, nor goes back in it, nor takes it away."""
    record = recording.OfRecord(record=await _record(scene.office, scene.risk, kind))
    before = await stored(offices)
    for refused in (
        words_for_record(scene, scene.office.olga),
        recording.step_back(record, actor=scene.office.olga, uow=scene.office.uow, now=NOW),
        recording.cancel_record(record, actor=scene.office.olga, uow=scene.office.uow),
    ):
        with pytest.raises(NotPermitted):
            await refused
    assert await stored(offices) == before
