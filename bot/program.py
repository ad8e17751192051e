"""What to type to run this program here, for hints that people copy."""

import sys
from pathlib import Path

INSTALLED = "mcu-pilot"


def program() -> str:
    """«mcu-pilot» when it was started so, else the interpreter in use with `-m bot`."""
    if Path(sys.argv[0]).name == INSTALLED:
        return INSTALLED
    interpreter = Path(sys.executable)
    here = Path.cwd()
    shown = interpreter.relative_to(here) if interpreter.is_relative_to(here) else interpreter
    return f"{shown} -m bot"
