"""`/team`: what is set for a team, and the day-parts that it spends together."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.dispatcher import Command
from bot.domain.days import DayPart
from bot.domain.people import Team
from bot.domain.together import MOST, Together, WeekPart, in_order, week_parts
from bot.domain.where.grammar import Context
from bot.domain.words import Lexicon
from bot.services import Services
from bot.services.teams import MyTeams, my_teams
from bot.turn import Answer, Ask, Scope
from cards.notices import TroubleView
from cards.team import ChooseTeamView, TeamView
from cards.where import TeamChoice

LONGEST_ID = 200
PARTS = {"m": DayPart.MORNING, "a": DayPart.AFTERNOON}


@dataclass(frozen=True, slots=True)
class ShowTeam:
    """`team` None = the one spoken in, or my only one. `problem`: "unknown", "no_parts" or "which_half"."""

    team: str | None = None
    problem: str | None = None
    offers: tuple[Together, ...] = ()  # what may have been meant, to choose from


@dataclass(frozen=True, slots=True)
class SetTogether:
    """These are the day-parts that the team spends together; empty = none."""

    parts: Together
    team: str | None = None


Intent = ShowTeam | SetTogether


def understand(text: str, lexicon: Lexicon, ask: Ask) -> Intent | None:
    """`together tue morning`, `together none`, or nothing: what is set."""
    if not text.strip(" ?!."):
        return ShowTeam()
    match = lexicon.phrase("team", text)
    if match is None or match.key != "together":
        # "Team overleg morgen" is said to nobody in particular; with the slash it was meant for this command.
        return ShowTeam(problem="unknown") if ask.slashed else None
    nothing = lexicon.phrase("team", match.rest)
    if nothing and nothing.key == "none" and not nothing.rest.strip(" ?!."):
        return SetTogether(())
    readings = week_parts(match.rest, lexicon, Context(ask.today, ask.language, ask.country))
    if len(readings) == 1:
        return SetTogether(readings[0])
    return ShowTeam(problem="which_half" if readings else "no_parts", offers=readings)


def press_show(data: Mapping[str, Any], _ask: Ask) -> ShowTeam | None:
    team = data.get("team")
    return ShowTeam(team) if team is None or _is_id(team) else None


def press_together(data: Mapping[str, Any], _ask: Ask) -> SetTogether | None:
    """Day-parts as a card says them: "1.m" is Tuesday morning."""
    team, said = data.get("team"), data.get("parts")
    if not _is_id(team) or not isinstance(said, list) or len(said) > MOST:
        return None
    parts = [_part(text) for text in said]
    return None if None in parts else SetTogether(in_order(part for part in parts if part), team)


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_ID


def _part(text: Any) -> WeekPart | None:
    weekday, _, part = text.partition(".") if isinstance(text, str) else ("", "", "")
    known = len(weekday) == 1 and weekday in "0123456" and part in PARTS
    return WeekPart(int(weekday), PARTS[part]) if known else None


async def handle(ask: Ask, intent: Intent, services: Services) -> Answer:
    """Whoever is in the team may set it, and everybody in it sees it."""
    mine = await my_teams(ask, services, of=intent.team)
    if mine.unreachable:
        return Answer(TroubleView())
    team = _team(ask, mine, intent)
    if team is None:
        setting = _texts(intent.parts) if isinstance(intent, SetTogether) else None
        return Answer(ChooseTeamView(tuple(_choice(one) for one in mine.teams), setting))
    if isinstance(intent, SetTogether):
        return await _set(ask, team, intent.parts, services)
    async with services.units.read(ask.turn.key.tenant) as unit:
        view = _view(ask, services, team, await unit.together.of(team.id))
    return Answer(replace(view, problem=intent.problem, offers=tuple(map(_texts, intent.offers))))


def _team(ask: Ask, mine: MyTeams, intent: Intent) -> Team | None:
    """The team meant, if its own member list says that I am in it."""
    wanted = intent.team or (ask.team.id if ask.team else None)
    only = mine.teams[0] if len(mine.teams) == 1 else None
    team = mine.find(wanted) if wanted else only
    return team if team and team.id in mine.rosters else None


async def _set(ask: Ask, team: Team, parts: Together, services: Services) -> Answer:
    async with services.units.write(ask.turn.key) as unit:
        before = await unit.together.of(team.id)
        if unit.repeated or before == parts:
            # Delivered twice: told as it is now, which may be something newer.
            return Answer(replace(_view(ask, services, team, before), changed="unchanged"))
        await unit.together.set(team.id, parts)
    view = _view(ask, services, team, parts)
    return Answer(replace(view, changed="set" if parts else "removed", undo=_texts(before)))


def _view(ask: Ask, services: Services, team: Team, parts: Together) -> TeamView:
    language = team.language or services.defaults.language
    return TeamView(_choice(team), language, ask.today, _texts(parts))


def _choice(team: Team) -> TeamChoice:
    return TeamChoice(team.id, team.name)


def _texts(parts: Together) -> tuple[str, ...]:
    """Day-parts as a card says them."""
    letters = {part: letter for letter, part in PARTS.items()}
    return tuple(f"{each.weekday}.{letters[each.part]}" for each in parts)


TEAM = Command(
    name="team",
    parse=understand,
    handle=handle,
    verbs={"team.show": press_show, "team.together": press_together},
    menus=frozenset({Scope.GROUP, Scope.CHANNEL, Scope.MEETING}),
)
