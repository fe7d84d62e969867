"""One gazetteer for all tests of this folder: it is immutable and takes a moment to load."""

import pytest

from bot.places import Gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.embedded()
