"""Links to the published answer: when each is probed again, what a probe or a person's look changes; no fetching.

While the risk is open its links are looked at daily, after closure weekly for 60 days. Pages of platforms are looked at
by people alone (see `risk.probes.is_probed`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from risk.ids import PositionId
from risk.probes import Probe, ProbeResult, changed, is_probed
from risk.risks import Risk
from risk.workings import EndingKind, Publication, Working

WHILE_OPEN: Final = timedelta(days=1)
AFTER_CLOSURE: Final = timedelta(days=7)
WATCHED_AFTER_CLOSURE: Final = timedelta(days=60)

_WATCHED_ENDINGS: Final = frozenset({EndingKind.CRITERIA, EndingKind.OVERRIDE})
"""After the others the published answer is of another round, of another risk, or there is none."""


def next_probe_at(risk: Risk, working: Working) -> datetime | None:
    """When the first of the round's links is due; None when none is to be probed any more."""
    return min(_due_at(risk, working).values(), default=None)


def links_due(risk: Risk, working: Working, now: datetime) -> Sequence[Publication]:
    due_at = _due_at(risk, working)
    return [each for each in working.publications if each.link in due_at and due_at[each.link] <= now]


def probed(publication: Publication, probe: Probe) -> Publication:
    """The publication after the probe. What cannot be told leaves it in its place, or out of it, as it was."""
    after = replace(publication, last=probe)
    if probe.result is ProbeResult.GONE:
        return replace(after, missing_since=publication.missing_since or probe.at)
    if probe.result is not ProbeResult.REACHED:
        return after
    first = publication.first or probe
    changed_since = (publication.changed_since or probe.at) if changed(first, probe) else None
    return replace(after, first=first, missing_since=None, changed_since=changed_since)


def seen(publication: Publication, by: PositionId, at: datetime) -> Publication:
    """Somebody looked and found it in its place, as it should be: a change is measured from here on."""
    first, last = publication.first, publication.last
    if last is not None and last.result is ProbeResult.REACHED:
        first = last
    elif publication.changed_since is not None:
        first = None
    return replace(publication, seen_by=by, seen_at=at, missing_since=None, changed_since=None, first=first)


def is_cause_for_return(before: Publication, after: Publication) -> bool:
    """Whether it has gone, or become another page, since the look before: said once, not at each look."""
    is_gone = before.missing_since is None and after.missing_since is not None
    return is_gone or (before.changed_since is None and after.changed_since is not None)


def awaits_a_person(publication: Publication) -> bool:
    """Whether the machine cannot tell, or not alone, and nobody has looked since."""
    last = publication.last
    if last is None or (publication.seen_at is not None and publication.seen_at >= last.at):
        return False
    return publication.changed_since is not None or last.result not in {ProbeResult.REACHED, ProbeResult.GONE}


def _due_at(risk: Risk, working: Working) -> Mapping[str, datetime]:
    """Of each link that is probed at all, when."""
    every, until = _rhythm(risk, working)
    if every is None:
        return MappingProxyType({})
    due = {each.link: _after(each, every) for each in working.publications if _is_probed(each)}
    return MappingProxyType({link: at for link, at in due.items() if until is None or at <= until})


def _rhythm(risk: Risk, working: Working) -> tuple[timedelta | None, datetime | None]:
    """How often the links of the round are looked at, and until when."""
    ending = working.ending
    if risk.round != working.round:
        return None, None
    if ending is None:
        return (WHILE_OPEN if risk.is_open else None), None
    return (AFTER_CLOSURE if ending.kind in _WATCHED_ENDINGS else None), ending.at + WATCHED_AFTER_CLOSURE


def _after(publication: Publication, every: timedelta) -> datetime:
    return publication.added_at if publication.last is None else publication.last.at + every


def _is_probed(publication: Publication) -> bool:
    """The link of a risk that was closed long ago may have gone with its other words."""
    host, _, _ = publication.link.partition("/")
    return bool(host) and is_probed(host.partition("?")[0])
