"""How published links are worded: what the machine found, what a person says, and the buttons that ask for a look."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest

from handlers.callbacks.working import LinkSeen
from handlers.views.checklist import details
from handlers.views.message import LONGEST_TEXT, Outgoing
from handlers.views.work_notice import work_notice
from handlers.views.working import publication_in_short, publication_line
from risk.notices import AnswerReported, ReturnProposed
from risk.probes import LONGEST_TITLE, Probe, ProbeResult
from risk.risks import RiskState
from risk.units import units
from risk.use_cases.reading import CardFacts
from risk.use_cases.work_telling import WorkTold
from risk.workings import Publication
from tests.handlers.builders import SATURDAY
from tests.handlers.workings import ANSWERED, DAY, HEAD, LINK, facts_in, overfull

SITE: Final = replace(LINK, link="novosti.example/9")
NOON: Final = SATURDAY + timedelta(hours=3)
SEEN: Final[dict[str, Any]] = {"seen_by": HEAD, "seen_at": NOON + timedelta(hours=1)}
BY_HEAD: Final = "на месте, проверено сб 21.11, 13:02, проверил руководитель МЦУ"


def probe(result: ProbeResult, title: str | None = None) -> Probe:
    return Probe(result=result, address=SITE.address, final=SITE.address, title=title, status=None, at=NOON)


def page(result: ProbeResult, title: str | None = None, **differs: Any) -> Publication:
    return replace(SITE, last=probe(result, title), **differs)


def watched(*publications: Publication) -> CardFacts:
    return facts_in(RiskState.WATCHED, replace(ANSWERED, publications=publications))


def buttons(shown: Outgoing) -> list[tuple[str, str | None]]:
    rows = [] if shown.keyboard is None else shown.keyboard.inline_keyboard
    return [(each.text, each.callback_data) for row in rows for each in row]


CHECKED: Final = "проверено сб 21.11, 12:02"


@pytest.mark.parametrize(
    ("publication", "says", "in_short"),
    [
        (SITE, "ещё не проверена", None),
        (page(ProbeResult.REACHED), f"доступна, {CHECKED}", None),
        (page(ProbeResult.REACHED, "Вода есть"), f"доступна, «Вода есть», {CHECKED}", f"доступна, {CHECKED}"),
        (page(ProbeResult.REACHED, changed_since=NOON), f"доступна, страница изменилась, {CHECKED}", None),
        (page(ProbeResult.GONE, missing_since=NOON), f"удалена, {CHECKED}", None),
        (page(ProbeResult.FAILED), f"не открывается, {CHECKED}", None),
        (page(ProbeResult.BARRED), f"недоступна для проверки, {CHECKED}", None),
        (page(ProbeResult.FORBIDDEN), f"недоступна для проверки, {CHECKED}", None),
        (replace(SITE, **SEEN), BY_HEAD, "на месте, проверено сб 21.11, 13:02"),
        (
            page(ProbeResult.BARRED, **SEEN),
            f"недоступна для проверки, {CHECKED} · {BY_HEAD}",
            "на месте, проверено сб 21.11, 13:02",
        ),
        (page(ProbeResult.REACHED, seen_by=HEAD, seen_at=SATURDAY), f"доступна, {CHECKED}", None),
        (
            page(ProbeResult.BARRED, missing_since=NOON, seen_by=HEAD, seen_at=SATURDAY),
            f"недоступна для проверки, {CHECKED} · не на месте с сб 21.11, 12:02",
            "не на месте с сб 21.11, 12:02",
        ),
    ],
)
def test_a_link_says_what_was_found_and_who_found_it(publication: Publication, says: str, in_short: str | None) -> None:
    facts = watched(publication)
    assert publication_line(facts, publication) == f"novosti.example/9 · страница органа · {says}"
    assert publication_in_short(facts, publication) == f"novosti.example/9 · страница органа · {in_short or says}"


def asked_to_open(shown: Outgoing) -> list[tuple[str, str | None]]:
    """The buttons above the last, which leads to the history."""
    *asked, (last, _) = buttons(shown)
    assert last == "История"
    return asked


@pytest.mark.parametrize("result", [ProbeResult.FAILED, ProbeResult.BARRED, ProbeResult.FORBIDDEN])
def test_a_person_is_asked_to_open_what_the_machine_cannot(result: ProbeResult) -> None:
    [(text, data)] = asked_to_open(details(watched(page(result))))
    assert text == "Проверено, на месте"
    assert data is not None
    assert LinkSeen.unpack(data).link == 0
    assert asked_to_open(details(watched(page(result, **SEEN)))) == []


@pytest.mark.parametrize("publication", [SITE, page(ProbeResult.REACHED), page(ProbeResult.GONE, missing_since=NOON)])
def test_nobody_is_asked_where_the_machine_tells(publication: Publication) -> None:
    assert asked_to_open(details(watched(publication))) == []


def test_of_several_links_a_button_names_the_number_that_the_line_bears() -> None:
    shown = details(watched(LINK, page(ProbeResult.BARRED)))
    assert "Публикация 2: novosti.example/9 · страница органа · недоступна" in shown.text
    assert [text for text, _ in asked_to_open(shown)] == ["Проверено, на месте: 2"]


def test_a_proposal_to_return_names_the_links_that_are_amiss() -> None:
    there = replace(page(ProbeResult.REACHED), link="drugie.example/1")
    changed = page(ProbeResult.REACHED, "Продам гараж", changed_since=NOON)
    facts = watched(there, changed)
    shown = work_notice(ReturnProposed(risk=facts.risk.id, round=1), WorkTold(card=facts))
    assert "Публикация 2: novosti.example/9 · страница органа · доступна, «Продам гараж», страница" in shown.text
    assert "drugie.example" not in shown.text
    assert [text for text, _ in buttons(shown)] == ["Вернуть в работу", "Проверено, на месте: 2"]


def test_the_report_of_an_answer_fits_with_links_of_which_much_is_known() -> None:
    full = overfull(ANSWERED)
    title = "🏠" * LONGEST_TITLE
    pages = [
        replace(each, last=probe(ProbeResult.REACHED, title), changed_since=NOON, seen_by=HEAD, seen_at=NOON + DAY)
        for each in full.publications
    ]
    facts = facts_in(RiskState.WATCHED, replace(full, publications=tuple(pages)))
    shown = work_notice(AnswerReported(risk=facts.risk.id, round=1), WorkTold(card=facts))
    assert units(shown.text) <= LONGEST_TEXT
    assert units(details(facts).text) <= LONGEST_TEXT
    proposed = work_notice(ReturnProposed(risk=facts.risk.id, round=1), WorkTold(card=facts))
    assert units(proposed.text) <= LONGEST_TEXT
