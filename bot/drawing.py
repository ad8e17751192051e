"""Prints the drawing of a risk's states out of the table of moves, for docs/ru/states.md."""

import sys
from collections.abc import Iterator

from handlers.views.moves import MOVES
from handlers.views.working import STATES
from risk.moves import STEPS
from risk.risks import CLOSED_STATES, OPEN_STATES, RiskState

_HEADING = """# Как ходит риск

Этот рисунок сделан из таблицы `risk/moves.py` командой `make states`; тест сверяет их.
Открытые состояния — сверху, закрытые — снизу. «Вернуть в работу» начинает новый круг, прежний остаётся в истории.
Исправление размещённого ответа состояния не меняет: прежний текст действует, пока исправление не размещено.
"""


def drawing() -> str:
    return "\n".join([_HEADING, "```mermaid", "stateDiagram-v2", *_lines(), "```", ""])


def _lines() -> Iterator[str]:
    yield f"    [*] --> {RiskState.FILED}"
    for state in RiskState:
        yield f"    {state}: {STATES[state]}"
    for move, step in STEPS.items():
        if step.out_of == OPEN_STATES:
            continue
        for state in RiskState:
            if state in step.out_of:
                yield f"    {state} --> {step.into}: {MOVES[move]}"
    for state in RiskState:
        if state in CLOSED_STATES:
            yield f"    {state} --> [*]"
    anywhere = [f"«{MOVES[move]}» → {STATES[step.into]}" for move, step in STEPS.items() if step.out_of == OPEN_STATES]
    yield f"    note right of {RiskState.FILED}: из любого открытого состояния — {'; '.join(anywhere)}"


if __name__ == "__main__":
    sys.stdout.write(drawing())
