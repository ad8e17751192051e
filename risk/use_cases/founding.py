"""The founding of an office; how people come to its positions is in `inviting` and `entering`."""

from datetime import datetime

from risk.ids import OfficeId
from risk.offices import OfficePlan
from risk.ports import Registry


async def found_office(plan: OfficePlan, *, registry: Registry, now: datetime) -> OfficeId:
    """Make an office of its plan, with its seats vacant. The operator's shell alone may do this."""
    return await registry.found(plan, now=now)
