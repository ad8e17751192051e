"""The loopback port: what is pending, waiting for rest, and office time for a sandbox alone."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from bot.clock import OfficeClock
from bot.status import Ahead, DueMoment, Pending, StatusPort, StatusReport, StatusSource
from tests.support.offices import NOW

REPORT = StatusReport(
    kind="sandbox", bot="mcu_bot", office_time="сейчас", pending=Pending(updates=1, sending=2, ticks=3)
)
TOLD: dict[str, Any] = {
    "kind": "sandbox",
    "bot": "mcu_bot",
    "office_time": "сейчас",
    "pending": {"updates": 1, "sending": 2, "ticks": 3},
}


class Program:
    """What the port asks of the running program."""

    def __init__(self) -> None:
        self.clock = OfficeClock(lambda: NOW)
        self.resting = asyncio.Event()
        self.set_up = True
        self.begun_anew = False

    async def at_rest(self) -> None:
        await self.resting.wait()

    async def move_time(self, moment: datetime) -> None:
        self.clock.move_to(moment)

    def source(self, *, is_sandbox: bool) -> StatusSource:
        if not is_sandbox:
            return StatusSource(report=lambda: REPORT, at_rest=self.at_rest, move_time=None)
        return StatusSource(
            report=lambda: REPORT,
            at_rest=self.at_rest,
            move_time=self.move_time,
            ahead=self.ahead,
            begin_anew=self.begin_anew,
        )

    async def ahead(self) -> Ahead:
        return Ahead(now="сейчас", mornings={"МЦУ": "утром"}, due=(DueMoment(at="потом", office="МЦУ", what="что-то"),))

    def begin_anew(self) -> bool:
        self.begun_anew = self.set_up
        return self.set_up


@pytest.fixture
def program() -> Program:
    return Program()


@pytest.fixture(params=[True])
async def port(request: pytest.FixtureRequest, program: Program) -> AsyncIterator[httpx.AsyncClient]:
    status = StatusPort(program.source(is_sandbox=request.param), 0)
    await status.start()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{status.port}", trust_env=False) as client:
        yield client
    await status.stop()


in_production = pytest.mark.parametrize("port", [False], indirect=True)


async def test_it_tells_what_is_pending(port: httpx.AsyncClient) -> None:
    assert (await port.get("/status")).json() == TOLD


async def test_it_answers_once_all_is_at_rest(port: httpx.AsyncClient, program: Program) -> None:
    async with asyncio.TaskGroup() as group:
        asked = group.create_task(port.get("/rest", params={"wait": 10}))
        await port.get("/status")
        assert not asked.done()
        program.resting.set()
    assert (asked.result().status_code, asked.result().json()) == (200, TOLD)


async def test_it_says_what_is_pending_when_there_is_no_rest_in_time(port: httpx.AsyncClient) -> None:
    answer = await port.get("/rest", params={"wait": 0.01})
    assert (answer.status_code, answer.json()) == (504, TOLD)


@pytest.mark.parametrize("wait", ["вечность", "", "-1"])
async def test_a_wait_that_is_no_time_is_no_failure_of_the_program(port: httpx.AsyncClient, wait: str) -> None:
    assert (await port.get("/rest", params={"wait": wait})).status_code in {400, 504}


async def test_a_sandbox_moves_its_time_forward(port: httpx.AsyncClient, program: Program) -> None:
    answer = await port.post("/time", json={"to": "2026-11-20T20:00:00+03:00"})
    assert answer.status_code == 200
    assert program.clock.now() == datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"to": 5}',
        b'{"to": "2026"}',
        b'{"to": "2026-11-21T00:00:00"}',
        b'{"to": "2020-01-01T00:00Z"}',
    ],
    ids=["nothing", "a list", "no moment", "a number", "no date", "no zone", "the past"],
)
async def test_time_that_cannot_be_is_refused(port: httpx.AsyncClient, program: Program, body: bytes) -> None:
    answer = await port.post("/time", content=body)
    assert answer.status_code == 400
    assert program.clock.now() == NOW


@in_production
async def test_in_production_time_cannot_be_moved(port: httpx.AsyncClient, program: Program) -> None:
    answer = await port.post("/time", json={"to": "2026-11-20T20:00:00+03:00"})
    assert answer.status_code == 403
    assert program.clock.now() == NOW
    assert (await port.get("/status")).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:8091"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "localhost.evil.example:8091"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:8090"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/status", "/rest", "/time", "/due", "/begin-anew"])
async def test_a_page_of_some_site_is_refused(
    port: httpx.AsyncClient, program: Program, path: str, headers: dict[str, str]
) -> None:
    method = "POST" if path in {"/time", "/begin-anew"} else "GET"
    answer = await port.request(method, path, headers=headers, json={"to": "2026-11-20T20:00:00+03:00"})
    assert answer.status_code == 403
    assert program.clock.now() == NOW
    assert not program.begun_anew


async def test_a_sandbox_tells_what_is_ahead(port: httpx.AsyncClient) -> None:
    assert (await port.get("/due")).json() == [{"at": "потом", "office": "МЦУ", "what": "что-то"}]
    assert (await port.get("/time")).json() == {"now": "сейчас", "mornings": {"МЦУ": "утром"}}


async def test_a_sandbox_begins_anew_once_it_is_set_up(port: httpx.AsyncClient, program: Program) -> None:
    program.set_up = False
    assert (await port.post("/begin-anew")).status_code == 409
    program.set_up = True
    assert (await port.post("/begin-anew")).status_code == 202
    assert program.begun_anew


@in_production
@pytest.mark.parametrize(("method", "path"), [("GET", "/due"), ("GET", "/time"), ("POST", "/begin-anew")])
async def test_in_production_nothing_is_played(
    port: httpx.AsyncClient, program: Program, method: str, path: str
) -> None:
    assert (await port.request(method, path)).status_code == 403
    assert not program.begun_anew


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9", "localhost:8091"])
async def test_it_is_reached_under_the_machines_own_names(port: httpx.AsyncClient, host: str) -> None:
    assert (await port.get("/status", headers={"Host": host})).status_code == 200


async def test_it_listens_on_the_loopback_alone(program: Program) -> None:
    status = StatusPort(program.source(is_sandbox=True), 0)
    await status.start()
    assert [address[0] for address in status._runner.addresses] == ["127.0.0.1"]
    await status.stop()


async def test_a_taken_port_is_an_error(program: Program) -> None:
    first = StatusPort(program.source(is_sandbox=True), 0)
    await first.start()
    second = StatusPort(program.source(is_sandbox=True), first.port)
    with pytest.raises(OSError, match="in use"):
        await second.start()
    await second.stop()
    await first.stop()
