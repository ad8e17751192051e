"""Looks at an installation from outside and says, line by line, what is fine and what to do about the rest."""

from bot.doctor.examination import examine
from bot.doctor.finding import Finding

__all__ = ["Finding", "examine"]
