"""What the council allows: no need is taken over Telegram where only Signal may carry it."""

from bot.dialogue.talk import Talk
from bot.model.message import M

TELEGRAM = "telegram:"


async def stop_if_barred(talk: Talk) -> bool:
    """Whether this messenger may not carry service matters of the person's council.

    If so it is said; where Signal is open, the person is led there and goes on with this dialogue.
    """
    if not talk.seat or not talk.address.startswith(TELEGRAM):
        return False
    if await talk.stores.policies.of(talk.seat.municipality) != "no":
        return False
    if talk.services.signal_ready:
        await talk.say(M("Your council allows only Signal for official matters, so let us go on there."))
        await talk.then("link", then=talk.name)
    await talk.say(
        M(
            "Your council allows only Signal for official matters. Our Signal line is not open yet: I will "
            "write to you here as soon as it is, and until then I keep no need or offer of yours."
        )
    )
    return True
