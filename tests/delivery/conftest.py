"""Delivery is tested on both engines."""

import pytest

from db.database import Database
from tests.db.conftest import database, postgres_url
from tests.delivery.office import Office

__all__ = ["database", "postgres_url"]


@pytest.fixture
async def office(database: Database) -> Office:
    return Office(database)
