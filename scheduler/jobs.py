"""The table of ticks: what the clock does by itself, and how often."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

Tick = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    name: str
    every: timedelta
    tick: Tick


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticks:
    """What the wiring must supply, one for each line of the table."""

    wake_courier: Tick
    prove_database: Tick
    note_overdue: Tick
    settle_appeals: Tick
    watch_exports: Tick
    post_digests: Tick
    plan_memos: Tick
    watch_digests: Tick
    nudge: Tick
    watch_reminders: Tick
    probe_links: Tick
    look_for_exports: Tick
    sweep_papers: Tick
    hand_duty_over: Tick
    note_absences_turning: Tick
    retry_refused_cards: Tick
    forget_payloads: Tick
    close_abandoned_drafts: Tick
    close_abandoned_records: Tick
    lapse_note_offers: Tick
    forget_old_receipts: Tick
    purge: Tick
    count_strangers: Tick
    leave_unbound_groups: Tick


def job_table(ticks: Ticks) -> tuple[Job, ...]:
    return (
        Job(name="wake courier", every=timedelta(seconds=5), tick=ticks.wake_courier),
        Job(name="prove database", every=timedelta(seconds=5), tick=ticks.prove_database),
        Job(name="note overdue", every=timedelta(seconds=15), tick=ticks.note_overdue),
        Job(name="settle appeals", every=timedelta(seconds=10), tick=ticks.settle_appeals),
        Job(name="watch exports", every=timedelta(minutes=1), tick=ticks.watch_exports),
        Job(name="post digests", every=timedelta(seconds=20), tick=ticks.post_digests),
        Job(name="plan memos", every=timedelta(minutes=1), tick=ticks.plan_memos),
        Job(name="watch digests", every=timedelta(seconds=20), tick=ticks.watch_digests),
        Job(name="nudge", every=timedelta(seconds=20), tick=ticks.nudge),
        Job(name="watch reminders", every=timedelta(hours=1), tick=ticks.watch_reminders),
        Job(name="probe links", every=timedelta(minutes=1), tick=ticks.probe_links),
        Job(name="sweep papers", every=timedelta(hours=1), tick=ticks.sweep_papers),
        Job(name="look for exports", every=timedelta(seconds=10), tick=ticks.look_for_exports),
        Job(name="hand duty over", every=timedelta(seconds=20), tick=ticks.hand_duty_over),
        Job(name="note absences turning", every=timedelta(minutes=1), tick=ticks.note_absences_turning),
        Job(name="retry refused cards", every=timedelta(minutes=15), tick=ticks.retry_refused_cards),
        Job(name="forget payloads", every=timedelta(seconds=20), tick=ticks.forget_payloads),
        Job(name="close abandoned drafts", every=timedelta(hours=1), tick=ticks.close_abandoned_drafts),
        Job(name="close abandoned records", every=timedelta(hours=1), tick=ticks.close_abandoned_records),
        Job(name="lapse note offers", every=timedelta(hours=1), tick=ticks.lapse_note_offers),
        Job(name="forget old receipts", every=timedelta(hours=6), tick=ticks.forget_old_receipts),
        Job(name="purge", every=timedelta(hours=1), tick=ticks.purge),
        Job(name="count strangers", every=timedelta(minutes=20), tick=ticks.count_strangers),
        Job(name="leave unbound groups", every=timedelta(minutes=10), tick=ticks.leave_unbound_groups),
    )
