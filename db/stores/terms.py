"""Words that people corrected the bot with, until an editor takes them into the vocabulary or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from db.database import Row, Transaction

TermState = Literal["waiting", "accepted", "dropped"]
MOST_WAITING = 2000
"""More are not kept: somebody who floods us with odd words must not fill the list."""


@dataclass(frozen=True, slots=True)
class CandidateTerm:
    """A word or phrase that may belong to a sub-topic.

    Attributes:
        language: ``uk`` or ``pl`` or ``en``, by its letters and the person's language.
        slug: Of the sub-topic that people chose by hand.
        times: How often that happened.
    """

    term: str
    language: str
    slug: str
    times: int = 1


class TermStore:
    """Candidate terms; they name nobody."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def suggest(self, terms: Iterable[CandidateTerm], now: int) -> None:
        """Count each term once more; one that was dropped stays dropped."""
        for term in terms:
            await self._tx.execute(
                """
                INSERT INTO candidate_term (term, language, slug, times, seen_at)
                SELECT :term, :language, :slug, 1, :now
                 WHERE (SELECT count(*) FROM candidate_term WHERE state = 'waiting') < :most
                ON CONFLICT (term, language, slug)
                    DO UPDATE SET times = candidate_term.times + 1, seen_at = excluded.seen_at
                """,
                term=term.term,
                language=term.language,
                slug=term.slug,
                now=now,
                most=MOST_WAITING,
            )

    async def list(self, state: TermState, limit: int = 200) -> list[CandidateTerm]:
        """Terms in this state, the most frequent first."""
        rows = await self._tx.all(
            """
            SELECT * FROM candidate_term WHERE state = :state
             ORDER BY times DESC, seen_at DESC, term, slug LIMIT :limit
            """,
            state=state,
            limit=limit,
        )
        return [_term(row) for row in rows]

    async def decide(self, term: CandidateTerm, state: TermState) -> bool:
        """An editor's word on a waiting term; False when it was decided before."""
        decided = await self._tx.execute(
            """
            UPDATE candidate_term SET state = :state
             WHERE term = :term AND language = :language AND slug = :slug AND state = 'waiting'
            """,
            term=term.term,
            language=term.language,
            slug=term.slug,
            state=state,
        )
        return decided == 1


def _term(row: Row) -> CandidateTerm:
    return CandidateTerm(row["term"], row["language"], row["slug"], row["times"])
