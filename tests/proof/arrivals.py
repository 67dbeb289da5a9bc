"""What reached Teams, read back from the connector's file, and the rules it must have kept."""

import json
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Arrival:
    """One request that reached Teams; `status` is what it was answered, None while it was not, 0 for a cut line."""

    n: int
    at: float
    house: str
    method: str
    conversation: str
    kind: str | None
    activity: str | None
    text: str | None
    status: int | None

    @property
    def is_said(self) -> bool:
        """Whether somebody can read it: it reached Teams, and Teams did not refuse it."""
        return self.kind == "message" and (self.status is None or self.status < 300)


def read(path: Path) -> list[Arrival]:
    """All that arrived so far, in order."""
    if not path.exists():
        return []
    begun: dict[int, dict] = {}
    for line in path.read_text().splitlines():
        entry = json.loads(line)
        begun.setdefault(entry["n"], {"status": None}).update(entry)
    return [Arrival(**begun[n]) for n in sorted(begun)]


def said(arrivals: Iterable[Arrival], start: str) -> Counter[tuple[str, str]]:
    """How often each new message that starts so was said, by conversation and text."""
    heard = (one for one in arrivals if one.is_said and one.method == "POST")
    return Counter((one.conversation, one.text or "") for one in heard if (one.text or "").startswith(start))


def standing(arrivals: Iterable[Arrival], start: str) -> Mapping[tuple[str, str], str]:
    """What each message that started so shows now, by conversation and message."""
    shown: dict[tuple[str, str], str] = {}
    for one in arrivals:
        if one.is_said and (one.text or "").startswith(start):
            shown[one.conversation, one.activity or ""] = one.text or ""
    return shown


def most_within(times: Sequence[float], seconds: float) -> int:
    """The most arrivals in any stretch of `seconds`, wherever it begins."""
    ordered = sorted(times)
    return max((bisect_right(ordered, at + seconds - 1e-9) - n for n, at in enumerate(ordered)), default=0)


def closest_in_one_conversation(arrivals: Iterable[Arrival]) -> float:
    """The shortest time, in seconds, between two messages in one conversation; infinite where none has two."""
    times: dict[str, list[float]] = defaultdict(list)
    for one in arrivals:
        if one.kind == "message":
            times[one.conversation].append(one.at)
    gaps = [later - at for each in times.values() for at, later in zip(sorted(each), sorted(each)[1:], strict=False)]
    return min(gaps, default=float("inf"))


@dataclass(frozen=True, slots=True)
class Flow:
    """How a fan-out went. Rates are per second; `busiest` is the most in any one second, wherever it begins."""

    messages: int
    seconds: float
    sustained: float
    busiest: int
    busiest_30: int
    slowest: int

    @classmethod
    def of(cls, times: Sequence[float]) -> "Flow":
        ordered = sorted(times)
        seconds = ordered[-1] - ordered[0]
        by_second = Counter(int(at - ordered[0]) for at in ordered)
        whole = [by_second[second] for second in range(int(seconds))]
        return cls(
            messages=len(ordered),
            seconds=round(seconds, 2),
            sustained=round((len(ordered) - 1) / seconds, 2) if seconds else 0.0,
            busiest=most_within(ordered, 1.0),
            busiest_30=most_within(ordered, 30.0),
            slowest=min(whole, default=0),
        )
