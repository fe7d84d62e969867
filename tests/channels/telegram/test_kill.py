"""kill -9 at moments chosen by the server's side of the conversation."""

import asyncio
import sys
from pathlib import Path

from tests.servers.telegram import TelegramServer


async def test_killed_again_and_again_nothing_is_lost(server: TelegramServer, tmp_path: Path) -> None:
    server.flood(1500, chats=40)
    sent = {f"telegram:{number}" for number in server.pending}
    kept = tmp_path / "kept"
    for polls in (1, 4, 9):  # dies with nothing kept, between two polls, in the middle of the backlog
        process = await start(server, kept)
        await server.called("getUpdates", polls)
        process.kill()
        await process.wait()
    assert server.pending  # or the kills came too late to prove anything
    process = await start(server, kept)
    try:
        async with asyncio.timeout(10):
            while server.pending:
                await server.called("getUpdates", server.counts["getupdates"] + 1)
    finally:
        process.kill()
        await process.wait()
    lines = kept.read_text().split()
    assert set(lines) == sent
    assert len(lines) - len(sent) <= 3 * 100  # at most one batch comes again for each kill


async def start(server: TelegramServer, kept: Path) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.channels.telegram.keeper", server.url, str(kept)
    )
