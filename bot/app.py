"""Wiring: settings in, a running bot out."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

import handlers
from bot.care import Care
from bot.channels.channel import Channel
from bot.channels.signal.channel import SignalChannel
from bot.delivery.pace import Pace
from bot.delivery.post import Recipe, Translate
from bot.delivery.worker import Worker
from bot.dialogue import registry
from bot.dialogue.announce import CALENDAR
from bot.dialogue.services import Services
from bot.errors import ConfigurationError, RecipientGone, Stalled
from bot.i18n import LANGUAGES, catalogue, plain
from bot.inbox import Inbox
from bot.introduction import Introduction
from bot.jobs import Jobs
from bot.jobs.all import all_jobs
from bot.model.message import Message
from bot.settings import Settings
from db.database import Database, Transaction
from db.migrate import pending
from db.sqlite import SQLiteDatabase
from db.stores import Stores
from db.stores.sending import Sending, Verdict
from handlers import mydata
from handlers.parts import meeting_file, picture

log = structlog.get_logger(__name__)

RECIPES = {
    mydata.RECIPE: Recipe(mydata.cook, mydata.load),
    CALENDAR: Recipe(meeting_file.cook, meeting_file.load),
    picture.RECIPE: Recipe(picture.cook),
}
"""Files made when they are sent."""

CHAT_BURST = 8
"""An answered question is edited and the next one put: two messages a tap, and people tap quickly."""
BOOT = uuid4().hex
"""Names this start of the process."""
TICK_SECONDS = 1.0
JUMP_SECONDS = 60.0
MOST_SILENCE = 90.0


def epoch_ms() -> int:
    """Now in UTC epoch milliseconds."""
    return time.time_ns() // 1_000_000


def commands(language: str, roles: Sequence[str]) -> list[tuple[str, str]]:
    """The menu of these roles in one language: command and description."""
    found = registry.offered(frozenset(roles))
    return [(one.name, plain(Message(one.description), language)) for one in found]


def telegram_channel(settings: Settings) -> Channel:
    """The configured bot account."""
    from bot.channels.telegram.channel import TelegramChannel  # costs 0.3 s, which demo and check can spare
    from bot.channels.telegram.webhook import Webhook

    token, secret = (
        settings.telegram_token.get_secret_value(),
        settings.telegram_webhook_secret.get_secret_value(),
    )
    webhook = Webhook(settings.telegram_webhook_url, secret) if settings.telegram_webhook_url else None
    if webhook and not (secret and settings.web_listen):
        raise ConfigurationError("a webhook needs MISTOK_TELEGRAM_WEBHOOK_SECRET and MISTOK_WEB_LISTEN")
    return TelegramChannel(token, settings.telegram_api_url, settings.send_rate, commands, webhook=webhook)


def configured_channels(settings: Settings) -> list[Channel]:
    """A channel for each messenger that has settings."""
    channels: list[Channel] = []
    if settings.telegram_token.get_secret_value():
        channels.append(telegram_channel(settings))
    if settings.signal_url:
        channels.append(signal_channel(settings))
    return channels


def signal_channel(settings: Settings) -> SignalChannel:
    """The configured Signal account, with its spare if there is one.

    Raises:
        ConfigurationError: The daemon's address or a number cannot be one.
    """
    return SignalChannel(settings.signal_url, settings.signal_account, settings.signal_spare_account)


class Bot:
    """Every part of the running bot, put together."""

    def __init__(
        self,
        database: Database,
        services: Services,
        channels: Sequence[Channel],
        translate: Translate | None = None,
        introduction: Introduction | None = None,
    ) -> None:
        self._database = database
        self._channels = channels
        self._introduction = introduction or Introduction()
        self._workers = [_worker(database, channel, translate) for channel in channels]
        self._jobs = Jobs(database, services, all_jobs())
        self._inbox = Inbox(database, services, channels, wake=self.wake, now=epoch_ms)
        self._care = Care(database, channels, clock=epoch_ms)
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._last_tick = (time.time(), time.monotonic())

    async def run(self, stop: asyncio.Event) -> None:
        """Answer and deliver until ``stop`` is set; then finish what is begun.

        Raises:
            ConfigurationError: No channel can be used, a catalogue cannot be read, or the database is not of
                this version.
            Stalled: A part stands still; restart the process.
        """
        if missing := await pending(self._database):
            raise ConfigurationError(f"the database lacks {len(missing)} migrations: run `mistok migrate`")
        receiving = asyncio.create_task(self._receive_all())
        delivering = [asyncio.create_task(worker.run()) for worker in self._workers]
        stopping = asyncio.create_task(stop.wait())
        watching = asyncio.create_task(self._watch())
        learned = asyncio.Event()
        introducing = asyncio.create_task(self._introduce(learned))
        self._scheduler.add_job(self._tick, IntervalTrigger(seconds=TICK_SECONDS, timezone="UTC"))
        self._scheduler.start()
        try:
            await asyncio.to_thread(_learn_dialogues)  # the first poll is on its way meanwhile
            await self._inbox.open()
            await self._tick()
            learned.set()
            waited: list[asyncio.Future[Any]] = [stopping, receiving, watching, *delivering]
            done, _ = await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
            for ended in done:
                ended.result()  # raises what stopped it
            if receiving.done():
                raise ConfigurationError("no channel is left to receive from; the log says why")
        finally:
            self._scheduler.shutdown(wait=False)
            receiving.cancel()
            stopping.cancel()
            watching.cancel()
            introducing.cancel()
            await asyncio.gather(receiving, stopping, watching, introducing, return_exceptions=True)
            await self._inbox.finish()
            for worker in self._workers:
                worker.stop()
            await asyncio.gather(*delivering, return_exceptions=True)
            for channel in self._channels:
                await channel.close()

    def stalled(self) -> list[str]:
        """Parts that made no progress for 90 s; a supervisor should restart the process."""
        now = time.monotonic()
        late = [
            f"sending on {worker.channel}" for worker in self._workers if now - worker.beat > MOST_SILENCE
        ]
        if now - self._last_tick[1] > MOST_SILENCE:
            late.append("regular work")
        return late

    def figures(self) -> dict[str, float]:
        """What a monitor may want to draw."""
        now = time.monotonic()
        seconds = {
            f"{worker.channel}_seconds_since_sending_looked": now - worker.beat for worker in self._workers
        }
        return seconds | {"messages_being_answered": float(self._inbox.waiting)}

    def wake(self) -> None:
        """Something may have been queued: deliver it now."""
        for worker in self._workers:
            worker.wake()

    async def _receive_all(self) -> None:
        await asyncio.gather(*map(self._receive, self._channels))

    async def _introduce(self, learned: asyncio.Event) -> None:
        """Nothing waits for this: a bot without menus answers all the same."""
        await learned.wait()
        await self._introduction.make(self._database, self._channels)

    async def _watch(self) -> None:
        """End the process when a part stands still: a fresh start goes on where this one stopped."""
        while not (parts := self.stalled()):  # noqa: ASYNC110 - silence raises no event
            await asyncio.sleep(5)
        raise Stalled(", ".join(parts))

    async def _receive(self, channel: Channel) -> None:
        """One channel's trouble never stops another's."""
        try:
            await channel.receive(self._inbox.door(channel))
        except ConfigurationError as error:
            log.error("channel.down", channel=channel.name, reason=str(error))

    async def _tick(self) -> None:
        wall, steady = time.time(), time.monotonic()
        jump = (wall - self._last_tick[0]) - (steady - self._last_tick[1])
        self._last_tick = (wall, steady)
        if abs(jump) > JUMP_SECONDS:
            log.warning("clock.jumped", seconds=round(jump))
        try:
            await self._jobs.run_due(epoch_ms())
        except ExceptionGroup as group:
            for error in group.exceptions:
                log.error("job.failed", error=type(error).__name__, exc_info=error)
        try:
            await self._care.tick()
        except Exception as error:  # a locked database; the next tick tries again
            log.error("care.failed", error=type(error).__name__)
        self.wake()


def _learn_dialogues() -> None:
    handlers.register_all()
    for language in LANGUAGES:
        catalogue(language)


def _worker(database: Database, channel: Channel, translate: Translate | None) -> Worker:
    return Worker(
        database,
        channel,
        boot=BOOT,
        alone=isinstance(database, SQLiteDatabase),
        pace=Pace(
            channel.rate, chat_rate=channel.chat_rate, chat_burst=CHAT_BURST, bulk_share=channel.bulk_share
        ),
        recipes=RECIPES,
        translate=translate,
        aftermath=_mark_gone,
        on_lift=channel.lift if isinstance(channel, SignalChannel) else lambda: None,
    )


async def _mark_gone(tx: Transaction, row: Sending, verdict: Verdict) -> None:
    """Stop writing to an address that refused us for good."""
    if verdict.error == RecipientGone.__name__:
        await Stores(tx).people.mark_unreachable(row.address)
