"""The server in front of the door, as `app.py` and the tests start it."""

import asyncio

from aiohttp import web

LINGER = 1.0  # seconds in which the rest of a refused body is taken off the wire, so that its sender hears why


def make_runner(application: web.Application, *, grace: float) -> web.AppRunner:
    """A runner that lets requests under way finish within `grace` seconds when it stops.

    It unpacks nothing: aiohttp would unpack a compressed body even after its request was refused, and hold up
    everybody meanwhile.
    """
    return web.AppRunner(
        application,
        handle_signals=False,
        access_log=None,
        shutdown_timeout=grace,
        auto_decompress=False,
        lingering_time=LINGER,
    )


async def close_quietly(runner: web.AppRunner, site: web.BaseSite) -> None:
    """Take no more requests, and wait until those under way are answered."""
    await site.stop()
    await asyncio.sleep(0)  # what has arrived begins
    if server := runner.server:
        server.pre_shutdown()
        while server.connections:  # noqa: ASYNC110 - aiohttp tells nobody
            await asyncio.sleep(0.02)
