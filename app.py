"""Samen's composition root: settings -> services -> dispatcher -> door -> aiohttp application.

`python app.py` runs the bot: the sandbox on loopback, or production once MicrosoftAppId is set.
"""

import asyncio
import errno
import sys
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import uvloop
from aiohttp import web

from bot.adapter import Door, DoorConfig, Pace, close_quietly, make_runner
from bot.commands import COMMANDS, OTHERWISE
from bot.demo import load_demo, seed
from bot.dispatcher import Dispatcher
from bot.domain.jobs import Work
from bot.domain.words import Lexicon
from bot.errors import SettingsError
from bot.jobs import Jobs, Timed
from bot.logs import get_logger, set_up_logs
from bot.process import StopAsked, spare_the_collector
from bot.services import NO_ACCOUNTS, Clock, Defaults, Services, SystemClock
from bot.services.focusing import Focusing
from bot.services.rosters import MirroredRosters
from bot.settings import LANGUAGES, VERSION, Settings, load_settings
from bot.store import EngineOutbox, Store, alone, migrate, up_to_date
from bot.store.tables import metadata
from bot.store.waiting import watch_waiting
from bot.telemetry import is_on
from bot.telemetry.running import start_telemetry
from bot.turn import Reply, Turn
from cards.words import load as load_words
from graph import client as graph_client
from graph import user_tokens
from graph.accounts import MicrosoftAccounts
from graph.client import GraphClient
from graph.credential import managed_identity
from graph.user_tokens import Bearer, Forget, UserTokens

log = get_logger(__name__)

DEMO = Path(__file__).parent / "infra" / "playground" / "demo.json"
# Told to stop: for so long a load balancer sees that this one is not ready while it still answers, then turns under way
# are finished (a press has its answer within 4.5 s) beside what is being sent. Under 10 s in all; what hangs then is cut short (bot/process.py).
DRAIN_SECONDS = 2.0
TURNS_SECONDS = 5.0
SENDING_SECONDS = 4.0
GOODBYE_SECONDS = 0.5


def door_config(settings: Settings) -> DoorConfig:
    """The door's own values from the settings."""
    return DoorConfig(
        app_id=settings.app_id,
        tenant_id=settings.app_tenant_id,
        app_type=settings.app_type,
        password=settings.app_password,
        certificate=settings.app_certificate,
        openid_metadata_url=settings.openid_metadata_url,
        token_issuer=settings.token_issuer,
        login_url=settings.login_url,
        oauth_scope=settings.oauth_scope,
        caller_id=settings.caller_id,
        validate_authority=settings.validate_authority,
        allowed_tenants=settings.tenants,
        allowed_service_urls=settings.allowed_service_urls,
        allowed_channels=frozenset(settings.allowed_channels),
    )


def defaults(settings: Settings) -> Defaults:
    """What holds where nobody chose; in the sandbox the Playground's own user is administrator."""
    demo_admin = {load_demo(DEMO)["currentUser"]["aadObjectId"]} if settings.sandbox and settings.demo else set()
    return Defaults(
        language=settings.language,
        country=settings.country,
        zone=settings.time_zone,
        languages=frozenset(LANGUAGES),
        admins=frozenset(name.lower() for name in {*settings.admins, *demo_admin}),
        officers=frozenset(name.lower() for name in settings.officers),
        all_on=settings.sandbox,
    )


def microsoft_accounts(settings: Settings, bearer: Bearer, forget: Forget) -> MicrosoftAccounts | None:
    """The way to people's Microsoft accounts; None where it is not set up."""
    if settings.connection is None:
        return None
    client = GraphClient(settings.graph_base_url or graph_client.PRODUCTION)
    tokens = UserTokens(
        settings.connection, bearer, settings.token_service_url or user_tokens.PRODUCTION, forget=forget
    )
    return MicrosoftAccounts(client, tokens, settings.app_id)


async def serve(settings: Settings, clock: Clock | None = None) -> None:
    """Run the bot until it is told to stop; turns under way are finished first. `clock` = the system's."""
    clock, life, stop = clock or SystemClock(), uuid4().hex, StopAsked()
    async with AsyncExitStack() as stack:
        stack.callback(stop.close)
        store = await _open_store(settings, clock, stack)
        house = make_house(settings, store, clock, life, stop)
        if settings.sandbox and settings.demo:
            playground = f"http://127.0.0.1:{settings.playground_port}/_connector"
            await seed(load_demo(DEMO), store.units, clock, settings.time_zone, playground)
        if house.accounts:
            stack.push_async_callback(house.accounts.close)
            # Now, and not while the first person waits for it.
            await house.accounts.warm_up()
        runner = make_runner(house.door.application(messages=settings.role != "jobs"), grace=GOODBYE_SECONDS)
        await runner.setup()
        # Where Teams did not answer in time the closed network does, and that has to be kept.
        stack.push_async_callback(house.timed.close, GOODBYE_SECONDS)
        stack.push_async_callback(runner.cleanup)
        if settings.role != "web":
            # Only now can anything be sent; and what is being sent ends before the door closes.
            stack.push_async_callback(house.jobs.stop)
            await house.jobs.start()
        host = settings.host or ("127.0.0.1" if settings.sandbox else "0.0.0.0")  # noqa: S104 - production is behind TLS
        site = web.TCPSite(runner, host, settings.port)
        await site.start()
        spare_the_collector()
        log.info("listening", host=host, port=settings.port, mode="sandbox" if settings.sandbox else "production")
        await stop.wait()
        log.info("stopping")
        await asyncio.gather(
            house.jobs.stop(SENDING_SECONDS),
            house.timed.close(SENDING_SECONDS),
            _leave(house.door, runner, site, 0 if settings.sandbox else DRAIN_SECONDS),
        )


async def _open_store(settings: Settings, clock: Clock, stack: AsyncExitStack) -> Store:
    """The store, its tables as this version has them, with telemetry where it is on; all of it closes with `stack`."""
    stack.enter_context(alone(settings.database_url))
    await migrate(settings.database_url)
    # Before the store: its engines are measured from the start or not at all.
    telemetry = start_telemetry(VERSION, measured_words(), settings.metrics_port, settings.traces_to)
    if telemetry:
        stack.callback(telemetry.close)
    outbox = EngineOutbox(settings.database_url)
    stack.callback(outbox.close)
    await asyncio.to_thread(outbox.open)
    store = Store(settings.database_url, clock.now, outbox, settings.time_zone)
    stack.push_async_callback(store.close)
    stack.push_async_callback(store.health.flush)
    counting = asyncio.create_task(store.health.keep())
    stack.callback(counting.cancel)
    if is_on():
        watching = asyncio.create_task(watch_waiting(store.engines, clock.now))
        stack.callback(watching.cancel)
    return store


@dataclass(frozen=True, slots=True)
class House:
    """What answers people, and what works by itself."""

    door: Door
    jobs: Jobs
    timed: Timed
    accounts: MicrosoftAccounts | None


def make_house(settings: Settings, store: Store, clock: Clock, life: str, stop: StopAsked) -> House:
    """Wire what answers turns, the door they come in by, and what happens without being asked."""

    async def handle(turn: Turn) -> Reply:
        return await dispatcher(turn)

    async def ready() -> dict[str, bool]:
        database = await store.ready()
        tables = database and await up_to_date(store.engines)
        return {
            "staying": not stop.asked,
            "database": database,
            "tables": tables,
            # Asked only where it can be answered: a database that is away is told by its own name.
            "disk": not tables or await store.writes(),
            "jobs": settings.role == "web" or jobs.ready(),
        }

    async def bearer() -> str | None:
        return await door.bearer()

    def forget(token: str) -> None:
        door.forget(token)

    config = door_config(settings)
    accounts = microsoft_accounts(settings, bearer, forget)
    token_source = managed_identity(settings.app_id or "") if settings.app_type == "UserAssignedMSI" else None
    door = Door(
        config,
        handle,
        ready=ready,
        clock=clock,
        targeted=not settings.sandbox,
        cards=store.cards,
        health=store.health,
        token_source=token_source,
        pace=Pace(goodbye=GOODBYE_SECONDS),
        pacing=store.pace,
        accounts=accounts or NO_ACCOUNTS,
    )
    rosters = MirroredRosters(store.units, door.members, clock)
    focusing = Focusing(store.focus, accounts or NO_ACCOUNTS, clock)
    services = Services(
        clock, store.units, rosters, defaults(settings), store.health, focusing, accounts or NO_ACCOUNTS
    )
    dispatcher = Dispatcher(COMMANDS, services, Lexicon.of(load_words()), OTHERWISE)
    timed = Timed(COMMANDS, services, store, door, life, settings.rate)
    jobs = Jobs(settings.database_url, timed.work, timed.round.due, clock, life=life, health=store.health)
    return House(door, jobs, timed, accounts)


async def _leave(door: Door, runner: web.AppRunner, site: web.TCPSite, drain: float) -> None:
    """Answer for `drain` seconds as before while `/readyz` says no, then finish what is under way."""
    await asyncio.sleep(drain)
    with suppress(TimeoutError):
        async with asyncio.timeout(TURNS_SECONDS):
            await close_quietly(runner, site)
            await door.rest()


def measured_words() -> dict[str, set[str]]:
    """The names that telemetry may say besides those of our own code's enums and classes."""
    commands = {command.name for command in COMMANDS}
    return {
        "command": commands,
        "message": {kind for command in COMMANDS for kind in command.kinds},
        "part": {"nights", "deletion", "redraws", "collect", *commands},
        "table": set(metadata.tables),
        "work": {work.value for work in Work},
    }


def main() -> int:
    """Read the settings and run; a start that cannot be is one sentence and a number above zero."""
    try:
        settings = load_settings()
        set_up_logs(settings.log)
        uvloop.run(serve(settings))
    except SettingsError as error:
        print(error, file=sys.stderr)  # noqa: T201 - read by whoever starts it, before there are logs
        return 2
    except asyncio.CancelledError:
        return 0  # told to stop before it had started
    except OSError as error:
        print(_port_sentence(settings, error), file=sys.stderr)  # noqa: T201 - likewise
        return 3
    return 0


def _port_sentence(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {settings.port} is taken; stop what uses it or set PORT to another one."
    return f"Samen could not start: {error.strerror or error}."


if __name__ == "__main__":
    raise SystemExit(main())
