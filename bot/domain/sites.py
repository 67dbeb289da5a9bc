"""Sites that close: what somebody asks for, and where people can work instead."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from bot.domain.days import DayPart, Slot
from bot.domain.places import Kind, NamedPlace, Place, WorkLocation
from bot.domain.where import grammar
from bot.domain.where.calendar import HORIZON
from bot.domain.where.intents import Change, Problem, SetPlan, Unclear
from bot.domain.where.sentence import Context
from bot.domain.words import Lexicon

# What is delivered to whoever planned at a site: it closed, it is open again.
CLOSED, OPENED = "sites.closed", "sites.opened"
MOST_OTHER_SITES = 3
# What can be done at home or in a library as well; nobody takes the counter home.
_PORTABLE = frozenset({Kind.FOCUS, Kind.TOGETHER, Kind.LEARNING, Kind.CONSULTATION})
_UNREADABLE = frozenset({Problem.PAST, Problem.TOO_FAR, Problem.NO_SUCH_DAY, Problem.ADDRESS})
_LONGEST_PACKED = 220
_PARTS = tuple(DayPart)


@dataclass(frozen=True, slots=True)
class Closure:
    """A site is closed for a day-part. `batch`: what was closed by one command."""

    place_id: str
    slot: Slot
    batch: str


@dataclass(frozen=True, slots=True)
class SwitchSite:
    """Close a site for these day-parts, or open it again."""

    place_id: str
    slots: tuple[Slot, ...]
    close: bool


@dataclass(frozen=True, slots=True)
class ShowSites:
    """What is closed; `problem` says why nothing was done, `readings` what may have been meant."""

    problem: str | None = None
    readings: tuple[SwitchSite, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowNumbers:
    """How many people are expected at each site."""


@dataclass(frozen=True, slots=True)
class ChooseLater:
    """Whoever planned at a closed site does not know yet where to go."""


Intent = SwitchSite | ShowSites | ShowNumbers | ChooseLater


def open_sites(places: Iterable[NamedPlace]) -> tuple[NamedPlace, ...]:
    """The organisation's own sites that are in use: what can close."""
    return tuple(place for place in places if place.place is Place.SITE and not place.retired)


def understand(text: str, lexicon: Lexicon, context: Context) -> Intent | None:
    """The words after `/office`; None if they begin with none of its own. `context.places` are the sites."""
    match = lexicon.phrase("sites", text)
    if match is None:
        return None
    if match.key in {"close", "open"}:
        return _switch(match.rest, lexicon, context, close=match.key == "close")
    if match.rest.strip():
        return ShowSites("unknown_act")
    if match.key == "numbers":
        return ShowNumbers()
    return ChooseLater() if match.key == "later" else ShowSites()


def _switch(text: str, lexicon: Lexicon, context: Context, *, close: bool) -> Intent:
    """A site and its days are read as if somebody planned to work there: "Stadhuis di ochtend"."""
    said = grammar.parse(text, lexicon, context)
    if isinstance(said, SetPlan):
        return _meant(said, close) or ShowSites("unknown_site")
    if not isinstance(said, Unclear):
        return ShowSites("unknown_site")
    readings = [meant for offer in said.offers if (meant := _meant(offer, close))]
    if readings:
        return ShowSites("which", tuple(dict.fromkeys(readings)))
    if said.problem in _UNREADABLE:
        return ShowSites(said.problem.value)
    return ShowSites("unclear" if said.location and said.location.named else "unknown_site")


def _meant(said: SetPlan, close: bool) -> SwitchSite | None:
    """The one site that was named, without a kind of work."""
    locations = {change.location for change in said.changes}
    only = locations.pop() if len(locations) == 1 else None
    if only is None or only.place is not Place.SITE or only.named is None or only.kind:
        return None
    return SwitchSite(only.named, tuple(change.slot for change in said.changes), close)


def packed(slots: Collection[Slot]) -> str:
    """Day-parts as a short text, for a button or a delivery: the first day, and a bit for each half day after it."""
    first = min(slot.day for slot in slots)
    bits = sum(1 << (2 * (slot.day - first).days + _PARTS.index(slot.part)) for slot in set(slots))
    return f"{first.isoformat()}.{bits:x}"


def unpacked(text: Any) -> tuple[Slot, ...] | None:
    """The day-parts of such a text, in order; None for anything else, whatever it is."""
    if not isinstance(text, str) or len(text) > _LONGEST_PACKED:
        return None
    day, _, hexadecimal = text.partition(".")
    try:
        first, bits = date.fromisoformat(day), int(hexadecimal, 16)
    except ValueError:
        return None
    if bits <= 0 or bits.bit_length() > 2 * (HORIZON.days + 1) or first.year >= date.max.year - 1:
        return None
    return tuple(Slot(first + timedelta(days=n // 2), _PARTS[n % 2]) for n in range(bits.bit_length()) if bits >> n & 1)


def closed_at(plan: Mapping[Slot, WorkLocation | None], closures: Iterable[Closure]) -> dict[Slot, WorkLocation]:
    """The day-parts of a plan that are at a site while it is closed, in order of time."""
    closed = {(closure.place_id, closure.slot) for closure in closures}
    found = {slot: at for slot, at in plan.items() if at and at.named and (at.named, slot) in closed}
    return {slot: found[slot] for slot in sorted(found, key=Slot.sort_key)}


def alternatives(
    stays: Mapping[Slot, WorkLocation], places: Sequence[NamedPlace], closures: Collection[Closure]
) -> tuple[tuple[Change, ...], ...]:
    """Where to work instead, each as a whole change: a few other sites that are open then, home, the library."""
    shut = {closure.place_id for closure in closures if closure.slot in stays} | {at.named for at in stays.values()}
    sites = [WorkLocation(Place.SITE, site.id) for site in open_sites(places) if site.id not in shut]
    libraries = [place.id for place in places if place.place is Place.LIBRARY and not place.retired]
    library = WorkLocation(Place.LIBRARY, libraries[0] if len(libraries) == 1 else None)
    options = (*sites[:MOST_OTHER_SITES], WorkLocation(Place.HOME), library)
    return tuple(
        tuple(Change(slot, WorkLocation(o.place, o.named, _kind(at, o.place))) for slot, at in stays.items())
        for o in options
    )


def _kind(stay: WorkLocation, instead: Place) -> Kind | None:
    return stay.kind if instead is Place.SITE or stay.kind in _PORTABLE else None


def back_to(
    place_id: str, slots: Collection[Slot], plan: Mapping[Slot, WorkLocation]
) -> tuple[tuple[Change, ...], ...]:
    """After a reopening: what going back would set, a day each; nothing for who still plans there or takes it off."""
    gone = [
        slot
        for slot in sorted(slots, key=Slot.sort_key)
        if (at := plan.get(slot)) is None or (at.named != place_id and at.place is not Place.NOT_WORKING)
    ]
    kinds = {slot: at.kind for slot, at in plan.items()}
    changes = [Change(slot, WorkLocation(Place.SITE, place_id, kinds.get(slot))) for slot in gone]
    return tuple(tuple(of_day) for _, of_day in groupby(changes, key=lambda change: change.slot.day))
