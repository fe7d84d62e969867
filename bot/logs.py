"""Logs for operators: what happened, never what was said and to whom."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_SECRETS = (
    re.compile(r"\b[0-9]{6,12}:[A-Za-z0-9_-]{30,}"),  # a bot token, also inside an address
    re.compile(r"\+?[0-9][0-9 ()-]{7,}[0-9]"),  # a phone number or a chat
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
    re.compile(r"\b(telegram|signal|web):[\w-]+"),
)
_QUIET = (
    "telegram",
    "httpx",
    "httpcore",
    "aiohttp",
    "aiosqlite",
    "asyncpg",
    "apscheduler",
    "uvicorn",
    "asyncio",
)


def redact(text: str) -> str:
    """``text`` without tokens, phone numbers, mailboxes and addresses of people."""
    for secret in _SECRETS:
        text = secret.sub("***", text)
    return text


def _redacted(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {
        key: redact(value) if isinstance(value, str) and key != "timestamp" else value
        for key, value in event.items()
    }


def _frames_only(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Where an error happened, without its message and without any variable: both can hold what people "
    "wrote."""
    error = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        frames, traceback = [], error.__traceback__
        while traceback:
            code = traceback.tb_frame.f_code
            frames.append(f"{code.co_filename.rpartition('/')[2]}:{traceback.tb_lineno}")
            traceback = traceback.tb_next
        event["at"] = " > ".join(frames[-6:])
    return event


class _Plain(logging.Filter):
    """Redacts records of libraries that log in the standard way, and drops their tracebacks."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), None
        record.exc_info = record.exc_text = None
        return True


def configure(level: str) -> None:
    """Send every log line to standard error, redacted."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_Plain())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            _frames_only,
            _redacted,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
