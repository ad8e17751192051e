"""Numbers for whoever watches the program, in Prometheus' form: counts and seconds, and nothing that names anybody."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.delivery.outcomes import outcome_of
from bot.health import Part
from storage.vitals import Vitals

INBOX_STATES: Final = ("waiting", "done", "aside")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What stands at this moment. `vitals` is None when the database cannot be read."""

    ills: frozenset[Part]
    updates_in_hand: int
    sending: int
    clock_steps_back: int
    database_bytes: int
    free_bytes: int
    last_backup_at: datetime | None
    office_time: datetime
    vitals: Vitals | None


class Metrics:
    """One registry for each run of the program."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._worked = self._counter("mcu_updates_worked", "Updates brought to their end.")
        self._calls = self._counter("mcu_telegram_calls", "Calls to Telegram.", "method", "outcome")
        self._flood = self._counter("mcu_telegram_flood_wait_seconds", "Seconds that Telegram asked to wait.")
        self._failures = self._counter("mcu_tick_failures", "Ticks that failed.", "job")
        self._ticks = Histogram("mcu_tick_seconds", "How long ticks take.", ["job"], registry=self._registry)
        self._ready = self._gauge("mcu_ready", "1 when the part is ready.", "part")
        self._inbox = self._gauge("mcu_inbox_updates", "Receipts of updates that are kept, by state.", "state")
        self._gauges = {name: self._gauge(name, words) for name, words in _GAUGES.items()}
        self._backup: Gauge | None = None

    def update_worked(self) -> None:
        self._worked.inc()

    def tick(self, job: str) -> AbstractContextManager[object]:
        """Measures the tick for as long as it is open."""
        return self._ticks.labels(job).time()

    def tick_failed(self, job: str) -> None:
        self._failures.labels(job).inc()

    def called(self, method: str, outcome: str) -> None:
        self._calls.labels(method, outcome).inc()

    def asked_to_wait(self, seconds: float) -> None:
        self._flood.inc(seconds)

    def exposed(self, reading: Reading) -> bytes:
        """All of it, as Prometheus reads it."""
        for part in Part:
            self._ready.labels(part.value).set(part not in reading.ills)
        for name, value in _of_program(reading).items():
            self._gauges[name].set(value)
        if reading.vitals is not None:
            self._tell(reading.vitals, reading.office_time)
        if reading.last_backup_at is not None:
            self._backup_gauge().set(reading.last_backup_at.timestamp())
        return generate_latest(self._registry)

    def _tell(self, vitals: Vitals, office_time: datetime) -> None:
        for state in INBOX_STATES:
            self._inbox.labels(state).set(vitals.inbox.get(state, 0))
        self._gauges["mcu_offices"].set(vitals.offices)
        self._gauges["mcu_cards_due"].set(vitals.cards_due)
        self._gauges["mcu_notices_due"].set(vitals.notices_due)
        self._gauges["mcu_oldest_notice_due_seconds"].set(_age(vitals.oldest_due_at, office_time))
        self._gauges["mcu_work_waiting"].set(vitals.work_waiting)
        self._gauges["mcu_oldest_work_seconds"].set(_age(vitals.oldest_work_at, office_time))

    def _backup_gauge(self) -> Gauge:
        """Made when there is a backup to tell of: 0 would say that there was one in 1970."""
        if self._backup is None:
            self._backup = self._gauge("mcu_last_backup_timestamp_seconds", "When the last backup was made.")
        return self._backup

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(name, words, labels, registry=self._registry)

    def _gauge(self, name: str, words: str, *labels: str) -> Gauge:
        return Gauge(name, words, labels, registry=self._registry)


class CountedCalls(BaseRequestMiddleware):
    """Counts each call as it left, every repetition by itself."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        name = method.__api_method__
        try:
            answer = await make_request(bot, method)
        except TelegramAPIError as error:
            if isinstance(error, TelegramRetryAfter):
                self._metrics.asked_to_wait(error.retry_after)
            self._metrics.called(name, outcome_of(error).fate.value)
            raise
        except ClientDecodeError:
            self._metrics.called(name, "garbled")
            raise
        self._metrics.called(name, "ok")
        return answer


_GAUGES: Final = {
    "mcu_updates_in_hand": "Updates taken and not finished.",
    "mcu_messages_in_flight": "Messages on their way.",
    "mcu_clock_steps_back": "How often the machine's clock was set back.",
    "mcu_database_bytes": "Size of the database and its write-ahead log.",
    "mcu_disk_free_bytes": "Room left where the database lies.",
    "mcu_offices": "Offices of this installation.",
    "mcu_cards_due": "Standing messages that do not show what they should.",
    "mcu_notices_due": "Notices that should have been sent by now.",
    "mcu_oldest_notice_due_seconds": "For how long the oldest of them has been due.",
    "mcu_work_waiting": "Long work (imports, pictures, papers) that waits or is in hand.",
    "mcu_oldest_work_seconds": "For how long the oldest of it has been asked for.",
}


def _age(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else (now - since).total_seconds()


def _of_program(reading: Reading) -> dict[str, float]:
    return {
        "mcu_updates_in_hand": reading.updates_in_hand,
        "mcu_messages_in_flight": reading.sending,
        "mcu_clock_steps_back": reading.clock_steps_back,
        "mcu_database_bytes": reading.database_bytes,
        "mcu_disk_free_bytes": reading.free_bytes,
    }
