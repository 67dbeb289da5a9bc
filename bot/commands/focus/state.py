"""What the card of `/focus` leans on: my sessions, what is usual for me, and how I want to be reached."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.capabilities import Capability
from bot.domain.focus.session import Choices, Session
from bot.domain.people import Team
from bot.domain.reach.rules import Rule, Urgency
from bot.services import ReadUnit, Services
from bot.services.focus_words import public_rules, status_of, wording
from bot.services.focusing import Wording
from bot.services.reach import shown_rules
from bot.turn import Ask
from cards.reach import ReachRule
from cards.where import TeamChoice

_TOLD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class State:
    """As it is at `now` (aware, UTC). `ahead`: under way and to come, by their start."""

    now: datetime
    zone: ZoneInfo
    language: str
    choices: Choices
    ahead: tuple[Session, ...]
    rules: Mapping[Urgency, Rule | None]
    public: Mapping[Urgency, Rule | None]  # of these what everybody in the organisation may read
    shown_to: tuple[TeamChoice, ...]  # who reads with them that they are in focus
    others: tuple[TeamChoice, ...]  # their other teams
    quiet: bool
    gone: Session | None  # the latest that Samen called off by itself within a day
    left: tuple[Session, ...]  # of which something that Samen put in Teams or the calendar may still stand there

    @property
    def under_way(self) -> Session | None:
        return next((session for session in self.ahead if session.is_on(self.now)), None)

    def text(self, session: Session) -> str | None:
        """The status message of a session; None where the person wants none."""
        return status_of(session, self.choices, self.public, self.zone, self.language)

    def wording(self, session: Session, said: str | None) -> Wording:
        """What is written of it; `said` is its subject, known while it is new."""
        return wording(session, self.text(session), self.language, said)

    @property
    def reach(self) -> tuple[ReachRule, ...]:
        """How the person wants to be reached, as cards show it."""
        return shown_rules(self.rules, list(Urgency))


async def state_of(ask: Ask, unit: ReadUnit, services: Services) -> State:
    """How it stands with the asker."""
    now = services.clock.now()
    shown_to, others = await _teams(ask, unit)
    sessions = await unit.focus.of(ask.user_id)
    return State(
        now,
        ZoneInfo(ask.zone),
        ask.language,
        await unit.focus.choices(ask.user_id),
        await unit.focus.ahead(ask.user_id, now),
        await unit.reach.of(ask.user_id),
        await public_rules(ask.person, unit, ask.capabilities, now),
        shown_to,
        others,
        ask.quiet,
        _gone(sessions, now),
        tuple(one for one in sessions if not one.is_clean()),
    )


def _gone(sessions: Iterable[Session], now: datetime) -> Session | None:
    found = [one for one in sessions if one.called_off and one.stopped_at and now - one.stopped_at < _TOLD]
    return max(found, key=lambda one: one.stopped_at or now, default=None)


async def _teams(ask: Ask, unit: ReadUnit) -> tuple[tuple[TeamChoice, ...], tuple[TeamChoice, ...]]:
    """The teams that they show how to reach them, and those that they do not; none where nobody can be shown it."""
    if Capability.REACH not in ask.capabilities:
        return (), ()
    shown = await unit.reach_sharing.teams_of(ask.user_id)
    known = ask.memberships if ask.memberships is not None else await unit.teams.of_member(ask.user_id)
    mine = {one.team.id: one.team for one in known}
    away = [team for team_id in sorted(shown - set(mine)) if (team := await unit.teams.get(team_id))]
    seen = [*(team for team in mine.values() if team.id in shown), *away]
    return _choices(seen), _choices(team for team in mine.values() if team.id not in shown)


def _choices(teams: Iterable[Team]) -> tuple[TeamChoice, ...]:
    return tuple(TeamChoice(team.id, team.name) for team in teams)
