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
that is not text; ``<`` is what the bot answers, ``📎`` its file, ``✓`` an answered question, ``~`` a message
that was edited. ``*`` is what happens around them: time passes, the bot restarts, somebody is invited as
coordinator or official, or is known already (``mayor is verified as head of sample:…``, ``boss is a
coordinator``), or many others are here (``60 others are members of group 1``).
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from textwrap import indent

from bot.dialogue.services import Services
from bot.dialogue.unprompted import own_buttons
from bot.i18n import HOME_ZONES, draw
from bot.inbox import answer
from bot.jobs import Jobs
from bot.jobs.all import all_jobs
from bot.matching.index import ListingIndex
from bot.model.incoming import Incoming
from bot.model.message import Reply
from db.database import Database, Transaction
from db.stores import Stores
from db.stores.invitations import LIFE, Invitation
from handlers.parts.privacy import NOTICE_VERSION
from tests.wires import Shown, Wire

BEGINS = 1_795_424_400_000  # Monday 23 November 2026, 09:00 UTC: a working day
_PASSES = re.compile(r"(\d+) (second|minute|hour|day)s? pass(?:es)?")
_CODE = re.compile(r"/start ([\w-]{22})")
_MESSENGER = re.compile(
    r"^(?:Telegram|Signal|вебсторінка|strona WWW|strona internetowa|web page): (?=\d)", re.MULTILINE
)
_NUMBER = re.compile(r"\b\d{3} \d{3}\b")
_UNITS = {"second": 1000, "minute": 60_000, "hour": 3_600_000, "day": 86_400_000}


@dataclass(slots=True)
class Player:
    """One person of a transcript."""

    name: str
    language: str
    offered: dict[str, Shown] = field(default_factory=dict)


class Play:
    """A running conversation; ``script`` becomes the transcript of what happened."""

    def __init__(
        self, database: Database, services: Services, jobs: Jobs, players: Sequence[Player], wire: Wire
    ) -> None:
        self._wire = wire
        self._names = {wire.address(player.name): player.name for player in players}
        self._database = database
        self._services = services
        self._jobs = jobs
        self._players = {player.name: player for player in players}
        self._now = BEGINS
        self._shown: set[int] = set()
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
            if incoming:
                await answer(tx, self._services, incoming, now)

        await self._database.run(unit)

    def _incoming(self, player: Player, text: str) -> Incoming | None:
        who, language, at = player.name, player.language, self._now
        if text.startswith("[") and text.endswith("]"):
            label = text[1:-1]
            return self._wire.pressed(who, player.offered[label], label, language, at)
        if text.startswith("@"):
            lat, lon = map(float, text[1:].split(","))
            return self._wire.shared(who, lat, lon, language, at)
        if text.startswith("!"):
            return self._wire.refused(who, text[1:], language, at)
        typed = re.sub(r"\{(\w+)\}", lambda m: self._codes.get(m[1], m[0]), text)
        return self._wire.typed(who, typed.replace("\\n", "\n"), language, at)

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
        if match := re.fullmatch(r"(\d+) others are members of group (\d)", event):
            await self._crowd(int(match[1]), int(match[2]))
            return
        if event == "the bot restarts":
            self._services = replace(self._services, index=ListingIndex())
            self._jobs = Jobs(self._database, self._services, all_jobs())
            return
        if match := re.fullmatch(r"(\w+) is (a coordinator|verified as (\w+) of (\S+))", event):
            await self._introduce(self._players[match[1]], match[3] or "", match[4] or "")
            return
        raise AssertionError(f"the transcript says what nobody can do: {event}")

    async def _introduce(self, player: Player, role: str, municipality: str) -> None:
        """Let somebody be known already: a coordinator, or who holds ``role`` in ``municipality``."""
        now, zone = self._now, HOME_ZONES[player.language]

        async def unit(tx: Transaction) -> None:
            stores = Stores(tx)
            people = stores.people
            person = await people.of_address(
                self._wire.address(player.name), language=player.language, zone=zone, now=now
            )
            await people.consent(person.id, NOTICE_VERSION, now)
            if not role:
                await people.make_coordinator(person.id, "")
                return
            seat = await stores.seats.claim(person.id, municipality, role, "claimed", now)
            await stores.seats.decide(
                seat.id, "verified", may_decide=seat.may_decide, by="", reason="", now=now
            )

        await self._database.run(unit)

    async def _crowd(self, size: int, group: int) -> None:
        """Let that many others be here, each of a municipality of its own."""
        homes = self._services.gazetteer.all("UA")
        for number in range(size):
            other = Player(f"other{number}", "uk")
            await self._introduce(other, "head", homes[number].key)

            async def join(tx: Transaction, other: Player = other) -> None:
                person = await Stores(tx).people.of_address(
                    self._wire.address(other.name), language="uk", zone=HOME_ZONES["uk"], now=self._now
                )
                await Stores(tx).meetings.join(person.id, [group])

            await self._database.run(join)

    async def _name(self, seq: int) -> None:
        """Note what the messenger calls a message, so that an answer can quote it."""
        named = self._wire.message_id(seq)
        sql = "UPDATE outbox SET provider_id = :named WHERE seq = :seq"
        await self._database.run(lambda tx: tx.execute(sql, named=named, seq=seq))

    def _without_chance(self, text: str) -> str:
        """The text with ``{code}`` for an invitation code, which scripts may use, and no random number."""
        if match := _CODE.search(text):
            self._codes["code"] = match[1]
            text = text.replace(match[1], "{code}")
        return _MESSENGER.sub(r"{messenger}: ", _NUMBER.sub("000 000", text))

    async def _write_down(self) -> None:
        """Write down what is due, which counts as delivered."""
        due = await self._database.run(lambda tx: tx.all(_DUE, now=self._now))
        await self._database.run(lambda tx: tx.execute(_DELIVERED, now=self._now))
        names = list(self._names)
        for row in sorted(
            (row for row in due if row["seq"] not in self._shown),
            # reminders of one moment leave in the order of random ids; they are told in the players'
            key=lambda row: (row["created_at"], names.index(row["address"]) if row["remind"] else -1),
        ):
            self._shown.add(row["seq"])
            player = self._players.get(self._names.get(row["address"], ""))
            if player is None:  # one of the many others
                continue
            if not row["message"]:  # erased with its reader
                continue
            language = row["language"] or player.language
            reply = own_buttons(Reply.from_json(json.loads(row["message"])), row["prompt"])
            drawn = draw(reply, language, row["zone"] or HOME_ZONES[language])
            self._wire.draw(drawn)
            await self._name(row["seq"])
            drawn = replace(drawn, text=self._without_chance(drawn.text))
            if row["edits"] and "✓ " not in drawn.text:
                prefix = " " * (len(player.name) + 3)
                self.script.append(f"{player.name} ~ {indent(drawn.text, prefix, _has_words)[len(prefix) :]}")
                continue
            if row["edits"]:
                self.script.append(f"{player.name} ✓ {drawn.text.rpartition('✓ ')[2]}")
                continue
            prefix = " " * (len(player.name) + 3)
            text = indent(drawn.text, prefix, _has_words)[len(prefix) :]
            self.script.append(f"{player.name} < {text}")
            if reply.attachment:
                self.script.append(f"{prefix}📎 {reply.attachment.recipe}")
            if drawn.buttons:
                self.script.append(prefix + " ".join(f"[{label}]" for label, _ in drawn.buttons))
                shown = Shown(self._wire.message_id(row["seq"]), drawn)
                player.offered.update(dict.fromkeys((label for label, _ in drawn.buttons), shown))


def _has_words(line: str) -> bool:
    return bool(line.strip())


_DELIVERED = """
    UPDATE outbox SET state = 'sent', finished_at = :now WHERE state = 'queued' AND not_before <= :now
"""
_DUE = """
    SELECT outbox.seq, outbox.address, outbox.created_at, outbox.class = 'reminder' AS remind,
           outbox.edits, outbox.prompt, person.language AS language, person.zone AS zone,
           COALESCE(outbox_body.message, outbox.message) AS message
      FROM outbox LEFT JOIN person ON person.id = outbox.person
      LEFT JOIN outbox_body ON outbox_body.id = outbox.body
     WHERE outbox.not_before <= :now AND outbox.state NOT IN ('cancelled', 'superseded') ORDER BY outbox.seq
"""
