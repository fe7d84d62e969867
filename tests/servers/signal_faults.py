"""What the strict daemon does instead of answering."""

from collections import deque
from dataclasses import dataclass
from typing import Any

from tests.servers.signal_rules import Problem
from tests.servers.signal_world import World


@dataclass
class Fault:
    """What happens to a call instead of its answer.

    Attributes:
        problem: The error to answer with.
        drop: ``before`` closes the connection without doing it, ``after`` having done it.
        delay: Seconds to wait first.
        times: How many calls it meets.
    """

    problem: Problem | None = None
    drop: str = ""
    delay: float = 0.0
    times: int = 1


class Dropped(Exception):
    """The connection ends without an answer."""


class Faults(World):
    """Troubles to come, by method.

    Attributes:
        challenge: What a captcha has to be solved for; empty while none is wanted.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.challenge = ""
        self._faults: dict[str, deque[Fault]] = {}

    def fail(self, method: str, code: int = 0, text: str = "", **fault: Any) -> None:
        """The next call (or ``times`` calls) of ``method`` meets an error or another ``Fault``."""
        problem = Problem(code, text or "fault", fault.pop("response", None)) if code else None
        self._faults.setdefault(method, deque()).append(Fault(problem, **fault))

    def fail_send(self, person: str, kind: str, code: int = -1, *, times: int = 1, **more: Any) -> None:
        """The next message to the person is answered with this result."""
        problem = self.refusal(code, person, kind, **more)
        self._faults.setdefault("send", deque()).append(Fault(problem, times=times))

    def limit(self, person: str, retry_after: int = 0, token: str = "", *, times: int = 1) -> int:
        """The next message to the person hits a limit; the timestamp it would have had."""
        more: dict[str, Any] = {"retryAfterSeconds": retry_after} if retry_after else {}
        if token:
            more["token"] = self.challenge = token
        problem = self.refusal(-5, person, "RATE_LIMIT_FAILURE", **more)
        self._faults.setdefault("send", deque()).append(Fault(problem, times=times))
        assert problem.response
        return int(problem.response["timestamp"])

    def heal(self) -> None:
        """Forget every fault that has not happened yet."""
        self._faults.clear()

    def next_fault(self, method: str) -> Fault:
        """What the next call of this method meets."""
        waiting = self._faults.get(method)
        if not waiting:
            return Fault()
        waiting[0].times -= 1
        return waiting[0] if waiting[0].times > 0 else waiting.popleft()
