"""My weekly pattern: shown, set and undone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.commands.where.views import choice, names_of, part, spot, stay
from bot.domain.days import Slot, Usual, Weeks
from bot.domain.places import WorkLocation
from bot.domain.where.board import Plan
from bot.domain.where.intents import Line, Problem, SetPattern, ShowPattern, Unclear
from bot.domain.where.pattern import Pattern, changed, held, odd_twice, soonest, usual
from bot.domain.where.plan import choices, exists
from bot.services import Services
from bot.services.closing import at_closed_for
from bot.services.people import know
from bot.services.teams import MyTeams, my_teams
from bot.turn import Answer, Ask
from cards.where import ChangedPattern, PartStay, PatternView, UnclearPatternView, UsualStay

# How far ahead Samen looks for days that were filled in differently, and for two odd weeks in a row.
AHEAD = timedelta(weeks=8)


async def show_pattern(ask: Ask, intent: ShowPattern, services: Services) -> Answer:
    """My pattern card, with choices open where asked."""
    mine = await my_teams(ask, services)
    async with services.units.read(ask.turn.key.tenant) as unit:
        pattern = await unit.patterns.of(ask.user_id)
    return Answer(_view(ask, pattern, mine, intent))


async def set_pattern(ask: Ask, intent: SetPattern, services: Services) -> Answer:
    """Set these lines, and answer with the pattern, an undo, and the days that say something else."""
    if not all(exists(line.location, ask.places) for line in intent.lines):
        return Answer(UnclearPatternView(Problem.NO_PLACE.value, ask.today))
    mine = await my_teams(ask, services)
    async with services.units.write(ask.turn.key) as unit:
        before = await unit.patterns.of(ask.user_id)
        newer = _newer(intent, before)
        lines = tuple(line for line in intent.lines if line.usual not in newer)
        said = {line.usual: line.location for line in lines}
        changes = said if intent.undo else changed(before, said)
        after = {key: location for key, location in {**before, **changes}.items() if location}
        if unit.repeated:
            # Delivered twice: told as it is now, which may be something newer than this message said.
            lines, changes, after = intent.lines, {}, dict(before)
        elif changes:
            await know(ask, unit)
            await unit.patterns.put(ask.user_id, changes)
        repeated = unit.repeated
        plan = await unit.plans.of(ask.user_id, ask.today, ask.today + AHEAD)
        closed = at_closed_for(ask, _about(plan, lines))
    undo = {} if intent.undo else {key: before.get(key) for key in changes if before.get(key) != changes[key]}
    news = ChangedPattern(
        lines=_stays(ask, held(after, [line.usual for line in lines or intent.lines])),
        undo=_stays(ask, undo),
        was=_stays(ask, {key: changes[key] for key in undo}),
        undone=intent.undo,
        kept_newer=bool(newer),
        unchanged=all(before.get(key) == location for key, location in changes.items()) and not repeated,
    )
    differing = _differing(ask, plan, after, lines)
    return Answer(replace(_view(ask, after, mine), changed=news, differing=differing, closed=closed))


def unclear_pattern(ask: Ask, intent: Unclear) -> UnclearPatternView:
    """What to show for a sentence about the pattern that was not enough; nothing was stored."""
    offers = tuple(_stays(ask, {line.usual: line.location for line in each.lines}) for each in intent.patterns)
    return UnclearPatternView(intent.problem.value, ask.today, offers)


def _newer(intent: SetPattern, before: Pattern) -> frozenset[Usual]:
    """The lines of an undo that would overwrite what was said after the change it undoes."""
    expected = {line.usual: line.location for line in intent.expected}
    return frozenset(key for key, location in expected.items() if before.get(key) != location)


def _about(plan: Plan, lines: Sequence[Line]) -> Plan:
    """The day-parts soon to come that these lines are about."""
    about = {(line.usual.weekday, line.usual.part) for line in lines}
    return {slot: at for slot, at in plan.items() if (slot.day.weekday(), slot.part) in about}


def _differing(ask: Ask, plan: Plan, pattern: Pattern, lines: Sequence[Line]) -> tuple[PartStay, ...]:
    """The day-parts soon to come that these lines are about, and that say something else."""
    about = {(line.usual.weekday, line.usual.part) for line in lines}
    days = [ask.today + timedelta(days=n) for n in range(AHEAD.days + 1)]
    slots = [Slot(day, part) for day in days for weekday, part in sorted(about) if day.weekday() == weekday]
    names = names_of(ask.places)
    return tuple(
        part(slot, plan.get(slot), names)
        for slot in sorted(slots, key=Slot.sort_key)
        if usual(pattern, slot) and plan.get(slot) != usual(pattern, slot)
    )


def _view(ask: Ask, pattern: Pattern, mine: MyTeams, intent: ShowPattern | None = None) -> PatternView:
    opened = intent.opened if intent else ()
    kind = intent.kind if intent else None
    names = names_of(ask.places)
    options, suggested = choices(ask.places, kind) if opened else ((), 0)
    some_weeks = any(key.weeks is not Weeks.EVERY for key in pattern)
    return PatternView(
        today=ask.today,
        lines=_stays(ask, pattern),
        opened=_stays(ask, {key: pattern.get(key) for key in opened}),
        kind=kind.value if kind else None,
        spots=tuple(spot(option, names) for option in options),
        suggested=suggested,
        shown_to=tuple(choice(team) for team in mine.teams if team.id in mine.sharing),
        offer=tuple(choice(team) for team in mine.teams) if pattern and not mine.sharing else (),
        odd_twice=odd_twice(ask.today, ask.today + AHEAD) if some_weeks else None,
        quiet=ask.quiet,
    )


def _stays(ask: Ask, lines: Mapping[Usual, WorkLocation | None]) -> tuple[UsualStay, ...]:
    names = names_of(ask.places)
    return tuple(
        UsualStay(
            key.weekday,
            key.part.value,
            stay(lines[key], names),
            key.weeks.value,
            None if key.weeks is Weeks.EVERY else soonest(key, ask.today),
        )
        for key in sorted(lines, key=Usual.sort_key)
    )
