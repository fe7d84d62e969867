"""Requests of one municipality to another, each decided at most once."""

from bot.model.request import Request, RequestState
from db.database import Row, Transaction


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
    )
