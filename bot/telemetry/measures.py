"""What is measured: each number's name, its unit, and the closed lists that its labels come from."""

from collections.abc import Mapping
from dataclasses import dataclass

# Seconds. A turn aims at 0.05, an invoke must be answered within 5, a job may take minutes.
QUICK = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
LONG = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 900.0, 3600.0, 14400.0)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number in seconds (a gauge: as its unit says) with the labels it may carry, and no others.

    `root`: its span begins a trace of its own, whatever goes on around it.
    """

    name: str
    says: str
    labels: tuple[str, ...]
    buckets: tuple[float, ...] = QUICK
    unit: str = "s"
    root: bool = False


REQUEST = Measure("samen.request", "From request to response at the door", ("activity", "status"), root=True)
TURN = Measure("samen.turn", "From a turn to its reply, before it is brought", ("kind", "scope", "outcome"))
COMMAND = Measure("samen.command", "A command's own work", ("command", "intent", "scope", "outcome"))
SQL = Measure("samen.sql", "One statement, as the database answers", ("statement", "table", "outcome"))
CONNECTOR = Measure("samen.connector", "One request to Teams", ("method", "operation", "status"))
TICK = Measure("samen.tick", "The minute's whole round", ("outcome",), LONG, root=True)
PART = Measure("samen.tick.part", "One part of the minute's round", ("part", "outcome"), LONG)
JOB = Measure("samen.job", "One piece of durable work", ("work", "outcome"), LONG, root=True)
LAG = Measure("samen.delivery.lag", "From the moment it could be sent to the moment it was", ("message",), LONG)
MEASURES = (REQUEST, TURN, COMMAND, SQL, CONNECTOR, TICK, PART, JOB, LAG)

WAITING = Measure("samen.delivery.waiting", "Messages that wait to be sent", ("due",), unit="{delivery}")
OLDEST = Measure("samen.delivery.oldest", "How long the oldest message that may be sent waits", ())
GAUGES = (WAITING, OLDEST)

# What a label may say besides an enum's member, a class of ours or an HTTP status; the composition root adds the names
# of commands, tables and kinds of messages. Whatever is not in the list is "other".
WORDS: Mapping[str, frozenset[str]] = {
    "activity": frozenset({"message", "invoke", "conversationUpdate", "installationUpdate"}),
    "kind": frozenset({"message", "press", "event"}),
    "outcome": frozenset({"done", "failed"}),
    "statement": frozenset({"select", "insert", "update", "delete", "begin"}),
    "table": frozenset({"none"}),
    "method": frozenset({"GET", "POST", "PUT", "DELETE"}),
    "operation": frozenset(
        {"activities", "conversations", "members", "pagedmembers", "participants", "teams", "meetings"}
    ),
    "status": frozenset({"no_answer", "failed"}),
    "due": frozenset({"now", "later"}),
}
OTHER = "other"
