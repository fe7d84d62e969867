"""One person, two messengers: a code from one, written on the other, joins them."""

import re
from dataclasses import replace

from bot.dialogue.turn import Turn
from bot.model.incoming import Incoming

_CODE = re.compile(r"(?:/link\s+)?([0-9]{4})\s?[-–]\s?([0-9]{2})")


async def join(turn: Turn, incoming: Incoming) -> Turn | None:
    """The turn of the person whose code was written, who from now on also has this address.

    None if the message is no code, or no valid one. Only an address that nobody has registered with
    can join; wrong codes count as wrong invitations do, and too many are not looked at for an hour.
    """
    match = _CODE.fullmatch(incoming.text.strip())
    if not match or turn.person.consented:
        return None
    if await turn.stores.invitations.paused(turn.person.id, turn.now):
        return None
    owner = await turn.stores.links.redeem(match[1] + match[2], turn.now)
    if not owner:
        await turn.stores.invitations.missed(turn.person.id, turn.now)
        return None
    await turn.stores.people.move_address(incoming.address, owner)
    await turn.stores.audit.note(owner, "address.linked", incoming.address.partition(":")[0], turn.now)
    person = await turn.stores.people.get(owner)
    return replace(turn, person=person, seats=await turn.stores.seats.of_person(owner))
