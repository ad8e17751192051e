"""Lends the tests of this folder two staffed offices in a temporary database, and the courier's book of them."""

import pytest

from storage.delivery import Deliveries
from tests.support.offices import Offices, office, offices, offices_file

__all__ = ["office", "offices", "offices_file"]


@pytest.fixture
def deliveries(offices: Offices) -> Deliveries:
    return Deliveries(offices.database, boot="this run")
