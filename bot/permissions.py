"""Prints the document of who may do what, out of the code and the presets: `python -m bot.permissions`."""

import sys
from collections.abc import Iterator
from typing import Final

from bot.presets.loading import load_preset, preset_keys
from risk.offices import OPERATOR, OfficePlan, PowerLadder
from risk.powers import POWER_FOR, Power

_INTRODUCTION: Final = """\
# Permissions

Written by `make permissions` from `risk/powers.py` and `bot/presets/`; a test says when it is out of date.

A use case asks for one power before it does anything. An office's preset says which roles hold a power: all roles of a
step hold it at once; when nobody in the step is there, it falls to the next one (→), at last to the operator of the
server. What no preset could give is never permitted.
"""


def document() -> str:
    """`docs/permissions.md`, whole."""
    return "\n".join([*_introduction(), *_use_cases(), *_offices()]) + "\n"


def _introduction() -> Iterator[str]:
    yield from _INTRODUCTION.splitlines()
    yield ""


def _use_cases() -> Iterator[str]:
    yield "## What a use case asks for"
    yield ""
    yield "| use case, as `Action` names it | power |"
    yield "|---|---|"
    for action, power in sorted(POWER_FOR.items()):
        yield f"| `{action}` | `{power}` |"


def _offices() -> Iterator[str]:
    for key in preset_keys():
        plan = load_preset(key)
        yield ""
        yield f"## {plan.title} (`{key}`)"
        yield ""
        yield "| power | who holds it |"
        yield "|---|---|"
        for power in Power:
            yield f"| `{power}` | {_falling(plan.powers[power], plan)} |"


def _falling(ladder: PowerLadder, plan: OfficePlan) -> str:
    return " → ".join("every position" if step == plan.role_keys else _titles(step, plan) for step in ladder)


def _titles(step: frozenset[str], plan: OfficePlan) -> str:
    titles = [role.title for role in plan.roles if role.key in step]
    return "; ".join([*titles, *(["the operator"] if OPERATOR in step else [])])


if __name__ == "__main__":
    sys.stdout.write(document())
