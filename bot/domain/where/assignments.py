"""From clauses to a plan: one work location for every day-part, or what stands in the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.days import Slot
from bot.domain.places import Kind, NamedPlace, Place, WorkLocation
from bot.domain.where.calendar import HORIZON, UnplannableError
from bot.domain.where.clauses import Clause
from bot.domain.where.intents import Change, Problem, SetPlan, ShowBoard, Unclear
from bot.domain.where.said import Clear, Doing, Not, Put, Said
from bot.domain.where.spans import A_DAY
from bot.domain.words import token_texts

MOST_OFFERS = 4


@dataclass(slots=True)
class _Table:
    """What was said for each slot: its weight, and every location of that weight."""

    said: dict[Slot, tuple[int, dict[WorkLocation | None, None]]] = field(default_factory=dict)

    def put(self, slot: Slot, weight: int, locations: Iterable[WorkLocation | None]) -> None:
        known_weight, known = self.said.get(slot, (-1, {}))
        if weight > known_weight:
            self.said[slot] = (weight, dict.fromkeys(locations))
        elif weight == known_weight:
            self.said[slot] = (weight, known | dict.fromkeys(locations))

    def slots(self) -> tuple[Slot, ...]:
        return in_order(self.said)

    def reading(self, number: int) -> SetPlan:
        """The plan that takes the first, second, ... location where several were said."""
        chosen = {slot: list(locations) for slot, (_, locations) in self.said.items()}
        return SetPlan(tuple(Change(s, chosen[s][min(number, len(chosen[s]) - 1)]) for s in self.slots()))

    def most(self) -> int:
        return max(len(locations) for _, locations in self.said.values())


def planned(found: Sequence[Clause], places: tuple[NamedPlace, ...], today: date) -> SetPlan | ShowBoard | Unclear:
    """What these clauses ask for. Raises UnplannableError where nothing more can be said."""
    slots = in_order(slot for clause in found for span in clause.spans for slot in span.slots())
    _check(slots, today)
    if len(found) == 1 and not found[0].things and (board := _board(found[0])):
        return board
    table = _Table()
    missing: list[Unclear] = []
    for clause in found:
        locations, kind = _meant(clause.things, places)
        if not clause.times and any(isinstance(thing, Not) for thing in clause.things):
            raise UnplannableError(Problem.LEFTOVER)  # "niet" alone: no day is not a working day
        if not locations:
            said = in_order(slot for span in clause.spans for slot in span.slots())
            missing.append(Unclear(Problem.NO_PLACE, said, kind=kind))
        for span in clause.spans if locations else ():
            for slot in span.slots():
                table.put(slot, span.weight, locations)
    return missing[0] if missing else _chosen(table)


def understood(found: Sequence[Clause], places: tuple[NamedPlace, ...], today: date) -> Unclear:
    """What was understood of a sentence with something left over."""
    timed = [clause for clause in found if clause.times]
    slots = in_order(slot for clause in timed for span in clause.spans for slot in span.slots())
    if slots:
        _check(slots, today)
    meant = [_meant(clause.things, places) for clause in found]
    locations = {location for options, _ in meant for location in options}
    kinds = {kind for _, kind in meant}
    location = locations.pop() if len(locations) == 1 else None
    return Unclear(Problem.LEFTOVER, slots, location, kinds.pop() if len(kinds) == 1 else None)


def in_order(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Slots in order of time, each once."""
    return tuple(sorted(set(slots), key=Slot.sort_key))


def _check(slots: Sequence[Slot], today: date) -> None:
    if not slots:
        raise UnplannableError(Problem.PAST)
    if slots[0].day < today:
        raise UnplannableError(Problem.PAST)
    if slots[-1].day > today + HORIZON:
        raise UnplannableError(Problem.TOO_FAR)


def _board(clause: Clause) -> ShowBoard | None:
    """A day and nothing else is a question about that day."""
    only = clause.spans[0]
    alone = len(clause.spans) == 1 and len(only.days) == 1 and only.weight == A_DAY
    return ShowBoard(only.days[0]) if alone else None


def _chosen(table: _Table) -> SetPlan | Unclear:
    plan = table.reading(0)
    if table.most() == 1:
        return plan
    offers = tuple(table.reading(number) for number in range(min(table.most(), MOST_OFFERS)))
    torn = in_order(slot for slot, (_, locations) in table.said.items() if len(locations) > 1)
    options = {location for slot in torn for location in table.said[slot][1]}
    two_places = len({option and (option.place, option.named) for option in options}) > 1
    return Unclear(Problem.TWO_PLACES if two_places else Problem.LEFTOVER, torn, offers=offers)


def _meant(
    things: Sequence[Said], places: tuple[NamedPlace, ...]
) -> tuple[tuple[WorkLocation | None, ...], Kind | None]:
    """Every location that a clause may mean (several = it said too much; None = nothing any more), and its kind of work.

    Not working is no place for a kind of work. Raises LEFTOVER for "niet thuis": what somebody does not do is no plan.
    """
    kinds = list(dict.fromkeys(thing.kind for thing in things if isinstance(thing, Doing)))
    puts = _put(things, places)
    if any(isinstance(thing, Not) for thing in things):
        if puts or kinds:
            raise UnplannableError(Problem.LEFTOVER)
        puts = [(Place.NOT_WORKING, None)]
    if kinds and [place for place, _ in puts] == [Place.NOT_WORKING]:
        puts = []  # "overleg ziekenhuis": somebody who works is somewhere
    locations: list[WorkLocation | None] = [
        _location(place, named, kind) for place, named in puts for kind in kinds or (None,)
    ]
    emptied = [None] if any(isinstance(thing, Clear) for thing in things) else []
    return tuple(dict.fromkeys([*locations, *emptied])), kinds[0] if len(kinds) == 1 else None


def _location(place: Place, named: str | None, kind: Kind | None) -> WorkLocation:
    return WorkLocation(place, named, None if place is Place.NOT_WORKING else kind)


def _put(things: Sequence[Said], places: tuple[NamedPlace, ...]) -> list[tuple[Place, str | None]]:
    """The places of a clause; a class that is said together with a name of that class adds nothing."""
    said = [thing for thing in things if isinstance(thing, Put)]
    said = [put for put in said if not put.weak] or said[:1]
    named = {name.place for put in said for name in put.names}
    found: list[tuple[Place, str | None]] = []
    for put in said:
        if put.names:
            found += [(name.place, name.id) for name in put.names]
        elif put.place not in named:
            found.append((put.place, _only_site(put, places)))
    return list(dict.fromkeys(found))


def _only_site(put: Put, places: tuple[NamedPlace, ...]) -> str | None:
    """The site that "stadhuis" or "kantoor" must mean: the only one called so, or the only one there is."""
    sites = [place for place in places if place.place is Place.SITE and put.place is Place.SITE]
    called = [site for site in sites if put.typed and set(put.typed) <= set(token_texts(site.name))]
    if put.typed:
        return called[0].id if len(called) == 1 else None
    return sites[0].id if len(sites) == 1 else None
