"""Short words for the tests of working a risk: presses on its card, records filled to their end, rounds as needed."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from risk.events import Event, EventKind
from risk.ids import ObligationId, PositionId, RiskId, RoleKey
from risk.link_watch import next_probe_at
from risk.offices import OfficePlan, PublicationKind
from risk.people import Actor
from risk.probes import Probe, ProbeResult
from risk.records import CHOSEN, OF_OWED, Record, RecordKind
from risk.risks import Risk, RiskState
from risk.use_cases.owing import settle_owed
from risk.use_cases.record_answers import RecordWords
from risk.use_cases.recording import (
    ChooseInRecord,
    OpenOwedRecord,
    OpenRecord,
    choose_in_record,
    open_owed_record,
    open_record,
    take_record_words,
)
from risk.use_cases.working import OfRisk, publish_answer, take_up
from risk.workings import Answer, Finding, Measure, Outcome, Publication, Unknown, Working
from storage import tables
from storage.mapping import PLAN as PLAN_ADAPTER
from storage.mapping import dumped
from tests.support.offices import NOW, Offices, StaffedOffice, part

SOME_DAY: Final = date(2026, 12, 1)
LINK: Final = "vk.com/wall-2_9"
SITE: Final = "novosti.example/9"
"""A link that is probed; that one is not."""
TITLE: Final = "Вода есть"
PHONE: Final = "8 (81669) 5-55-55"

WORDS: Final = "Водоканал подтвердил аварию"
"""Grounds, in the records that ask for them."""


@dataclass(frozen=True)
class Pressed:
    """An answer by a button where words would do as well."""

    value: str


async def now_is(office: StaffedOffice, risk: Risk) -> Risk:
    async with office.view() as view:
        stored = await view.risks.get(risk.id)
    assert stored is not None
    return stored


async def round_of(office: StaffedOffice, risk: Risk) -> Working:
    """The one that the risk is in."""
    async with office.view() as view:
        stored = await view.risks.get(risk.id)
        assert stored is not None
        return await view.workings.current(stored)


async def rounds_of(office: StaffedOffice, risk: Risk) -> Sequence[Working]:
    async with office.view() as view:
        return await view.workings.all_of(risk.id)


async def story(office: StaffedOffice, risk: Risk) -> Sequence[Event]:
    async with office.view() as view:
        return await view.events.of_risk(risk.id)


async def last_event(office: StaffedOffice, risk: Risk) -> Event:
    return (await story(office, risk))[-1]


async def kinds(office: StaffedOffice, risk: Risk) -> list[EventKind]:
    return [event.kind for event in await story(office, risk)]


async def seat_of(office: StaffedOffice, role: RoleKey, *, number: int | None = None) -> PositionId:
    async with office.view() as view:
        positions = await view.people.positions()
    return next(each.id for each in positions if each.role == role and number in {None, each.number})


async def presses(
    office: StaffedOffice,
    use_case: Callable[..., Awaitable[Any]],
    risk: Risk,
    *,
    by: Actor | None = None,
    now: datetime = NOW,
) -> None:
    """On the card as it stands."""
    of_risk = OfRisk(risk=risk.id, round=(await now_is(office, risk)).round)
    await use_case(of_risk, actor=by or office.olga, uow=office.uow, now=now)


async def opens(
    office: StaffedOffice,
    risk: Risk,
    kind: RecordKind,
    *,
    by: Actor | None = None,
    item: int = 0,
    now: datetime = NOW,
) -> Record:
    author = by or office.olga
    place = office.private(author)
    if kind in OF_OWED:
        of_owed = OpenOwedRecord(owed=ObligationId(item), kind=kind, place=place)
        await open_owed_record(of_owed, actor=author, uow=office.uow, now=now)
    else:
        number = (await now_is(office, risk)).round
        command = OpenRecord(risk=risk.id, round=number, kind=kind, item=item, place=place)
        await open_record(command, actor=author, uow=office.uow, now=now)
    opened = await open_record_of(office, author)
    assert opened is not None
    return opened


async def open_record_of(office: StaffedOffice, author: Actor) -> Record | None:
    async with office.view() as view:
        person = await view.people.find(author.address)
        assert person is not None
        return next(iter(await view.records.open_of(person)), None)


async def says(office: StaffedOffice, words: str, *, by: Actor | None = None, now: datetime = NOW) -> bool:
    author = by or office.olga
    command = RecordWords(part=part(words), place=office.private(author), typed=words)
    return await take_record_words(command, actor=author, uow=office.uow, now=now)


async def chooses(
    office: StaffedOffice, record: Record, value: str, *, by: Actor | None = None, now: datetime = NOW
) -> None:
    assert record.asked is not None
    command = ChooseInRecord(record=record.id, field=record.asked, value=value)
    await choose_in_record(command, actor=by or office.olga, uow=office.uow, now=now)


async def puts(
    office: StaffedOffice,
    risk: Risk,
    kind: RecordKind,
    *answers: str | Pressed,
    by: Actor | None = None,
    item: int = 0,
    now: datetime = NOW,
) -> None:
    """A record from its opening to its last answer."""
    author = by or office.olga
    await opens(office, risk, kind, by=author, item=item, now=now)
    for answer in answers:
        record = await open_record_of(office, author)
        assert record is not None, "more answers than questions"
        if isinstance(answer, Pressed) or record.asked in CHOSEN:
            value = answer.value if isinstance(answer, Pressed) else answer
            await chooses(office, record, value, by=author, now=now)
        else:
            assert await says(office, answer, by=author, now=now)
    assert await open_record_of(office, author) is None, "more questions than answers"


async def verified(office: StaffedOffice, risk: Risk, kind: RecordKind = RecordKind.CONFIRMED) -> None:
    """By Ivan, from its filing on."""
    await presses(office, take_up, risk, by=office.ivan)
    await puts(office, risk, kind, WORDS, by=office.ivan)


async def drafted(office: StaffedOffice, risk: Risk, *, by: Actor | None = None, now: datetime = NOW) -> None:
    words = (f"Авария устранена. Диспетчер: {PHONE}.", "сайт администрации")
    await puts(office, risk, RecordKind.ANSWER, *words, by=by, now=now)


async def watched(office: StaffedOffice, risk: Risk, *, now: datetime = NOW) -> None:
    """Confirmed, answered and published at this moment."""
    await verified(office, risk)
    await drafted(office, risk, now=now)
    await presses(office, publish_answer, risk, now=now)


async def put(office: StaffedOffice, risk: Risk, state: RiskState, **known: Any) -> Risk:
    """The risk in this state, with what is known of its round, whoever may have done it."""
    moved = replace(await now_is(office, risk), state=state)
    async with office.uow() as unit:
        await unit.risks.save(moved)
        working = replace(await unit.workings.current(moved), **known)
        await unit.workings.save(working, probe_at=next_probe_at(moved, working))
        await settle_owed(unit, moved, working, NOW)
        await unit.commit()
    return moved


async def changed_plan(offices: Offices, **changes: Any) -> OfficePlan:
    """Our office's plan from now on."""
    plan = replace(offices.ours.plan, **changes)
    async with offices.database.write() as connection:
        ours = tables.offices.c.id == offices.ours.id
        await connection.execute(tables.offices.update().where(ours).values(plan=dumped(PLAN_ADAPTER, plan)))
        await connection.commit()
    return plan


def finding(by: PositionId, outcome: Outcome = Outcome.CONFIRMED) -> Finding:
    return Finding(outcome=outcome, grounds=WORDS, by=by, at=NOW)


def answer(by: PositionId, **more: Any) -> Answer:
    return Answer(text="Авария устранена", platforms="сайт администрации", drafted_by=by, drafted_at=NOW, **more)


def published(by: PositionId, at: datetime = NOW) -> Answer:
    return answer(by, published_by=by, published_at=at)


def publication(by: PositionId, kind: PublicationKind = PublicationKind.BODY_PAGE, **more: Any) -> Publication:
    return Publication(link=more.pop("link", LINK), kind=kind, added_by=by, added_at=NOW, **more)


def probe(result: ProbeResult = ProbeResult.REACHED, at: datetime = NOW, **more: Any) -> Probe:
    """Of a page that is called as the one before."""
    reached = result is ProbeResult.REACHED
    known = {"address": f"https://{SITE}", "final": f"https://{SITE}", "title": TITLE if reached else None, **more}
    return Probe(**{"result": result, "status": 200 if reached else None, "at": at, **known})


def measure(by: PositionId, **more: Any) -> Measure:
    return Measure(what="Подвоз воды", position=by, until=SOME_DAY, **more)


def unknown(of: PositionId, **more: Any) -> Unknown:
    return Unknown(question="Когда пустят воду?", asked=of, until=SOME_DAY, **more)


def working(**known: Any) -> Working:
    """A first round of a risk that stands in no database."""
    return Working(**{"risk": RiskId(1), "round": 1, "watcher": PositionId(5), **known})
