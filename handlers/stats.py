"""/stats: how far needs, offers and requests came, of the last week and month."""

from bot.dialogue.cards import group_label
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.matching.subject import subject_of
from bot.model.listing import Listing
from bot.model.message import N_, M, Message, lines
from bot.places.regions import region_words
from handlers.parts.review_funnel import FEWEST, Funnel, counted, funnel
from handlers.parts.review_stuck import DAY, in_reach

WEEK, MONTH = 7 * DAY, 30 * DAY


@dialogue(
    "stats",
    N_("Numbers"),
    words="статистика|цифри|statystyka|liczby|stats",
    audience="coordinator",
    passing=True,
)
async def stats(talk: Talk) -> None:
    """Show the funnel, then what it is made of by group and by region."""
    since = talk.now - MONTH
    listings = [one for one in await talk.stores.listings.since(since) if _reached(talk, one.municipality)]
    requests = [
        one
        for one in await talk.stores.requests.since(since)
        if _reached(talk, one.from_municipality, one.to_municipality)
    ]
    matched = set(await talk.keep("matched", lambda: _matched(talk, listings)))
    week = funnel(listings, requests, matched, talk.now - WEEK)
    month = funnel(listings, requests, matched, since)
    by_group = counted([str(one.draft.group) for one in listings])
    homes = [talk.services.gazetteer.get(one.municipality) for one in listings]
    by_region = counted([home.region for home in homes if home])
    await talk.say(
        _funnel(week, month),
        _table(
            M("<b>By group, 30 days</b>"),
            [M("{name}: {n}", name=group_label(int(key)), n=n) for key, n in by_group[0]],
            by_group[1],
        ),
        *(
            []
            if talk.person.coordinator_region
            else [
                _table(
                    M("<b>By region, 30 days</b>"),
                    [M("{name}: {n}", name=region_words(key), n=n) for key, n in by_region[0]],
                    by_region[1],
                )
            ]
        ),
    )


def _reached(talk: Talk, *municipalities: str) -> bool:
    return in_reach(talk, *(talk.services.gazetteer.get(key) for key in municipalities))


def _matched(talk: Talk, listings: list[Listing]) -> list[str]:
    """Ids of the open listings that have a counterpart now."""
    found = []
    for listing in listings:
        home = talk.services.gazetteer.get(listing.municipality)
        if home is None or listing.state != "open":
            continue
        if talk.services.index.search(subject_of(listing, home), now=talk.now, limit=1):
            found.append(listing.id)
    return found


def _funnel(week: Funnel, month: Funnel) -> Message:
    return lines(
        M("<b>Last 7 days / last 30 days</b>"),
        M("Needs: {week} / {month}", week=week.needs, month=month.needs),
        M("Offers: {week} / {month}", week=week.offers, month=month.offers),
        M("With a counterpart now: {week} / {month}", week=week.matched, month=month.matched),
        M("Requests: {week} / {month}", week=week.asked, month=month.asked),
        M("Answered: {week} / {month}", week=week.answered, month=month.answered),
        M("Contacts exchanged: {week} / {month}", week=week.exchanged, month=month.exchanged),
        M(
            "Days to an answer (median): {week} / {month}",
            week=_days(week.first_answer),
            month=_days(month.first_answer),
        ),
    )


def _days(days: float | None) -> float | str:
    return "–" if days is None else round(days, 1)


def _table(title: Message, rows: list[Message], rest: int) -> Message:
    few = M("fewer than {n} each: {rest}", n=FEWEST, rest=rest) if rest else None
    return lines(title, *(rows or ([] if rest else [M("nothing yet")])), few)
