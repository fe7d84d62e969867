"""Bots against one strict server in one run: bare echoes of python-telegram-bot, aiogram and our channel,
and the whole product: inbox, dialogue, outbox and sending over a SQLite file with synchronous FULL.

``python -m benchmarks.echo [--updates 3000] [--repeats 3] [--aiogram-python PATH]``. Each bot runs in a
fresh process; ``--updates`` texts, five a person, are queued at once and the clock runs until the last
answer arrived; then 300 people write at 100 a second, and the time until each is answered counts. aiogram
is no dependency of ours: without it its line is left out.
"""

import argparse
import asyncio
import importlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp

TOKEN = "123456:canary-token-that-must-not-show"  # noqa: S105 - of the local server
MESSAGES_OF_ONE = 5
LATER = 300
WORKERS = 30
Run = tuple[float, float, float, float, float, float]
"""Updates a second, CPU ms an update, seconds to the first poll, RSS in MB, p50 and p95 in ms."""
BOTS = ("python-telegram-bot", "aiogram", "mistok channel", "mistok")


def run_python_telegram_bot(url: str) -> None:
    """The library's own echo example."""
    from telegram import Update
    from telegram.ext import Application, ContextTypes, MessageHandler, filters

    async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        assert update.message.text is not None
        await update.message.reply_text(update.message.text)

    application = Application.builder().token(TOKEN).base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


def run_aiogram(url: str) -> None:
    """The library's own echo example."""
    try:
        aiogram: Any = importlib.import_module("aiogram")
    except ImportError:
        sys.exit("aiogram is not installed in this interpreter; see --aiogram-python")
    sessions: Any = importlib.import_module("aiogram.client.session.aiohttp")
    servers: Any = importlib.import_module("aiogram.client.telegram")
    dispatcher = aiogram.Dispatcher()

    async def echo(message: Any) -> None:
        await message.answer(message.text)

    dispatcher.message.register(echo)
    session = sessions.AiohttpSession(api=servers.TelegramAPIServer.from_base(url))
    asyncio.run(dispatcher.start_polling(aiogram.Bot(TOKEN, session=session)))


def run_mistok_channel(url: str) -> None:
    """Our channel alone: poll, parse, render, send; no inbox, dialogue or outbox."""
    from bot.channels.channel import Envelope
    from bot.channels.telegram.channel import TelegramChannel
    from bot.channels.telegram.request import quiet_loggers
    from bot.model.message import Drawn

    async def echo() -> None:
        quiet_loggers()
        channel = TelegramChannel(TOKEN, url, rate=10 * WORKERS, commands=lambda language, roles: [])
        waiting: asyncio.Queue[str] = asyncio.Queue(200)

        async def accept(envelopes: Sequence[Envelope]) -> None:
            for envelope in envelopes:
                await waiting.put(envelope.raw)

        async def answer() -> None:
            while True:
                incoming = channel.parse(await waiting.get())
                if incoming is not None:
                    await channel.send(incoming.address, Drawn(incoming.text))

        await asyncio.gather(channel.receive(accept), *(answer() for _ in range(WORKERS)))

    asyncio.run(echo())


def run_mistok(url: str) -> None:
    """The whole product, held back by no pace but its own work."""
    from bot.app import Bot
    from bot.channels.telegram.channel import TelegramChannel
    from bot.channels.telegram.request import quiet_loggers
    from bot.dialogue.services import Services
    from bot.matching.index import ListingIndex
    from bot.places.gazetteer import Gazetteer
    from db.connect import connect
    from db.migrate import migrate

    async def serve(path: str) -> None:
        quiet_loggers()
        database = await connect(f"sqlite:///{path}")
        await migrate(database)
        channel = TelegramChannel(TOKEN, url, rate=100_000, commands=lambda language, roles: [])
        channel.in_flight = WORKERS
        await Bot(database, Services(Gazetteer.embedded(), ListingIndex()), [channel]).run(asyncio.Event())

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(serve(f"{folder}/mistok.db"))


async def measure(bot: str, python: str, updates: int) -> Run | None:
    """What one run of a bot gave; None if it cannot run here."""
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.servers.telegram", "--no-record", stdout=subprocess.PIPE
    )
    assert server.stdout is not None
    url = (await server.stdout.readline()).decode().strip()
    started = time.monotonic()
    child = await asyncio.create_subprocess_exec(python, "-m", "benchmarks.echo", "--bot", bot, "--url", url)
    try:
        async with aiohttp.ClientSession(f"{url}/control/") as control:

            async def ask(name: str, **arguments: Any) -> Any:
                async with control.post(name, json=arguments) as answer:
                    return await answer.json()

            async def until(method: str, count: int, every: float) -> bool:
                while (await ask("stats"))["calls"].get(method, 0) < count:
                    if child.returncode is not None:
                        return False
                    await asyncio.sleep(every)
                return True

            if not await until("getupdates", 1, every=0.02):
                return None
            ready = time.monotonic() - started
            used = _cpu_seconds(child.pid)
            await ask("flood", count=updates, chats=updates // MESSAGES_OF_ONE)
            began = time.monotonic()
            if not await until("sendmessage", updates, every=0.02):
                return None
            took = time.monotonic() - began
            used = _cpu_seconds(child.pid) - used
            refused = (await ask("stats"))["refused"]
            assert not refused, refused[:3]
            memory, before = _rss_megabytes(child.pid), len((await ask("stats"))["waits"])
            begins = time.monotonic()
            for number in range(LATER):
                await asyncio.sleep(max(0.0, begins + number / 100 - time.monotonic()))
                await ask("type", chat_id=10**6 + number, text="hello")
            if not await until("sendmessage", updates + LATER, every=0.1):
                return None
            waits = sorted((await ask("stats"))["waits"][before:])
            p50, p95 = 1000 * waits[len(waits) // 2], 1000 * waits[len(waits) * 95 // 100]
            return updates / took, 1000 * used / updates, ready, memory, p50, p95
    finally:
        for process in (child, server):
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _rss_megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


async def compare(updates: int, repeats: int, pythons: dict[str, str]) -> None:
    """Print one line a bot: medians, with the range of the rate."""
    runs: dict[str, list[Run]] = {bot: [] for bot in BOTS}
    for _ in range(repeats):
        for bot in BOTS:
            if run := await measure(bot, pythons.get(bot, sys.executable), updates):
                runs[bot].append(run)
    titles = f"{'bot':22}{'updates/s':>10}{'range':>14}{'CPU ms':>8}{'first poll s':>14}{'RSS MB':>8}"
    print(f"{titles}{'p50 ms':>8}{'p95 ms':>8}")
    for bot, figures in runs.items():
        if not figures:
            print(f"{bot:22}left out: it cannot be started here")
            continue
        rate, cpu, ready, rss, p50, p95 = (statistics.median(column) for column in zip(*figures, strict=True))
        rates = [one[0] for one in figures]
        spread = f"{min(rates):.0f}..{max(rates):.0f}"
        print(f"{bot:22}{rate:10.0f}{spread:>14}{cpu:8.3f}{ready:14.2f}{rss:8.0f}{p50:8.1f}{p95:8.1f}")


def main() -> None:
    """Compare, or with ``--bot`` be one of the bots."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=3000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--aiogram-python", default=sys.executable, help="an interpreter that has aiogram")
    parser.add_argument("--bot", choices=BOTS, help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bot:
        runs = (run_python_telegram_bot, run_aiogram, run_mistok_channel, run_mistok)
        dict(zip(BOTS, runs, strict=True))[options.bot](options.url)
    else:
        asyncio.run(compare(options.updates, options.repeats, {"aiogram": options.aiogram_python}))


if __name__ == "__main__":
    main()
