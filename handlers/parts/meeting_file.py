"""A meeting as a calendar file, made when it is sent, so that it is always the meeting as it stands."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.dialogue.announce import spoken
from bot.errors import NotFound
from bot.meetings.calendar import MEDIA_TYPE, invitation
from bot.model.meeting import Meeting
from db.database import Transaction
from db.stores import Stores

NAMES = {"uk": "zustrich", "pl": "spotkanie", "en": "meeting"}


async def load(tx: Transaction, args: Mapping[str, Any]) -> Meeting:
    """The meeting of the file.

    Raises:
        NotFound: It is not here any more.
    """
    called = await Stores(tx).meetings.get(args["meeting"])
    if called is None:
        raise NotFound("no such meeting")
    return spoken(called.meeting)


def cook(meeting: Meeting, language: str, zone: str) -> tuple[str, str, bytes]:
    """Name, media type and bytes of the calendar file; a cancelled meeting gives its cancellation."""
    name = f"{NAMES[language]}-{meeting.start[:10]}.ics"
    return name, MEDIA_TYPE, invitation(meeting, language, datetime.now(UTC))
