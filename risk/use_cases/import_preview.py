"""What a file would change, reckoned before it counts."""

from collections.abc import Sequence
from dataclasses import replace

from risk.export_columns import Field
from risk.imports import Import
from risk.ports import UnitOfWork
from risk.staging import Derivation, Lacking, untold


async def compared(unit: UnitOfWork, one: Import) -> Import:
    """With what it would change as things stand now. The caller commits."""
    if one.source is None:
        return one
    counts = await unit.staging.compare(one)
    absent = one.found.absent
    lacking = await unit.staging.lacking(one.id, untold=untold(absent))
    if lacking:
        await fill_lacking(unit, lacking, absent, Derivation(unit.office.plan))
        counts = await unit.staging.compare(one)
    return replace(
        one,
        found=replace(
            one.found,
            new=counts.new,
            changed=counts.changed,
            same=counts.same,
            newer=counts.newer,
            vanished=counts.vanished,
            in_period=counts.in_period,
        ),
    )


async def fill_lacking(
    unit: UnitOfWork, rows: Sequence[Lacking], absent: Sequence[Field], derivation: Derivation
) -> None:
    """What the file has no columns for is taken from what is known. The caller commits."""
    await unit.staging.fill([(each.row, derivation.of_lacking(each, absent)) for each in rows])
