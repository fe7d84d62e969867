"""People and the addresses they write from."""

import secrets

from bot.errors import NotFound
from bot.model.person import Person
from db.database import Row, Transaction


class PeopleStore:
    """People with their addresses."""

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
