"""What a run of the proof of `/focus` has around it: a twin, lives of the bot, and the database seen from outside."""

import json
import os
import signal
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from sqlalchemy import create_engine, insert, select, text

from bot.domain.jobs import sync_url
from bot.services.focus import OVER
from bot.store.tables import delivery, focus, focus_choice
from graph.sandbox.people import TWO
from tests.fakes.botframework import TENANT
from tests.ports import free_port
from tests.proof.runs import Bot, Launcher, Teams, until

ANNEKE = TWO[0]
SENDER = {"id": ANNEKE.channel_user_id, "name": ANNEKE.name, "aadObjectId": ANNEKE.user_id}
CHAT = {"id": "a:anneke", "conversationType": "personal", "tenantId": TENANT}
UNFINISHED = ("PENDING", "ENQUEUED")  # what is DELAYED is for the case that nobody did it


class Twin:
    """A twin of its own for one run, and what its person does there."""

    def __init__(self, launcher: Launcher, folder: Path, name: str, dial: Path) -> None:
        self.port = free_port()
        paths = {each: str(folder / f"{name}.twin.{each}") for each in ("state", "trace", "log")}
        self._pid = launcher({"twin": self.port, "dial": str(dial), **paths})
        ended = Path(f"{paths['trace']}.exit")
        until(lambda: ended.exists() or self._answers(), what="the twin")
        assert not ended.exists(), Path(paths["log"]).read_text()[-3000:]

    def person(self) -> dict[str, Any]:
        """What the person has in Teams and their calendar."""
        (one,) = [one for one in self._ask("/_twin/world")["people"] if one["userId"] == ANNEKE.user_id]
        events = [{name: told for name, told in event.items() if name != "id"} for event in one["events"]]
        return {"preferred": one["preferred"], "status": one["status"], "events": events}

    def does(self, act: str, **told: Any) -> None:
        self._ask(f"/_twin/people/{ANNEKE.user_id}/acts", {"act": act, **told})

    def end(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)

    def _answers(self) -> bool:
        with suppress(OSError):
            self._ask("/_twin/world")
            return True
        return False

    def _ask(self, path: str, body: Any = None) -> Any:
        raw = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", raw)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read())


class Life(Bot):
    """One life of the bot, beside a twin and by the dial's clock."""

    def begin(self, database: str, dial: Path, graph: str, kill_at: int | None = None) -> Self:
        settings = {"PORT": str(self.port), "DATABASE_URL": database, "SAMEN_DEMO": "0", "SAMEN_LOG": "json"}
        environment = settings | {"GraphBaseUrl": f"{graph}/v1.0", "OAuthUrl": graph}
        told = {"environment": environment, "dial": str(dial), "kill_at": kill_at}
        self.pid = self._launcher({**told, "trace": str(self.trace), "log": str(self.log)})
        until(lambda: self.is_dead or self._is_ready(), what=f"{self.name} ready")
        return self

    def hears(self, words: str, teams: Teams, activity: str, house: str) -> bool:
        return self._hears(words, teams, activity, house, **{"from": SENDER, "conversation": CHAT})

    def tick(self) -> None:
        """As each minute does."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGUSR1)

    def _is_ready(self) -> bool:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
        return False


class Rows:
    """What stands in the database, looked at from outside."""

    def __init__(self, url: str) -> None:
        self.url = url
        plain = sync_url(url).replace("postgresql://", "postgresql+psycopg://")
        self._engine = create_engine(plain)
        self._workflows = "workflow_status" if plain.startswith("sqlite") else "dbos.workflow_status"

    def wants_a_line(self) -> None:
        """They want one line at the end."""
        usual = {"minutes": 50, "mode": "quiet", "end_line": True, "status": True}
        with self._engine.begin() as connection:
            connection.execute(insert(focus_choice), [{"tenant": TENANT, "user_id": ANNEKE.user_id, **usual}])

    def session(self) -> dict[str, Any] | None:
        """The session as it is kept, None before there is one."""
        with self._engine.connect() as connection:
            rows = [dict(row) for row in connection.execute(select(focus)).mappings()]
        assert len(rows) < 2, rows
        return rows[0] if rows else None

    def asks(self) -> bool:
        """Whether Teams is being asked to show a line, as far as anybody noted."""
        with self._engine.connect() as connection:
            asked = select(delivery.c.id).where(delivery.c.kind == OVER, delivery.c.asked_at.is_not(None))
            return bool(connection.execute(asked).all())

    def work(self) -> list[str]:
        """What the engine and the deliveries still have to do."""
        with self._engine.connect() as connection:
            found = connection.execute(text(f"select name, status from {self._workflows}"))
            jobs = [f"{name} {status}" for name, status in found if status in UNFINISHED]
            return jobs + [f"delivery {row.kind}" for row in connection.execute(select(delivery.c.kind))]

    def close(self) -> None:
        self._engine.dispose()
