"""Lends the tests of this folder two staffed offices in a temporary database."""

from tests.support.offices import office, offices, offices_file

__all__ = ["office", "offices", "offices_file"]
