"""The inbox answers twenty messages of a flood, says one polite line, and drops the rest."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.channels.channel import Envelope
from bot.dialogue.services import Services
from bot.flood import A_MINUTE
from bot.inbox import SLOWLY, Inbox
from bot.model.incoming import Incoming
from db.database import Database

NOW = 1_795_424_400_000


class Wire:
    """A channel that reads ``sender|sent at|text``."""

    name = "web"

    def parse(self, raw: str) -> Incoming:
        sender, at, text = raw.split("|")
        return Incoming(f"web:{sender}", text=text, language="uk", sent_at=int(at))

    async def acknowledge(self, raw: str) -> None:
        """Nothing to do."""

    async def menu(self, address: str, language: str, roles: Sequence[str]) -> None:
        """Nothing to do."""


async def received(database: Database, services: Services, *raws: str, early: bool = False) -> list[Any]:
    """The outbox after all of it was handled; ``early`` if it came before the inbox was opened."""
    wire: Any = Wire()
    inbox = Inbox(database, services, [wire], wake=lambda: None, now=lambda: NOW)
    envelopes = [Envelope(key=str(n), raw=raw, lane=raw.split("|")[0]) for n, raw in enumerate(raws)]
    if early:
        await inbox.door(wire)(envelopes)
        await inbox.open()
    else:
        await inbox.open()
        await inbox.door(wire)(envelopes)
    await inbox.finish()
    assert not await database.run(
        lambda tx: tx.all("SELECT * FROM inbox WHERE state <> 'done'")
    )  # nothing is handled again after a restart
    return list(await database.run(lambda tx: tx.all("SELECT * FROM outbox ORDER BY seq")))


async def test_one_polite_line_and_then_silence(database: Database, services: Services) -> None:
    said = await received(database, services, *["mayor|0|/help"] * (A_MINUTE + 15), "clerk|0|/help")
    mayors = [row["message"] for row in said if row["address"] == "web:mayor"]
    assert sum(SLOWLY.text in message for message in mayors) == 1
    assert SLOWLY.text in mayors[-1]
    assert len(mayors) == A_MINUTE + 1
    assert any(row["address"] == "web:clerk" for row in said)


@pytest.mark.parametrize("waited", [5 * 60_000, 9 * 3_600_000])
async def test_what_waited_for_us_is_no_flood(database: Database, services: Services, waited: int) -> None:
    said = await received(database, services, *[f"mayor|{NOW - waited}|/help"] * (A_MINUTE + 15))
    assert not any(SLOWLY.text in row["message"] for row in said)


async def test_what_comes_while_the_bot_starts_is_answered_once(
    database: Database, services: Services
) -> None:
    said = await received(database, services, "mayor|0|/help", "clerk|0|/help", early=True)
    assert sorted(row["address"] for row in said) == ["web:clerk", "web:mayor"]
