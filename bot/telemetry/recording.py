"""Telemetry that is on: OpenTelemetry instruments and spans. Imported only then: it costs memory and a second."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from enum import Enum
from time import perf_counter, time_ns
from typing import Self

import structlog
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.metrics import AlwaysOffExemplarFilter, MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider

from bot.telemetry import Label, Measure
from bot.telemetry.measures import GAUGES, MEASURES, OTHER, WORDS

_FIRST_STATUS, _LAST_STATUS = 100, 599


class Recording:
    """Measurements as metrics and, where there are `processors`, as spans; `words` are each label's closed list.

    Nothing is set for the whole process: what a library would measure by itself goes nowhere.
    """

    def __init__(
        self,
        version: str,
        words: Mapping[str, Collection[str]],
        readers: Sequence[MetricReader],
        processors: Sequence[SpanProcessor] = (),
    ) -> None:
        self._words = {key: frozenset(words.get(key, ())) | WORDS.get(key, frozenset()) for key in {*words, *WORDS}}
        # Given whole: what the SDK finds by itself would tell the machine's name.
        resource = Resource({"service.name": "samen", "service.version": version})
        self._metrics = MeterProvider(
            readers, resource=resource, exemplar_filter=AlwaysOffExemplarFilter(), shutdown_on_exit=False
        )
        self._spans = TracerProvider(resource=resource, shutdown_on_exit=False) if processors else None
        for processor in processors:
            self._spans.add_span_processor(processor)  # type: ignore[union-attr]  # there are some, so it is there
        self.tracer = self._spans.get_tracer("samen") if self._spans else None
        meter = self._metrics.get_meter("samen")
        self._durations = {
            one: meter.create_histogram(
                one.name, one.unit, one.says, explicit_bucket_boundaries_advisory=list(one.buckets)
            )
            for one in MEASURES
        }
        self._levels = {one: meter.create_gauge(one.name, one.unit, one.says) for one in GAUGES}

    def timed(self, measure: Measure, labels: dict[str, Label]) -> "Timing":
        return Timing(self, measure, labels)

    def record(self, measure: Measure, value: float, labels: dict[str, Label]) -> None:
        self._durations[measure].record(value, self.closed(measure, labels))

    def level(self, measure: Measure, value: float, labels: dict[str, Label]) -> None:
        self._levels[measure].set(value, self.closed(measure, labels))

    def closed(self, measure: Measure, labels: Mapping[str, Label]) -> dict[str, str]:
        """The labels that the measure has, each with a value of its closed list: nobody's name gets through."""
        return {key: self._word(key, labels[key]) for key in measure.labels if key in labels}

    def _word(self, key: str, value: Label) -> str:
        if type(value) is str:
            return value if value in self._words.get(key, ()) else OTHER
        if isinstance(value, Enum):
            return str(value.value)
        if isinstance(value, type):
            return value.__name__
        return str(value) if isinstance(value, int) and _FIRST_STATUS <= value <= _LAST_STATUS else OTHER

    def close(self) -> None:
        """Hand over what is left. May wait for whoever takes the spans."""
        if self._spans:
            self._spans.shutdown()
        self._metrics.shutdown()


class Timing:
    """One block's time, kept when it ends; its span is there meanwhile, so that what happens inside hangs under it."""

    __slots__ = ("_begun", "_held", "_labels", "_measure", "_recording", "_span")

    def __init__(self, recording: Recording, measure: Measure, labels: dict[str, Label]) -> None:
        self._recording, self._measure, self._labels = recording, measure, labels
        self._held: ExitStack | None = None
        self._span: trace.Span | None = None
        self._begun = 0.0

    def __enter__(self) -> Self:
        self._begun = perf_counter()
        tracer = self._recording.tracer
        # Without a trace around it, a statement or a request of upkeep tells nothing.
        if tracer and (self._measure.root or trace.get_current_span().is_recording()):
            around = Context() if self._measure.root else None
            span = tracer.start_span(self._measure.name, around, start_time=time_ns(), record_exception=False)
            self._span, self._held = span, ExitStack()
            self._held.enter_context(trace.use_span(span, record_exception=False, set_status_on_exception=False))
            if self._measure.root and span.is_recording():
                trace_id = trace.format_trace_id(span.get_span_context().trace_id)
                self._held.enter_context(structlog.contextvars.bound_contextvars(trace=trace_id))
        return self

    def __exit__(self, *error: object) -> None:
        took = perf_counter() - self._begun
        if "outcome" in self._measure.labels:
            self._labels.setdefault("outcome", "failed" if error[0] else "done")
        self._recording.record(self._measure, took, self._labels)
        if self._span and self._held:
            self._span.set_attributes(self._recording.closed(self._measure, self._labels))
            self._held.close()
            self._span.end()

    def say(self, **labels: Label) -> None:
        self._labels.update(labels)
