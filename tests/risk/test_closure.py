"""Closure by the criteria: lines by outcome, what each of them misses, and when the watch is quiet."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from risk.closure import Criterion, Watch, checklist, counting, is_quiet, missing, watch
from risk.deadlines import ClockKind, Term
from risk.ids import LevelKey, PositionId, RiskId
from risk.offices import IN_THE_ACT, OfficePlan, PublicationKind, QuietRule
from risk.risks import Risk, RiskNumber, RiskState
from risk.workings import Check, Outcome, Reaction, Recurrence, Spread, Waiver, Working
from tests.risk.plans import level, plan
from tests.risk.worked import finding, measure, publication, published, unknown, working
from tests.support.offices import NOW

C = Criterion
BY: Final = PositionId(5)
HOUR: Final = timedelta(hours=1)


def after(*hours: int) -> tuple[Term, ...]:
    return tuple(Term(amount=each * HOUR, clock=ClockKind.CLOCK) for each in hours)


OFFICE: Final[OfficePlan] = plan(
    levels=(
        replace(level("low"), check_after=(), may_go_unanswered=True),
        replace(level("medium"), check_after=after(4, 24)),
        replace(level("high"), check_after=after(4, 24, 48)),
    )
)
EITHER: Final = replace(OFFICE, quiet_rule=QuietRule.EITHER)


def risk(key: str = "medium") -> Risk:
    return Risk(
        id=RiskId(1),
        number=RiskNumber(serial=1, year=2026),
        state=RiskState.WATCHED,
        round=1,
        gist="Нет воды",
        sources=(),
        block=None,
        level=LevelKey(key),
        suggested_level=None,
        territory=None,
        filed_by=BY,
        filed_at=NOW,
        verify_by=NOW + HOUR,
    )


def look(
    hours: float,
    reaction: Reaction = Reaction.NONE,
    spread: Spread = Spread.STILL,
    *,
    counts: bool = True,
) -> Check:
    return Check(at=NOW + hours * HOUR, by=BY, reaction=reaction, spread=spread, counts=counts)


QUIET: Final = (look(4), look(24))


def complete(outcome: Outcome = Outcome.CONFIRMED, **changed: Any) -> Working:
    """Everything that closure may ask for, but for what a test says."""
    known: dict[str, Any] = {
        "findings": (finding(BY, outcome),),
        "measures": (measure(BY),),
        "unknowns": (unknown(BY, answer="К вечеру", answered_by=BY, answered_at=NOW),),
        "answer": published(BY),
        "publications": (publication(BY),),
        "checks": QUIET,
    }
    return working(**{**known, **changed})


WHOLE: Final = [
    C.VERIFIED,
    C.UNKNOWNS_SETTLED,
    C.MEASURES_NAMED,
    C.ANSWER_PUBLISHED,
    C.LINK_COUNTS,
    C.QUIET,
]
WAIVED: Final = Waiver(reason="Касается одной семьи", by=BY, at=NOW)
RECURRED: Final = Recurrence(cause="Новая авария", forecast="Спадёт к вечеру", by=BY, at=NOW)


@pytest.mark.parametrize(
    ("outcome", "asked"),
    [
        (Outcome.CONFIRMED, WHOLE),
        (Outcome.PARTLY, WHOLE),
        (Outcome.REFUTED, [C.VERIFIED, C.ANSWER_PUBLISHED, C.LINK_COUNTS]),
        (Outcome.UNCLEAR, WHOLE),
    ],
)
def test_the_outcome_says_which_lines_apply(outcome: Outcome, asked: list[Criterion]) -> None:
    assert [line.criterion for line in checklist(risk(), complete(outcome), OFFICE)] == asked


def test_before_verification_the_whole_list_is_shown() -> None:
    assert [line.criterion for line in checklist(risk(), working(), OFFICE)] == WHOLE
    assert missing(risk(), working(), OFFICE) == [
        C.VERIFIED,
        C.MEASURES_NAMED,
        C.ANSWER_PUBLISHED,
        C.LINK_COUNTS,
        C.QUIET,
    ]


@pytest.mark.parametrize("outcome", [Outcome.CONFIRMED, Outcome.PARTLY, Outcome.REFUTED])
def test_nothing_is_missing_of_what_is_complete(outcome: Outcome) -> None:
    assert missing(risk(), complete(outcome), OFFICE) == []


def test_what_is_still_unclear_never_closes() -> None:
    assert missing(risk(), complete(Outcome.UNCLEAR), OFFICE) == [C.VERIFIED]


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        (C.UNKNOWNS_SETTLED, {"unknowns": (unknown(BY),)}),
        (C.MEASURES_NAMED, {"measures": ()}),
        (C.LINK_COUNTS, {"publications": ()}),
        (C.LINK_COUNTS, {"publications": (publication(BY, PublicationKind.LOCAL_MEDIA),)}),
        (C.LINK_COUNTS, {"publications": (publication(BY, missing_since=NOW),)}),
        (C.QUIET, {"checks": ()}),
        (C.QUIET, {"checks": QUIET[:1]}),
        (C.QUIET, {"checks": (*QUIET, look(25, Reaction.NEGATIVE))}),
        (C.QUIET, {"disturbed_at": NOW + 25 * HOUR}),
    ],
)
def test_each_line_in_turn_keeps_the_risk_open(line: Criterion, changed: dict[str, Any]) -> None:
    assert missing(risk(), complete(**changed), OFFICE) == [line]


def test_without_a_published_answer_there_is_nothing_to_watch_either() -> None:
    assert missing(risk(), complete(answer=None), OFFICE) == [C.ANSWER_PUBLISHED, C.QUIET]


@pytest.mark.parametrize("outcome", [Outcome.CONFIRMED, Outcome.PARTLY, Outcome.REFUTED])
def test_where_no_answer_is_given_the_reason_and_the_quiet_are_asked(outcome: Outcome) -> None:
    waived = complete(outcome, answer=None, publications=(), measures=(), waiver=WAIVED)
    assert [line.criterion for line in checklist(risk(), waived, OFFICE)] == [
        C.VERIFIED,
        C.WAIVED_WITH_REASON,
        C.QUIET,
    ]
    assert missing(risk(), waived, OFFICE) == []
    assert missing(risk(), replace(waived, checks=()), OFFICE) == [C.QUIET]


def test_a_risk_that_came_back_owes_the_cause_and_the_forecast() -> None:
    again = complete(round=2)
    assert [line.criterion for line in checklist(risk(), again, OFFICE)][:2] == [C.VERIFIED, C.RECURRENCE_EXPLAINED]
    assert missing(risk(), again, OFFICE) == [C.RECURRENCE_EXPLAINED]
    assert missing(risk(), replace(again, recurrence=RECURRED), OFFICE) == []


def test_a_reopened_risk_that_was_verified_anew_owes_no_cause() -> None:
    anew = complete(round=2, verifier=BY, taken_at=NOW)
    assert C.RECURRENCE_EXPLAINED not in [line.criterion for line in checklist(risk(), anew, OFFICE)]


def test_a_reopened_risk_that_nobody_has_verified_yet_owes_no_cause_either() -> None:
    assert C.RECURRENCE_EXPLAINED not in missing(risk(), working(round=2), OFFICE)


def test_a_link_counts_by_its_kind_as_the_office_sets_it() -> None:
    local = publication(BY, PublicationKind.LOCAL_MEDIA, link="pestovo-vesti.ru/1")
    official = publication(BY, PublicationKind.OFFICIAL_PAGE)
    several = complete(publications=(local, official))
    assert counting(several, OFFICE) == [official]
    assert counting(several, replace(OFFICE, counted_publications=frozenset({PublicationKind.LOCAL_MEDIA}))) == [local]


def test_all_kinds_that_the_act_names_count() -> None:
    assert OFFICE.counted_publications == IN_THE_ACT == set(PublicationKind) - {PublicationKind.LOCAL_MEDIA}


def test_one_publication_in_its_place_is_enough() -> None:
    gone = publication(BY, link="vk.com/wall-2_8", missing_since=NOW)
    assert missing(risk(), complete(publications=(gone, publication(BY))), OFFICE) == []


CALM: Final = {Reaction.NONE: True, Reaction.NEUTRAL: True, Reaction.NEGATIVE: False}
STILL: Final = {Spread.STILL: True, Spread.SOURCE_GONE: True, Spread.SPREADS: False}


@pytest.mark.parametrize("reaction", Reaction)
@pytest.mark.parametrize("spread", Spread)
def test_a_quiet_look_found_neither_or_one_of_the_two_as_the_office_reads_the_act(
    reaction: Reaction, spread: Spread
) -> None:
    seen = look(4, reaction, spread)
    assert is_quiet(seen, QuietRule.BOTH) == (CALM[reaction] and STILL[spread])
    assert is_quiet(seen, QuietRule.EITHER) == (CALM[reaction] or STILL[spread])


def test_the_rule_of_the_office_decides_whether_a_look_disturbs_the_watch() -> None:
    spreading = complete(checks=(look(4, spread=Spread.SPREADS), look(28)))
    assert _watch(spreading).quiet == 1
    assert missing(risk(), spreading, EITHER) == []


def test_before_publication_nothing_is_watched() -> None:
    assert watch(risk(), working(), OFFICE) is None


def test_the_first_look_is_due_after_the_first_term() -> None:
    assert _watch(complete(checks=())) == Watch(since=NOW, quiet=0, needed=2, next_at=NOW + 4 * HOUR)


def test_each_look_brings_the_next_one_counted_from_publication() -> None:
    assert _watch(complete(checks=QUIET[:1])) == Watch(since=NOW, quiet=1, needed=2, next_at=NOW + 24 * HOUR)


def test_looks_in_a_row_are_one_look_so_the_next_is_never_due_sooner_than_two_terms_lie_apart() -> None:
    late = look(30)
    assert _watch(complete(checks=(late,))) == Watch(since=NOW, quiet=1, needed=2, next_at=NOW + 34 * HOUR)


def test_after_the_last_look_none_is_due() -> None:
    over = _watch(complete())
    assert over == Watch(since=NOW, quiet=2, needed=2, next_at=None)
    assert over.is_over


def test_more_looks_than_needed_are_no_more_than_enough() -> None:
    assert _watch(complete(checks=(*QUIET, look(30), look(40)))).quiet == 2


@pytest.mark.parametrize(
    "noise", [look(24, Reaction.NEGATIVE), look(24, spread=Spread.SPREADS), look(24, Reaction.NEGATIVE, counts=False)]
)
def test_a_noisy_look_begins_the_watch_anew_even_when_it_came_early(noise: Check) -> None:
    assert _watch(complete(checks=(look(4), noise))) == Watch(
        since=noise.at, quiet=0, needed=2, next_at=noise.at + 4 * HOUR
    )


def test_a_new_mention_begins_the_watch_anew() -> None:
    mentioned = NOW + 5 * HOUR
    assert _watch(complete(checks=(look(4),), disturbed_at=mentioned)) == Watch(
        since=mentioned, quiet=0, needed=2, next_at=mentioned + 4 * HOUR
    )
    assert _watch(complete(checks=(look(4), look(9)), disturbed_at=mentioned)).quiet == 1


def test_a_mention_before_publication_disturbs_nothing() -> None:
    assert _watch(complete(disturbed_at=NOW - HOUR)).since == NOW


def test_an_early_look_is_kept_and_does_not_count() -> None:
    early = complete(checks=(look(1, counts=False), look(4)))
    assert len(early.checks) == 2
    assert _watch(early).quiet == 1


def test_a_level_without_looks_is_over_at_once() -> None:
    at_once = watch(risk("low"), complete(checks=()), OFFICE)
    assert at_once == Watch(since=NOW, quiet=0, needed=0, next_at=None)
    assert at_once.is_over
    assert missing(risk("low"), complete(checks=()), OFFICE) == []


def test_another_level_asks_for_its_own_looks() -> None:
    assert _watch(complete(), "high") == Watch(since=NOW, quiet=2, needed=3, next_at=NOW + 48 * HOUR)


def test_the_watch_of_what_is_not_answered_begins_with_the_decision() -> None:
    decided: datetime = NOW + 3 * HOUR
    waived = working(findings=(finding(BY),), waiver=replace(WAIVED, at=decided))
    assert _watch(waived).since == decided


def _watch(of: Working, key: str = "medium") -> Watch:
    found = watch(risk(key), of, OFFICE)
    assert found is not None
    return found
