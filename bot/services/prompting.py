"""Messages at a time people chose: switched on by a command, and looked at by the minute tick."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.days import monday_of
from bot.domain.health import Failure
from bot.domain.prompts import AHEAD, Look, Looked, Prompt, PromptKind, Waiting, first_sent, look, next_moment
from bot.domain.where.board import Plan
from bot.logs import get_logger, where_it_failed
from bot.services.faults import of_one_tenant
from bot.services.people import know
from bot.services.services import Services
from bot.services.units import WriteUnit
from bot.turn import Ask

# People looked at in one transaction: some 25 ms of work, in which on SQLite nobody else can write.
BATCH = 50
# Batches of one kind and tenant in one tick, a few seconds; who is left comes a minute later.
MOST_BATCHES = 200
_ZONES = timedelta(days=1)  # no local day is further from that of UTC
_A_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)

log = get_logger(__name__)


async def switch_on(ask: Ask, unit: WriteUnit, services: Services, prompt: Prompt) -> datetime | None:
    """Send the asker this from now on; when first, in UTC, as far as their plan says."""
    now = services.clock.now()
    # Deliveries go by a person's own zone, else by the tenant's; another one is theirs from here on.
    await know(ask, unit, zone=None if prompt.zone == services.defaults.zone else prompt.zone)
    monday = monday_of(ask.today) - _A_WEEK
    plan = await unit.plans.of(ask.user_id, monday, ask.today + AHEAD + _A_WEEK)
    await unit.prompts.put(ask.user_id, prompt, next_moment(prompt, now, plan), ask.today)
    return first_sent(prompt, now, plan)


async def follow_zone(user_id: str, unit: WriteUnit, zone: str, now: datetime) -> None:
    """Somebody who has a zone of their own is in another one now: what they are sent keeps its local time there.

    Whoever was forgotten meanwhile stays so.
    """
    if not await unit.people.get(user_id):
        return
    await unit.people.change(user_id, zone=zone)
    today = now.astimezone(ZoneInfo(zone)).date()
    plan = await unit.plans.of(user_id, monday_of(today), today + _A_WEEK + _A_WEEK)
    for kind in PromptKind:
        prompt = await unit.prompts.of(user_id, kind)
        if prompt:
            here = replace(prompt, zone=zone)
            await unit.prompts.put(user_id, here, next_moment(here, now, plan), today)


def zone_here(ask: Ask) -> str:
    """The zone that the asker is in now: what their client says goes before what was kept."""
    return ask.turn.zone or ask.zone


async def send_due(kind: PromptKind, message: str, now: datetime, services: Services) -> None:
    """Have this message delivered to everybody whose moment it is: for a command's `due`.

    The delivery's subject is the local day it is for. Twice at once, late, or by a clock that jumps: once for a day.
    """
    for tenant in await services.units.prompted(kind, now):
        with of_one_tenant(services.health, f"prompts.{kind.value}"):
            await _due(tenant, kind, message, now, services)


async def _due(tenant: str, kind: PromptKind, message: str, now: datetime, services: Services) -> None:
    for _ in range(MOST_BATCHES):
        async with services.units.mirror(tenant) as unit:
            found, failed = await _batch(unit, kind, message, now)
        for _ in range(failed):
            services.health.count(Failure.TICK)
        if found < BATCH:
            break


async def _batch(unit: WriteUnit, kind: PromptKind, message: str, now: datetime) -> tuple[int, int]:
    """Look at some, in one transaction with what they are sent; how many there were, and how many could not be looked at."""
    waiting = await unit.prompts.due(kind, now, BATCH)
    if not waiting:
        return 0, 0
    day = now.astimezone(UTC).date()
    first, last = monday_of(day - _ZONES), day + _ZONES + _A_WEEK
    plans = await unit.plans.of_each({one.user_id for one in waiting}, first, last)
    looked, failed = [], 0
    for one in waiting:
        found = _look(one, now, plans.get(one.user_id, {}))
        failed += found is None
        found = found or Look(None, now + _DAY)
        looked.append(Looked(one.user_id, one.prompt, found.next_at, found.sent_on or one.last_on))
        if found.sent_on:
            await unit.deliveries.add(message, found.sent_on.isoformat(), user_id=one.user_id, due_at=now)
    await unit.prompts.looked(looked)
    sent = sum(one.last_on != before.last_on for one, before in zip(looked, waiting, strict=True))
    log.info("prompts_looked_at", kind=kind.value, looked=len(looked), sent=sent)
    return len(waiting), failed


def _look(one: Waiting, now: datetime, plan: Plan) -> Look | None:
    """What a look at one prompt finds; None where it fails, which is to be nobody else's trouble."""
    try:
        return look(one.prompt, one.last_on, now, plan)
    except Exception as error:  # noqa: BLE001 - whatever it was, the others are looked at
        kind, where = one.prompt.kind.value, where_it_failed(error)
        log.error("prompt_failed", kind=kind, error=type(error).__name__, where=where)  # noqa: TRY400 - a traceback quotes values
        return None
