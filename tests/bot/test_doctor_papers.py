"""What the doctor says of papers, templates, work in hand and the digest."""

from datetime import datetime, timedelta

import pytest

from bot import beside
from bot.clock import MachineClock
from bot.doctor.digests import look_at_digests
from bot.doctor.finding import Finding
from bot.doctor.papers import STUCK_AFTER, look_at_papers
from risk.digest_rules import digest_due_at
from risk.jobs import JobKind
from risk.use_cases.digesting import post_digests
from tests.support.offices import NOW, Offices

HOUR = timedelta(hours=1)


class ToldTime(MachineClock):
    moment = NOW

    def now(self) -> datetime:
        return self.moment


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "MachineClock", ToldTime)
    monkeypatch.setattr(ToldTime, "moment", NOW)


async def papers(offices: Offices, words: str) -> list[Finding]:
    return [each for each in await look_at_papers(offices.path) if words in each.says]


async def test_files_that_no_paper_needs_are_counted(offices: Offices) -> None:
    [found] = await papers(offices, "Папка бумаг")
    assert (found.fine, found.says) == (True, "Папка бумаг: файлов 0, 0 МБ.")
    folder = offices.path.parent / "papers"
    folder.mkdir()
    (folder / "1-1.docx").write_bytes(b"left")
    [found] = await papers(offices, "Папка бумаг")
    assert "файлов 1, 1 МБ, лишних 1" in found.says


async def test_a_folder_that_cannot_be_written_is_told(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what the system says of it: whoever runs the tests may write everywhere."""
    monkeypatch.setattr("os.access", lambda *_: False)
    [found] = await papers(offices, "Папка бумаг")
    assert not found.fine
    assert "закрыта для записи" in found.says


async def test_a_template_that_does_not_open_is_named(offices: Offices) -> None:
    assert await papers(offices, "Бланк") == []
    template = offices.path.parent / "templates" / "office" / "memo.docx"
    template.parent.mkdir(parents=True)
    template.write_bytes(b"no archive")
    [found] = await papers(offices, "Бланк не подходит")
    assert not found.fine
    assert str(template) in found.says


@pytest.mark.parametrize(("age", "is_fine"), [(STUCK_AFTER, True), (STUCK_AFTER + timedelta(minutes=1), False)])
async def test_work_that_waits_for_more_than_an_hour_is_stuck(offices: Offices, age: timedelta, is_fine: bool) -> None:
    assert [each.fine for each in await papers(offices, "Работы в очереди нет")] == [True]
    async with offices.ours.uow() as unit:
        await unit.jobs.plan(JobKind.MAKE_PAPER, 1, NOW - age)
        await unit.commit()
    [found] = await papers(offices, "Работы в очереди: 1")
    assert found.fine is is_fine


async def digest(offices: Offices) -> Finding:
    return next(each for each in await look_at_digests(offices.path) if offices.ours.plan.title in each.says)


async def test_it_is_told_when_the_digest_comes_and_whether_it_has(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = offices.ours.plan
    day = plan.calendar.local(NOW).date()
    while not plan.calendar.is_working_day(day):
        day += timedelta(days=1)
    due = digest_due_at(plan, day)
    monkeypatch.setattr(ToldTime, "moment", due - HOUR)
    assert "сегодняшний впереди" in (await digest(offices)).says
    monkeypatch.setattr(ToldTime, "moment", due + HOUR)
    assert "сегодняшнего нет" in (missing := await digest(offices)).says
    assert not missing.fine
    await post_digests(uow=offices.ours.uow, view=offices.ours.view, now=due + HOUR)
    found = await digest(offices)
    assert found.fine
    assert "ждёт отправки" in found.says


async def test_a_chat_bound_after_the_hour_is_told_of_its_first_digest(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = digest_due_at(offices.ours.plan, offices.ours.plan.calendar.local(NOW).date())
    async with offices.ours.uow() as unit:
        await unit.chats.bind_alert_chat(offices.ours.chat, due + HOUR / 2)
        await unit.commit()
    monkeypatch.setattr(ToldTime, "moment", due + HOUR)
    found = await digest(offices)
    assert found.fine
    assert "первый придёт в следующий раз" in found.says
