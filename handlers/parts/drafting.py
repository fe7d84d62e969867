"""From a person's own words to a published need or offer; shared by /need and /offer."""

from typing import Literal

from bot.dialogue.cards import draft_card
from bot.dialogue.choices import no
from bot.dialogue.questions import free_text
from bot.dialogue.talk import Talk
from bot.matching.understand import understand
from bot.model.alert import Alert
from bot.model.listing import Draft, Listing, Side
from bot.model.message import M, Message
from bot.model.municipality import Municipality
from bot.model.person import Seat
from db.stores.listings import MOST_OPEN
from handlers.parts.channels import stop_if_barred
from handlers.parts.correcting import FIELDS, LONGEST, ask_group, draft_of
from handlers.parts.refusals import may_be_held, needs_a_person, turn_away
from handlers.parts.review_request import ask_for_review, show_coordinators
from handlers.parts.review_terms import candidates
from handlers.parts.rhythm import ask_rhythm, keep_alert

Settled = Literal["published", "held", ""]


async def draft_and_publish(talk: Talk, side: Side, question: Message) -> None:
    """Ask for the words, show what was understood, publish what the person confirms."""
    seat = await _seat(talk)
    home = talk.services.gazetteer.get(seat.municipality)
    if home is None or await stop_if_barred(talk):
        return
    if await talk.stores.listings.count_open(home.key) >= MOST_OPEN and "drafts" not in talk.answered:
        await talk.say(
            M(
                "Your municipality already has {limit} open listings. Please close one first: /mine",
                limit=MOST_OPEN,
            )
        )
        return
    text = str(talk.args.get("text") or "") or await talk.write("text", question, limit=LONGEST)
    drafts = await talk.keep("drafts", lambda: read(text, side, home), of=list[Draft])
    if not drafts:
        await turn_away(talk, understand(text, country=home.country).whole, text)
    if len(drafts) > 1:
        n = len(drafts)
        await talk.say(
            M("I see {n} matter here.", "I see {n} matters here. Let us look at them one by one.", n=n)
        )
    settled = [await _settle(talk, draft, seat, home) for draft in talk.each(drafts)]
    if held := settled.count("held"):
        await talk.say(
            M(
                "A coordinator reads it first; then I write to you.",
                "A coordinator reads these {n} first; then I write to you.",
                n=held,
            )
        )
    if published := settled.count("published"):
        await _say_published(talk, published, seat)
        await _ask_for_news(talk)
        if seat.verified:
            await talk.then("matches")
        await _ask_for_offer(talk, side, home)
    elif not held:
        await talk.say(M("Nothing was published."))


async def _seat(talk: Talk) -> Seat:
    if talk.seat is None:
        await talk.then("start")
    return talk.seat


def read(text: str, side: Side, home: Municipality) -> list[Draft]:
    """A draft for each separate need or offer in the text; none where nothing may become a listing.

    What holds something military beside a civil need becomes drafts that a coordinator sees first.
    """
    understood = understand(text, country=home.country)
    whole, items = understood.whole, understood.items
    if (needs_a_person(whole) and not may_be_held(whole)) or (whole.route == "ignore" and not items):
        return []
    found = items or (whole,)
    return [draft_of(item, side, text if len(found) == 1 else item.text) for item in found]


async def _settle(talk: Talk, draft: Draft, seat: Seat, home: Municipality) -> Settled:
    """Let the person complete, correct and confirm one draft; what became of it."""
    understood = draft
    if not draft.group:
        draft = await ask_group(talk, "group", draft)
        if not draft.group:
            return ""
    if draft.held:
        await talk.say(
            M(
                "This may also be for the military. Mistok serves civil matters only, so a coordinator must "
                "read it before anybody else does."
            )
        )
    final = await talk.review(
        "card",
        draft,
        show=lambda shown: draft_card(shown, home),
        fields=FIELDS,
        agree=M("Show it to a coordinator") if draft.held else M("Publish"),
        decline=M("Do not publish"),
    )
    if final is None:
        return ""
    confirmed = final

    async def publish() -> None:
        open_now = seat.verified and not confirmed.held
        listing = Listing(
            draft=confirmed,
            municipality=home.key,
            person=talk.person.id,
            language=talk.person.language,
            state="open" if open_now else "waiting",
            text_held=not open_now,
            created_at=talk.now,
        )
        await talk.stores.listings.publish(listing)
        await talk.stores.terms.suggest(candidates(understood, confirmed, talk.person.language), talk.now)
        if confirmed.held:
            await ask_for_review(talk, listing, home)
        elif confirmed.audience == "coordinator":
            await show_coordinators(talk, listing, home)

    await talk.once("publish", publish)
    return "held" if confirmed.held else "published"


async def _ask_for_news(talk: Talk) -> None:
    """Whether and when to tell of what fits; asked once."""
    alert = await talk.stores.alerts.of(talk.person.id)
    if await talk.keep("asked", lambda: alert is not None):
        return
    fresh = Alert(talk.person.id, "daily")
    await keep_alert(
        talk, "alert", await ask_rhythm(talk, "rhythm", M("When shall I tell you what fits?"), fresh)
    )


async def _ask_for_offer(talk: Talk, side: Side, home: Municipality) -> None:
    """Partners give and take: somebody with needs only is asked once what they could give."""
    listings = await talk.stores.listings.of(home.key, "open", "waiting")
    if side == "offer" or any(listing.draft.side == "offer" for listing in listings):
        await talk.say(M("That is all for now. I will write to you."))
        return
    words = await talk.ask(
        "give",
        M(
            "And what could your community give? Your experience counts too: resilience points, "
            "an administrative services centre, work with displaced people."
        ),
        parse=free_text(LONGEST),
        choices=(no("later", M("Later")),),
    )
    if words == "later":
        await talk.say(M("Good. You can add it at any time: /offer"))
    else:
        await talk.then("offer", text=words)


async def _say_published(talk: Talk, n: int, seat: Seat) -> None:
    if seat.verified:
        await talk.say(M("Published for 90 days.", "Published: {n} listings, for 90 days.", n=n))
    else:
        await talk.say(
            M(
                "Saved. It is published the moment your office is confirmed; nothing more is needed from "
                "you.",
                "Saved: {n} listings. They are published the moment your office is confirmed; "
                "nothing more is needed from you.",
                n=n,
            )
        )
