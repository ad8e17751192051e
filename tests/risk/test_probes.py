"""Rules of probes: which links are probed, when a page counts as changed, and how a stranger's title is shown."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.probes import LONGEST_TITLE, Probe, ProbeResult, changed, is_probed, one_line

NOW: Final = datetime(2026, 3, 10, 9, tzinfo=UTC)
REACHED: Final = Probe(
    result=ProbeResult.REACHED,
    address="https://news.example/1",
    final="https://news.example/1",
    title="Дорогу отремонтировали",
    status=200,
    at=NOW,
)
NOT_REACHED: Final = sorted(set(ProbeResult) - {ProbeResult.REACHED}, key=lambda each: each.value)


@pytest.mark.parametrize(
    "host", ["vk.com", "vk.ru", "ok.ru", "t.me", "max.ru", "m.vk.com", "news.t.me", "a.b.ok.ru", "VK.com", "max.ru."]
)
def test_a_page_of_a_platform_is_never_fetched(host: str) -> None:
    assert not is_probed(host)


@pytest.mark.parametrize("host", ["news.example", "notvk.com", "vk.com.example", "xn--80ak6aa92e.example", "me", ""])
def test_any_other_site_is_probed_however_its_name_ends(host: str) -> None:
    assert is_probed(host)


def test_a_page_that_looks_as_before_has_not_changed() -> None:
    assert not changed(REACHED, replace(REACHED, at=NOW + timedelta(days=1)))


@pytest.mark.parametrize(
    "after",
    [
        replace(REACHED, final="https://news.example/"),
        replace(REACHED, title="Страница не найдена"),
        replace(REACHED, title=None),
    ],
    ids=["another final address", "another title", "no title any more"],
)
def test_a_page_changes_when_it_opens_elsewhere_or_under_another_title(after: Probe) -> None:
    assert changed(REACHED, after)


@pytest.mark.parametrize("result", NOT_REACHED)
def test_what_did_not_open_then_or_does_not_open_now_has_not_changed(result: ProbeResult) -> None:
    unreached = replace(REACHED, result=result, final=None, title=None)
    assert not changed(REACHED, unreached)
    assert not changed(unreached, REACHED)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("  Новости\r\n\t района ", "Новости района"),
        ("Но\u00adво\u202eсти\x00\x1b[31m", "Новости[31m"),
        ("а\u2028б\u0085в", "а б в"),
        ("я" * 500, "я" * LONGEST_TITLE),
    ],
    ids=["breaks", "invisible", "rare breaks", "too long"],
)
def test_a_title_is_shown_in_one_line_without_what_cannot_be_seen(title: str, shown: str) -> None:
    assert one_line(title) == shown


@pytest.mark.parametrize("title", ["", " \n\t", "\u200b\u202e", "\x00"])
def test_of_a_title_of_nothing_visible_nothing_is_left(title: str) -> None:
    assert one_line(title) is None


@given(st.text())
def test_whatever_a_title_holds_it_stays_short_and_in_one_line(title: str) -> None:
    shown = one_line(title)
    assert shown is None or (0 < len(shown) <= LONGEST_TITLE and len(shown.splitlines()) == 1)
    assert shown is None or shown == one_line(shown)
