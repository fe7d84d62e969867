"""Plays a conversation written down as text and writes down what really happened.

A transcript is read by people who know no Python:

    # What this conversation shows.
    mayor: uk
    clerk: pl
    ---
    mayor > /start
    mayor < Вітаю! …
            [Українська] [Polski] [English]
    mayor > [Українська]
    mayor ✓ Українська
    * 3 days pass

``>`` is what a person writes, ``[…]`` a pressed button, ``@lat,lon`` a shared place, ``!voice`` a thing
that is not text; ``<`` is what the bot answers, ``✓`` an answered question. ``*`` is what happens around
them: time passes, the bot restarts, a coordinator or an official is invited.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from textwrap import indent

from bot.dialogue.services import Services
from bot.i18n import HOME_ZONES, draw
from bot.inbox import answer
from bot.jobs import Jobs
from bot.model.incoming import Incoming, Location
from bot.model.message import Reply
from db.database import Database, Transaction
from db.stores import Stores
from db.stores.invitations import LIFE, Invitation

BEGINS = 1_795_424_400_000  # Monday 23 November 2026, 09:00 UTC: a working day
_PASSES = re.compile(r"(\d+) (minute|hour|day)s? pass(?:es)?")
_UNITS = {"minute": 60_000, "hour": 3_600_000, "day": 86_400_000}


@dataclass(slots=True)
class Player:
    """One person of a transcript."""

    name: str
    language: str
    buttons: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"web:{self.name}"


class Play:
    """A running conversation; ``script`` becomes the transcript of what happened."""

    def __init__(self, database: Database, services: Services, jobs: Jobs, players: Sequence[Player]) -> None:
        self._database = database
        self._services = services
        self._jobs = jobs
        self._players = {player.name: player for player in players}
        self._now = BEGINS
        self._shown = 0
        self._codes: dict[str, str] = {}
        self.script: list[str] = []

    async def perform(self, line: str) -> None:
        """Do what one line of a transcript says, and write down what comes of it."""
        if line.startswith("* "):
            self.script.append(line)
            await self._happen(line[2:])
        else:
            name, text = line.split(" > ", 1)
            self.script.append(line)
            await self._say(self._players[name], text)
        await self._jobs.run_due(self._now)
        await self._write_down()

    async def _say(self, player: Player, text: str) -> None:
        incoming = self._incoming(player, text)
        self._now += 1000
        now = self._now

        async def unit(tx: Transaction) -> None:
            await answer(tx, self._services, incoming, now)

        await self._database.run(unit)

    def _incoming(self, player: Player, text: str) -> Incoming:
        if text.startswith("[") and text.endswith("]"):
            return Incoming(player.address, handle=player.buttons[text[1:-1]], language=player.language)
        if text.startswith("@"):
            lat, lon = map(float, text[1:].split(","))
            return Incoming(player.address, location=Location(lat, lon), language=player.language)
        if text.startswith("!"):
            return Incoming(player.address, refused=text[1:], language=player.language)
        typed = re.sub(r"\{(\w+)\}", lambda m: self._codes.get(m[1], m[0]), text)
        return Incoming(player.address, text=typed.replace("\\n", "\n"), language=player.language)

    async def _happen(self, event: str) -> None:
        if match := _PASSES.fullmatch(event):
            self._now += int(match[1]) * _UNITS[match[2]]
            return
        if match := re.fullmatch(r"(\w+) is invited as (coordinator|official)(?: of (.+))?", event):
            invitation = Invitation(match[2], match[3] or "", "", by_operator=True)

            async def unit(tx: Transaction) -> str:
                return await Stores(tx).invitations.issue(invitation, self._now + LIFE)

            self._codes[match[1]] = await self._database.run(unit)
            return
        raise AssertionError(f"the transcript says what nobody can do: {event}")

    async def _write_down(self) -> None:
        rows = await self._database.run(lambda tx: tx.all(_DUE, shown=self._shown, now=self._now))
        for row in rows:
            self._shown = max(self._shown, row["seq"])
            player = self._players[row["address"].partition(":")[2]]
            language = row["language"]
            drawn = draw(
                Reply.from_json(json.loads(row["message"])), language, row["zone"] or HOME_ZONES[language]
            )
            if row["edits"]:
                self.script.append(f"{player.name} ✓ {drawn.text.rpartition('✓ ')[2]}")
                continue
            prefix = " " * (len(player.name) + 3)
            text = indent(drawn.text, prefix, lambda line: bool(line.strip()))[len(prefix) :]
            self.script.append(f"{player.name} < {text}")
            if drawn.buttons:
                self.script.append(prefix + " ".join(f"[{label}]" for label, _ in drawn.buttons))
                player.buttons.update(drawn.buttons)


_DUE = """
    SELECT outbox.*, person.language AS language, person.zone AS zone
      FROM outbox JOIN person ON person.id = outbox.person
     WHERE outbox.seq > :shown AND outbox.not_before <= :now ORDER BY outbox.seq
"""
