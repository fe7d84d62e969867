"""Delivery is tested on both engines."""

from tests.db.conftest import database, postgres_url

__all__ = ["database", "postgres_url"]
