"""The ``mistok`` command."""

import asyncio
import json
import signal
import sys
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from bot import logs
from bot.errors import MistokError, Stalled
from bot.settings import Settings, load


class _Commands(click.Group):
    """Turns our errors into one line and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except MistokError as error:
            click.echo(f"mistok: {error}", err=True)
            sys.exit(70 if isinstance(error, Stalled) else 1)


@click.group(cls=_Commands)
def main() -> None:
    """Mistok brings Ukrainian hromadas and Polish gminas together."""


def _go(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


def _settings() -> Settings:
    settings = load()
    logs.configure(settings.log_level)
    return settings


async def _until_signalled(work: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows knows only Ctrl+C, which ends asyncio.run itself
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await work(stop)


@main.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes a free one."
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def demo(port: int, no_browser: bool) -> None:
    """Three phones on one page; needs no token and no network."""
    from bot.demo import demo as run_demo  # the other commands need neither page nor samples

    logs.configure("ERROR")  # a visitor needs no advice for operators

    def say(address: str) -> None:
        click.echo(f"Mistok is running at {address}  (stop with Ctrl+C)")

    _go(_until_signalled(lambda stop: run_demo(port, browser=not no_browser, say=say, stop=stop)))


@main.command()
def run() -> None:
    """Every configured channel, until SIGTERM."""
    from bot.running import run as run_bot

    settings = _settings()
    _go(_until_signalled(lambda stop: run_bot(settings, stop)))


@main.command()
def check() -> None:
    """Settings, database, registers and channels, a line each."""
    from bot.running import check as check_all

    failed = _go(check_all(_settings(), click.echo))
    sys.exit(1 if failed else 0)


@main.command()
def migrate() -> None:
    """Bring the database to this version."""
    from bot.running import migrate as migrate_database

    done = _go(migrate_database(_settings()))
    click.echo("\n".join(done) if done else "The database is up to date.")


@main.command()
@click.argument("role", type=click.Choice(["coordinator", "official"]))
@click.option("--municipality", default="", help="KATOTTG or TERYT code of the official's municipality.")
@click.option("--region", default="", help="ISO 3166-2 code; a coordinator of this region only.")
@click.option("--days", type=click.IntRange(1, 30), default=3, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def invite(role: str, municipality: str, region: str, days: int, as_json: bool) -> None:
    """A single-use invitation: its code, Telegram link and Signal text."""
    from bot.running import invite as make_invitation

    made = _go(make_invitation(_settings(), role, municipality, region, days))
    if as_json:
        click.echo(json.dumps(made, ensure_ascii=False))
    else:
        for name, value in made.items():
            click.echo(f"{name}: {value}")


@main.group()
def registers() -> None:
    """Official registers of municipalities."""


@registers.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
def import_(files: tuple[Path, ...], dry_run: bool) -> None:
    """TERC (csv) and KATOTTG (xlsx, csv) as published; all files are taken in, or none."""
    from bot.importing import STEPS
    from bot.running import registers as import_files

    settings = _settings()
    with click.progressbar(length=STEPS * len(files), file=sys.stderr, item_show_func=_shown) as bar:
        told = _go(import_files(settings, files, dry_run=dry_run, step=lambda what: bar.update(1, what)))
    for line in told:
        click.echo(line)
    click.echo("Nothing was stored." if dry_run else "Stored; a running bot uses it after a restart.")


def _shown(step: str | None) -> str:
    return step or ""


@main.group("signal")
def signal_group() -> None:
    """The Signal account: how it shows itself, and what to do when it is limited."""


@signal_group.command()
@click.option("--card", type=click.Path(dir_okay=False, path_type=Path), default=Path("signal-card.png"))
def introduce(card: Path) -> None:
    """Set name, picture and username from the settings; print the link and draw the card."""
    from bot.running import introduce as show_account

    click.echo(_go(show_account(_settings(), card)))


@signal_group.command()
@click.argument("solved")
@click.option("--challenge", default="", help="From the log; needed while the bot itself is running.")
def captcha(solved: str, challenge: str) -> None:
    """Hand in the link signalcaptcha://… of a captcha that you solved."""
    from bot.running import captcha as lift

    click.echo(_go(lift(_settings(), solved, challenge)))


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """A consistent copy of the live database."""
    from bot.running import backup as back_up

    click.echo(_go(back_up(_settings(), file)))


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put a copy back in place of the database."""
    from bot.running import restore as put_back

    click.echo(_go(put_back(_settings(), file)))


def _json_lines(respond: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
    """Answer each line of standard input with one line, in order, flushed at once."""
    for line in sys.stdin.buffer:
        try:
            request = json.loads(line)
            if not isinstance(request, dict):
                raise ValueError("a request is a JSON object")
            answer = respond(request)
        except (ValueError, TypeError, KeyError) as error:
            answer = {"error": str(error) or type(error).__name__}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()


@main.command()
@click.option("--database-url", default="", help="Use the registers imported there.")
def locate(database_url: str) -> None:
    """Which municipality is meant: JSON lines on standard input and output."""
    from bot.places.service import respond
    from bot.running import gazetteer_for

    gazetteer = _go(gazetteer_for(database_url))
    _json_lines(lambda request: respond(gazetteer, request))


@main.command()
@click.option("--database-url", default="", help="Accepted for symmetry; understanding needs no database.")
def understand(database_url: str) -> None:
    """What a text asks or offers: JSON lines on standard input and output."""
    from bot.matching.service import respond

    _json_lines(respond)


@main.command()
@click.option("--database-url", default="", help="Accepted for symmetry; ranking needs no database.")
def rank(database_url: str) -> None:
    """Which offers fit a need: JSON lines on standard input and output."""
    from bot.matching.ranking_service import respond

    _json_lines(respond)


@main.group()
def taxonomy() -> None:
    """The words by which needs and offers are understood."""


@taxonomy.command("check")
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    help="Changed word files, to compare with those in use.",
)
@click.option(
    "--evaluation",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="JSON lines with text and groups: are they understood better or worse than before?",
)
def check_taxonomy(folder: Path | None, evaluation: Path | None) -> None:
    """What the word files lack, where they clash, and what a change does; fails if something is wrong."""
    from bot.matching.check import check, effect
    from bot.matching.taxonomy import FOLDER

    report = check(folder or FOLDER)
    terms = ", ".join(f"{language} {n}" for language, n in sorted(report.terms.items()))
    click.echo(f"version {report.version}: {report.subtopics} sub-topics, {report.concepts} concepts")
    click.echo(f"terms: {terms}")
    for problem in (*report.gaps, *report.clashes):
        click.echo(f"wrong: {problem}")
    if evaluation:
        done = effect(evaluation, after=folder or FOLDER)
        change = f"{done.before:.1%} before, {done.after:.1%} now" if folder else f"{done.after:.1%}"
        click.echo(f"first group right in {done.messages} messages: {change}")
        for text in done.better:
            click.echo(f"better: {text}")
        for text in done.worse:
            click.echo(f"worse: {text}")
    sys.exit(0 if report.sound else 1)
