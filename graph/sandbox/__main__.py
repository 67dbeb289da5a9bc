"""`python -m graph.sandbox --port 3980 --state var/twin.json --people infra/playground/demo.json`."""

import argparse
import asyncio
import ipaddress
import signal
import sys
from pathlib import Path

from aiohttp import web

from graph.sandbox.people import TWO, PeopleUnreadable, read_people
from graph.sandbox.server import application, twin
from graph.sandbox.sign_in import STATES
from graph.sandbox.store import StateUnreadable

SAID = "The twin of Microsoft Graph is at http://{host}:{port}/ (made-up people; stop it with Ctrl-C)\n"


class Unable(Exception):
    """Its text is for whoever started the twin."""


def main() -> int:
    """Runs until it is told to stop; 0 then, 1 with one sentence when it cannot start."""
    try:
        asyncio.run(run(arguments()))
    except (Unable, StateUnreadable, PeopleUnreadable) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m graph.sandbox", description="The twin of Microsoft Graph.")
    parser.add_argument("--port", type=int, required=True, help="0: any that is free")
    parser.add_argument("--state", type=Path, required=True, help="the file that keeps everything; made when missing")
    parser.add_argument("--people", type=Path, help="a Playground configuration in JSON; two people when not given")
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--sign-in", choices=STATES, default="signed_in", help="how people stand with the bot at first")
    return parser.parse_args()


async def run(asked: argparse.Namespace) -> None:
    """Serves until SIGTERM or SIGINT. Raises Unable, StateUnreadable, PeopleUnreadable."""
    host = loopback(asked.host)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    people = TWO if asked.people is None else read_people(asked.people)
    try:
        app = application(twin(asked.state, people, sign_in=asked.sign_in))
    except OSError as error:
        raise Unable(f"The twin cannot write {asked.state}: {error}.") from None
    # Requests that are kept waiting on purpose do not hold up the end.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await listen(runner, host, asked.port)
        await stopped.wait()
    finally:
        await runner.cleanup()


async def listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except (OSError, OverflowError) as error:
        raise Unable(f"The twin cannot listen on port {port}: {error}.") from None
    shown = f"[{host}]" if ":" in host else host
    sys.stdout.write(SAID.format(host=shown, port=runner.addresses[0][1]))
    sys.stdout.flush()


def loopback(host: str) -> str:
    """The address itself; the twin has no locks on its doors, so any other address is refused."""
    try:
        if ipaddress.ip_address(host).is_loopback:
            return host
    except ValueError:
        pass
    raise Unable(f"The twin listens on loopback only (127.0.0.1 or ::1), not on {host}.")


if __name__ == "__main__":
    sys.exit(main())
