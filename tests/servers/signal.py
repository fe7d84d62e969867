"""A strict signal-cli daemon over real sockets and HTTP, with the people who chat with the bot.

In a test::

    async with SignalDaemon() as daemon:
        stamp = daemon.type(OKSANA, "/start")
        daemon.react(OKSANA, daemon.said(OKSANA)[0].timestamp, "1️⃣")
        daemon.chat(OKSANA)  # what the person sees, with edits applied

``daemon.http``, ``daemon.tcp`` and ``daemon.unix`` are its addresses. As a process of its own:
``python -m tests.servers.signal --port 8080 [--socket PATH] [--store FILE]``; then ``POST
/control/NAME`` with a JSON object calls the method of that name. With ``--store`` a killed daemon goes
on where it was.
"""

import argparse
import asyncio
import tempfile
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from tests.servers.signal_doors import HttpDoor, SocketDoor, Subscriber
from tests.servers.signal_faults import Dropped, Faults
from tests.servers.signal_rules import WITHOUT_ACCOUNT, Problem, check

OKSANA = "6f1c0000-0000-4000-8000-00000000a001"
PAWEL = "6f1c0000-0000-4000-8000-00000000a002"


class SignalDaemon(Faults):
    """See the module. ``refused`` lists every call a good client would not make.

    Args:
        single: Started for one account, with ``-a``.
        receive: The receive mode: ``manual``, ``on-connection`` or ``on-start``.
        version: What it says it is.
        comment_every: Seconds between the comments of an event stream.
    """

    def __init__(
        self,
        *,
        single: bool = False,
        receive: str = "manual",
        version: str = "0.14.6",
        comment_every: float = 15.0,
        port: int = 0,
        path: Path | None = None,
        store: Path | None = None,
    ) -> None:
        super().__init__(store)
        self.single = single
        self.receive = receive
        self.version = version
        self.refused: list[str] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.counts: Counter[str] = Counter()
        self.busiest = 0
        self.subscribers: list[Subscriber] = []
        self._busy: Counter[str] = Counter()
        self._changed = asyncio.Condition()
        self._directory = tempfile.TemporaryDirectory(prefix="signal")
        self._sockets = SocketDoor(self, path or Path(self._directory.name) / "socket")
        self._web = HttpDoor(self, port, comment_every)

    async def __aenter__(self) -> Self:
        await self._sockets.open()
        await self._web.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
        self._directory.cleanup()

    @property
    def http(self) -> str:
        return f"http://127.0.0.1:{self._web.port}"

    @property
    def tcp(self) -> str:
        return f"tcp://127.0.0.1:{self._sockets.port}"

    @property
    def unix(self) -> str:
        return f"unix://{self._sockets.path}"

    # --- trouble ------------------------------------------------------------------------------------

    async def stop(self) -> None:
        """End as if killed: every connection breaks; what waits at Signal stays there."""
        self.subscribers.clear()
        await self._sockets.close()
        await self._web.close()

    async def start(self) -> None:
        """Come back at the same addresses."""
        await self._sockets.open()
        await self._web.open()

    def kill_streams(self) -> None:
        """Event streams die unnoticed: each loses what is written to it twice."""
        self._web.kill_streams()

    # --- what the doors ask for ---------------------------------------------------------------------

    async def handle(
        self, request: Any, subscribe: Callable[[str, dict[str, Any]], Awaitable[Any]] | None = None
    ) -> dict[str, Any]:
        """The answer to one request; ``subscribe`` deals with the methods that only sockets have.

        Raises:
            Dropped: There is none, the connection ends.
        """
        if not isinstance(request, dict) or request.get("jsonrpc") != "2.0":
            return _error(Problem(-32600, "only jsonrpc version 2.0 is supported"), None)
        id_ = request.get("id")
        if request.keys() - {"jsonrpc", "id", "method", "params"}:
            return _error(Problem(-32600, "Unrecognized field"), id_)
        method, params = str(request.get("method")), request.get("params") or {}
        try:
            return {"jsonrpc": "2.0", "result": await self._answer(method, params, subscribe), "id": id_}
        except Problem as problem:
            return _error(problem, id_)

    async def called(self, method: str, times: int = 1) -> list[dict[str, Any]]:
        """Parameters of the calls of ``method``, once there were so many; waits ten seconds at most."""
        async with asyncio.timeout(10), self._changed:
            await self._changed.wait_for(lambda: self.counts[method] >= times)
        return [params for name, params in self.calls if name == method]

    def flow(self) -> None:
        """Hand what waits to whoever listens for its account; nobody at all means it waits."""
        kept: deque[dict[str, Any]] = deque()
        while self.waiting:
            report = self.waiting.popleft()
            listening = [one for one in self.subscribers if one.account in ("", report["account"])]
            for subscriber in listening:
                subscriber.deliver(report)
            if listening or self.receive == "on-start":
                self.arrived(report)
            else:
                kept.append(report)
        self.waiting = kept

    def listen(self, subscriber: Subscriber) -> None:
        """Somebody listens from now on."""
        self.subscribers.append(subscriber)
        self.flow()

    async def _answer(self, method: str, params: dict[str, Any], subscribe: Any) -> Any:
        ignored = check(method, params)
        self.refused += [f"{method}: {name}" for name in ignored]
        account = self._account(method, params)
        if method in ("subscribeReceive", "unsubscribeReceive"):
            if subscribe is None:
                raise Problem(-32601, "Method not implemented")
            return await subscribe(method, params)
        self._busy[account] += 1
        self.busiest = max(self.busiest, *(self._busy[number] for number in self.accounts))
        try:
            return await self._perform(method, account, params)
        finally:
            self._busy[account] -= 1

    async def _perform(self, method: str, account: str, params: dict[str, Any]) -> Any:
        fault = self.next_fault(method)
        await asyncio.sleep(fault.delay)
        if fault.drop == "before":
            raise Dropped
        if fault.problem:
            await self._note_call(method, params)
            raise fault.problem
        result = self._own(method, params) if method in _OWN else self.perform(method, account, params)
        await self._note_call(method, params)
        if fault.drop == "after":
            raise Dropped
        return result

    def _own(self, method: str, params: dict[str, Any]) -> Any:
        if method == "version":
            return {"version": self.version}
        if method == "listAccounts":
            if self.single:
                raise Problem(-32601, "Method not implemented")
            return [{"number": number} for number in self.accounts]
        if params["challenge"] != self.challenge:
            raise Problem(-3, "Failed to submit challenge: 428")
        if "good" not in params["captcha"]:
            raise Problem(-6, "Captcha rejected")
        self.challenge = ""
        return {}

    def _account(self, method: str, params: dict[str, Any]) -> str:
        if self.single:
            return self.accounts[0]
        account = params.get("account")
        if account is None and method not in WITHOUT_ACCOUNT:
            raise Problem(-32602, "Method requires valid account parameter")
        if account is not None and account not in self.accounts:
            raise Problem(-32602, "Specified account does not exist")
        return account or ""

    async def _note_call(self, method: str, params: dict[str, Any]) -> None:
        self.calls.append((method, params))
        self.counts[method] += 1
        async with self._changed:
            self._changed.notify_all()

    # --- a process of its own -----------------------------------------------------------------------

    def control(self, name: str, arguments: dict[str, Any]) -> Any:
        """The result of ``name`` as JSON data; None for what cannot be called so."""
        if name == "chat":
            return [asdict(shown) for shown in self.chat(**arguments)]
        if name in ("type", "react", "correct", "receipt", "arrive", "fail", "limit", "kill_streams"):
            return {"result": getattr(self, name)(**arguments)}
        if name == "stats":
            return {"calls": dict(self.counts), "waiting": len(self.waiting), "refused": self.refused}
        return None


_OWN = ("version", "listAccounts", "submitRateLimitChallenge")


def _error(problem: Problem, id_: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "error": problem.body(), "id": id_}


async def main() -> None:
    """Serve until killed; prints the addresses."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--receive", default="manual")
    parser.add_argument("--socket", type=Path)
    parser.add_argument("--store", type=Path)
    given = parser.parse_args()
    async with SignalDaemon(
        port=given.port, receive=given.receive, path=given.socket, store=given.store
    ) as daemon:
        print(daemon.http, daemon.tcp, daemon.unix, flush=True)  # noqa: T201 - whoever started it reads it
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
