"""The product as an operator runs it: a process of its own, configured by its environment."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from tests.servers.telegram import TOKEN

ROOT = Path(__file__).parents[2]


class Product:
    """``mistok`` with a database file in ``folder``, the given Bot API server and further settings."""

    def __init__(self, folder: Path, api_url: str, **settings: str) -> None:
        self.log = folder / "mistok.log"
        self._environment = os.environ | {
            "MISTOK_DATABASE_URL": f"sqlite:///{folder / 'mistok.db'}",
            "MISTOK_TELEGRAM_TOKEN": TOKEN,
            "MISTOK_TELEGRAM_API_URL": api_url,
            "MISTOK_LOG_LEVEL": "DEBUG",
            **settings,
        }
        self._process: asyncio.subprocess.Process | None = None

    async def command(self, *words: str) -> tuple[int, str]:
        """Run a command to its end: exit code and what it printed."""
        process = await asyncio.create_subprocess_exec(
            *self._line(*words),
            cwd=ROOT,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        printed, _ = await process.communicate()
        assert process.returncode is not None
        return process.returncode, printed.decode()

    async def invitation(self, *words: str) -> str:
        """A fresh invitation code."""
        code, printed = await self.command("invite", *words, "--json")
        assert code == 0, printed
        return str(json.loads(printed.splitlines()[-1])["code"])

    async def start(self) -> None:
        """Start ``mistok run``."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._line("run"), cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )

    async def kill(self) -> None:
        """kill -9."""
        assert self._process
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> int:
        """SIGTERM, as a service manager does; the exit code."""
        assert self._process
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self._process.wait(), 20)

    def _line(self, *words: str) -> tuple[str, ...]:
        return (sys.executable, "-m", "bot", *words)
