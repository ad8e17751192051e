"""A round of working a risk in which everything was said that can be said, with words of the test's own."""

from datetime import timedelta

from risk.ids import PositionId
from risk.offices import PublicationKind
from risk.probes import Probe, ProbeResult
from risk.risks import Risk
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
    ReachSeen,
    Reaction,
    Recurrence,
    Spread,
    Unknown,
    Waiver,
    Working,
)
from tests.support.offices import LATER, NOW

LINK = "vk.com/wall-2_9"


def whole_round(risk: Risk, words: str, *, number: int = 1) -> Working:
    """Of all kinds of items one, by whoever filed the risk; `words` begin each text and end each link."""
    by = risk.filed_by
    return Working(
        risk=risk.id,
        round=number,
        watcher=by,
        verifier=by,
        taken_at=NOW,
        findings=(Finding(outcome=Outcome.PARTLY, grounds=f"{words}: акт осмотра", by=by, at=NOW),),
        unknowns=(_unknown(by, words, answer=None), _unknown(by, words, answer=f"{words}: к пятнице")),
        measures=(_measure(by, words),),
        interims=(_interim(by, words),),
        answer=_answer(by, words),
        earlier_answers=(_answer(by, words),),
        correction=_answer(by, words),
        waiver=Waiver(reason=f"{words}: уже отвечали", by=by, at=LATER),
        publications=(_publication(by, words),),
        first_reach=ReachSeen(figures=Reach(views=300, reposts=None, comments=5), at=NOW),
        checks=(_check(by),),
        mentions=2,
        disturbed_at=LATER,
        recurrence=Recurrence(cause=f"{words}: новый пост", forecast=f"{words}: затихнет", by=by, at=NOW),
        ending=Ending(kind=EndingKind.OVERRIDE, at=LATER, by=by, reason=f"{words}: решено"),
    )


def _unknown(by: PositionId, words: str, *, answer: str | None) -> Unknown:
    question = f"{words}: когда починят?"
    if answer is None:
        return Unknown(question=question, asked=by, until=NOW.date())
    return Unknown(
        question=question, asked=by, until=NOW.date(), asked_by=by, answer=answer, answered_by=by, answered_at=LATER
    )


def _measure(by: PositionId, words: str) -> Measure:
    return Measure(what=f"{words}: подвоз воды", position=by, until=NOW.date(), taken_at=LATER, taken_by=by)


def _interim(by: PositionId, words: str) -> Interim:
    return Interim(
        text=f"{words}: информация проверяется",
        platforms=f"{words}: госпаблик",
        promised_until=NOW.date() + timedelta(days=3),
        published_by=by,
        published_at=NOW,
    )


def _answer(by: PositionId, words: str) -> Answer:
    return Answer(
        text=f"{words}: авария устранена",
        platforms=f"{words}: госпаблик; сайт",
        drafted_by=by,
        drafted_at=NOW,
        submitted_at=NOW,
        approved_by=by,
        approved_at=NOW,
        remark=f"{words}: короче",
        published_by=by,
        published_at=LATER,
        corrected_at=LATER,
    )


def _publication(by: PositionId, words: str) -> Publication:
    link = f"{LINK}?{words}"
    return Publication(
        link=link,
        kind=PublicationKind.BODY_PAGE,
        added_by=by,
        added_at=NOW,
        seen_by=by,
        seen_at=LATER,
        first=_probe(link, words),
        last=_probe(link, words),
    )


def _probe(link: str, words: str) -> Probe:
    address = f"https://{link}"
    return Probe(result=ProbeResult.REACHED, address=address, final=address, title=f"{words}: пост", status=200, at=NOW)


def _check(by: PositionId) -> Check:
    return Check(
        at=LATER,
        by=by,
        reaction=Reaction.NEUTRAL,
        spread=Spread.STILL,
        in_place=True,
        reach=Reach(views=1200, reposts=30, comments=None),
    )
