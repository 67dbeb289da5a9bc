"""One tenant's trouble in timed work is its own: it is told and counted, and the others' work goes on."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.health import Failure
from bot.logs import get_logger, where_it_failed
from bot.services.health import Health

log = get_logger(__name__)


@contextmanager
def of_one_tenant(health: Health, part: str) -> Iterator[None]:
    """Go on behind this block whatever fails in it: for each tenant of a part of the minute's round, by the part's name."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever it was, the other tenants' work goes on
        log.error("tenant_failed", part=part, error=type(error).__name__, where=where_it_failed(error))  # noqa: TRY400 - a traceback quotes values
        health.count(Failure.TICK)
