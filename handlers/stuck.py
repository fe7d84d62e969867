"""/stuck: what waits for a coordinator's hand, each with its next step."""

from bot.dialogue.choices import Choice, no
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.message import N_, M, Message, lines
from handlers.parts.review_stuck import Troubles, fate, reader_of, request_label, request_line, troubles

SHOWN = 5
VERIFY, HELD, ENOUGH = "/verify", "/held", "/enough"


@dialogue(
    "stuck",
    N_("What is stuck"),
    words="застрягло|що застрягло|utknęło|co utknęło|stuck",
    audience="coordinator",
    passing=True,
)
async def stuck(talk: Talk) -> None:
    """List what is stuck and open one thing."""
    found = await troubles(talk)
    if not found:
        await talk.say(M("Nothing is stuck."))
        return
    chosen = await talk.choose("what", await _list(talk, found), _steps(talk, found), leave=True)
    kind, _, id = chosen.partition(":")
    match kind:
        case "request":
            await talk.then("stuck_request", request=id)
        case "message":
            await talk.then("stuck_message", message=id)
        case "/verify":
            await talk.then("verify")
        case "/held":
            await talk.then("held")
        case _:
            await talk.say(M("Good, it stays as it is."))


async def _list(talk: Talk, found: Troubles) -> Message:
    messages = [
        M(
            "• No. {number}, {reader}: {fate}",
            number=str(one.number),
            reader=await reader_of(talk, one),
            fate=fate(one),
        )
        for one in found.messages[:SHOWN]
    ]
    return lines(
        *_section(
            M(
                "<b>{n} request without an answer</b>",
                "<b>{n} requests without an answer</b>",
                n=len(found.requests),
            ),
            [request_line(talk, one) for one in found.requests[:SHOWN]],
            len(found.requests),
        ),
        *_section(
            M("<b>{n} office to verify</b>", "<b>{n} offices to verify</b>", n=len(found.seats)),
            [],
            len(found.seats),
        ),
        *_section(
            M("<b>{n} text to read</b>", "<b>{n} texts to read</b>", n=len(found.texts)), [], len(found.texts)
        ),
        *_section(
            M("<b>{n} message not delivered</b>", "<b>{n} messages not delivered</b>", n=len(found.messages)),
            messages,
            len(found.messages),
        ),
        M(
            "<b>{n} message could not be read</b> and was set aside; the operator's log says why.",
            "<b>{n} messages could not be read</b> and were set aside; the operator's log says why.",
            n=found.set_aside,
        )
        if found.set_aside
        else None,
    )


def _section(title: Message, shown: list[Message], n: int) -> list[Message]:
    """A heading with its lines; nothing when there is nothing."""
    if not n:
        return []
    more = [M("• and {n} more", n=n - len(shown))] if shown and n > len(shown) else []
    return [title, *shown, *more]


def _steps(talk: Talk, found: Troubles) -> list[Choice]:
    steps = [Choice(f"request:{one.id}", request_label(talk, one)) for one in found.requests[:SHOWN]]
    if found.seats:
        steps.append(Choice(VERIFY, M("Verify offices")))
    if found.texts:
        steps.append(Choice(HELD, M("Read the texts")))
    steps += [
        Choice(f"message:{one.id}", M("Message No. {number}", number=str(one.number)))
        for one in found.messages[:SHOWN]
    ]
    return [*steps, no(ENOUGH, M("Not now"))]
