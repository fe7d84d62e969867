"""/verify: a coordinator confirms or refuses who says they hold an office."""

from bot.dialogue.choices import Choice
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.listing import Listing
from bot.model.message import N_, M, Message, Moment, lines
from bot.model.person import Seat
from bot.places.describe import describe
from db.stores.prompts import Action
from handlers.parts.offices import office

SHOWN = 8
LONGEST_SHOWN, MOST_SHOWN = 600, 5


@dialogue(
    "verify",
    N_("Confirm who is who"),
    words="перевірка|weryfikacja|verify",
    audience="coordinator",
    passing=True,
)
async def verify(talk: Talk) -> None:
    """Show who waits, one at a time, and record the coordinator's word."""
    seat = await _which(talk)
    if seat is None:
        await talk.say(M("Nobody is waiting to be verified."))
        return
    listings = await _to_publish(talk, seat)
    shown = await talk.keep("shown", lambda: listings, of=list[Listing])
    verdict = await talk.choose(
        "verdict",
        lines(
            _claim(talk, seat),
            M("Confirming publishes these words of theirs:") if shown else None,
            *(M("<i>{text}</i>", text=one.draft.text) for one in shown),
            M(
                "Please call the number on the municipality's official site before you confirm, not one "
                "given here."
            ),
        ),
        (
            Choice("decides", M("Confirm: may decide")),
            Choice("prepares", M("Confirm: only prepares")),
            Choice("refuse", M("Refuse")),
        ),
    )
    reason = ""
    if verdict == "refuse":
        reason = await talk.write("reason", M("What should I tell them? One sentence."), limit=300)

    async def decide() -> bool:
        return await _decide(talk, seat, verdict, reason, {one.id: one.draft.text for one in shown})

    if await talk.once("decide", decide):
        await talk.say(M("Done, they have been told."))
    else:
        await talk.say(M("A colleague has already decided this."))


async def _which(talk: Talk) -> Seat | None:
    waiting = [seat for seat in await talk.stores.seats.waiting() if _mine(talk, seat)]
    wanted = str(talk.args.get("seat", ""))
    found = [seat.id for seat in waiting if seat.id == wanted] or [seat.id for seat in waiting][:SHOWN]
    ids = await talk.keep("waiting", lambda: found)
    if not ids:
        return None
    seats = [seat for seat in [await talk.stores.seats.get(id) for id in ids] if seat]
    if len(seats) == 1:
        return seats[0]
    choices = [Choice(seat.id, _short(talk, seat)) for seat in seats]
    chosen = await talk.choose(
        "which", M("{n} person is waiting.", "{n} people are waiting.", n=len(seats)), choices
    )
    return next(seat for seat in seats if seat.id == chosen)


def _mine(talk: Talk, seat: Seat) -> bool:
    """Regional coordinators see only their region."""
    home = talk.services.gazetteer.get(seat.municipality)
    region = talk.person.coordinator_region
    return home is not None and (not region or home.region == region)


def _short(talk: Talk, seat: Seat) -> Message:
    home = talk.services.gazetteer.get(seat.municipality)
    if home is None:
        return M("{text}", text=seat.municipality)
    return M("{municipality}, {office}", municipality=describe(home), office=office(seat.role, home.country))


def _claim(talk: Talk, seat: Seat) -> Message:
    came = M("with an invitation") if seat.level == "invited" else M("without an invitation")
    return lines(
        M("<b>{claim}</b>", claim=_short(talk, seat)),
        M("Registered {when}, {how}.", when=Moment(seat.claimed_at, "full"), how=came),
    )


async def _decide(talk: Talk, seat: Seat, verdict: str, reason: str, read: dict[str, str]) -> bool:
    """Record the word; ``read`` holds the words that the coordinator has seen, by listing."""
    refused = verdict == "refuse"
    decided = await talk.stores.seats.decide(
        seat.id,
        "refused" if refused else "verified",
        may_decide=verdict == "decides",
        by=talk.person.id,
        reason=reason,
        now=talk.now,
    )
    if not decided:
        return False
    await talk.stores.audit.note(
        talk.person.id, f"seat.{'refused' if refused else 'verified'}", seat.id, talk.now
    )
    if refused:
        await talk.tell(
            seat.person,
            M("Your office could not be confirmed."),
            M("The coordinator writes: “{reason}”", reason=reason),
            M("You can register again: /start. Or talk to a person: /human"),
        )
        return True
    opened = 0
    for listing in await talk.stores.listings.waiting_of(seat.person):
        if listing.draft.held:  # a coordinator reads it under /stuck
            continue
        opened += 1
        await talk.stores.listings.renew(listing.id, talk.now)
        if read.get(listing.id) == listing.draft.text:
            await talk.stores.listings.release_text(listing.id, talk.now)
    confirmed = [M("Your office is confirmed ✔")]
    if opened:
        confirmed.append(
            M("Your listing is now published.", "Your {n} listings are now published.", n=opened)
        )
    look = (M("See who fits"), Action("matches"))
    await talk.tell(seat.person, *confirmed, actions=[look] if opened else [], dedupe=f"verified:{seat.id}")
    return True


async def _to_publish(talk: Talk, seat: Seat) -> list[Listing]:
    """Listings whose words fit on the card: what the coordinator reads here needs no second look."""
    waiting = [one for one in await talk.stores.listings.waiting_of(seat.person) if not one.draft.held]
    return [one for one in waiting if len(one.draft.text) <= LONGEST_SHOWN][:MOST_SHOWN]
