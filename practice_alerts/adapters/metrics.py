"""Figures for a scraper, as Prometheus reads them: how things stand and how much is asked; nothing of any person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from practice_alerts import __version__
from practice_alerts.adapters.environment import listed

FORMAT: Final = CONTENT_TYPE_PLAIN_0_0_4
_SECONDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


@dataclass(frozen=True, slots=True)
class WatchPlan:
    """How machines watch this one: whom figures are given to, and whether lines are written for a program."""

    scrapers: tuple[str, ...] = ()
    """Addresses and networks; nobody where there are none."""
    json_lines: bool = False

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "WatchPlan":
        return cls(
            listed("PRACTICE_ALERTS_METRICS_TO", environment),
            environment.get("PRACTICE_ALERTS_LOG_LINES") == "json",
        )


@dataclass(frozen=True, slots=True)
class Measured:
    """One check: 0 well, 1 to be minded, 2 wrong; and the figure behind it, where it has one."""

    name: str
    state: int
    figures: Mapping[str, float]


class Metrics:
    """Those of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        here = self._registry
        self._asked = Counter(
            "practice_alerts_requests",
            "Requests answered, by the first part of the address.",
            ("place", "method", "status"),
            registry=here,
        )
        self._took = Histogram(
            "practice_alerts_request_seconds",
            "How long a request took, by the first part of the address.",
            ("place",),
            buckets=_SECONDS,
            registry=here,
        )
        self._state = Gauge(
            "practice_alerts_check",
            "Each check of practice-alerts doctor: 0 well, 1 to be minded, 2 wrong.",
            ("check",),
            registry=here,
        )
        self._figures: dict[str, Gauge] = {}
        version = Gauge(
            "practice_alerts_version", "The version that runs here.", ("version",), registry=here
        )
        version.labels(__version__).set(1)

    def asked(self, place: str, method: str, status: int, seconds: float) -> None:
        """`place` is a prefix of the table of addresses: an address itself may hold a secret."""
        self._asked.labels(place, method, str(status)).inc()
        self._took.labels(place).observe(seconds)

    def text(self, measured: Iterable[Measured]) -> bytes:
        """All figures, with the checks as they are now."""
        for one in measured:
            self._state.labels(one.name).set(one.state)
            for name, value in one.figures.items():
                self._figure(name).set(value)
        return generate_latest(self._registry)

    def _figure(self, name: str) -> Gauge:
        if name not in self._figures:
            said = name.replace("_", " ")
            whole = f"practice_alerts_{name}"
            self._figures[name] = Gauge(whole, f"{said}.".capitalize(), registry=self._registry)
        return self._figures[name]
