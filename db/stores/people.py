"""People, the addresses they write from, and their seats."""

import secrets

from bot.errors import NotFound
from bot.model.person import DECIDING_ROLES, Level, Person, Seat
from db.database import Row, Transaction


class PeopleStore:
    """People with addresses and seats; municipalities' channel policies."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def of_address(self, address: str, *, language: str, zone: str, now: int) -> Person:
        """Who writes from ``address``; a new person with the given language if nobody did before."""
        row = await self._tx.one(
            """
            SELECT person.*, address.used_at AS used_at, address.reachable AS reachable
              FROM address JOIN person ON person.id = address.person
             WHERE address.address = :address
            """,
            address=address,
        )
        if row:
            await self._tx.execute(
                "UPDATE address SET used_at = :now, reachable = TRUE WHERE address = :address",
                address=address,
                now=now,
            )
            return _person(row)
        person = Person(secrets.token_urlsafe(12), language, zone, fresh=True)
        await self._tx.execute(
            """
            INSERT INTO person (id, language, zone, created_at, seen_at)
            VALUES (:id, :language, :zone, :now, :now)
            """,
            id=person.id,
            language=language,
            zone=zone,
            now=now,
        )
        await self._tx.execute(
            "INSERT INTO address (address, person, used_at) VALUES (:address, :person, :now)",
            address=address,
            person=person.id,
            now=now,
        )
        return person

    async def get(self, person: str) -> Person:
        """The person.

        Raises:
            NotFound: They are not here any more.
        """
        row = await self._tx.one("SELECT * FROM person WHERE id = :id", id=person)
        if not row:
            raise NotFound("no such person")
        return _person(row)

    async def address_for(self, person: str) -> str:
        """Where to write to the person: the reachable address used last; empty if there is none.

        Telegram is left out where the person's council does not allow it.
        """
        row = await self._tx.one(
            """
            SELECT address.address FROM address JOIN person ON person.id = address.person
             WHERE address.person = :person AND address.reachable AND NOT person.frozen
               AND NOT (address.address LIKE 'telegram:%' AND EXISTS (
                   SELECT 1 FROM seat JOIN policy ON policy.municipality = seat.municipality
                    WHERE seat.person = address.person AND seat.level <> 'refused'
                      AND policy.telegram = 'no'))
             ORDER BY address.used_at DESC LIMIT 1
            """,
            person=person,
        )
        return row["address"] if row else ""

    async def move_address(self, address: str, person: str) -> None:
        """Give an address to ``person``; whoever had it goes, if nothing else is known of them."""
        row = await self._tx.one("SELECT person FROM address WHERE address = :address", address=address)
        await self._tx.execute(
            "UPDATE address SET person = :person WHERE address = :address", address=address, person=person
        )
        if row:
            await self._tx.execute(
                """
                DELETE FROM person WHERE id = :id AND consent_at = 0
                   AND NOT EXISTS (SELECT 1 FROM address WHERE address.person = person.id)
                """,
                id=row["person"],
            )

    async def mark_unreachable(self, address: str) -> None:
        """Stop writing to an address that refused us, until somebody writes from it."""
        await self._tx.execute(
            "UPDATE address SET reachable = FALSE WHERE address = :address", address=address
        )

    async def is_free(self, address: str) -> bool:
        """Whether somebody known and not held writes from ``address``."""
        row = await self._tx.one(
            """
            SELECT person.frozen AS frozen FROM address JOIN person ON person.id = address.person
             WHERE address.address = :address
            """,
            address=address,
        )
        return row is not None and not row["frozen"]

    async def freeze(self, person: str, *, held: bool = True) -> None:
        """Hold the person, so that nothing personal reaches them, or let them go on."""
        await self._tx.execute("UPDATE person SET frozen = :held WHERE id = :id", id=person, held=held)

    async def consent(self, person: str, version: str, now: int) -> None:
        """Record that the person agreed to this version of the privacy notice."""
        await self._tx.execute(
            "UPDATE person SET consent_at = :now, consent_version = :version WHERE id = :id",
            id=person,
            version=version,
            now=now,
        )

    async def set_language(self, person: str, language: str, zone: str) -> None:
        """Speak this language with the person from now on."""
        await self._tx.execute(
            "UPDATE person SET language = :language, zone = :zone WHERE id = :id",
            id=person,
            language=language,
            zone=zone,
        )

    async def set_quiet_nights(self, person: str, quiet: bool) -> None:
        """Whether notices wait for the morning."""
        await self._tx.execute(
            "UPDATE person SET quiet_nights = :quiet WHERE id = :id", id=person, quiet=quiet
        )

    async def set_private_word(self, person: str, word: str) -> None:
        """Keep the word by which the person recognises us; empty for none."""
        await self._tx.execute("UPDATE person SET private_word = :word WHERE id = :id", id=person, word=word)

    async def without_consent(self, before: int, limit: int = 200) -> list[str]:
        """People who never agreed to the notice and have not written since ``before``."""
        rows = await self._tx.all(
            """
            SELECT id FROM person
             WHERE consent_at = 0 AND NOT coordinator AND NOT frozen AND created_at < :before
               AND NOT EXISTS (SELECT 1 FROM address
                                WHERE address.person = person.id AND address.used_at >= :before)
             LIMIT :limit
            """,
            before=before,
            limit=limit,
        )
        return [row["id"] for row in rows]

    async def make_coordinator(self, person: str, region: str) -> None:
        """Give the person a coordinator's commands, in one region or, if it is empty, in all."""
        await self._tx.execute(
            "UPDATE person SET coordinator = TRUE, coordinator_region = :region WHERE id = :id",
            id=person,
            region=region,
        )

    async def coordinators(self, region: str) -> list[str]:
        """Ids of the coordinators who look after ``region``."""
        rows = await self._tx.all(
            """
            SELECT id FROM person
             WHERE coordinator AND NOT frozen AND (coordinator_region = '' OR coordinator_region = :region)
             ORDER BY created_at, id
            """,
            region=region,
        )
        return [row["id"] for row in rows]

    # --- seats --------------------------------------------------------------------------------

    async def claim_seat(self, person: str, municipality: str, role: str, level: Level, now: int) -> Seat:
        """The person says they hold this office; a former claim of theirs is replaced."""
        await self._tx.execute("DELETE FROM seat WHERE person = :person", person=person)
        id, decides = secrets.token_urlsafe(12), role in DECIDING_ROLES
        seat = Seat(id, person, municipality, role, level, decides, claimed_at=now)
        await self._tx.execute(
            """
            INSERT INTO seat (id, person, municipality, role, level, may_decide, claimed_at)
            VALUES (:id, :person, :municipality, :role, :level, :may_decide, :now)
            """,
            id=seat.id,
            person=person,
            municipality=municipality,
            role=role,
            level=level,
            may_decide=seat.may_decide,
            now=now,
        )
        return seat

    async def set_contact(self, seat: str, contact: str) -> None:
        """Keep the office's contact that is given on hand-over."""
        await self._tx.execute("UPDATE seat SET contact = :contact WHERE id = :id", id=seat, contact=contact)

    async def decide_seat(
        self, seat: str, level: Level, *, may_decide: bool, by: str, reason: str, now: int
    ) -> bool:
        """A coordinator's word on a claim; False if somebody decided it before."""
        changed = await self._tx.execute(
            """
            UPDATE seat SET level = :level, may_decide = :may_decide, decided_by = :by, refusal = :reason,
                            decided_at = :now
             WHERE id = :id AND level IN ('claimed', 'invited')
            """,
            id=seat,
            level=level,
            may_decide=may_decide,
            by=by,
            reason=reason,
            now=now,
        )
        return changed == 1

    async def seats(self, person: str) -> list[Seat]:
        """The person's seats, verified ones first; refused ones are left out."""
        rows = await self._tx.all(
            """
            SELECT * FROM seat WHERE person = :person AND level <> 'refused'
             ORDER BY CASE level WHEN 'verified' THEN 0 WHEN 'invited' THEN 1 ELSE 2 END, claimed_at
            """,
            person=person,
        )
        return [_seat(row) for row in rows]

    async def seat(self, seat: str) -> Seat | None:
        """The seat with this id."""
        row = await self._tx.one("SELECT * FROM seat WHERE id = :id", id=seat)
        return _seat(row) if row else None

    async def seats_of(self, municipality: str) -> list[Seat]:
        """Verified seats of a municipality, those who may decide first."""
        rows = await self._tx.all(
            """
            SELECT * FROM seat WHERE municipality = :municipality AND level = 'verified'
             ORDER BY may_decide DESC, claimed_at
            """,
            municipality=municipality,
        )
        return [_seat(row) for row in rows]

    async def count_seats(self, municipality: str) -> int:
        """How many people claim or hold a seat there."""
        row = await self._tx.one(
            "SELECT count(*) AS n FROM seat WHERE municipality = :municipality AND level <> 'refused'",
            municipality=municipality,
        )
        return int(row["n"]) if row else 0

    async def waiting_seats(self) -> list[Seat]:
        """Claims that wait for a coordinator, oldest first."""
        rows = await self._tx.all(
            "SELECT * FROM seat WHERE level IN ('claimed', 'invited') ORDER BY claimed_at"
        )
        return [_seat(row) for row in rows]

    async def unconfirmed(self, before: int, limit: int = 200) -> list[Seat]:
        """Claims from before ``before`` that nobody verified, and refused ones, oldest first."""
        rows = await self._tx.all(
            "SELECT * FROM seat WHERE level <> 'verified' AND claimed_at < :before"
            " ORDER BY claimed_at LIMIT :limit",
            before=before,
            limit=limit,
        )
        return [_seat(row) for row in rows]

    async def drop_seat(self, seat: str) -> None:
        """Take a seat away."""
        await self._tx.execute("DELETE FROM seat WHERE id = :id", id=seat)

    # --- what the council allows --------------------------------------------------------------

    async def set_policy(self, municipality: str, telegram: str, now: int) -> None:
        """Keep whether the council allows Telegram: ``yes``, ``no`` or ``unknown``."""
        await self._tx.execute(
            """
            INSERT INTO policy (municipality, telegram, decided_at) VALUES (:municipality, :telegram, :now)
            ON CONFLICT (municipality)
                DO UPDATE SET telegram = excluded.telegram, decided_at = excluded.decided_at
            """,
            municipality=municipality,
            telegram=telegram,
            now=now,
        )

    async def policy(self, municipality: str) -> str:
        """Whether the council allows Telegram: ``yes``, ``no`` or ``unknown``."""
        row = await self._tx.one("SELECT telegram FROM policy WHERE municipality = :m", m=municipality)
        return row["telegram"] if row else "unknown"


def _person(row: Row) -> Person:
    return Person(
        id=row["id"],
        language=row["language"],
        zone=row["zone"],
        consented=row["consent_at"] > 0,
        coordinator=bool(row["coordinator"]),
        coordinator_region=row["coordinator_region"],
        frozen=bool(row["frozen"]),
        quiet_nights=bool(row["quiet_nights"]),
        private_word=row["private_word"],
    )


def _seat(row: Row) -> Seat:
    return Seat(
        id=row["id"],
        person=row["person"],
        municipality=row["municipality"],
        role=row["role"],
        level=row["level"],
        may_decide=bool(row["may_decide"]),
        contact=row["contact"],
        claimed_at=row["claimed_at"],
    )
