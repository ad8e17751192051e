"""Rounds of working an invented risk, state after state, for the views; changed where a test says so."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from risk.appeal_forms import Way
from risk.ids import PositionId, RiskId
from risk.offices import OfficePlan, PublicationKind
from risk.records import FIELDS, NONE, OF_APPEAL, OF_OWED, YES, Record, RecordField, RecordKind, RecordStatus
from risk.risks import AWAITING_ANSWER, CLOSED_STATES, Risk, RiskState
from risk.standing import Panel
from risk.typed import LONGEST_ANSWER, LONGEST_NOTE
from risk.use_cases.reading import CardFacts, RecordFacts
from risk.workings import (
    Answer,
    Check,
    Ending,
    EndingKind,
    Finding,
    Interim,
    Measure,
    Outcome,
    Publication,
    Reach,
    Reaction,
    Recurrence,
    Spread,
    Unknown,
    Waiver,
    Working,
)
from tests.handlers.appealed import appeal_case
from tests.handlers.builders import ROADS, SATURDAY, card_facts, draft, plan, risk

MEMBER, HEAD = PositionId(5), PositionId(6)
MEMBER_TITLE, HEAD_TITLE = "член проектного офиса 1", "руководитель МЦУ"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEDNESDAY: Final = date(2026, 11, 25)

FOUND: Final = Finding(outcome=Outcome.CONFIRMED, grounds="звонок в водоканал", by=MEMBER, at=SATURDAY + HOUR)
ASKED: Final = Unknown(question="Когда пустят воду?", asked=HEAD, until=WEDNESDAY)
SETTLED: Final = replace(ASKED, answer="к вечеру", answered_by=HEAD, answered_at=SATURDAY + 2 * HOUR)
PLANNED: Final = Measure(what="подвоз воды", position=HEAD, until=WEDNESDAY)
TAKEN: Final = replace(PLANNED, what="бригада выехала", taken_at=SATURDAY + HOUR, taken_by=MEMBER)
INTERIM: Final = Interim(
    text="Информация проверяется, ответим до 25.11.",
    platforms="госпаблик ВК",
    promised_until=WEDNESDAY,
    published_by=MEMBER,
    published_at=SATURDAY + HOUR,
)
DRAFTED: Final = Answer(
    text="Авария устранена.",
    platforms="госпаблик ВК; сайт администрации",
    drafted_by=MEMBER,
    drafted_at=SATURDAY + 2 * HOUR,
)
APPROVED: Final = replace(DRAFTED, submitted_at=SATURDAY + 2 * HOUR, approved_by=HEAD, approved_at=SATURDAY + 3 * HOUR)
PUBLISHED: Final = replace(DRAFTED, published_by=MEMBER, published_at=SATURDAY + 3 * HOUR)
RETURNED: Final = replace(DRAFTED, remark="назовите срок")
WAIVED: Final = Waiver(reason="вопрос закрыт на месте", by=HEAD, at=SATURDAY + 2 * HOUR)
LINK: Final = Publication(
    link="vk.com/wall-2_9", kind=PublicationKind.BODY_PAGE, added_by=MEMBER, added_at=SATURDAY + 4 * HOUR
)
LOCAL: Final = replace(LINK, link="example.org/news", kind=PublicationKind.LOCAL_MEDIA)
QUIET_LOOK: Final = Check(at=SATURDAY + DAY, by=MEMBER, reaction=Reaction.NONE, spread=Spread.STILL, in_place=True)
NOISY_LOOK: Final = replace(QUIET_LOOK, reaction=Reaction.NEGATIVE, spread=Spread.SPREADS)
SPREADS_AGAIN: Final = Recurrence(cause="вода снова пропала", forecast="до вечера", by=MEMBER, at=SATURDAY + DAY)

BEGUN: Final = Working(risk=RiskId(7), round=1, watcher=MEMBER)
TAKEN_UP: Final = replace(BEGUN, verifier=MEMBER, taken_at=SATURDAY + HOUR)
VERIFIED: Final = replace(TAKEN_UP, findings=(FOUND,))
ANSWERED: Final = replace(VERIFIED, measures=(TAKEN,), answer=PUBLISHED)
COMPLETE: Final = replace(
    ANSWERED,
    publications=(LINK,),
    checks=tuple(replace(QUIET_LOOK, at=SATURDAY + days * DAY) for days in (1, 2, 3)),
)
"""Everything that closure asks of a confirmed risk, three quiet looks among it."""


def ending(kind: EndingKind, reason: str | None = None) -> Ending:
    return Ending(kind=kind, at=SATURDAY + 4 * DAY, by=HEAD, reason=reason)


ROUNDS: Final = {
    RiskState.FILED: BEGUN,
    RiskState.VERIFYING: TAKEN_UP,
    RiskState.UNCLEAR: replace(TAKEN_UP, findings=(replace(FOUND, outcome=Outcome.UNCLEAR),), unknowns=(ASKED,)),
    RiskState.ANSWERING: VERIFIED,
    RiskState.APPROVING: replace(VERIFIED, answer=replace(DRAFTED, submitted_at=SATURDAY + 2 * HOUR)),
    RiskState.APPROVED: replace(VERIFIED, answer=APPROVED),
    RiskState.WATCHED: ANSWERED,
    RiskState.WORKED_OFF: replace(COMPLETE, ending=ending(EndingKind.CRITERIA)),
    RiskState.OVERRIDDEN: replace(ANSWERED, ending=ending(EndingKind.OVERRIDE, "вопрос снят на совещании")),
    RiskState.NOT_A_RISK: replace(TAKEN_UP, ending=ending(EndingKind.NOT_A_RISK, "это реклама")),
    RiskState.MERGED: replace(TAKEN_UP, ending=ending(EndingKind.MERGED)),
}
"""A round that holds the evidence of each state and nothing more."""

_LONG = "очень длинные слова " * 150
_LONG_ANSWER = "🏠" * (LONGEST_ANSWER // 2)
_LONG_NOTE = _LONG[:LONGEST_NOTE]


def overfull(working: Working) -> Working:
    """The same round with the longest words that its fields may bear, and many of each thing."""
    answer = None if working.answer is None else replace(working.answer, text=_LONG_ANSWER, platforms=_LONG_NOTE)
    over = None if working.ending is None else replace(working.ending, reason=_LONG_NOTE)
    return replace(
        working,
        findings=tuple(replace(each, grounds=_LONG) for each in working.findings) * 5,
        unknowns=(replace(ASKED, question=_LONG_NOTE), replace(SETTLED, question=_LONG_NOTE, answer=_LONG_NOTE)) * 20,
        measures=(replace(PLANNED, what=_LONG_NOTE), replace(TAKEN, what=_LONG_NOTE)) * 20,
        interims=(replace(INTERIM, text=_LONG_ANSWER, platforms=_LONG_NOTE),) * 5,
        answer=answer,
        correction=None if working.correction is None else replace(working.correction, text=_LONG_ANSWER),
        publications=tuple(replace(LOCAL, link=f"example.org/{number}/{_LONG}") for number in range(20)),
        checks=(replace(NOISY_LOOK, reach=Reach(views=10**9, reposts=10**9, comments=10**9)),) * 50,
        mentions=9999,
        recurrence=replace(SPREADS_AGAIN, cause=_LONG_NOTE, forecast=_LONG_NOTE),
        ending=over,
    )


def risk_in(state: RiskState, **differs: Any) -> Risk:
    """A risk in the state, with the deadline that the state awaits."""
    answered = state in AWAITING_ANSWER or state in {RiskState.WATCHED, *CLOSED_STATES}
    due = {"answer_by": SATURDAY + 6 * HOUR} if answered else {}
    return replace(risk(), **{"state": state, **due, **differs})


def facts_in(
    state: RiskState,
    working: Working | None = None,
    *,
    panel: Panel = Panel.MAIN,
    of: OfficePlan | None = None,
    **differs: Any,
) -> CardFacts:
    """A card of a risk in the state; `working` where the round holds other than the least, the rest is the risk's."""
    return card_facts(risk_in(state, **differs), panel=panel, of=of, working=working or ROUNDS[state])


def approving_office() -> OfficePlan:
    return replace(plan(), approves_answers=True)


SAID: Final = {
    RecordField.WHOM: str(HEAD),
    RecordField.UNTIL: WEDNESDAY.isoformat(),
    RecordField.SURE: "yes",
    RecordField.LINK: LINK.link,
    RecordField.LINK_KIND: PublicationKind.BODY_PAGE.value,
    RecordField.REACTION: Reaction.NEUTRAL.value,
    RecordField.SPREAD: Spread.STILL.value,
    RecordField.IN_PLACE: "yes",
    RecordField.REACH: "просмотров 1200",
    RecordField.CAME: Way.CALL.value,
    RecordField.LAW: YES,
    RecordField.SETTLEMENT: NONE,
    RecordField.BLOCK: ROADS,
    RecordField.RECEIVED: WEDNESDAY.isoformat(),
}
"""What a field that is not free words may hold."""


OF_APPEAL_ALONE: Final = OF_APPEAL - OF_OWED


def record_facts(
    kind: RecordKind,
    *,
    asked: RecordField | None = None,
    status: RecordStatus = RecordStatus.OPEN,
    card: CardFacts | None = None,
    said: str = "как сказано",
    **differs: Any,
) -> RecordFacts:
    """A record in which everything before `asked`, at first the first field, was answered.

    Of the kinds that are about an appeal, and no risk, it is about one, or none yet.
    """
    fields = FIELDS[kind]
    case = appeal_case() if kind in OF_APPEAL_ALONE - {RecordKind.NEW_APPEAL} else None
    before = () if asked is None else fields[: fields.index(asked)]
    record = Record(
        id=differs.pop("id", 8),
        author=draft().author,
        place=draft().place,
        risk=None if kind in OF_APPEAL_ALONE else RiskId(7),
        appeal=case.id if case is not None else None,
        round=1,
        kind=kind,
        status=status,
        touched_at=SATURDAY,
        filled={each: SAID.get(each, said) for each in before},
        **differs,
    )
    full = replace(COMPLETE, unknowns=(ASKED,))
    shown = card or facts_in(RiskState.WATCHED, full)
    return RecordFacts(
        office=shown.office,
        record=record,
        positions=[MEMBER, HEAD],
        titles=shown.titles,
        now=shown.now,
        card=None if kind in OF_APPEAL_ALONE else shown,
        appeal=case,
    )
