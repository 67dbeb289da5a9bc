"""What the cards for administrators show, in plain values."""

from dataclasses import dataclass
from datetime import date, datetime

from cards.drawing import View


@dataclass(frozen=True, slots=True)
class SwitchLine:
    """A capability, on or off. On without `decided_on`: nothing was decided, this is a trial. `reference` of an off
    one is why it was switched off. `since` None = never switched. `waits`: on, but what it needs is off.
    """

    capability: str
    on: bool
    since: date | None = None
    decided_on: date | None = None
    reference: str = ""
    agreed_by: str = ""
    waits: bool = False


@dataclass(frozen=True, slots=True)
class ActLine:
    """A line of the audit log, `at` in the reader's own zone; `who` None = nobody that a member list knows.

    `subject` is a capability, a number or the name of a place; empty = nothing to name.
    """

    at: datetime
    who: str | None
    act: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class AdminView(View):
    """The organisation at a glance; `changed` is what was just done (to `about`), `problem` why nothing was."""

    switches: tuple[SwitchLine, ...]
    places: int
    officers: tuple[str, ...]
    minimum: int
    officers_unnamed: int = 0
    acts: tuple[ActLine, ...] = ()
    may_change: bool = True
    changed: str | None = None
    about: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionView(View):
    """Asks for the decision behind switching something on, with what was given so far."""

    capability: str
    today: date
    day: date | None = None
    reference: str = ""
    agreed_by: str = ""
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class OffView(View):
    """Asks whether switching off is meant."""

    capability: str
    reason: str = ""
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class MinimumView(View):
    """Asks for the number of people behind any published number; `lowest` is what it can never go below."""

    minimum: int
    lowest: int
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class LogView(View):
    """A page of the audit log, newest first."""

    acts: tuple[ActLine, ...]
    page: int = 1
    more: bool = False


@dataclass(frozen=True, slots=True)
class FailureLine:
    """How often something failed in the last seven days; `kind` is one of bot.domain.health's."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class HealthView(View):
    """How Samen itself is doing; names nobody. `tick` is in the reader's own zone, None = it never ran."""

    version: str
    database: str
    tick: datetime | None
    late: bool
    failures: tuple[FailureLine, ...] = ()
