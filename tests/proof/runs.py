"""The processes of a run and the database they share: started, asked, killed, and looked at from outside."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine, create_engine, func, insert, make_url, select, text, update

from bot.domain.jobs import sync_url
from bot.settings import Settings
from bot.store.tables import delivery, failure, living_card, person, team
from tests.fakes.botframework import TENANT
from tests.plugins.databases import Databases, PostgreSQLServer, _end_with_me
from tests.ports import free_port
from tests.proof import bell
from tests.proof.arrivals import Arrival, read

ROOT = Path(__file__).resolve().parents[2]
OURS = {str(each.validation_alias).upper() for each in Settings.model_fields.values()}
PATIENCE_S = 60.0
# Ten o'clock in Amsterdam on the Monday before: everybody works. Never ahead of the machine's clock, by which the pace is
# kept: an hour behind ours its rows would be past their time.
_TODAY = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0)
MONDAY_TEN = _TODAY - timedelta(days=_TODAY.weekday() + 7)
BOT = {"id": "28:bot", "name": "Samen"}
ASKER = {"id": "29:anouk", "name": "Anouk de Vries", "aadObjectId": "aaaaaaaa-0000-4000-8000-100000000001"}
# Work that is still to be done, or that somebody does.
UNFINISHED = ("PENDING", "ENQUEUED", "DELAYED")


HOUSE = "house"


def until(true: Callable[[], Any], seconds: float = PATIENCE_S, *, every: float = 0.05, what: str = "") -> Any:
    """Wait until something is true, and give it."""
    deadline = time.monotonic() + seconds
    while not (found := true()):
        if time.monotonic() > deadline:
            raise AssertionError(f"{what or getattr(true, '__name__', 'it')}: not within {seconds} s")
        time.sleep(every)
    return found


def _environment(**settings: str) -> dict[str, str]:
    usual = {name: value for name, value in os.environ.items() if name.upper() not in OURS}
    return {**usual, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **settings}


class Teams:
    """The connector in a process of its own; `log` outlives everybody."""

    def __init__(self, folder: Path) -> None:
        self.log, self.port = folder / "arrivals", free_port()
        command = [sys.executable, "-m", "tests.proof.connector", str(self.port), str(self.log)]
        self._out = (folder / "connector.out").open("wb")
        self._running = subprocess.Popen(
            command,
            cwd=ROOT,
            env=_environment(),
            stdout=self._out,
            stderr=self._out,
            preexec_fn=_end_with_me,  # noqa: PLW1509 - no thread runs yet
        )
        until(self._answers, what="the connector")

    def script(self, conversation: str, *answers: Mapping[str, Any], always: Mapping[str, Any] | None = None) -> None:
        """What the next requests in a conversation ("*": in any) are answered, or all of them."""
        asked = {"conversation": conversation, "answers": answers} | ({"always": always} if always else {})
        _post(f"http://127.0.0.1:{self.port}/script", asked)

    def url(self, house: str = HOUSE) -> str:
        """The service URL of one run's conversations."""
        return f"http://127.0.0.1:{self.port}/{house}/"

    def arrivals(self, house: str = HOUSE) -> list[Arrival]:
        return [one for one in read(self.log) if one.house == house]

    def stop(self) -> None:
        self._running.terminate()
        self._running.wait(10)
        self._out.close()

    def _answers(self) -> bool:
        with suppress(OSError):
            self.script("nobody")
            return True
        return False


class Launcher:
    """Makes lives of the bot, quickly: everything was imported once.

    `unsure_s`: how long they wait for who may still be asking Teams, instead of the product's half a minute; more than a
    request may take, 5 s. `module` is what makes them.
    """

    def __init__(self, folder: Path, unsure_s: float | None = None, module: str = "tests.proof.launch") -> None:
        self._unsure_s = unsure_s
        self._out = (folder / "launcher.out").open("ab")
        self._running = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=ROOT,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._out,
            text=True,
            preexec_fn=_end_with_me,  # noqa: PLW1509 - no thread runs yet
        )
        self._lock = threading.Lock()

    def __call__(self, told: Mapping[str, Any]) -> int:
        """Begin a life; its process id."""
        assert self._running.stdin
        assert self._running.stdout
        with self._lock:
            self._running.stdin.write(json.dumps({**told, "unsure_s": self._unsure_s}) + "\n")
            self._running.stdin.flush()
            return int(self._running.stdout.readline())

    def close(self) -> None:
        assert self._running.stdin
        assert self._running.stdout
        self._running.stdin.close()
        self._running.wait(10)
        self._running.stdout.close()
        self._out.close()


class Bot:
    """One life of the bot, from `go` on."""

    def __init__(self, launcher: Launcher, folder: Path, name: str) -> None:
        self._launcher, self.name, self.port = launcher, name, free_port()
        self.trace, self.log = folder / f"{name}.steps", folder / f"{name}.log"
        self.pid = 0

    def go(self, database: str, kill_at: int | None = None, **settings: str) -> Self:
        """Begin, and wait until it answers; ten o'clock on a Monday is when this module was loaded."""
        usual = {"PORT": str(self.port), "DATABASE_URL": database, "SAMEN_DEMO": "0", "SAMEN_LOG": "json"}
        told = {"environment": usual | settings, "offset": OFFSET, "kill_at": kill_at}
        self.pid = self._launcher({**told, "trace": str(self.trace), "log": str(self.log)})
        until(lambda: self.is_dead or _status(f"http://127.0.0.1:{self.port}/readyz") == 200, what=f"{self.name} ready")
        return self

    @property
    def ended_with(self) -> int | None:
        """Its exit code, below 0 for a signal; None while it lives."""
        file = Path(f"{self.trace}.exit")
        return int(file.read_text()) if self.pid and file.exists() else None

    @property
    def is_dead(self) -> bool:
        return self.ended_with is not None

    @property
    def was_killed(self) -> bool:
        return self.ended_with == -signal.SIGKILL

    def steps(self) -> list[str]:
        """What it did, one step a line, without the numbers."""
        return [line.partition(" ")[2] for line in self.trace.read_text().splitlines()] if self.trace.exists() else []

    def sent(self) -> list[tuple[float, str]]:
        """When each of its requests to Teams went (seconds since 1970), and to which conversation."""
        lines = [line.split() for line in Path(f"{self.trace}.sent").read_text().splitlines()]
        return [(float(at), where) for at, where in lines]

    def statements(self) -> int:
        """How many it has sent to its database, to the last second."""
        return int(Path(f"{self.trace}.statements").read_text())

    def events(self) -> list[dict[str, Any]]:
        """Its log."""
        lines = self.log.read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def says(self, words: str, teams: Teams, activity: str, house: str = HOUSE) -> bool:
        """Somebody writes to it; whether the message was taken."""
        return self._hears(words, teams, activity, house)

    def says_in_the_team(self, words: str, teams: Teams, activity: str) -> bool:
        """The same where the team reads it, as an answer to something."""
        mention = {"type": "mention", "mentioned": BOT, "text": "<at>Samen</at>"}
        where = {"id": f"{bell.TEAM};messageid=1", "conversationType": "channel", "isGroup": True, "tenantId": TENANT}
        channel = {"tenant": {"id": TENANT}, "team": {"id": bell.TEAM}, "channel": {"id": bell.TEAM}}
        more = {"conversation": where, "channelData": channel, "entities": [mention]}
        return self._hears(f"{mention['text']} {words}", teams, activity, HOUSE, **more)

    def _hears(self, words: str, teams: Teams, activity: str, house: str, **more: Any) -> bool:
        body = {
            "type": "message",
            "id": activity,
            "timestamp": MONDAY_TEN.isoformat(),
            "channelId": "msteams",
            "serviceUrl": teams.url(house),
            "from": ASKER,
            "recipient": BOT,
            "conversation": {"id": "a:asker", "conversationType": "personal", "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}},
            "locale": "nl-NL",
            "text": words,
            **more,
        }
        try:
            return 200 <= _post(f"http://127.0.0.1:{self.port}/api/messages", body) < 300
        except OSError:
            return False

    def kill(self) -> None:
        """As the machine's end would."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        until(lambda: self.is_dead, 10, what="its end")

    def freeze(self) -> None:
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def stop(self) -> float:
        """As an orchestrator does; the seconds it took."""
        begun = time.monotonic()
        os.kill(self.pid, signal.SIGTERM)
        until(lambda: self.is_dead, 30, what="its end")
        assert self.ended_with == 0, self.log.read_text()[-3000:]
        return time.monotonic() - begun

    def end(self) -> None:
        """Whatever became of it, it is not there any more."""
        if self.pid and not self.is_dead:
            self.kill()


OFFSET = (MONDAY_TEN - datetime.now(UTC)).total_seconds()


class Kept:
    """What stands in the database, looked at from outside."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.unsure: set[str] = set()
        plain = sync_url(url).replace("postgresql://", "postgresql+psycopg://")
        self._engine: Engine = create_engine(plain)
        self._workflows = "workflow_status" if plain.startswith("sqlite") else "dbos.workflow_status"

    def look(self) -> None:
        """Note who was being told something when a process died: Teams was asked, and nobody wrote down an answer."""
        with self._engine.connect() as connection:
            asked = select(delivery.c.user_id).where(delivery.c.asked_at.is_not(None))
            self.unsure |= set(connection.execute(asked).scalars())

    def people(self, teams: Teams, count: int) -> None:
        """Make so many people known, each with a chat of their own, and a team."""
        speaks = {"service_url": teams.url(), "channel": "msteams", "bot_id": BOT["id"], "bot_name": BOT["name"]}
        named = {"tenant": TENANT, "id": bell.TEAM, "name": "Wijkzaken", "kind": "team", "conversation": bell.TEAM}
        rows = [
            {"tenant": TENANT, "user_id": bell.person(n), "channel_user_id": f"p{n}", "conversation": bell.chat(n)}
            | speaks
            for n in range(1, count + 1)
        ]
        with self._engine.begin() as connection:
            connection.execute(insert(person), rows)
            connection.execute(insert(team), [named | speaks | {"scope": "channel"}])

    def move(self, teams: Teams, house: str) -> None:
        """Have everybody's chats in another house."""
        with self._engine.begin() as connection:
            for table in (person, team):
                connection.execute(update(table).values(service_url=teams.url(house)))

    def waiting(self) -> int:
        """How many deliveries wait, and living cards that are not drawn."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(func.count()).select_from(delivery)).scalar_one()
            cards = select(func.count()).select_from(living_card).where(living_card.c.redraw.is_not(None))
            return int(rows) + int(connection.execute(cards).scalar_one())

    def workflows(self) -> dict[str, int]:
        """How many pieces of the engine's work are unfinished, by name and state."""
        with self._engine.connect() as connection:
            found = connection.execute(text(f"select name, status, count(*) from {self._workflows} group by 1, 2"))
            return {f"{name} {status}": count for name, status, count in found if status in UNFINISHED}

    def failures(self) -> dict[str, int]:
        """What was counted as failed, by kind."""
        with self._engine.connect() as connection:
            counts = select(failure.c.kind, func.sum(failure.c.count)).group_by(failure.c.kind)
            return {kind: int(count) for kind, count in connection.execute(counts)}

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do."""
        return self.waiting() == 0 and not self.workflows()

    def close(self) -> None:
        self._engine.dispose()


@contextmanager
def copied(databases: Databases, template: str) -> Iterator[str]:
    """A copy of a database that nobody uses now."""
    if isinstance(databases, PostgreSQLServer):
        url = databases._create(str(make_url(template).database))
    else:
        url = databases.empty()
        shutil.copy(str(make_url(template).database), str(make_url(url).database))
    try:
        yield url
    finally:
        databases.drop(url)


def _post(url: str, body: Any) -> int:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return int(answer.status)


def _status(url: str) -> int | None:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return None
