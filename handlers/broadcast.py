"""/broadcast: a notice that is no meeting, to an audience, approved like one."""

from dataclasses import replace

from bot.dialogue.announce import IN_LANGUAGE
from bot.dialogue.choices import Choice, no, yes
from bot.dialogue.ids import new_id
from bot.dialogue.questions import free_text
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.i18n import LANGUAGES, plain
from bot.model.message import N_, M, Message, Reply, Words
from db.stores.broadcasts import Broadcast
from handlers.parts.audience import ask_audience
from handlers.parts.audience_approval import send_out

WITHOUT = "/without"
LONGEST = 2500
LASTS = 7 * 24 * 3_600_000
ASK_TEXT: dict[str, Message] = {
    "uk": M("How does it read in Ukrainian?"),
    "pl": M("How does it read in Polish?"),
    "en": M("How does it read in English?"),
}


@dialogue(
    "broadcast",
    N_("Send a notice"),
    words="оголошення всім|розсилка|повідомлення всім|ogłoszenie|komunikat|broadcast",
    audience="coordinator",
)
async def broadcast(talk: Talk) -> None:
    """Write a notice in one or more languages and send it when it is approved."""
    corrects = str(talk.args.get("corrects", ""))
    texts = await _texts(talk)
    urgent = await talk.choose(
        "urgent",
        M("Is it urgent? Urgent notices also come at night to those who allowed it."),
        (no("no", M("Not urgent")), yes("yes", M("Urgent"))),
    )
    identity = await talk.keep("id", new_id)
    head = M("<b>Correction to an earlier notice</b>") if corrects else M("<b>Notice of the association</b>")
    if urgent == "yes" and not corrects:
        head = M("<b>Urgent notice of the association</b>")
    draft = Broadcast(
        id=identity,
        kind="notice",
        subject=corrects or f"notice:{identity}",
        author=talk.person.id,
        region=talk.person.coordinator_region,
        contents={"new": Reply((head, M("{text}", text=Words(texts))))},
        urgent=urgent == "yes",
        not_after=talk.now + LASTS,
        created_at=talk.now,
    )
    if corrects:
        await _correct(talk, draft)
        return
    audience, counts = await ask_audience(talk, "audience", (), draft.region)
    draft = replace(draft, audience=audience)

    async def keep() -> None:
        """A notice is nothing but its sending."""

    if await send_out(talk, draft, counts, M("A notice: “{text}”", text=Words(texts)), keep) == "held":
        await talk.then("sending", broadcast=identity)


async def _texts(talk: Talk) -> dict[str, str]:
    """The notice by language; the untranslated names its language."""
    own = talk.person.language
    text = str(talk.args.get("text", "")) or await talk.write(
        "text", M("What shall I tell everybody?"), limit=LONGEST
    )
    texts = {own: text}
    for other in ("uk", "pl"):
        if other != own:
            answer = await talk.ask(
                f"text.{other}",
                ASK_TEXT[other],
                parse=free_text(LONGEST),
                choices=(Choice(WITHOUT, M("Leave it untranslated")),),
            )
            if answer != WITHOUT:
                texts[other] = answer
    return {
        reader: texts.get(reader) or f"({plain(IN_LANGUAGE[own], reader)}) {text}" for reader in LANGUAGES
    }


async def _correct(talk: Talk, draft: Broadcast) -> None:
    """Send a correction to exactly those whom the notice reached."""
    sure = await talk.choose(
        "sure",
        Message("{a}\n\n{b}", values=dict(zip("ab", draft.contents["new"].parts, strict=True))),
        (yes("yes", M("Send it to those who got the notice")), no("no", M("Do not send"))),
    )
    if sure == "no":
        await talk.say(M("Nothing was sent."))
        return

    async def send() -> int:
        stores = talk.stores
        reply = draft.contents["new"]
        told = replace(draft, contents={"told": reply, "coming": reply}, state="held", revision=1)
        await stores.broadcasts.put(told)
        await stores.audit.note(talk.person.id, "broadcast.corrected", draft.id, talk.now)
        return await stores.recipients.freeze_told(draft.id, draft.subject, "", only_told=True)

    told = await talk.once("sent", send)
    await talk.say(M("The correction goes to {n} person.", "The correction goes to {n} people.", n=told))
