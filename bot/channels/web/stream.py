"""Changes on the desk as Server-Sent Events."""

import asyncio
import json
from collections.abc import AsyncIterator

from bot.channels.web.desk import Desk

BEAT = 15.0
"""Seconds of silence after which a sign of life is sent; the page reconnects after two without one."""


async def events(desk: Desk, last_seen: str) -> AsyncIterator[str]:
    """Everything that changed since the event ``last_seen``, then what changes, until the desk closes.

    An id is ``epoch.revision``. One of another epoch, or none, gets a ``reset`` first and then all
    there is. ``ready`` follows once the page has caught up.
    """
    epoch, _, number = last_seen.partition(".")
    known = epoch == desk.epoch and number.isascii() and number.isdigit() and len(number) < 16
    seen = int(number) if known else 0
    if not known:
        yield f"event: reset\ndata: {json.dumps(desk.epoch)}\n\n"
    caught_up = False
    while not desk.closed:
        changed = desk.changed
        for revision, record in desk.since(seen):
            seen = revision
            yield f"id: {desk.epoch}.{revision}\ndata: {json.dumps(record.to_json())}\n\n"
        if not caught_up:
            caught_up = True
            yield "event: ready\ndata: 0\n\n"
        try:
            await asyncio.wait_for(changed.wait(), BEAT)
        except TimeoutError:
            yield "event: beat\ndata: 0\n\n"
