"""What `make run` starts: the twin of Microsoft Graph, the bot and the Agents Playground side by side, until Ctrl-C.

usage: python infra/playground/up.py [FOLDER]     FOLDER receives the logs; var/log when not given
Ports: PORT for the bot (3978), PLAYGROUND_PORT for the Playground (3979), TWIN_PORT for the twin (3980).
TWIN_STATE is the file in which the twin keeps what it knows (var/twin.json), as DATABASE_URL is for the bot.
Leaves with 0 when it was told to stop, with 1 when something went wrong (said in one sentence, with the log's tail).
"""

import contextlib
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from children import Child, Stopped, Trouble, end_with_parent, stop, wait_until

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "infra" / "playground"
INSTALLED = ROOT / "var" / "playground"
CLI = INSTALLED / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
PEOPLE = HERE / "demo.json"
OLDEST_NODE = 20
WELCOME = """
Samen is running, with the made-up municipality Voorbeeldrecht. You are Anneke Visser, its administrator.
Samen draait, met de verzonnen gemeente Voorbeeldrecht. Je bent Anneke Visser, de beheerder.

  Open           http://127.0.0.1:{playground}
  Look | Kijk    http://127.0.0.1:{twin}      beside it: what /focus does to calendar and Teams status | ernaast: wat /focus doet
  Type | Typ     /waar morgen thuis         in Personal Chat; English: /where home tomorrow
                 /focus 50 rapport          undisturbed: sign in with its button, then look | ongestoord: meld je aan met de knop, kijk dan ernaast
                 /vandaag                   your day, /klaar ends it | je dag, /klaar sluit hem af; English: /today, /done
                 @Samen waar                in a group or channel, start with @Samen | begin daar met @Samen
  Stop           Ctrl-C
  Logs           {logs}
"""
ALONE = """
Samen runs alone on http://127.0.0.1:{bot}/api/messages: {reason}.
With Node.js {oldest} or newer (nodejs.org), `make run` opens a Teams client in the browser too.

  Look           http://127.0.0.1:{twin}      calendar and Teams status of its made-up people
  Stop           Ctrl-C
  Logs           {logs}
"""


@dataclass(frozen=True)
class Ports:
    """Who listens where on 127.0.0.1; 0 = no Playground."""

    bot: int
    playground: int
    twin: int


def main() -> int:
    logs = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var" / "log"
    end_with_parent()
    children: list[Child] = []
    told_to_stop: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Only noted, and looked at between two steps: a second Ctrl-C cannot break off the stopping.
        signal.signal(number, lambda got, _frame: told_to_stop.append(got))
    try:
        run(children, logs, lambda: bool(told_to_stop))
    except Stopped:
        say("\nStopping.")
        return 0
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    finally:
        stop(children)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # Python puts back the system's own handling when it ends: one more Ctrl-C then would look like a crash.
            signal.signal(number, signal.SIG_IGN)
    return 0


def run(children: list[Child], logs: Path, told_to_stop: Callable[[], bool]) -> None:
    """Starts what can be started and stays until told to stop; raises Stopped or Trouble, never returns quietly."""
    logs.mkdir(parents=True, exist_ok=True)
    without_node = why_no_playground()
    ports = free_ports(playground_too=not without_node)
    refuse_production(os.environ)

    children.append(twin(ports.twin, logs))
    wait_until(lambda: answers(ports.twin, "/_twin/world"), children, told_to_stop, seconds=60)
    children.append(bot(ports, logs))
    if not without_node:
        install(logs, children, told_to_stop)
        children.append(playground(ports.bot, ports.playground, logs))
    wait_until(lambda: answers(ports.bot, "/healthz"), children, told_to_stop, seconds=60)
    if without_node:
        say(ALONE.format(bot=ports.bot, twin=ports.twin, reason=without_node, oldest=OLDEST_NODE, logs=shown(logs)))
    else:
        wait_until(lambda: answers(ports.playground, "/_internal/v1/testConfig"), children, told_to_stop, seconds=60)
        say(WELCOME.format(playground=ports.playground, twin=ports.twin, logs=shown(logs)))
    wait_until(lambda: False, children, told_to_stop)


def why_no_playground() -> str | None:
    """A reason, in words that continue a sentence, or None when Node and npm are there."""
    if not (shutil.which("node") and shutil.which("npm")):
        return "there is no Node.js with npm on this machine"
    told = subprocess.run(["node", "--version"], capture_output=True, text=True, timeout=20, check=False).stdout
    version = re.match(r"v(\d+)", told)
    if version is None or int(version[1]) < OLDEST_NODE:
        return f"the Node.js on this machine is too old ({told.strip() or 'it does not say its version'})"
    return None


def free_ports(*, playground_too: bool) -> Ports:
    """Where each will listen; raises Trouble as free_port does, and for two that are the same."""
    bot_port = free_port("PORT", 3978)
    playground_port = free_port("PLAYGROUND_PORT", 3979, bot_port) if playground_too else 0
    return Ports(bot_port, playground_port, free_port("TWIN_PORT", 3980, bot_port, playground_port))


def free_port(name: str, default: int, *others: int) -> int:
    """The port that the variable `name` gives; raises Trouble when it is no port or somebody has it."""
    text = os.environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not 1024 <= int(text) <= 65535:  # noqa: PLR2004 - the ports there are
        raise Trouble(f"{name} must be a number from 1024 to 65535, not {text!r}.")
    port = int(text)
    with socket.socket() as probe:
        # As the servers do themselves: a port that was left a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if port not in others:
                return port
    raise Trouble(
        f"Port {port} is taken: stop what uses it, or choose another one with `make run {name}={port + 1000}`."
    )


def refuse_production(environment: Mapping[str, str]) -> None:
    if any(name.lower() == "microsoftappid" for name in environment):
        raise Trouble("MicrosoftAppId is set, which means production: `make run` is for trying out, so unset it first.")


def twin(port: int, logs: Path) -> Child:
    """Starts the twin of Microsoft Graph for the demo's people; it goes on with what its file kept."""
    state = ROOT / (os.environ.get("TWIN_STATE") or "var/twin.json")
    state.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-u", "-m", "graph.sandbox", "--port", str(port)]
    # As in Teams: Samen reaches nobody's account before they let it.
    command += ["--state", str(state), "--people", str(PEOPLE), "--sign-in", "signed_out"]
    return Child("The twin of Microsoft Graph", command, os.environ, logs / "twin.log", ROOT)


def bot(ports: Ports, logs: Path) -> Child:
    """Starts the bot with the twin as its Microsoft Graph, whatever else these two were set to."""
    ours = {"GraphBaseUrl": f"http://127.0.0.1:{ports.twin}/v1.0", "OAuthUrl": f"http://127.0.0.1:{ports.twin}"}
    # The bot reads names in any case, so a differently written one would be a second value.
    rest = {name: value for name, value in os.environ.items() if name.lower() not in {key.lower() for key in ours}}
    # Unbuffered, so that the tail of the log is the last thing it said.
    command = [sys.executable, "-u", "app.py"]
    return Child("The bot", command, {**rest, **ours, "PORT": str(ports.bot)}, logs / "bot.log", ROOT)


def install(logs: Path, children: list[Child], told_to_stop: Callable[[], bool]) -> None:
    """Installs the pinned Playground where the lock says something else than what is there."""
    npm = Child(
        "npm", ["sh", "infra/npm-ci.sh", str(HERE), str(INSTALLED)], dict(os.environ), logs / "npm.log", cwd=ROOT
    )
    try:
        wait_until(npm.has_ended, children, told_to_stop, seconds=300)
    finally:
        stop([npm])
    if npm.code != 0:
        raise Trouble(f"npm could not install the Playground (it needs the network once):\n{npm.tail()}")


def playground(bot_port: int, port: int, logs: Path, people: Path = PEOPLE) -> Child:
    """Starts the Playground for the people in `people`; its first one is whose screen it is."""
    own_log = logs / "playground-reasons.log"
    own_log.unlink(missing_ok=True)
    command = ["node", "-r", str(HERE / "loopback.cjs"), str(CLI), "start"]
    command += ["--app-endpoint", f"http://127.0.0.1:{bot_port}/api/messages", "--channel-id", "msteams"]
    # By number: the Playground itself would say localhost, which can be ::1, where it does not listen.
    command += ["--port", str(port), "--service-url", f"http://127.0.0.1:{port}/_connector", "--disable-telemetry"]
    environment = {
        **os.environ,
        "TZ": "Europe/Amsterdam",
        "TEAMSAPPTESTER_BROWSER": "none",
        "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(people),  # it asks for YAML, and JSON is YAML
        "M365_AGENTS_PLAYGROUND_LOGFILE": str(own_log),
        # An organisation's web proxy must not get to see what is said between two processes of this machine.
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
    }
    child = Child("The Playground", command, environment, logs / "playground.log", logs)
    child.logs.append(own_log)
    return child


def answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def shown(folder: Path) -> Path:
    return folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
