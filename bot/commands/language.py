"""`/language` (`/taal`): the language I am answered in, or the team's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.dispatcher import Command
from bot.domain.words import Lexicon
from bot.services import Services
from bot.services.people import know
from bot.turn import Answer, Ask, Scope
from cards.language import LanguageView

MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """`language` None = only show what is set; `problem` = what was typed is no language Samen speaks."""

    language: str | None
    team: bool = False
    problem: str | None = None


def understand(text: str, lexicon: Lexicon, _ask: Ask) -> SetLanguage:
    """`nl`, `english`, `team nl`, `nl team`, or nothing."""
    said: list[str] = []
    while text.strip():
        match = lexicon.phrase("language", text)
        if match is None or len(said) == MOST_WORDS:
            return SetLanguage(None, "team" in said, "unknown_language")
        said.append(match.key)
        text = match.rest
    languages = {key for key in said if key != "team"}
    if len(languages) > 1:
        return SetLanguage(None, "team" in said, "unknown_language")
    return SetLanguage(next(iter(languages), None), "team" in said)


def press(data: Mapping[str, Any], _ask: Ask) -> SetLanguage | None:
    language = data.get("language")
    known = isinstance(language, str) and language in {"nl", "en"}
    return SetLanguage(language, data.get("team") is True) if known else None


async def _is_member(ask: Ask, services: Services) -> bool:
    """Whether the asker is in the team spoken in; a network read, before the unit."""
    return ask.team is not None and (await services.rosters.of(ask.turn.key.tenant, ask.team)).has(ask.user_id)


async def handle(ask: Ask, intent: SetLanguage, services: Services) -> Answer:
    """Keep the choice, and answer in it at once."""
    whose = "team" if intent.team else "own"
    name = ask.team.name if ask.team else None
    if intent.team and not await _is_member(ask, services):
        return Answer(LanguageView(ask.language, "team", None, changed=False, problem="no_team"))
    now = (ask.team.language or ask.language) if intent.team and ask.team else ask.language
    if intent.problem or intent.language is None:
        return Answer(LanguageView(now, whose, name, changed=False, problem=intent.problem))
    async with services.units.write(ask.turn.key) as unit:
        if unit.repeated:
            # Delivered twice: told as it is now, which may be a newer choice.
            return Answer(LanguageView(now, whose, name, changed=False, problem=None))
        if intent.team and ask.team:
            await unit.teams.save(replace(ask.team, language=intent.language), ask.team_reference)
        else:
            await know(ask, unit, language=intent.language)
    view = LanguageView(intent.language, whose, name, changed=True, problem=None)
    return Answer(view, None if intent.team else intent.language)


LANGUAGE = Command(
    name="language",
    parse=understand,
    handle=handle,
    verbs={"language.set": press},
    menus=frozenset(Scope),
)
