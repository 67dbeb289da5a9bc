"""Telemetry: how long things take and how much waits, and never who, where or what. Off until it is started.

Off, a measurement is a call that does nothing, and nothing of OpenTelemetry is imported.
"""

from typing import Protocol, Self

from bot.telemetry.measures import (
    COMMAND,
    CONNECTOR,
    JOB,
    LAG,
    OLDEST,
    PART,
    REQUEST,
    SQL,
    TICK,
    TURN,
    WAITING,
    Measure,
)

# A label's value: an enum's member, a class of ours, an HTTP status, or a word of its closed list.
Label = object


class Section(Protocol):
    """Something that is being timed."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...

    def say(self, **labels: Label) -> None:
        """Add labels that are known only now."""


class Telemetry(Protocol):
    """Where measurements go."""

    def timed(self, measure: Measure, labels: dict[str, Label]) -> Section: ...

    def record(self, measure: Measure, value: float, labels: dict[str, Label]) -> None: ...

    def level(self, measure: Measure, value: float, labels: dict[str, Label]) -> None: ...


class _Nothing:
    """Times nothing, keeps nothing."""

    __slots__ = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None: ...

    def say(self, **labels: Label) -> None: ...

    def timed(self, _measure: Measure, _labels: dict[str, Label]) -> "_Nothing":
        return self

    def record(self, _measure: Measure, _value: float, _labels: dict[str, Label]) -> None: ...

    def level(self, _measure: Measure, _value: float, _labels: dict[str, Label]) -> None: ...


OFF = _Nothing()
_now: Telemetry = OFF


def use(telemetry: Telemetry) -> None:
    """Send all measurements there from now on; `OFF` ends it. Engines opened before do not measure their statements."""
    global _now  # noqa: PLW0603 - one per process, like the logs
    _now = telemetry


def is_on() -> bool:
    """Whether anything is measured."""
    return _now is not OFF


def timed(measure: Measure, **labels: Label) -> Section:
    """Time a `with` block. One that ends in an error says so: its `outcome`, where it has one, is "failed"."""
    return _now.timed(measure, labels)


def record(measure: Measure, value: float, **labels: Label) -> None:
    """Note one value of a measure."""
    _now.record(measure, value, labels)


def level(measure: Measure, value: float, **labels: Label) -> None:
    """Set how high something stands now."""
    _now.level(measure, value, labels)


__all__ = [
    "COMMAND",
    "CONNECTOR",
    "JOB",
    "LAG",
    "OFF",
    "OLDEST",
    "PART",
    "REQUEST",
    "SQL",
    "TICK",
    "TURN",
    "WAITING",
    "Measure",
    "Section",
    "Telemetry",
    "is_on",
    "level",
    "record",
    "timed",
    "use",
]
