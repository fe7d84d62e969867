"""Needs and offers, and the feed of their changes."""

import json
from dataclasses import replace

from pydantic import TypeAdapter

from bot.model.listing import Draft, Listing, State
from db.database import Row, Transaction

LIFE = 90 * 24 * 3600 * 1000
"""A listing lives 90 days, then asks to be renewed."""

MOST_OPEN = 20
"""Open listings a municipality may have."""

_draft = TypeAdapter(Draft)


class ListingStore:
    """Listings of all municipalities."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def publish(self, listing: Listing) -> None:
        """Store a listing; an open one starts its 90 days with its ``created_at``."""
        begins = listing.created_at if listing.state == "open" else 0
        await self._tx.execute(
            """
            INSERT INTO listing (id, municipality, person, side, text, language, task_group, detail, urgency,
                                 audience, text_held, state, created_at, published_at, expires_at)
            VALUES (:id, :municipality, :person, :side, :text, :language, :task_group, :detail, :urgency,
                    :audience, :text_held, :state, :created_at, :published_at, :expires_at)
            """,
            id=listing.id,
            municipality=listing.municipality,
            person=listing.person,
            language=listing.language,
            text_held=listing.text_held,
            state=listing.state,
            created_at=listing.created_at,
            published_at=begins,
            expires_at=begins + LIFE if begins else 0,
            **_columns(listing.draft),
        )
        await self._changed(listing.id, listing.created_at)

    async def correct(self, draft: Draft, now: int) -> None:
        """Replace what a listing says."""
        await self._tx.execute(
            """
            UPDATE listing SET side = :side, text = :text, task_group = :task_group, detail = :detail,
                               urgency = :urgency, audience = :audience, text_held = (text_held OR :held)
             WHERE id = :id
            """,
            id=draft.id,
            held=bool(draft.held),
            **_columns(draft),
        )
        await self._changed(draft.id, now)

    async def renew(self, listing: str, now: int) -> None:
        """Open for another 90 days, also after it expired or waited."""
        await self._tx.execute(
            """
            UPDATE listing SET state = 'open', expires_at = :expires_at, asked_at = 0,
                               published_at = CASE WHEN published_at = 0 THEN :now ELSE published_at END
             WHERE id = :id
            """,
            id=listing,
            now=now,
            expires_at=now + LIFE,
        )
        await self._changed(listing, now)

    async def close(self, listing: str, state: State, now: int) -> None:
        """Take a listing out of every search: ``closed`` by its people, ``expired`` by time."""
        await self._tx.execute("UPDATE listing SET state = :state WHERE id = :id", id=listing, state=state)
        await self._changed(listing, now)

    async def release_text(self, listing: str, now: int) -> None:
        """A coordinator has read the words: others may see them."""
        await self._tx.execute("UPDATE listing SET text_held = FALSE WHERE id = :id", id=listing)
        await self._changed(listing, now)

    async def get(self, listing: str) -> Listing | None:
        """The listing with this id."""
        row = await self._tx.one("SELECT * FROM listing WHERE id = :id", id=listing)
        return _listing(row) if row else None

    async def of(self, municipality: str, *states: State) -> list[Listing]:
        """Listings of a municipality in these states, newest first."""
        rows = await self._tx.all(
            "SELECT * FROM listing WHERE municipality = :municipality ORDER BY created_at DESC, id",
            municipality=municipality,
        )
        return [listing for row in rows if (listing := _listing(row)).state in states]

    async def waiting_of(self, person: str) -> list[Listing]:
        """What a person wrote before they were verified."""
        rows = await self._tx.all(
            "SELECT * FROM listing WHERE person = :person AND state = 'waiting' ORDER BY created_at",
            person=person,
        )
        return [_listing(row) for row in rows]

    async def held(self) -> list[Listing]:
        """Listings that wait for a coordinator's look, oldest first.

        Open ones whose words nobody has seen, and waiting ones that a guard keeps back as a whole; not
        those that only wait for their author to be verified.
        """
        rows = await self._tx.all(
            "SELECT * FROM listing WHERE text_held AND state IN ('open', 'waiting') ORDER BY created_at, id"
        )
        found = [_listing(row) for row in rows]
        return [listing for listing in found if listing.state == "open" or listing.draft.held]

    async def since(self, begin: int, limit: int = 2000) -> list[Listing]:
        """Listings published at or after ``begin``, newest first."""
        rows = await self._tx.all(
            "SELECT * FROM listing WHERE published_at >= :begin ORDER BY published_at DESC, id LIMIT :limit",
            begin=begin,
            limit=limit,
        )
        return [_listing(row) for row in rows]

    async def count_open(self, municipality: str) -> int:
        """How many of its listings are open or waiting."""
        row = await self._tx.one(
            "SELECT count(*) AS n FROM listing WHERE municipality = :m AND state IN ('open', 'waiting')",
            m=municipality,
        )
        return int(row["n"]) if row else 0

    async def expiring(self, before: int, limit: int = 500) -> list[Listing]:
        """Open listings whose life ends before ``before``."""
        rows = await self._tx.all(
            """
            SELECT * FROM listing WHERE state = 'open' AND expires_at < :before
             ORDER BY expires_at LIMIT :limit
            """,
            before=before,
            limit=limit,
        )
        return [_listing(row) for row in rows]

    async def unasked(self, before: int, limit: int = 200) -> list[Listing]:
        """Open listings whose life ends before ``before`` and whose people were not asked yet."""
        rows = await self._tx.all(
            """
            SELECT * FROM listing WHERE state = 'open' AND expires_at < :before AND asked_at = 0
             ORDER BY expires_at LIMIT :limit
            """,
            before=before,
            limit=limit,
        )
        return [_listing(row) for row in rows]

    async def untold(self, limit: int = 200) -> list[Listing]:
        """Expired listings whose people do not know it yet."""
        rows = await self._tx.all(
            """
            SELECT * FROM listing WHERE state = 'expired' AND asked_at < expires_at
             ORDER BY expires_at LIMIT :limit
            """,
            limit=limit,
        )
        return [_listing(row) for row in rows]

    async def asked(self, listing: str, now: int) -> None:
        """Its people were asked whether it still holds, or told that it ended."""
        await self._tx.execute("UPDATE listing SET asked_at = :now WHERE id = :id", id=listing, now=now)

    async def erase(self, listing: str, now: int) -> None:
        """Close a listing for good and forget its words and its author; its topic stays for the counts."""
        known = await self.get(listing)
        if known is None:
            return
        await self.correct(replace(known.draft, text="", held="erased"), now)
        await self._tx.execute("UPDATE listing SET person = '' WHERE id = :id", id=listing)
        await self.close(listing, "closed", now)

    async def by(self, person: str) -> list[Listing]:
        """What a person wrote, in every state, oldest first."""
        rows = await self._tx.all(
            "SELECT * FROM listing WHERE person = :person ORDER BY created_at, id", person=person
        )
        return [_listing(row) for row in rows]

    async def over(self, before: int, limit: int = 200) -> list[Listing]:
        """Closed and expired listings with words that nobody touched since ``before``."""
        rows = await self._tx.all(
            """
            SELECT * FROM listing
             WHERE state IN ('closed', 'expired') AND text <> '' AND NOT EXISTS
                   (SELECT 1 FROM listing_change
                     WHERE listing_change.listing = listing.id AND listing_change.at >= :before)
             LIMIT :limit
            """,
            before=before,
            limit=limit,
        )
        return [_listing(row) for row in rows]

    async def changes(self, after: int, limit: int = 1000) -> tuple[int, list[Listing]]:
        """Listings that changed after the cursor, as they are now, and the new cursor."""
        rows = await self._tx.all(
            """
            SELECT listing.*, listing_change.seq AS seq
              FROM listing_change JOIN listing ON listing.id = listing_change.listing
             WHERE listing_change.seq > :after ORDER BY listing_change.seq LIMIT :limit
            """,
            after=after,
            limit=limit,
        )
        return (rows[-1]["seq"] if rows else after), [_listing(row) for row in rows]

    async def _changed(self, listing: str, now: int) -> None:
        await self._tx.lock("listing-feed")  # so that changes become visible in the order of their numbers
        await self._tx.execute(
            "INSERT INTO listing_change (listing, at) VALUES (:listing, :at)", listing=listing, at=now
        )


def _columns(draft: Draft) -> dict[str, str | int]:
    return {
        "side": draft.side,
        "text": draft.text,
        "task_group": draft.group,
        "detail": json.dumps(_draft.dump_python(draft, mode="json"), ensure_ascii=False),
        "urgency": draft.urgency,
        "audience": draft.audience,
    }


def _listing(row: Row) -> Listing:
    return Listing(
        draft=_draft.validate_python(json.loads(row["detail"])),
        municipality=row["municipality"],
        person=row["person"],
        language=row["language"],
        state=row["state"],
        text_held=bool(row["text_held"]),
        created_at=row["created_at"],
        published_at=row["published_at"],
        expires_at=row["expires_at"],
    )
