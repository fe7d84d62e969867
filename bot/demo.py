"""The demo: the whole bot on this machine with three phones on one page.

Everything is real but the people: the dialogues, the database, the outbox, the gazetteer. The
municipalities that need and offer something are invented and marked as samples.
"""

import asyncio
import tempfile
import webbrowser
from collections.abc import Callable
from pathlib import Path

from bot.app import Bot, commands, epoch_ms
from bot.channels.web.channel import WebChannel
from bot.channels.web.page import page
from bot.channels.web.records import Phone, Point
from bot.channels.web.serve import serve
from bot.demo_samples import sample_gazetteer, seed
from bot.dialogue.services import Services
from bot.i18n import HOME_ZONES
from bot.matching.index import ListingIndex
from bot.model.message import M
from db.connect import connect
from db.migrate import migrate

HOST = "127.0.0.1"


def phones() -> list[Phone]:
    """Three people of invented places."""
    return [
        Phone(
            id="mayor",
            title=M("Mayor"),
            subtitle=M("Zorianopilska hromada (sample), 9,040 people"),
            language="uk",
            zone=HOME_ZONES["uk"],
            hint=M("Press Start and register for “Зорянопілля”; then write what is needed."),
            points=[Point(M("Near Poltava"), 49.59, 34.55)],
        ),
        Phone(
            id="clerk",
            title=M("Clerk"),
            subtitle=M("Gmina Jasnowodzie (sample), 8,700 people"),
            language="pl",
            zone=HOME_ZONES["pl"],
            hint=M("Press Start and register for “Jasnowodzie”; then write what you can give."),
            points=[Point(M("Near Lublin"), 51.25, 22.57)],
        ),
        Phone(
            id="coordinator",
            title=M("Coordinator"),
            subtitle=M("Association of cities (sample)"),
            language="pl",
            zone=HOME_ZONES["pl"],
            hint=M("People who register appear here; confirm them with /verify."),
        ),
    ]


async def demo(port: int, *, browser: bool, say: Callable[[str], None], stop: asyncio.Event) -> None:
    """Run the demo until ``stop``.

    Raises:
        ConfigurationError: The port is taken.
    """
    with tempfile.TemporaryDirectory(prefix="mistok-demo-") as folder:
        database = await connect(f"sqlite:///{Path(folder) / 'demo.db'}", exclusive=True)
        try:
            await migrate(database)
            await database.run(lambda tx: seed(tx, epoch_ms()))
            channel = WebChannel(phones(), commands)
            bot = Bot(database, Services(sample_gazetteer(), ListingIndex()), [channel])

            def ready(address: str) -> None:
                say(address)
                if browser:
                    webbrowser.open(address)

            serving = asyncio.create_task(serve(page(channel), HOST, port, ready))
            running = asyncio.create_task(bot.run(stop))
            done, _ = await asyncio.wait([serving, running], return_when=asyncio.FIRST_COMPLETED)
            stop.set()
            await running
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
            for task in done:
                task.result()
        finally:
            await database.close()
