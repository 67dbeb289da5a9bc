"""Starting telemetry as the settings say, and ending it within the stop."""

from collections.abc import Collection, Mapping
from threading import Thread
from typing import TYPE_CHECKING, Any

from bot import telemetry
from bot.errors import SettingsError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor

LOOPBACK = "127.0.0.1"
# Seconds, for one try to hand spans over, and for all of it at the stop: turns and jobs have ended by then.
HAND_OVER_S = 2.0


class Running:
    """Telemetry of this process, until `close`."""

    def __init__(self, recording: Any, server: Any) -> None:
        self._recording, self._server = recording, server

    def close(self) -> None:
        """Measure no more, close the port, and hand over what is left for HAND_OVER_S at most."""
        telemetry.use(telemetry.OFF)
        if self._server:
            self._server.shutdown()
            self._server.server_close()
        last = Thread(target=self._recording.close, daemon=True)
        last.start()
        last.join(HAND_OVER_S)


def start_telemetry(
    version: str, words: Mapping[str, Collection[str]], port: int | None, traces_to: str | None
) -> Running | None:
    """Measure from now on; None when neither is asked for. Raises SettingsError when the port is taken.

    `port`: /metrics there, in Prometheus' form, on loopback only. `traces_to`: the base address of an OTLP collector.
    `words`: what each label may say besides its own list.
    """
    if port is None and traces_to is None:
        return None
    from prometheus_client import CollectorRegistry

    from bot.telemetry.recording import Recording

    registry = CollectorRegistry()
    server = _serve(port, registry) if port is not None else None
    recording = Recording(version, words, _readers(registry) if server else [], _processors(traces_to))
    telemetry.use(recording)
    return Running(recording, server)


def _readers(registry: Any) -> list[Any]:
    from opentelemetry.exporter.prometheus import PrometheusMetricReader

    return [PrometheusMetricReader(registry=registry, scope_info_enabled=False)]


def _processors(traces_to: str | None) -> "list[SpanProcessor]":
    if traces_to is None:
        return []
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    # Headers, certificate and the like it reads by their standard names.
    return [BatchSpanProcessor(OTLPSpanExporter(f"{traces_to.rstrip('/')}/v1/traces", timeout=HAND_OVER_S))]


def _serve(port: int, registry: Any) -> Any:
    """Prometheus' own small server, in a thread: it answers while the loop is busy, too."""
    from prometheus_client import GCCollector, PlatformCollector, ProcessCollector, start_http_server

    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    GCCollector(registry=registry)
    try:
        server, _ = start_http_server(port, LOOPBACK, registry)
    except OSError as error:
        raise SettingsError(
            f"SAMEN_METRICS_PORT: port {port} cannot be had ({error.strerror}); stop what uses it or set another one."
        ) from None
    return server
