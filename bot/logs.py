"""Logs: constant event names with fields; a person only as a keyed hash that changes daily."""

import hashlib
import hmac
import logging
import secrets
import sys
import traceback
from datetime import date
from pathlib import PurePath
from typing import Any, Literal

import structlog

_key = secrets.token_bytes(32)


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger for a module: `log.info("event_name", field=value)`. Never message text, names or places."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return logger


def person_hash(user_id: str, today: date) -> str:
    """A person as logs may show them: the same within one day and one process life, unlinkable beyond."""
    digest = hmac.new(_key, f"{today.isoformat()}\n{user_id}".encode(), hashlib.sha256)
    return digest.hexdigest()[:12]


def where_it_failed(error: BaseException) -> str:
    """The last steps before a fault as "module:line" - an error's own text may hold what somebody typed."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " > ".join(f"{PurePath(frame.filename).stem}:{frame.lineno}" for frame in frames)


def _foreign(_logger: Any, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """What a library says becomes a constant event: its own words may quote a header, an address or a row."""
    record: logging.LogRecord = event["_record"]
    error = record.exc_info[0] if record.exc_info else None
    event.pop("exc_info", None)
    return {**event, "event": "library_event", "library": record.name, "kind": error.__name__ if error else None}


def set_up_logs(form: Literal["text", "json"]) -> None:
    """Send every log, ours and the libraries', to stderr in one form: lines for people or JSON for machines."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_foreign, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    # Libraries speak only when something is wrong; an access line would hold who called when.
    for name in ("aiohttp", "azure", "alembic", "dbos", "msrest", "sqlalchemy", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
