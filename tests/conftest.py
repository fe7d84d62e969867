"""What tests of several rooms share."""

from collections.abc import AsyncIterator

import pytest

import handlers
from bot.demo_samples import sample_gazetteer
from bot.dialogue.services import Services
from bot.matching.index import ListingIndex
from bot.places.gazetteer import Gazetteer
from db.connect import connect
from db.database import Database
from db.migrate import migrate


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """Every real municipality and the samples."""
    return sample_gazetteer()


@pytest.fixture(scope="session")
def dialogues() -> None:
    """Every dialogue, registered."""
    handlers.register_all()


@pytest.fixture
async def database() -> AsyncIterator[Database]:
    """An empty database in memory."""
    opened = await connect("sqlite://")
    await migrate(opened)
    yield opened
    await opened.close()


@pytest.fixture
def services(gazetteer: Gazetteer, dialogues: None) -> Services:
    """The pure rooms with an empty index of listings."""
    return Services(gazetteer, ListingIndex())
