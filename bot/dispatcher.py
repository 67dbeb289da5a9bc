"""From a turn to an answer: words or verb or event -> command -> intent -> authorise -> handler -> Answer."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.capabilities import switched_on
from bot.domain.days import Ending
from bot.domain.people import Person, Role, Team, TeamKind
from bot.domain.words import Lexicon, Match, fold, is_longer
from bot.logs import get_logger, person_hash
from bot.outgoing import Delivery, LivingCard, Receiver
from bot.services import Services
from bot.services.prompting import follow_zone
from bot.telemetry import COMMAND, timed
from bot.turn import Answer, Ask, EventKind, Reply, Scope, Turn
from cards import View
from cards.notices import NotAllowedView, OldCardView, SwitchedOffView

log = get_logger(__name__)

EVERYWHERE = frozenset(Scope)
# Longer than any command, as typed or folded: a pasted text, which is not even looked through.
LONGEST_TEXT = 1500
_FIRST_WORDS = 100  # characters, with room for any command's own words
MEMBERS = frozenset({Role.MEMBER})
ADMINS = frozenset({Role.ADMIN})

Parse = Callable[[str, Lexicon, Ask], Any]
Verb = Callable[[Mapping[str, Any], Ask], Any | None]
Handle = Callable[[Ask, Any, Services], Awaitable[Answer | None]]  # None = meant for another, as things are
OnEvent = Callable[[Ask, Services], Awaitable[Answer]]
SignedIn = Callable[[Ask, Services], Awaitable[Answer | None]]
Render = Callable[[Delivery, Receiver, Services], Awaitable[View | None]]
Draw = Callable[[LivingCard, Receiver, Services], Awaitable[View | None]]
Due = Callable[[datetime, Services], Awaitable[None]]
Fallback = Callable[[Ask, Services], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of message that Samen sends by itself: how it is worded, and what happens when nobody knows if it arrived.

    `again`: it is said once more then, because missing it is worse than reading it twice. Else it is let go and counted.
    `to` is the receiver in the language and zone of what it is about, where those are known.
    """

    word: Render
    again: bool
    to: Callable[[Delivery, Receiver, Services], Awaitable[Receiver]] | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A capability: its words (under `name` in words.toml), its buttons, who may, and what it answers.

    `verbs` turn a card's data into the same intents that `parse` makes of words; None = not a press of ours. `parse`
    gives None for words that are not meant for it. `kinds` are the messages it has delivered later, by name; `living` draws its
    living cards as things are, by kind: None = there is no more to draw, and the card stays as it is. `due` is its timed work, called every minute with our own clock: twice must do no harm.
    `signed_in` goes on with what waited for its asker to sign in with Microsoft: None = nothing did. It may be called twice.
    """

    name: str
    parse: Parse
    handle: Handle
    verbs: Mapping[str, Verb] = field(default_factory=dict)
    guess: Parse | None = None  # what a text without any command's word may mean here: an intent to ask about, or None
    who: frozenset[Role] = MEMBERS
    scopes: frozenset[Scope] = EVERYWHERE
    menus: frozenset[Scope] = frozenset()
    capability: str | None = None  # what an administrator can switch off; None = always there
    leave: Handle | None = (
        None  # while that is off, as `handle`: what ends and takes away is always allowed; None = it is off
    )
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    living: Mapping[str, Draw] = field(default_factory=dict)
    due: Due | None = None
    signed_in: SignedIn | None = None
    pasted: bool = False  # its `parse` takes texts of any length, to say that they are too long


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What is neither a command's word nor its button: a message nobody knows, and what happens around us."""

    fallback: Fallback
    events: Mapping[EventKind, OnEvent]


class Dispatcher:
    """Answers turns with the commands it is given, in their order."""

    def __init__(
        self,
        commands: Sequence[Command],
        services: Services,
        lexicon: Lexicon,
        otherwise: Otherwise,
    ) -> None:
        self.commands = {command.name: command for command in commands}
        self._verbs = {verb: command for command in commands for verb in command.verbs}
        self._services, self._lexicon, self._defaults = services, lexicon, services.defaults
        self._fallback, self._events = otherwise.fallback, otherwise.events

    async def __call__(self, turn: Turn) -> Reply:
        """Answer one turn in the asker's language."""
        match = None if turn.press or turn.event else self._typed(turn.text)
        ask = await self._resolve(turn, match)
        if _is_unawaited(ask):
            # The first word in a team that Samen never heard of being added to: roles need its roster.
            await self._events[EventKind.ADDED](ask, self._services)
            ask = await self._resolve(turn, match)
        if ask.person and ask.person.leaving_since and not turn.event:
            ask = await self._stays(ask, ask.person)
        if _is_heard_of_again(ask):
            ask = await self._heal(ask)
        if _is_elsewhere(ask):
            ask = await self._follow(ask)
        answer = await self._answer(ask, match)
        team_language = (ask.team and ask.team.language) or self._defaults.language
        own = variant(answer.language or ask.language, ask.country)
        openly = variant(team_language, self._defaults.country)
        ending = Ending(ask.zone, self._team_zone(ask.team), ask.team_today)
        return Reply(
            answer.show,
            own,
            openly,
            answer.more,
            answer.announce,
            ending,
            answer.upload,
            sign_in=answer.sign_in,
            after=answer.after,
        )

    def _typed(self, text: str) -> Match | None:
        """The command that a text begins with; of a pasted text only one that says itself that it is too long."""
        if not is_longer(text, LONGEST_TEXT):
            return self._lexicon.command(text)
        match = self._lexicon.command(text[:_FIRST_WORDS])
        command = self.commands.get(match.key) if match and match.slash else None
        return replace(match, rest=text) if match and command and command.pasted else None

    def _team_zone(self, team: Team | None) -> str:
        return (team and team.zone) or self._defaults.zone

    async def _answer(self, ask: Ask, match: Match | None) -> Answer:
        turn = ask.turn
        if turn.event:
            return await self._happened(ask, turn.event.kind)
        if turn.press:
            return await self._press(ask, turn.press.verb, turn.press.data)
        command = self.commands.get(match.key) if match else None
        if not match or not command:
            return await self._guess(ask)
        answer = await self._run(ask, command, lambda: command.parse(match.rest, self._lexicon, ask))
        return answer or await self._guess(ask)

    async def _happened(self, ask: Ask, kind: EventKind) -> Answer:
        """What waited for somebody to sign in goes on; anything else is told to who listens for it."""
        waiting = self.commands.values() if kind is EventKind.SIGNED_IN else ()
        for command in waiting:
            if not command.signed_in or _refusal(ask, command):
                continue
            answer = await command.signed_in(ask, self._services)
            if answer:
                return answer
        handler = self._events.get(kind)
        return await handler(ask, self._services) if handler else Answer()

    async def _guess(self, ask: Ask) -> Answer:
        """A text without a command's word: "morgen thuis" is asked about, anything else gets the fallback."""
        guessing = () if is_longer(ask.turn.text, LONGEST_TEXT) else self.commands.values()
        for command in guessing:
            if not command.guess or _refusal(ask, command):
                continue  # nobody's words are looked through for what they may not do
            intent = command.guess(ask.turn.text, self._lexicon, ask)
            if intent:
                answer = await self._run(ask, command, lambda: intent)  # noqa: B023 - run before the next round
                return answer or Answer()
        return await self._fallback(ask, self._services)

    async def _stays(self, ask: Ask, person: Person) -> Ask:
        """Whoever was leaving and speaks to Samen is not leaving any more."""
        async with self._services.units.mirror(ask.turn.key.tenant) as unit:
            await unit.people.change(person.user_id, leaving_since=None, contact=ask.contact)
        return replace(ask, person=replace(person, leaving_since=None, contact=ask.contact))

    async def _heal(self, ask: Ask) -> Ask:
        """Messages are sent again to whom Teams refused them."""
        person, team = ask.person, ask.team
        async with self._services.units.mirror(ask.turn.key.tenant) as unit:
            if person and person.unreachable_since:
                await unit.people.change(person.user_id, unreachable_since=None, contact=ask.contact)
                person = replace(person, unreachable_since=None, contact=ask.contact)
            if team and team.unreachable_since:
                await unit.teams.reached(team.id)
                team = replace(team, unreachable_since=None)
        return replace(ask, person=person, team=team)

    async def _follow(self, ask: Ask) -> Ask:
        """A zone that is kept of somebody goes along with where they are."""
        async with self._services.units.mirror(ask.turn.key.tenant) as unit:
            await follow_zone(ask.user_id, unit, ask.zone, self._services.clock.now())
        return replace(ask, person=ask.person and replace(ask.person, zone=ask.zone))

    async def _press(self, ask: Ask, verb: str, data: Mapping[str, Any]) -> Answer:
        command = self._verbs.get(verb)
        if not command or (ask.team and (ask.team.asleep_since or not ask.team_known)):
            return Answer(OldCardView())
        return await self._run(ask, command, lambda: command.verbs[verb](data, ask)) or Answer(OldCardView())

    async def _run(self, ask: Ask, command: Command, intend: Callable[[], Any | None]) -> Answer | None:
        """The command's answer, or why there is none for this asker; None = not meant for the command."""
        refusal = _refusal(ask, command)
        handle = command.leave if isinstance(refusal, SwitchedOffView) else None if refusal else command.handle
        if handle is None:
            return Answer(refusal)
        intent = intend()
        if intent is None:
            return Answer(refusal) if refusal else None
        with timed(COMMAND, command=command.name, intent=type(intent), scope=ask.turn.scope):
            answer = await handle(ask, intent, self._services)
        if answer is None and refusal:
            return Answer(refusal)
        if answer is None:
            return None
        log.info(
            "turn_answered",
            command=command.name,
            intent=type(intent).__name__,
            scope=ask.turn.scope.value,
            person=person_hash(ask.turn.actor.channel_user_id, ask.today),
        )
        return answer

    async def _resolve(self, turn: Turn, match: Match | None) -> Ask:
        async with self._services.units.glance(turn.key.tenant) as unit:
            asker = await unit.askers.look(turn.actor.user_id, turn.team_id)
        person, known, facts = asker.person, asker.team, asker.facts
        # What the client says goes before what was kept: that may be of a journey.
        zone = turn.zone or (person and person.zone) or self._defaults.zone
        now = self._services.clock.now()
        return Ask(
            turn=turn,
            language=(person and person.language) or self._language(turn, match),
            country=_country(turn, self._defaults.country),
            zone=zone,
            today=now.astimezone(ZoneInfo(zone)).date(),
            team_today=now.astimezone(ZoneInfo(self._team_zone(known))).date(),
            # A client often does not say that somebody is a guest; the team's member list does.
            roles=self._roles(turn, guest=turn.actor.guest or asker.guest),
            person=person,
            team=known or _team(turn),
            team_known=known is not None,
            facts=facts,
            capabilities=switched_on(facts.switches, all_on=self._defaults.all_on),
            slashed=turn.press is not None or (match is not None and match.slash),
            quiet=person is not None and person.is_quiet(now),
            memberships=asker.memberships,
        )

    def _language(self, turn: Turn, match: Match | None) -> str:
        """The typed command's or sentence's language, else that of the card pressed, else the client's, else the tenant's."""
        client = (turn.locale or "").split("-")[0].lower()
        typed = match.languages if match else self._lexicon.spoken(fold(turn.text[:LONGEST_TEXT])[:LONGEST_TEXT])
        pressed = _drawn_in(turn).partition("-")[0]
        if len(typed) == 1:
            return next(iter(typed))
        for language in (pressed, client):
            if language in self._defaults.languages:
                return language
        return self._defaults.language

    def _roles(self, turn: Turn, *, guest: bool) -> frozenset[Role]:
        actor = turn.actor
        if guest or actor.user_id is None:
            return frozenset({Role.GUEST})
        names = {actor.user_id.lower(), f"{turn.key.tenant}/{actor.user_id}".lower()}
        admin = {Role.ADMIN} if names & self._defaults.admins else set()
        officer = {Role.OFFICER} if names & self._defaults.officers else set()
        return frozenset({Role.MEMBER} | admin | officer)


def _is_unawaited(ask: Ask) -> bool:
    """Whether somebody speaks in a team that Samen does not know, or believed to be out of: it evidently is there.

    A press proves nothing: cards stay when Samen goes.
    """
    if ask.team is None or ask.turn.event or ask.turn.press:
        return False
    return not ask.team_known or ask.team.asleep_since is not None


def _is_heard_of_again(ask: Ask) -> bool:
    """Whether a person or team that Teams refused messages to says something, or has Samen again."""
    event = ask.turn.event
    back = event is None or event.kind in {EventKind.ADDED, EventKind.RESTORED}
    lost = (ask.person and ask.person.unreachable_since) or (ask.team and ask.team.unreachable_since)
    return back and bool(lost)


def _is_elsewhere(ask: Ask) -> bool:
    """Whether somebody of whom a zone is kept speaks in another one."""
    return bool(ask.turn.event is None and ask.person and ask.person.zone and ask.person.zone != ask.zone)


def _refusal(ask: Ask, command: Command) -> View | None:
    """Why this person may not use this command here."""
    if not command.who & ask.roles:
        return NotAllowedView("guest" if Role.GUEST in ask.roles else "admin")
    if ask.turn.scope not in command.scopes:
        return NotAllowedView("guest" if Role.GUEST in ask.roles else "scope")
    if command.capability and command.capability not in ask.capabilities:
        return SwitchedOffView(command.capability)
    return None


def _team(turn: Turn) -> Team | None:
    """The team spoken in, as far as the activity itself tells."""
    return Team(turn.team_id, turn.team_name or "", turn.team_kind or TeamKind.CHAT) if turn.team_id else None


def _country(turn: Turn, default: str) -> str:
    """BE when the client or the card pressed says so, else the tenant's: Flemish people often get Dutch as nl-NL."""
    return "BE" if any(hint.upper().endswith("-BE") for hint in (turn.locale or "", _drawn_in(turn))) else default


def _drawn_in(turn: Turn) -> str:
    """The language of the card that was pressed, as the card says it: a hint, like all that a card says."""
    said = turn.press.data.get("l") if turn.press else None
    return said if isinstance(said, str) else ""


def variant(language: str, country: str) -> str:
    """A language as it is spoken in a country, where that differs: Flanders has its own words for half a day."""
    return "nl-BE" if (language, country) == ("nl", "BE") else language


__all__ = ["ADMINS", "EVERYWHERE", "MEMBERS", "Command", "Dispatcher", "Draw", "Kind", "Otherwise", "Render", "variant"]
