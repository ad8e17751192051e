"""Which program this is, and what to type to run it here, for hints that people copy."""

import sys
from importlib import metadata
from pathlib import Path

INSTALLED = "mcu-pilot"


def version() -> str:
    """Of the installed distribution; a source tree that was never installed has none to tell."""
    try:
        return metadata.version(INSTALLED)
    except metadata.PackageNotFoundError:
        return "без версии"


def program() -> str:
    """«mcu-pilot» when it was started so, else the interpreter in use with `-m bot`."""
    if Path(sys.argv[0]).name == INSTALLED:
        return INSTALLED
    interpreter = Path(sys.executable)
    here = Path.cwd()
    shown = interpreter.relative_to(here) if interpreter.is_relative_to(here) else interpreter
    return f"{shown} -m bot"
