"""What the operator's commands do: run, check, migrate, invite, back up and restore."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.app import Bot, configured_channels, epoch_ms, signal_channel
from bot.channels.channel import Channel
from bot.channels.signal.channel import SignalChannel
from bot.channels.signal.onboarding import Profile
from bot.dialogue.services import Services
from bot.errors import BadFile, ConfigurationError, MistokError
from bot.importing import editions, gazetteer_of, import_registers, report
from bot.introduction import Introduction
from bot.matching.index import ListingIndex
from bot.places.gazetteer import Gazetteer
from bot.settings import Settings
from bot.translation import LibreTranslate
from db.connect import connect
from db.database import Database
from db.migrate import migrate as apply_migrations
from db.migrate import pending
from db.sqlite import SQLiteDatabase
from db.stores import Stores
from db.stores.channels import ChannelStore
from db.stores.invitations import Invitation

DAY = 24 * 3600 * 1000


async def open_database(settings: Settings, *, exclusive: bool = False) -> Database:
    """The configured database with the master key of its sealed columns.

    Raises:
        ConfigurationError: It cannot be opened, or PostgreSQL has no key.
    """
    secret = settings.secret_key.get_secret_value()
    if settings.secret_key_file:
        try:
            secret = await asyncio.to_thread(settings.secret_key_file.read_text)
        except OSError:
            raise ConfigurationError("the file of MISTOK_SECRET_KEY_FILE cannot be read") from None
    if not secret.strip() and not settings.database_url.startswith("sqlite"):
        raise ConfigurationError("PostgreSQL needs MISTOK_SECRET_KEY or MISTOK_SECRET_KEY_FILE")
    return await connect(settings.database_url, exclusive=exclusive, secret=secret.strip())


async def run(settings: Settings, stop: asyncio.Event) -> None:
    """Every configured channel, the workers and the jobs until ``stop``.

    Raises:
        ConfigurationError: Nothing is configured, or something cannot be used.
    """
    channels = configured_channels(settings)
    if not channels:
        raise ConfigurationError("no channel is configured: set MISTOK_TELEGRAM_TOKEN or MISTOK_SIGNAL_URL")
    database = await open_database(settings, exclusive=True)
    translate = LibreTranslate(settings.translate_url) if settings.translate_url else None
    try:
        introduction = Introduction()
        services = Services(
            await gazetteer_of(database),
            ListingIndex(),
            signal_ready=bool(settings.signal_url),
            signal_link=settings.signal_link,
            invitation_links=introduction.links,
            reminders=settings.reminders,
        )
        bot = Bot(database, services, channels, translate, introduction)
        if settings.web_listen:
            await _run_with_door(bot, settings, channels, stop)
        else:
            await bot.run(stop)
    finally:
        if translate:
            await translate.close()
        await database.close()


async def _run_with_door(
    bot: Bot, settings: Settings, channels: Sequence[Channel], stop: asyncio.Event
) -> None:
    from bot.door import Webhooked, door, server  # a web server, which most operators leave off

    brought = next((channel for channel in channels if isinstance(channel, Webhooked)), None)
    web = server(door(bot.stalled, bot.figures, brought), settings.web_listen)
    serving = asyncio.create_task(web.serve())
    try:
        await bot.run(stop)
    finally:
        web.should_exit = True
        await asyncio.gather(serving, return_exceptions=True)


async def check(settings: Settings, say: Callable[[str], None]) -> bool:
    """Say how each part is, a line each; whether any fails."""
    failed = False

    def line(part: str, fine: bool, text: str) -> None:
        nonlocal failed
        failed = failed or not fine
        say(f"{'ok  ' if fine else 'FAIL'} {part}: {text}")

    line("settings", True, "valid")
    try:
        database = await open_database(settings)
        try:
            missing = await pending(database)
            line(
                "database",
                not missing,
                f"{len(missing)} migrations missing: run `mistok migrate`" if missing else "up to date",
            )
            if not missing:
                known = await gazetteer_of(database)
                counts = f"{len(known.all('UA'))} hromadas, {len(known.all('PL'))} gminas"
                line("registers", True, f"{counts}; {await editions(database)}")
        finally:
            await database.close()
    except MistokError as error:
        line("database", False, str(error))
    channels = configured_channels(settings)
    if not channels:
        line("channels", False, "none configured: set MISTOK_TELEGRAM_TOKEN or MISTOK_SIGNAL_URL")
    for channel in channels:
        try:
            line(channel.name, True, await channel.check())
        except MistokError as error:
            line(channel.name, False, str(error))
        finally:
            await channel.close()
    return failed


async def migrate(settings: Settings) -> list[str]:
    """Bring the database to this version; the names of what was applied."""
    database = await open_database(settings)
    try:
        return await apply_migrations(database)
    finally:
        await database.close()


async def invite(settings: Settings, role: str, municipality: str, region: str, days: int) -> dict[str, str]:
    """A fresh invitation as the operator hands it on.

    Raises:
        ConfigurationError: The municipality is unknown, or an official has none.
    """
    database = await open_database(settings)
    try:
        key = ""
        if municipality:
            found = (await gazetteer_of(database)).by_code(municipality)
            if not found:
                raise ConfigurationError(f"no municipality has the code {municipality}")
            key = found.key
        invitation = Invitation(role, key, region, by_operator=True)
        code = await database.run(
            lambda tx: Stores(tx).invitations.issue(invitation, epoch_ms() + days * DAY)
        )
    finally:
        await database.close()
    made = {"code": code, "signal": f"/start {code}"}
    for channel in configured_channels(settings):
        if channel.name == "telegram":
            try:
                made["telegram"] = (
                    f"https://t.me/{(await channel.check()).lstrip('@').split()[0]}?start={code}"
                )
            except MistokError:
                made["telegram"] = f"/start {code}"  # the code works without the link
        await channel.close()
    return made


async def introduce(settings: Settings, card: Path) -> str:
    """Show the Signal account as the settings say; the link to it, with a printable card in ``card``.

    Raises:
        ConfigurationError: Signal is off or refuses a part.
        ChannelUnavailable: The daemon does not answer.
    """
    from bot.channels.signal.card import card as draw_card  # Pillow and segno; only this command draws

    channel = _signal(settings)
    profile = Profile(
        settings.signal_name, settings.signal_about, settings.signal_picture, settings.signal_username
    )
    try:
        link = await channel.introduce(profile)
    finally:
        await channel.close()
    if not link:
        return "The profile is set. For a link and a card, set MISTOK_SIGNAL_USERNAME as well."
    await asyncio.to_thread(card.write_bytes, draw_card(link, settings.signal_name, settings.signal_username))
    return f"{link}\nPut it into MISTOK_SIGNAL_LINK. The card to print is {card}."


async def captcha(settings: Settings, solved: str, challenge: str) -> str:
    """Lift Signal's limit with a captcha that a person solved.

    Raises:
        ConfigurationError, ChannelUnavailable: With the remedy in words.
    """
    channel = _signal(settings)
    try:
        await channel.solve_captcha(solved, challenge)
    finally:
        await channel.close()
    database = await open_database(settings)
    try:
        await database.run(lambda tx: ChannelStore(tx).lift("signal"))
    finally:
        await database.close()
    return "Signal has accepted the captcha; sending goes on within a second."


def _signal(settings: Settings) -> SignalChannel:
    if not settings.signal_url:
        raise ConfigurationError("Signal is off: set MISTOK_SIGNAL_URL and MISTOK_SIGNAL_ACCOUNT")
    return signal_channel(settings)


async def backup(settings: Settings, file: Path) -> str:
    """Write a consistent copy; a sentence about the key.

    Raises:
        ConfigurationError: The database is not SQLite, which has tools of its own.
    """
    database = await open_database(settings)
    try:
        if not isinstance(database, SQLiteDatabase):
            raise ConfigurationError("PostgreSQL is backed up with pg_dump")
        await database.backup(str(file))
    finally:
        await database.close()
    return f"Copied to {file}. The secret key is not in it; keep a copy of the key apart from the backup."


async def restore(settings: Settings, file: Path) -> str:
    """Put a copy in place of the database.

    Raises:
        BadFile: It is no intact database of ours; nothing was changed.
    """
    path = _path(settings)
    try:
        source = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        try:
            intact = source.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            ours = source.execute("SELECT count(*) FROM migration").fetchone()[0] > 0
            if not (intact and ours):
                raise BadFile(f"{file} is damaged")
            target = await open_database(settings, exclusive=True)  # refuses while the bot runs
            await target.close()
            copy = sqlite3.connect(path)
            try:
                source.backup(copy)
            finally:
                copy.close()
        finally:
            source.close()
    except sqlite3.Error as error:
        raise BadFile(f"{file} is no backup of Mistok") from error
    return f"Restored {path}. It needs the secret key it was made with."


def _path(settings: Settings) -> str:
    scheme, _, rest = settings.database_url.partition("://")
    if scheme != "sqlite" or not rest:
        raise ConfigurationError("only SQLite is restored here; PostgreSQL is restored with pg_restore")
    return rest[1:]


async def registers(
    settings: Settings, files: Sequence[Path], *, dry_run: bool, step: Callable[[str], None]
) -> list[str]:
    """Import official registers; a line of counts for each file.

    Raises:
        BadFile: One of them is no register or is cut short; nothing was changed.
    """
    database = await open_database(settings)
    try:
        done = await import_registers(database, files, now=epoch_ms(), dry_run=dry_run, step=step)
    finally:
        await database.close()
    return [report(file, changes) for file, changes in zip(files, done, strict=True)]


async def gazetteer_for(database_url: str) -> Gazetteer:
    """The gazetteer of a fresh install, or with the registers imported into the given database."""
    if not database_url:
        return Gazetteer.embedded()
    database = await connect(database_url)
    try:
        return await gazetteer_of(database)
    finally:
        await database.close()
