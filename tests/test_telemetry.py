"""Telemetry: off by default, on loopback only, and nobody in any of it."""

import json
import re
import subprocess
import sys
import threading
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import structlog
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from app import measured_words
from bot import telemetry
from bot.domain.jobs import Work
from bot.domain.people import Role
from bot.domain.sites import CLOSED
from bot.jobs.tries import Tries
from bot.services import FakeClock
from bot.services.health import FakeHealth
from bot.store import Store
from bot.store.outbox import FakeOutbox
from bot.store.waiting import Waiting, waiting
from bot.telemetry import COMMAND, SQL, TICK, TURN, timed
from bot.telemetry.measures import GAUGES, MEASURES, OTHER, WORDS
from bot.telemetry.recording import Recording
from bot.telemetry.running import HAND_OVER_S, start_telemetry
from bot.turn import Scope
from tests.conversations import test_canary as canary
from tests.conversations.town import ANOUK, BART, CHANNEL, GROUP, MEETING, ROZET, STADSKANTOOR, TEAM_ID, Town, personal
from tests.fakes.botframework import TENANT, BotFramework, utc
from tests.ports import free_port
from tests.test_app import WAIT_S, get, running, start, wait_until

ROOT = Path(__file__).parents[1]
PEOPLE = (*canary.ROLES.values(), *canary.VICTIMS)
# Everything in telemetry is one of these, besides what OpenTelemetry itself says of a number or a span.
KEYS = frozenset(key for measure in (*MEASURES, *GAUGES) for key in measure.labels)
OF_THE_RESOURCE = {"service.name", "service.version"}


class Heard:
    """Telemetry kept in memory, as somebody who runs Samen would read it."""

    def __init__(self):
        self._reader, self._spans = InMemoryMetricReader(), InMemorySpanExporter()
        processors = [SimpleSpanProcessor(self._spans)]
        self.recording = Recording("test", measured_words(), [self._reader], processors)

    @property
    def spans(self):
        return self._spans.get_finished_spans()

    @property
    def points(self):
        """Every number: its name and labels."""
        found = self._reader.get_metrics_data()
        for resource in found.resource_metrics if found else ():
            for scope in resource.scope_metrics:
                for metric in scope.metrics:
                    for point in metric.data.data_points:
                        yield metric.name, dict(point.attributes)

    def values(self, name):
        """What was noted of one number: how often and how much in all, with its labels."""
        metrics = self._reader.get_metrics_data().resource_metrics[0].scope_metrics[0].metrics
        points = [point for metric in metrics if metric.name == name for point in metric.data.data_points]
        return [(point.count, point.sum, dict(point.attributes)) for point in points]

    @property
    def labels(self):
        """Every set of labels on a number or a span."""
        return [labels for _, labels in self.points] + [dict(span.attributes) for span in self.spans]

    def everything(self):
        """All of it as one text."""
        found = self._reader.get_metrics_data()
        return "\n".join([found.to_json() if found else "", *(span.to_json() for span in self.spans)])


@pytest.fixture
def heard():
    kept = Heard()
    telemetry.use(kept.recording)
    yield kept
    telemetry.use(telemetry.OFF)
    kept.recording.close()


@pytest.fixture
async def town(heard, sqlite_files):
    clock = FakeClock(utc())
    store = Store(sqlite_files.ready(), clock.now, FakeOutbox())
    async with BotFramework() as framework, Town(framework, store, clock) as town:
        await town.furnish()
        yield town
    await store.close()


def somebody():
    """Whatever tells who, where or in which conversation."""
    names = [name for who in PEOPLE for name in (who.name, who.user_id, who.channel_user_id)]
    chats = [place.id for place in (CHANNEL, GROUP, MEETING)] + [personal(who).id for who in PEOPLE]
    return {*names, *chats, "canary-", TENANT, TEAM_ID, STADSKANTOOR.name, ROZET.name, "@thread", "http"}


def leaks(heard):
    """Who or what is in telemetry that should not be."""
    text = heard.everything().casefold()
    return {mark for mark in somebody() if mark.casefold() in text}


def closed(key):
    """The closed list of a label, as a pattern that its values must fit wholly."""
    words = {*WORDS.get(key, ()), *measured_words().get(key, ())}
    enums = {"scope": Scope, "work": Work}.get(key, ())
    more = {"intent": ["[A-Z][A-Za-z]{2,30}"], "status": ["[1-5][0-9]{2}"]}.get(key, [])
    return re.compile("|".join([*map(re.escape, [*words, *(one.value for one in enums), OTHER]), *more]))


async def live(town):
    """Everybody asks everything everywhere, nights pass, and what can go wrong at the door does."""
    await canary.settle(town, BART)
    await town.says("waar di stadskantoor balie", BART)
    await town.says("/kantoor dicht Stadskantoor di ochtend", ANOUK)
    await town.tick(timedelta(minutes=1))
    await canary.seed(town, "member", shared_with=TEAM_ID)
    await canary.type_everything(town, BART, "nl")
    await town.says("/team", ANOUK, CHANNEL)
    await town.client.write("help", ANOUK, personal(ANOUK), channelData={"tenant": {"id": "elsewhere"}})
    town.client.token = None
    await town.client.write("help Anouk", ANOUK, personal(ANOUK))
    town._renew()
    await town.tick(timedelta(days=1))


@pytest.mark.thorough
async def test_nobody_is_in_it(town, heard):
    """All kinds of turns, with marked people everywhere: no name, text, place or id, and no label outside its list."""
    await live(town)
    assert leaks(heard) == set()
    assert {key for labels in heard.labels for key in labels} <= KEYS
    odd = [(key, value) for labels in heard.labels for key, value in labels.items() if not closed(key).fullmatch(value)]
    assert odd == []
    for span in heard.spans:
        assert span.name in {measure.name for measure in MEASURES}
        assert (span.events, span.links, span.status.description) == ((), (), None)
        assert set(span.resource.attributes) == OF_THE_RESOURCE
    assert {name for name, _ in heard.points} >= {"samen.request", "samen.turn", "samen.command", "samen.sql"}
    assert {name for name, _ in heard.points} >= {"samen.connector", "samen.tick", "samen.tick.part"}
    assert "samen.delivery.lag" in dict(heard.points)
    # What is ours is told by its name: only what came from outside may be "other".
    ours = ("command", "intent", "kind", "message", "method", "operation", "part", "scope", "statement", "table")
    assert [key for labels in heard.labels for key in ours if labels.get(key) == OTHER] == []


async def test_a_name_where_a_word_should_be_is_not_told(heard):
    """Whatever an instrumentation point hands over: what is in no closed list is "other", and an odd label is not kept."""
    with timed(COMMAND, command=BART.name, intent=Role, scope=Scope.GROUP, person=BART.user_id):
        pass
    with timed(SQL, statement=f"select {BART.name}", table=BART.user_id):
        pass
    with timed(TURN, kind="message", scope=BART.name) as section:
        section.say(outcome=BART.channel_user_id, status=29)
    assert leaks(heard) == set()
    told = dict(heard.points)
    assert told["samen.command"] == {"command": OTHER, "intent": "Role", "scope": "group", "outcome": "done"}
    assert told["samen.turn"] == {"kind": "message", "scope": OTHER, "outcome": OTHER}
    assert told["samen.sql"] == {"statement": OTHER, "table": OTHER, "outcome": "done"}


async def test_what_would_leak_is_seen(heard, monkeypatch):
    """The search itself: with the closed lists broken, a planted name is found."""
    monkeypatch.setattr(Recording, "_word", lambda _self, _key, value: str(value))
    with timed(TICK), timed(COMMAND, command=BART.name, intent=Role, scope=GROUP.id):
        pass
    assert leaks(heard) >= {BART.name, GROUP.id}


async def test_a_turn_is_a_trace_of_its_own(town, heard):
    """From the request down to statements and Teams; and its log lines carry the trace's id."""
    with structlog.testing.capture_logs([structlog.contextvars.merge_contextvars]) as lines:
        await town.says("/waar morgen thuis", BART)
    mine = {span.name: span for span in heard.spans}
    request, turn, command = (mine[name] for name in ("samen.request", "samen.turn", "samen.command"))
    assert request.parent is None
    assert turn.parent.span_id == request.context.span_id
    assert command.parent.span_id == turn.context.span_id
    assert dict(request.attributes) == {"activity": "message", "status": "200"}
    assert dict(turn.attributes) == {"kind": "message", "scope": "personal", "outcome": "done"}
    assert command.attributes["command"] == "where"
    trace_id = f"{request.context.trace_id:032x}"
    assert {f"{span.context.trace_id:032x}" for span in heard.spans} == {trace_id}
    assert {span.attributes["table"] for span in heard.spans if span.name == "samen.sql"} >= {"plan", "person"}
    asked = [dict(span.attributes) for span in heard.spans if span.name == "samen.connector"]
    assert {"method": "POST", "operation": "activities", "status": "201"} in asked
    assert [line["trace"] for line in lines if line["event"] == "turn_answered"] == [trace_id]


async def test_timed_work_begins_a_trace_of_its_own(town, heard):
    """Also when something else goes on around it; every part of the round is known by name."""
    with timed(TICK):
        await town.tick()
    ticks = [span for span in heard.spans if span.name == "samen.tick"]
    assert len({span.context.trace_id for span in ticks}) == 2
    assert [span.parent for span in ticks] == [None, None]
    parts = {span.attributes["part"] for span in heard.spans if span.name == "samen.tick.part"}
    assert parts == set(town.timed.round._parts)


async def test_each_try_of_a_job_is_timed(heard):
    """By its name, in a trace of its own, whatever was asked of it."""
    tries = iter([ValueError(BART.name), None])

    async def job():
        if error := next(tries):
            raise error

    await Tries(FakeHealth(), pauses=[0.0]).run(Work.DELIVER.value, job)
    jobs = [span for span in heard.spans if span.name == "samen.job"]
    assert [dict(span.attributes) for span in jobs] == [
        {"work": "deliver", "outcome": "failed"},
        {"work": "deliver", "outcome": "done"},
    ]
    assert [span.parent for span in jobs] == [None, None]
    assert leaks(heard) == set()


async def test_what_fails_says_so(town, heard):
    """A handler that fails is counted as failed, without a word of the error."""

    async def trouble(*_):
        raise ValueError(BART.name)

    town.dispatcher._run = trouble
    await town.says("/waar morgen thuis", BART)
    with pytest.raises(ValueError, match="x"), timed(COMMAND, command="where"):
        raise ValueError("x")
    told = dict(heard.points)
    assert told["samen.turn"]["outcome"] == "failed"
    assert told["samen.command"]["outcome"] == "failed"
    assert leaks(heard) == set()


@pytest.mark.parametrize("waits", [False, True], ids=["in working time", "at night"])
async def test_how_late_a_message_leaves_is_told_by_its_kind(town, heard, waits):
    """From the moment it may: what is said at night may be said in the morning."""
    await canary.settle(town, BART)
    await town.says("waar wo stadskantoor", BART)
    if waits:
        await town.tick(datetime(2026, 11, 23, 20, 0, tzinfo=UTC))
    await town.says("/kantoor dicht Stadskantoor wo", ANOUK)
    if waits:
        await town.tick(timedelta(minutes=1))
        assert heard.values("samen.delivery.lag") == []
        town.clock.move(datetime(2026, 11, 24, 7, 0, tzinfo=UTC) - town.clock.now())
    await town.tick(timedelta(seconds=90))
    assert heard.values("samen.delivery.lag") == [(1, 90.0, {"message": CLOSED})]


async def test_what_waits_is_counted(database_url):
    """Of all tenants: what may be sent now, what comes later, and since when the oldest waits."""
    clock = FakeClock(utc())
    store = Store(database_url, clock.now, FakeOutbox())
    assert await waiting(store.engines, clock.now()) == Waiting(0, 0, 0.0)
    for tenant, ago in (("a", 90), ("b", 30), ("b", -60)):
        async with store.units.mirror(tenant) as unit:
            at = clock.now() - timedelta(seconds=ago)
            await unit.deliveries.add("hello", f"s{ago}", user_id="u", due_at=at)
    found = await waiting(store.engines, clock.now())
    assert found == Waiting(2, 1, 90.0)
    await store.close()


def test_off_nothing_of_it_is_there():
    """Not even imported, by a process that answers turns."""
    code = "import sys, app; print([m for m in sys.modules if m.startswith(('opentelemetry', 'prometheus'))])"
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
    assert not telemetry.is_on()
    with timed(TURN, kind="message") as section:
        section.say(outcome="done")
    assert start_telemetry("test", {}, None, None) is None


def read_numbers(port, until):
    """What Prometheus reads, once it tells of `until`: the first round is still under way when the door opens."""
    deadline, numbers = time.monotonic() + WAIT_S, ""
    while until not in numbers and time.monotonic() < deadline:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
            numbers = answer.read().decode()
    return numbers


@pytest.mark.process
@pytest.mark.postgres
@pytest.mark.parametrize("role", ["web", "jobs", "all"])
def test_the_numbers_are_on_loopback_only(tmp_path, postgresql_server, role):
    port, url = free_port(), postgresql_server.empty()
    with running(tmp_path, DATABASE_URL=url, SAMEN_ROLE=role, SAMEN_METRICS_PORT=str(port)) as door:
        wait_until(lambda: get(door, "/readyz") == 200)
        assert get(door, "/metrics") == 404
        numbers = read_numbers(port, until="samen_delivery_waiting{" if role == "web" else "samen_tick_seconds_count")
        assert "samen_sql_seconds_bucket{" in numbers
        assert "samen_delivery_waiting{" in numbers
        assert ("samen_tick_seconds_count" in numbers) is (role != "web")
        assert "process_resident_memory_bytes" in numbers
        listening = {line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:] if " 0A " in line}
        assert [at for at in listening if at.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]


@pytest.mark.process
def test_a_taken_port_is_one_sentence(tmp_path):
    class Silent(BaseHTTPRequestHandler):
        pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Silent) as taken:
        process = start(tmp_path, PORT=str(free_port()), SAMEN_METRICS_PORT=str(taken.server_port))
        _, err = process.communicate(timeout=WAIT_S)
    assert process.returncode == 2
    assert "SAMEN_METRICS_PORT" in err.splitlines()[-1]
    assert "Traceback" not in err


class Collector:
    """Takes traces as an OTLP collector does, or never answers."""

    def __init__(self, *, hangs=False):
        self.paths, self.bodies, self.free = [], [], threading.Event()
        collector = self

        class Taker(BaseHTTPRequestHandler):
            def do_POST(self):
                collector.paths.append(self.path)
                collector.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                if hangs:
                    collector.free.wait(30)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Taker)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.free.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.mark.process
def test_spans_go_to_the_collector(tmp_path):
    """All that happened, by the stop at the latest; and nothing of it in Prometheus' form unless asked for."""
    with Collector() as collector:
        with running(tmp_path, OTEL_EXPORTER_OTLP_ENDPOINT=f"{collector.url}/", SAMEN_LOG="json") as door:
            activity = json.dumps({"type": "message", "text": "GEHEIM"}).encode()
            assert get(door, "/api/messages", activity, **{"Content-Type": "application/json"}) == 400
        assert set(collector.paths) == {"/v1/traces"}
        told = b"".join(collector.bodies)
        assert b"samen.tick" in told
        assert b"samen.request" in told
        assert b"GEHEIM" not in told


def test_a_collector_that_hangs_does_not_hold_up_the_stop():
    with Collector(hangs=True) as collector:
        mine = start_telemetry("test", measured_words(), None, collector.url)
        with timed(TICK):
            pass
        begun = time.monotonic()
        mine.close()
        assert time.monotonic() - begun < HAND_OVER_S + 1
        assert not telemetry.is_on()


def test_operators_can_read_what_each_number_is():
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    names = [f"{one.name}.seconds" if one.unit == "s" else one.name for one in (*MEASURES, *GAUGES)]
    assert [name for name in names if f"`{name.replace('.', '_')}`" not in page] == []


def test_every_label_has_a_closed_list():
    """A new label is given its words, or an enum or a class says them."""
    known = {*WORDS, *measured_words(), "scope", "intent", "work"}
    assert known >= KEYS
