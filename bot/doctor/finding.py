"""What the doctor found: one line, and whether anything is to be done."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    fine: bool
    says: str


def fine(says: str) -> Finding:
    return Finding(fine=True, says=says)


def amiss(says: str) -> Finding:
    return Finding(fine=False, says=says)
