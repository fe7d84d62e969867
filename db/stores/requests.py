"""Requests of one municipality to another, each decided at most once."""

from typing import Literal

from bot.model.request import Request, RequestState
from db.database import Row, Transaction

Step = Literal["", "nudged_at", "escalated_at"]


class RequestStore:
    """Requests of all municipalities."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def create(self, request: Request) -> bool:
        """Store a new request; False when these two listings were brought together before."""
        created = await self._tx.execute(
            """
            INSERT INTO request (id, from_listing, to_listing, from_municipality, to_municipality, from_seat,
                                 words, state, created_at)
            VALUES (:id, :from_listing, :to_listing, :from_municipality, :to_municipality, :from_seat,
                    :words, 'waiting', :created_at)
            ON CONFLICT (from_municipality, from_listing, to_listing) DO NOTHING
            """,
            id=request.id,
            from_listing=request.from_listing,
            to_listing=request.to_listing,
            from_municipality=request.from_municipality,
            to_municipality=request.to_municipality,
            from_seat=request.from_seat,
            words=request.words,
            created_at=request.created_at,
        )
        return created == 1

    async def get(self, request: str) -> Request | None:
        """The request with this id."""
        row = await self._tx.one("SELECT * FROM request WHERE id = :id", id=request)
        return _request(row) if row else None

    async def decide(
        self, request: str, state: RequestState, *, seat: str = "", reason: str = "", now: int
    ) -> bool:
        """End the waiting; False when it had ended before."""
        decided = await self._tx.execute(
            """
            UPDATE request SET state = :state, to_seat = :seat, reason = :reason, decided_at = :now
             WHERE id = :id AND state = 'waiting'
            """,
            id=request,
            state=state,
            seat=seat,
            reason=reason,
            now=now,
        )
        return decided == 1

    async def waiting(self, limit: int = 200) -> list[Request]:
        """Unanswered requests, oldest first."""
        rows = await self._tx.all(
            "SELECT * FROM request WHERE state = 'waiting' ORDER BY created_at LIMIT :limit", limit=limit
        )
        return [_request(row) for row in rows]

    async def unanswered(self, before: int, *, step: Step = "", limit: int = 200) -> list[Request]:
        """Requests that have waited since before ``before``; with ``step`` those that did not take it yet."""
        rows = await self._tx.all(
            f"""
            SELECT * FROM request WHERE state = 'waiting' AND created_at <= :before
                   {f"AND {step} = 0" if step else ""}
             ORDER BY created_at LIMIT :limit
            """,  # noqa: S608 - a column of ours
            before=before,
            limit=limit,
        )
        return [_request(row) for row in rows]

    async def since(self, begin: int, limit: int = 5000) -> list[Request]:
        """Requests made at or after ``begin``, newest first."""
        rows = await self._tx.all(
            "SELECT * FROM request WHERE created_at >= :begin ORDER BY created_at DESC, id LIMIT :limit",
            begin=begin,
            limit=limit,
        )
        return [_request(row) for row in rows]

    async def mark(self, request: str, step: Step, now: int) -> None:
        """Note that a step of the clock was taken."""
        await self._tx.execute(
            f"UPDATE request SET {step} = :now WHERE id = :id",  # noqa: S608 - a column of ours
            id=request,
            now=now,
        )

    async def accepted(self, municipality: str) -> list[Request]:
        """Requests from or to the municipality that led to an exchange of contacts, newest first."""
        rows = await self._tx.all(
            """
            SELECT * FROM request
             WHERE state = 'accepted' AND (from_municipality = :m OR to_municipality = :m)
             ORDER BY decided_at DESC, id
            """,
            m=municipality,
        )
        return [_request(row) for row in rows]

    async def of_seat(self, seat: str) -> list[Request]:
        """Requests that this seat sent or answered."""
        rows = await self._tx.all(
            "SELECT * FROM request WHERE from_seat = :seat OR to_seat = :seat ORDER BY created_at", seat=seat
        )
        return [_request(row) for row in rows]

    async def to(self, municipality: str) -> list[Request]:
        """Unanswered requests to the municipality."""
        rows = await self._tx.all(
            "SELECT * FROM request WHERE to_municipality = :m AND state = 'waiting' ORDER BY created_at",
            m=municipality,
        )
        return [_request(row) for row in rows]

    async def between(self, listing: str) -> set[str]:
        """Listings that were brought together with this one before."""
        rows = await self._tx.all(
            """
            SELECT from_listing AS other FROM request WHERE to_listing = :listing
             UNION SELECT to_listing AS other FROM request WHERE from_listing = :listing
            """,
            listing=listing,
        )
        return {row["other"] for row in rows}


def _request(row: Row) -> Request:
    return Request(
        id=row["id"],
        from_listing=row["from_listing"],
        to_listing=row["to_listing"],
        from_municipality=row["from_municipality"],
        to_municipality=row["to_municipality"],
        from_seat=row["from_seat"],
        words=row["words"],
        state=row["state"],
        created_at=row["created_at"],
        to_seat=row["to_seat"],
        reason=row["reason"],
        decided_at=row["decided_at"],
        nudged_at=row["nudged_at"],
    )
